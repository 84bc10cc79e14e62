"""The API's document and a page made from it that people can read."""

from __future__ import annotations

import json
from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app, render_template
from markupsafe import Markup

docs = APIBlueprint("docs", __name__, url_prefix="/api", enable_openapi=False)


@docs.get("/openapi.json")
def document() -> Response:
    """The OpenAPI 3.1 document."""
    return Response(json.dumps(_spec(), ensure_ascii=False), mimetype="application/json")


@docs.get("/docs")
def page() -> str:
    """The same for people."""
    return render_template(
        "api/docs.html", spec=_spec(), type_of=_type_of, example_of=_example_of, words=_words
    )


def _spec() -> dict[str, Any]:
    """The document; it never changes while the application runs."""
    extensions = current_app.extensions
    if "parley_openapi" not in extensions:
        app: APIFlask = current_app._get_current_object()  # type: ignore[attr-defined]
        extensions["parley_openapi"] = app.spec
    spec: dict[str, Any] = extensions["parley_openapi"]
    return spec


def _words(text: str | None) -> Markup:
    """A description as HTML: what stands between backticks as code."""
    code = Markup("<code>{}</code>")
    pieces = (text or "").split("`")
    return Markup("").join(code.format(p) if n % 2 else Markup.escape(p) for n, p in enumerate(pieces))


def _type_of(schema: dict[str, Any]) -> str:
    """A schema in a few words: "list of Citation", "text, or null"."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema or "const" in schema:
        return " or ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_type_of(schema.get('items', {}))}"
    if "anyOf" in schema and "type" not in schema:
        return ", or ".join(dict.fromkeys(_type_of(choice) for choice in schema["anyOf"]))
    names = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "object"}
    kind = schema.get("type", "anything")
    return f"{names.get(kind, kind)}{_bounds(schema)}"


def _bounds(schema: dict[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f", {low:,} to {high:,}"
    if "maxLength" in schema:
        return f", at most {schema['maxLength']:,} characters"
    return ""


def _example_of(schema: dict[str, Any]) -> str:
    """A request body made from the examples of its fields."""
    components = _spec()["components"]["schemas"]
    properties = components[schema["$ref"].rpartition("/")[2]]["properties"]
    body = {name: field["examples"][0] for name, field in properties.items() if field.get("examples")}
    return json.dumps(body, ensure_ascii=False)
