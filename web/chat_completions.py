"""The part of OpenAI's API that chat clients use, so that they can ask Parley.

The last message of the user is the question, what came before is the conversation. The answer's text carries
its markers; the whole answer, citations included, is in the extension field `parley`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from flask import Response, current_app, g, jsonify, request, stream_with_context
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from assistant import Answer, Event, EventType, Filters, ParleyError, Question, Turn
from web.api_requests import EXPORT_BYTES, HISTORY_TURNS, QUESTION_CHARACTERS, FiltersBody
from web.api_responses import Answer as AnswerShape
from web.api_responses import ClientError
from web.errors import Refused, from_parley, openai_body
from web.openapi import errors
from web.service import service

MODEL = "parley"

openai = APIBlueprint(
    "openai",
    __name__,
    url_prefix="/v1",
    tag={"name": "Chat clients", "description": "The part of OpenAI's API that existing chat clients use."},
)


class TextPart(BaseModel):
    """A part of a message. Parts other than text are refused."""

    type: Literal["text"]
    text: str


class Message(BaseModel):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """How a stream ends."""

    include_usage: bool | None = None


class CompletionBody(BaseModel):
    """A conversation. Other fields of OpenAI's API (temperature and the like) have no effect."""

    model_config = ConfigDict(strict=True)

    model: Annotated[str, Field(description="Any name: there is one model, `parley`.")] = MODEL
    messages: Annotated[
        list[Message],
        Field(min_length=1, max_length=1000, description="The last one of the user is the question."),
    ]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    filters: Annotated[FiltersBody | None, Field(description="An extension: limits as for /api/ask.")] = None

    def to_question(self) -> Question:
        """Errors: Refused where no message is a question."""
        turns: list[Turn] = []
        for message in self.messages:
            if message.role == "user":
                turns.append(Turn(message.text))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(turns[-1].question, f"{turns[-1].answer} {message.text}".strip())
        *history, last = turns or [Turn("")]
        if not last.question.strip() or len(last.question) > QUESTION_CHARACTERS:
            words = f"messages: the last one of the user must have 1 to {QUESTION_CHARACTERS:,} characters"
            raise Refused(400, "invalid_question", words, {"messages": [words]})
        filters = self.filters.filters() if self.filters else Filters()
        return Question(last.question, tuple(history[-HISTORY_TURNS:]), filters)


class CompletionMessage(BaseModel):
    """What Parley says."""

    role: Literal["assistant"]
    content: str
    refusal: None


class Choice(BaseModel):
    """The one answer."""

    index: Literal[0]
    message: CompletionMessage
    finish_reason: Literal["stop"]
    logprobs: None


class Usage(BaseModel):
    """Tokens that went through a language model: none."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(BaseModel):
    """An answer in the shape of a chat completion."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    parley: AnswerShape


class Model(BaseModel):
    """A model that can be asked."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class Models(BaseModel):
    """The models that can be asked."""

    object: Literal["list"]
    data: list[Model]


USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


@openai.get("/models")
@openai.doc(responses=errors(shape=ClientError))
@openai.output(Models, description="One model.")
def models() -> ResponseReturnValue:
    """List the models"""
    return jsonify(
        {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "parley"}]}
    )


@openai.post("/chat/completions")
@openai.doc(responses=errors(400, 413, 415, 422, 503, shape=ClientError))
@openai.output(
    Completion, description="The answer; with `stream`, server-sent events that end with `[DONE]`."
)
@openai.input(CompletionBody)
def complete(json_data: CompletionBody) -> ResponseReturnValue:
    """Ask as a chat client does"""
    question = json_data.to_question()
    if not json_data.stream:
        return jsonify(_completion(service().ask(question)))
    events = service().stream(question)
    first = next(events)  # awaited here, so that what prevents an answer still gets its own status
    wants_usage = bool(json_data.stream_options and json_data.stream_options.include_usage)
    lines = _server_sent(chain([first], events), wants_usage)
    return Response(
        stream_with_context(lines),
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@openai.before_request
def allow_longer_conversations() -> None:
    request.max_content_length = EXPORT_BYTES


def _completion(answer: Answer) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer.text, "refusal": None}
    return {
        "id": f"chatcmpl-{answer.id}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": USAGE,
        "parley": answer.to_json(),
    }


def _server_sent(events: Iterator[Event], wants_usage: bool) -> Iterator[str]:
    """The events as chunks of a chat completion."""
    head = {
        "id": f"chatcmpl-{g.request_id}",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": MODEL,
    }
    try:
        yield _chunk(head, {"role": "assistant", "content": ""})
        for event in events:
            if event.type is EventType.TEXT:
                yield _chunk(head, {"content": event.data["text"]})
            elif event.type is EventType.DONE:
                yield _chunk(head, {}, finish_reason="stop", parley=event.data["answer"])
        if wants_usage:
            yield _data({**head, "choices": [], "usage": USAGE})
    except ParleyError as error:
        yield _data(openai_body(from_parley(error)))
    except Exception:
        current_app.logger.exception("request %s failed while streaming", g.request_id)
        yield _data(openai_body(Refused(500, "internal", "something went wrong")))
    yield "data: [DONE]\n\n"


def _chunk(
    head: dict[str, Any], delta: dict[str, Any], *, finish_reason: str | None = None, **extension: object
) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
    return _data({**head, "choices": [choice], **extension})


def _data(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n\n"
