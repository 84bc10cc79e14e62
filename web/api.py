"""The JSON API's questions: ask, search, export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from apiflask import APIBlueprint
from flask import Response, current_app, g, jsonify, request, stream_with_context
from flask.typing import ResponseReturnValue

from assistant import Event, ParleyError, export_answers
from web.api_requests import EXPORT_BYTES, AskBody, ExportBody, SearchBody
from web.api_responses import Answer, SearchResults
from web.errors import body, from_parley
from web.openapi import errors
from web.service import service

NDJSON = "application/x-ndjson"
EXPORT_TYPES = {
    "markdown": ("text/markdown", "md"),
    "json": ("application/json", "json"),
    "bibtex": ("application/x-bibtex", "bib"),
    "csl": ("application/vnd.citationstyles.csl+json", "csl.json"),
}
EXPORTED = {
    "description": "The document.",
    "content": {media_type: {"schema": {}} for media_type, _ in EXPORT_TYPES.values()},
}

api = APIBlueprint(
    "api", __name__, url_prefix="/api", tag={"name": "Answers", "description": "Ask, search, export."}
)


@api.post("/ask")
@api.doc(responses=errors(400, 413, 415, 422, 503))
@api.output(Answer, description="The answer, or a refusal; with `stream`, lines that end with it.")
@api.input(AskBody)
def ask(json_data: AskBody) -> ResponseReturnValue:
    """Ask a question

    With `"stream": true`, one JSON object a line (`application/x-ndjson`), each with a `type`: `sources`
    (citations, the stand-alone question, limits understood), `text` (a piece of the answer), `done` (all of
    it), `error`.
    """
    question = json_data.to_question()
    if not json_data.stream:
        return jsonify(service().ask(question).to_json())
    events = service().stream(question)
    # The first event is awaited here, so that what prevents an answer still gets its own status.
    lines = _lines(chain([next(events)], events))
    return Response(
        stream_with_context(lines),
        mimetype=NDJSON,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@api.post("/search")
@api.doc(responses=errors(400, 413, 415, 422, 503))
@api.output(SearchResults, description="Ranked passages.")
@api.input(SearchBody)
def search(json_data: SearchBody) -> ResponseReturnValue:
    """Search for passages"""
    results = service().search(json_data.to_question(), json_data.k)
    return jsonify({"results": [result.to_json() for result in results]})


@api.post("/export")
@api.doc(responses={200: EXPORTED, **errors(400, 413, 415, 422, 503)})
@api.input(ExportBody)
def write_export(json_data: ExportBody) -> ResponseReturnValue:
    """Write answers as a document

    Markdown, JSON, BibTeX or CSL-JSON with quotes, offsets and hashes, which `parley verify` can check.
    """
    media_type, extension = EXPORT_TYPES[json_data.format]
    answers = [answer.model_dump(mode="json", exclude_unset=True) for answer in json_data.answers]
    response = Response(export_answers(answers, json_data.format), mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="parley.{extension}"'
    return response


@api.before_request
def allow_larger_export() -> None:
    if request.endpoint == "api.write_export":
        request.max_content_length = EXPORT_BYTES


def _lines(events: Iterator[Event]) -> Iterator[str]:
    try:
        for event in events:
            yield json_line(event.to_json())
    except ParleyError as error:
        yield json_line({"type": "error", **body(from_parley(error))})
    except Exception:
        request_id = g.get("request_id", "-")
        current_app.logger.exception("request %s failed while streaming", request_id)
        words = f"something went wrong; the server's log has it under {request_id}"
        yield json_line({"type": "error", "error": {"code": "internal", "message": words, "details": {}}})


def json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
