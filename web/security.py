"""Safety at the door: who may come in, how often, and what every response forbids a browser to do."""

from __future__ import annotations

import hmac
import ipaddress
import re
import uuid
from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from web.errors import Refused
from web.options import ServerOptions

# Scripts, styles, fonts, images and connections from this server only; nothing inline, no frames.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with that, browsers send `Origin: null` when a page of this server posts a form.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
OPEN_ENDPOINTS = frozenset({"static", "door.login", "door.enter"})
SIGNED_IN = "signed_in"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def install(app: Flask, options: ServerOptions) -> None:
    """Checks before every request and headers after it, errors and static files included."""

    @app.before_request
    def check() -> ResponseReturnValue | None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        check_host(options)
        check_site()
        return check_token(options)

    limiter = Limiter(
        get_remote_address,
        app=app,
        application_limits=[options.rate],
        strategy="sliding-window-counter",
        storage_uri="memory://",
    )
    limiter.request_filter(lambda: request.endpoint == "static")
    app.extensions["parley_limiter"] = limiter

    @app.after_request
    def seal(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers["X-Request-ID"] = g.get("request_id") or uuid.uuid4().hex
        if request.path.startswith(("/api/", "/v1/")):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


def check_host(options: ServerOptions) -> None:
    """Refuse names that are not this server's: a page elsewhere may have rebound its name to this address."""
    try:
        name = (urlsplit(f"//{request.headers.get('Host', '')}").hostname or "").rstrip(".")
    except ValueError:
        name = ""
    if name in options.hosts or (options.any_address and _is_address(name)):
        return
    raise Refused(403, "forbidden_host", "this server is not known under the name in the Host header")


def check_site() -> None:
    """Refuse what another site makes a browser send. Following a link to a page is allowed."""
    safe = request.method in ("GET", "HEAD", "OPTIONS")
    site = request.headers.get("Sec-Fetch-Site")  # browsers set it, and no script can change it
    origin = request.headers.get("Origin")
    if site in ("cross-site", "same-site"):
        if safe and request.headers.get("Sec-Fetch-Mode") == "navigate":
            return
        raise Refused(403, "forbidden_origin", "requests from other sites are refused")
    if safe or origin is None or (origin == "null" and site == "same-origin"):
        return
    try:
        same = urlsplit(origin).netloc == request.headers.get("Host")
    except ValueError:
        same = False
    if not same:
        raise Refused(403, "forbidden_origin", "requests from other sites are refused")


def check_token(options: ServerOptions) -> ResponseReturnValue | None:
    """Ask for the token: `Authorization: Bearer` of programs, the login page's cookie of browsers."""
    if options.token is None or request.endpoint in OPEN_ENDPOINTS or session.get(SIGNED_IN) is True:
        return None
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and is_token(given, options):
        return None
    if request.path.startswith(("/api/", "/v1/")) and request.endpoint != "docs.page":
        challenge = {"WWW-Authenticate": "Bearer"}
        raise Refused(
            401, "unauthorized", "this server asks for its token (Authorization: Bearer …)", {}, challenge
        )
    return redirect("/login", 303)


def is_token(given: str, options: ServerOptions) -> bool:
    """Whether it is the token, in a time that tells nothing about where it differs."""
    return hmac.compare_digest(given.strip().encode(errors="replace"), (options.token or "").encode())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
