"""What a client is told when something goes wrong: one shape, stable codes, nothing of the inside.

`{"error": {"code", "message", "details"}}`; `details` names the fields that are wrong, where there are any.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, TooManyRequests

from assistant import (
    IndexDamagedError,
    IndexMissingError,
    ModelUnavailableError,
    NotFoundError,
    ParleyError,
    UsageError,
)

CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid_field",
    429: "too_many_requests",
    431: "headers_too_large",
    500: "internal",
}
UNAVAILABLE: dict[type[ParleyError], tuple[str, str]] = {
    IndexMissingError: ("index_missing", "nothing is indexed yet; run `parley rebuild PATH` on the server"),
    IndexDamagedError: (
        "index_damaged",
        "the index fails its checks; run `parley verify`, then `parley rebuild` on the server",
    ),
    ModelUnavailableError: (
        "model_unavailable",
        "the embedding model is missing or damaged; run `make setup` on the server",
    ),
}
RETRY_SECONDS = 5
"""What Retry-After says while there is no usable index: a rebuild of a small collection takes about that."""


class Refused(Exception):  # noqa: N818 - it says what happened to the request
    """A request that is turned down."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.details, self.headers = dict(details or {}), dict(headers or {})


def install(app: Flask) -> None:
    """Every error of the application leaves through `respond`."""
    app.register_error_handler(Refused, respond)
    app.register_error_handler(ParleyError, lambda error: respond(from_parley(error)))
    app.register_error_handler(HTTPException, lambda error: respond(_from_http(error)))
    app.register_error_handler(Exception, _unexpected)


def respond(refused: Refused) -> Response:
    """JSON for programs, a page for a person; the shape that its clients expect under /v1."""
    if request.path.startswith("/v1/"):
        response = jsonify(openai_body(refused))
    elif request.path.startswith("/api/"):
        response = jsonify(body(refused))
    else:
        response = _page(refused)
    response.status_code = refused.status
    response.headers.update(refused.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def body(refused: Refused) -> dict[str, Any]:
    """Parley's own error shape."""
    return {"error": {"code": refused.code, "message": refused.message, "details": refused.details}}


def openai_body(refused: Refused) -> dict[str, Any]:
    """The error shape that OpenAI's clients read."""
    kind = "invalid_request_error" if refused.status < HTTPStatus.INTERNAL_SERVER_ERROR else "server_error"
    param = next(iter(refused.details), None)
    return {"error": {"message": refused.message, "type": kind, "param": param, "code": refused.code}}


def from_parley(error: ParleyError) -> Refused:
    """How an error of Parley's own looks from outside. Its message is written for people."""
    match error:
        case UsageError(field=name):
            return Refused(422, "invalid_field", str(error), {name: [str(error)]} if name else {})
        case NotFoundError():
            return Refused(404, "not_found", str(error))
        case IndexMissingError() | IndexDamagedError() | ModelUnavailableError():
            code, message = UNAVAILABLE[type(error)]
            current_app.logger.warning("%s: %s", code, error)  # names folders: for the log only
            return Refused(503, code, message, headers={"Retry-After": str(RETRY_SECONDS)})
    return _log_unexpected(error)


def _from_http(error: HTTPException) -> Refused:
    status = error.code or 500
    code = CODES.get(status, "error")
    message = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Error"
    headers: dict[str, str] = {}
    match error:
        case RequestEntityTooLarge():
            limit = request.max_content_length or 0
            return Refused(413, code, f"the body is larger than {limit:,} bytes", {"limit_bytes": limit})
        case MethodNotAllowed(valid_methods=methods) if methods:
            headers["Allow"] = ", ".join(sorted(methods))
            message = f"{request.method} is not allowed here"
        case TooManyRequests():
            message = "too many requests; wait a moment"
            headers["Retry-After"] = "1"
    location = error.get_response().headers.get("Location")
    if location:
        headers["Location"] = location
    return Refused(status, code, message, headers=headers)


def _unexpected(error: Exception) -> Response:
    return respond(_log_unexpected(error))


def _log_unexpected(error: Exception) -> Refused:
    request_id = g.get("request_id", "-")
    current_app.logger.error(
        "request %s failed: %s %s", request_id, request.method, request.path, exc_info=error
    )
    return Refused(500, "internal", f"something went wrong; the server's log has it under {request_id}")


def _page(refused: Refused) -> Response:
    try:
        page = render_template(
            "error.html", status=refused.status, code=refused.code, message=refused.message
        )
    except TemplateNotFound:
        return Response(f"{refused.message}\n", mimetype="text/plain")
    return Response(page, mimetype="text/html")
