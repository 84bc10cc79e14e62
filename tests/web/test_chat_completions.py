"""Existing chat clients can ask Parley: the real `openai` package against the real server."""

from __future__ import annotations

import openai
import pytest

QUESTION = [{"role": "user", "content": "Which country mediated the first round of the talks in Geneva?"}]


@pytest.fixture
def chat(site):
    with openai.OpenAI(base_url=f"{site.url}/v1", api_key="unused", max_retries=0) as client:
        yield client


def test_models(chat):
    assert [m.id for m in chat.models.list()] == ["parley"]


def test_answer_carries_markers_and_citations(chat, client):
    completion = chat.chat.completions.create(model="parley", messages=QUESTION, temperature=0)
    whole = client.post("/api/ask", json={"question": QUESTION[0]["content"]}).json()
    choice = completion.choices[0]
    assert choice.finish_reason == "stop"
    assert choice.message.content == whole["answer"]
    assert "[1]" in choice.message.content
    assert completion.model_extra["parley"]["citations"] == whole["citations"]


def test_stream_adds_up_to_the_answer(chat):
    whole = chat.chat.completions.create(model="parley", messages=QUESTION)
    chunks = list(
        chat.chat.completions.create(
            model="parley", messages=QUESTION, stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == whole.choices[0].message.content
    assert chunks[0].choices[0].delta.role == "assistant"
    last = [c for c in chunks if c.choices][-1]
    assert last.choices[0].finish_reason == "stop"
    assert last.model_extra["parley"]["citations"]
    assert chunks[-1].usage.total_tokens == 0


def test_stream_ends_with_done(client):
    response = client.post("/v1/chat/completions", json={"messages": QUESTION, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.text.endswith("data: [DONE]\n\n")


def test_earlier_messages_are_the_conversation(chat):
    messages = [
        {"role": "system", "content": "Be brief."},
        *QUESTION,
        {"role": "assistant", "content": "Norway mediated the first round of the talks. [1]"},
        {"role": "user", "content": [{"type": "text", "text": "How long did they last?"}]},
    ]
    completion = chat.chat.completions.create(model="parley", messages=messages)
    answer = completion.model_extra["parley"]
    assert answer["question"] == "How long did they last?"


def test_filters_are_an_extension(chat):
    completion = chat.chat.completions.create(
        model="parley", messages=QUESTION, extra_body={"filters": {"publishers": ["Harbour Post"]}}
    )
    answer = completion.model_extra["parley"]
    assert {c["publisher"] for c in answer["citations"] + answer["nearest"]} <= {"Harbour Post"}


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "system", "content": "x"}],
        [{"role": "user", "content": " "}],
        [{"role": "user", "content": "x" * 2001}],
        [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}],
    ],
)
def test_what_is_no_question_is_refused_in_the_clients_own_error(chat, messages):
    with pytest.raises(openai.APIStatusError) as caught:
        chat.chat.completions.create(model="parley", messages=messages)
    assert caught.value.status_code in (400, 422)
    assert caught.value.body["param"].startswith("messages")
    assert caught.value.body["type"] == "invalid_request_error"


def test_long_conversations_are_cut_not_refused(chat):
    turns = [
        {"role": r, "content": f"{r} {n} " + "x" * 2000} for n in range(40) for r in ("user", "assistant")
    ]
    completion = chat.chat.completions.create(model="parley", messages=[*turns, *QUESTION])
    assert completion.choices[0].message.content


def test_missing_index_is_the_clients_own_error(empty_site):
    with openai.OpenAI(base_url=f"{empty_site.url}/v1", api_key="unused", max_retries=0) as chat:
        with pytest.raises(openai.InternalServerError) as caught:
            chat.chat.completions.create(model="parley", messages=QUESTION)
        assert caught.value.status_code == 503
        assert caught.value.code == "index_missing"


def test_token_is_the_api_key(guarded):
    with openai.OpenAI(base_url=f"{guarded.url}/v1", api_key="a-token-for-tests", max_retries=0) as chat:
        assert chat.chat.completions.create(model="parley", messages=QUESTION).choices
    with (
        openai.OpenAI(base_url=f"{guarded.url}/v1", api_key="wrong", max_retries=0) as chat,
        pytest.raises(openai.AuthenticationError),
    ):
        chat.models.list()


def test_errors_have_the_shape_that_clients_read(client):
    response = client.post("/v1/chat/completions", content=b"{", headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}
