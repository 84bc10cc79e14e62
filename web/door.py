"""The login page: a browser gives the token once and keeps a signed cookie."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import Blueprint, Flask, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from web.options import ServerOptions
from web.security import SIGNED_IN, is_token
from web.service import service

STAYS = timedelta(days=30)
ATTEMPTS = "10 per minute"

door = Blueprint("door", __name__)


def install(app: Flask, options: ServerOptions) -> None:
    """The cookie is signed with a key made from the token: another token makes every old cookie worthless."""
    if options.token is not None:
        app.secret_key = hashlib.sha256(b"parley cookie\n" + options.token.encode()).digest()
    app.config.update(
        SESSION_COOKIE_NAME="parley_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=STAYS,
    )
    app.register_blueprint(door)


@door.get("/login")
def login() -> ResponseReturnValue:
    if service().options.token is None:
        return redirect("/", 303)
    return render_template("api/login.html", wrong=False)


@door.post("/login")
def enter() -> ResponseReturnValue:
    options = service().options
    if options.token is None:
        return redirect("/", 303)
    with current_app.extensions["parley_limiter"].limit(ATTEMPTS):
        right = is_token(request.form.get("token", ""), options)
    if not right:
        return render_template("api/login.html", wrong=True), 401
    session.clear()
    session.permanent = True
    session[SIGNED_IN] = True
    return redirect("/", 303)
