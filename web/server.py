"""`parley serve`: waitress, tuned for streams, that lets answers finish when it is told to stop."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import waitress
from apiflask import APIFlask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from assistant import ParleyError, Settings, UsageError, load_settings
from web import create_app
from web.api_requests import EXPORT_BYTES
from web.errors import CODES
from web.options import options_for
from web.security import HEADERS
from web.service import Service

DRAIN_SECONDS = 10.0
"""How long answers may take to finish after SIGTERM or SIGINT."""
SWITCH_SECONDS = 0.001
"""How long a thread may keep the interpreter while others wait: quick requests overtake slow ones."""
TUNING = {
    # More than the streams that may wait at once (40), or /api/health waits for one of them to end: under 40
    # streams its median was 1.8 s with 32 threads and 0.08 s with 64, on a machine busy with other work.
    "threads": 64,
    "connection_limit": 500,
    "channel_timeout": 60,
    "cleanup_interval": 15,
    "max_request_header_size": 32 * 1024,
    # The application refuses earlier and in its own words; this is for what never reaches it.
    "max_request_body_size": 2 * EXPORT_BYTES,
    "outbuf_overflow": 4 * EXPORT_BYTES,
    "outbuf_high_watermark": EXPORT_BYTES,
    "channel_request_lookahead": 1,  # notices at once that a client left: its answer is not made in vain
    "asyncore_use_poll": True,  # select() cannot serve more than 1,024 sockets
    "ident": None,
    "expose_tracebacks": False,
}


def serve(
    settings: Settings, host: str = "127.0.0.1", port: int = 8000, token_file: Path | None = None
) -> None:
    """Serve until SIGTERM or SIGINT. Prints the address once requests are taken.

    Errors: UsageError for an address other than loopback without a token; ParleyError for a taken port.
    """
    options = options_for(host, read_token(token_file), names=_names())
    listener = listen(host, port)
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full house is no news
    # Several answers are made at once: a thread each beats several threads for one.
    app = create_app(replace(settings, threads=settings.threads or 1), options=options)
    sys.setswitchinterval(SWITCH_SECONDS)
    server = Server(app, listener)
    service: Service = app.extensions["parley"]
    threading.Thread(target=service.warm, name="warm", daemon=True).start()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, server.on_signal)
    shown = f"[{host}]" if ":" in host else host
    print(f"Parley is at http://{shown}:{server.port}  (Ctrl+C stops it)", flush=True)
    try:
        server.run()
    finally:
        service.library.close()


def application() -> APIFlask:
    """The WSGI application for servers of several processes: `gunicorn "web.server:application()"`.

    Settings, PARLEY_TOKEN and PARLEY_HOSTS come from the environment. Called in each process after the fork,
    since a forked Chroma client hangs. Errors: UsageError without a token.
    """
    settings = load_settings()
    options = options_for("0.0.0.0", read_token(None), names=_names())  # noqa: S104 - whoever calls, binds
    app = create_app(replace(settings, threads=settings.threads or 1), options=options)
    service: Service = app.extensions["parley"]
    threading.Thread(target=service.warm, name="warm", daemon=True).start()
    return app


def read_token(file: Path | None) -> str | None:
    """The token of the file, else of PARLEY_TOKEN, else None. Errors: UsageError."""
    if file is None:
        return os.environ.get("PARLEY_TOKEN") or None
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the token cannot be read from {file} ({error})", "token_file") from error
    if not token:
        raise UsageError(f"{file} is empty: it must hold the token", "token_file")
    return token


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Errors: UsageError for a bad address, ParleyError where the port is taken."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise UsageError(f"{host!r} is not an address of this machine", "host") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise ParleyError(
            f"cannot listen on {host}:{port} ({error.strerror}); stop what uses it, or choose another --port"
        ) from error
    return listener


class Server:
    """A waitress server on one socket. `run` returns after `stop` when what was being answered is sent."""

    def __init__(self, app: Callable[..., Any], listener: socket.socket) -> None:
        self._map: dict[int, Any] = {}
        self._waitress = waitress.create_server(app, map=self._map, sockets=[listener], **TUNING)
        self._waitress.channel_class = _Channel
        self._stop = threading.Event()
        self.port: int = listener.getsockname()[1]

    def run(self) -> None:
        """Serve; blocks."""
        while not self._stop.is_set():
            self._turn()
        self._waitress.accepting = False
        self._waitress.del_channel()
        self._waitress.socket.close()
        deadline = time.monotonic() + DRAIN_SECONDS
        while self._busy() and time.monotonic() < deadline:
            self._turn()
        self._waitress.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def stop(self) -> None:
        """Take no more connections and let `run` return. May be called from any thread."""
        if not self._stop.is_set():
            self._stop.set()
            self._waitress.pull_trigger()

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """A second signal does not wait for answers."""
        if self._stop.is_set():
            os._exit(130)
        self.stop()

    def _turn(self) -> None:
        wasyncore.loop(timeout=0.5, use_poll=True, map=self._map, count=1)

    def _busy(self) -> bool:
        return any(c.requests or c.total_outbufs_len for c in self._waitress.active_channels.values())


class _SealedErrorTask(ErrorTask):  # type: ignore[misc]
    """Errors that never reach the application (a malformed request, say) look like the application's own."""

    def execute(self) -> None:
        error = self.request.error
        code = CODES.get(error.code, "bad_request")
        shape = {"error": {"code": code, "message": error.reason, "details": {}}}
        payload = json.dumps(shape).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend([("Content-Type", "application/json"), *HEADERS.items()])
        self.set_close_on_finish()
        self.content_length = len(payload)
        self.write(payload)


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _SealedErrorTask


def _names() -> tuple[str, ...]:
    """Further names of this machine, from PARLEY_HOSTS: "parley.example.org news.example.org"."""
    return tuple(os.environ.get("PARLEY_HOSTS", "").replace(",", " ").split())
