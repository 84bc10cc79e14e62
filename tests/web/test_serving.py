"""The real process: it starts, says where it is, lets answers finish, and fails in one line."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from flask import Flask, Response

from index import ParleyError, Settings, UsageError
from web.server import Server, application, listen, read_token

COMMAND = [sys.executable, "-m", "assistant.cli"]


@contextmanager
def serving(settings: Settings, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen, str]]:
    process = subprocess.Popen(
        [*COMMAND, "--index", str(settings.index), "serve", "--port", "0", *options],
        env={**os.environ, "PARLEY_MODEL": "hashing", **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = process.stdout.readline()
        yield process, re.search(r"http://\S+", said)[0]
    finally:
        process.kill()
        process.wait()


def test_it_says_where_it_is_answers_and_stops_on_sigterm(settings):
    with serving(settings) as (process, url):
        assert httpx.get(f"{url}/api/health").json()["status"] == "ok"
        answer = httpx.post(
            f"{url}/api/ask",
            json={"question": "Which country mediated the first round of the talks in Geneva?"},
        )
        assert answer.json()["answered"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0


def test_other_addresses_need_a_token_and_say_so_in_one_line(settings):
    run = subprocess.run(
        [*COMMAND, "--index", str(settings.index), "serve", "--host", "0.0.0.0", "--port", "0"],
        env={name: value for name, value in os.environ.items() if name != "PARLEY_TOKEN"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "needs a token" in run.stderr


def test_a_taken_port_is_told_in_one_line(settings):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        run = subprocess.run(
            [*COMMAND, "--index", str(settings.index), "serve", "--port", port],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert port in run.stderr


def test_addresses_that_cannot_be():
    with pytest.raises(UsageError, match="not an address"):
        listen("no such host.invalid", 8000)
    with pytest.raises(ParleyError, match="cannot listen"):
        listen("192.0.2.1", 8000)  # an address for documentation: no machine has it


def test_token_file(tmp_path, monkeypatch):
    monkeypatch.delenv("PARLEY_TOKEN", raising=False)
    file = tmp_path / "token"
    file.write_text("from-the-file-1234\n")
    assert read_token(file) == "from-the-file-1234"
    assert read_token(None) is None
    for bad in (tmp_path / "none", tmp_path):
        with pytest.raises(UsageError, match="token"):
            read_token(bad)
    file.write_text("\n")
    with pytest.raises(UsageError, match="empty"):
        read_token(file)


@contextmanager
def slow_server(pieces: int, pause: float) -> Iterator[tuple[Server, threading.Thread, str]]:
    """The server around an application whose answers take their time."""
    app = Flask(__name__)

    @app.get("/")
    def slow() -> Response:
        def lines() -> Iterator[str]:
            for number in range(pieces):
                yield f"{number}\n"
                time.sleep(pause)

        return Response(lines(), mimetype="text/plain")

    server = Server(app, listen("127.0.0.1", 0))
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server, thread, f"http://127.0.0.1:{server.port}/"
    server.stop()
    thread.join(timeout=20)


def test_a_stopped_server_lets_streams_finish_and_takes_no_more():
    with slow_server(pieces=10, pause=0.2) as (server, thread, url):
        with httpx.stream("GET", url) as response:
            lines = response.iter_lines()
            assert next(lines) == "0"
            server.stop()
            time.sleep(0.3)
            with pytest.raises(httpx.ConnectError):
                httpx.get(url)
            assert list(lines) == [str(n) for n in range(1, 10)]
        thread.join(timeout=5)
        assert not thread.is_alive()


def test_each_event_is_sent_at_once():
    with slow_server(pieces=3, pause=0.4) as (_, _, url), httpx.stream("GET", url) as response:
        arrived = [time.monotonic() for _ in response.iter_raw()]
    gaps = [b - a for a, b in itertools.pairwise(arrived)]
    assert max(gaps) > 0.3


def test_a_client_that_leaves_does_not_hold_a_thread(settings, running):
    with running(settings) as site:
        host, port = site.url.removeprefix("http://").split(":")
        body = json.dumps({"question": "Who mediated?", "stream": True}).encode()
        head = f"POST /api/ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        for _ in range(60):
            with socket.create_connection((host, int(port))) as connection:
                connection.sendall(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert httpx.get(f"{site.url}/api/health", timeout=10).status_code == 200


def test_application_for_several_processes_needs_a_token(settings, monkeypatch):
    monkeypatch.setenv("PARLEY_INDEX", str(settings.index))
    monkeypatch.setenv("PARLEY_MODEL", "hashing")
    monkeypatch.delenv("PARLEY_TOKEN", raising=False)
    with pytest.raises(UsageError, match="needs a token"):
        application()
    monkeypatch.setenv("PARLEY_TOKEN", "a-token-for-tests")
    monkeypatch.setenv("PARLEY_HOSTS", "parley.example.org")
    client = application().test_client()
    assert client.get("/api/health", headers={"Host": "parley.example.org"}).status_code == 401
    signed = {"Host": "parley.example.org", "Authorization": "Bearer a-token-for-tests"}
    assert client.get("/api/health", headers=signed).status_code == 200
    assert client.get("/api/health", headers={**signed, "Host": "other.example.org"}).status_code == 403
