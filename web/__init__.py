"""The web application: chat pages, JSON API, the API of chat clients, and the tools for other programs."""

from __future__ import annotations

from importlib.metadata import version

from apiflask import APIFlask
from flask_compress import Compress

from assistant import Assistant, Library, Settings
from web import api, api_collection, api_docs, chat_completions, door, errors, openapi, pages, security
from web.api_requests import BODY_BYTES
from web.options import ServerOptions
from web.service import Service

__all__ = ["ServerOptions", "create_app"]

DEFAULT = ServerOptions()


def create_app(
    settings: Settings, library: Library | None = None, *, options: ServerOptions = DEFAULT
) -> APIFlask:
    """The application over one index folder. Nothing is opened or loaded before the first request."""
    app = APIFlask(
        __name__, title="Parley", version=version("parley"), spec_path=None, docs_path=None, json_errors=False
    )
    app.config.update(
        MAX_CONTENT_LENGTH=BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=BODY_BYTES,
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_STREAMS=False,  # a compressor would hold back the pieces of a streamed answer
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    library = library or Library(settings)
    app.extensions["parley"] = Service(library, Assistant(library), options)
    Compress(app)
    security.install(app, options)
    errors.install(app)
    door.install(app, options)
    openapi.describe(app)
    for blueprint in (api.api, api_collection.collection, api_docs.docs, chat_completions.openai):
        app.register_blueprint(blueprint)
    app.register_blueprint(pages.pages)
    return app
