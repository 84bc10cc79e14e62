"""The API's description (OpenAPI 3.1) and how requests are held to it.

APIFlask writes the document from the routes and their pydantic models. What its pydantic support leaves
out is added here: repeated query parameters, required bodies, one component for each model, streams.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

from apiflask import APIFlask
from apiflask.schema_adapters.pydantic import PydanticAdapter
from apiflask.schema_adapters.registry import registry
from flask import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from web.api_responses import ClientError, Error
from web.errors import Refused

DESCRIPTION = """Answers questions about peace negotiations from a collection of news articles. Every sentence
of an answer is a sentence of a source, cited with its place in the article's text. Offsets count Unicode code
points, half-open: `text[start:end]` is exactly the quoted text.

Limits: a question has at most 2,000 characters, a conversation 20 earlier turns, a body 64 KiB (an export
1 MiB). Every response carries `X-Request-ID`; 429 and 503 carry `Retry-After`."""
REASONS = {
    400: "The body is not JSON, or the request cannot be read.",
    401: "The server asks for its token.",
    403: "The request comes from another site, or under a name that is not this server's.",
    404: "There is no such article or version.",
    413: "The body is too large.",
    415: "The body is not sent as application/json.",
    422: "A field is wrong; `details` names it.",
    429: "Too many requests; `Retry-After` says when to come back.",
    431: "The address and headers are too long.",
    503: "There is no usable index; `message` says what to do.",
}
STREAMS = {
    "/api/ask": ("application/x-ndjson", "With `stream`: one JSON object a line, each with a `type`."),
    "/v1/chat/completions": ("text/event-stream", "With `stream`: chunks of a chat completion."),
}


class ModelAdapter(PydanticAdapter):
    """Validates bodies as strict JSON text, and query strings with repeated parameters."""

    def validate_input(self, request: Request, location: str, **_: object) -> BaseModel:
        """The model. Errors: Refused with 415, 400 `bad_json` or 422 `invalid_field` naming the fields."""
        try:
            if location == "json":
                if not request.is_json:
                    raise Refused(415, "unsupported_media_type", "send the body as application/json")
                return self.model_class.model_validate_json(request.get_data(cache=False))
            return self.model_class.model_validate(_query_values(self.model_class, request))
        except ValidationError as error:
            raise _refuse(
                error.errors(include_url=False, include_context=False, include_input=False)
            ) from None


registry.register("pydantic", ModelAdapter)


def describe(app: APIFlask) -> None:
    """Set what the document says beside the routes."""
    app.config.update(
        DESCRIPTION=DESCRIPTION,
        AUTO_OPERATION_ID=True,
        AUTO_SERVERS=False,
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
    )
    app.spec_processor(_finish)


def errors(*statuses: int, shape: type[BaseModel] = Error) -> dict[int | str, Any]:
    """Documented error responses, for `doc(responses=…)`."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape.__name__}"}}}
    return {
        status: {"description": REASONS[status], "content": content}
        for status in (*statuses, 401, 403, 429, 431)
    }


def _query_values(model: type[BaseModel], request: Request) -> dict[str, Any]:
    """Parameters by name: all values where the model takes a list; elsewhere two are an error."""
    values: dict[str, Any] = {}
    for name, given in request.args.lists():
        field = model.model_fields.get(name)
        several = field is not None and typing.get_origin(field.annotation) is list
        values[name] = given if several or len(given) > 1 else given[0]
    return values


def _refuse(problems: list[ErrorDetails]) -> Refused:
    if problems[0]["type"] == "json_invalid":
        return Refused(
            400, "bad_json", f"the body is not JSON: {problems[0]['msg'].removeprefix('Invalid JSON: ')}"
        )
    details: dict[str, list[str]] = {}
    for problem in problems[:20]:
        name = ".".join(str(part) for part in problem["loc"]) or "body"
        details.setdefault(name[:200], []).append(problem["msg"].removeprefix("Value error, "))
    name, messages = next(iter(details.items()))
    return Refused(422, "invalid_field", f"{name}: {messages[0]}", details)


def _finish(spec: dict[str, Any] | str) -> dict[str, Any] | str:
    """Complete the document that APIFlask wrote."""
    assert isinstance(spec, dict)  # a str only where YAML is asked for
    schemas = spec["components"]["schemas"]
    for name in [n for n in schemas if "." in n]:  # "Answer.Citation": one component for each model is enough
        schemas.setdefault(name.rpartition(".")[2], schemas[name])
        del schemas[name]
    for model in (Error, ClientError):
        shape = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(shape.pop("$defs"))
        schemas[model.__name__] = shape
    for path, (media_type, words) in STREAMS.items():
        answer = spec["paths"][path]["post"]["responses"]["200"]
        answer["content"][media_type] = {"schema": {"type": "string", "description": words}}
    spec["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    spec["security"] = [{}, {"token": []}]
    for operation in _operations(spec):
        if "requestBody" in operation:
            operation["requestBody"]["required"] = True
        for parameter in operation.get("parameters", []):
            _plain_parameter(parameter)
    _shorten_references(spec)
    return spec


def _operations(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in spec["paths"].values():
        yield from path.values()


def _plain_parameter(parameter: dict[str, Any]) -> None:
    """A parameter is either absent or has a value: "null" in a query string would be the word."""
    schema = parameter["schema"]
    choices = [c for c in schema.get("anyOf", []) if c.get("type") != "null"]
    if len(choices) == 1 and len(choices) < len(schema["anyOf"]):
        del schema["anyOf"]
        schema.update(choices[0])
        schema.pop("default", None)
    if "description" in schema:
        parameter["description"] = schema.pop("description")
    schema.pop("title", None)


def _shorten_references(node: object) -> None:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            place, _, name = node["$ref"].rpartition("/")
            node["$ref"] = f"{place}/{name.rpartition('.')[2]}"
        for value in node.values():
            _shorten_references(value)
    elif isinstance(node, list):
        for value in node:
            _shorten_references(value)
