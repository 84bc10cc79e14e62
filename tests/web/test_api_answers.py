"""Asking, streaming, searching, exporting: what programs send and get."""

from __future__ import annotations

import json

import httpx
import pytest

from index import Library, Settings, rebuild
from web.api_responses import Answer

QUESTION = "Which country mediated the first round of the talks in Geneva?"


def ask(client: httpx.Client, **body: object) -> httpx.Response:
    return client.post("/api/ask", json={"question": QUESTION, **body})


def test_answer_is_cited_and_each_quote_is_an_exact_slice(client, site):
    answer = ask(client).json()
    assert answer["answered"] is True
    assert "Norway mediated" in answer["answer"]
    library = Library(site.settings)
    with library.lease() as generation:
        for citation in answer["citations"]:
            text = generation.article(citation["article_id"], citation["text_sha256"]).text
            assert text[citation["start"] : citation["end"]] == citation["quote"]
    library.close()


def test_answer_has_exactly_the_documented_fields(client):
    for question in (QUESTION, "How deep is the Mariana trench?"):
        answer = ask(client, question=question).json()
        assert set(answer) == set(Answer.model_fields)
        Answer.model_validate(answer)


def test_refusal_is_an_answer(client):
    response = ask(client, question="How deep is the Mariana trench?")
    answer = response.json()
    assert response.status_code == 200
    assert answer["answered"] is False
    assert answer["reason"] in ("no_match", "weak_evidence")
    assert answer["citations"] == []


def test_stream_is_the_same_answer_in_pieces(client):
    whole = ask(client).json()
    response = ask(client, stream=True)
    assert response.headers["content-type"].startswith("application/x-ndjson")
    events = [json.loads(line) for line in response.text.splitlines()]
    assert (events[0]["type"], events[-1]["type"]) == ("sources", "done")
    assert "".join(e["text"] for e in events if e["type"] == "text") == whole["answer"]
    assert events[0]["citations"] == whole["citations"]
    done = events[-1]["answer"]
    assert {**done, "timings_ms": {}} == {**whole, "timings_ms": {}}


def test_stream_is_not_compressed(client):
    response = client.post(
        "/api/ask", json={"question": QUESTION, "stream": True}, headers={"Accept-Encoding": "gzip, br, zstd"}
    )
    assert "content-encoding" not in response.headers


def test_own_id_is_given_back(client):
    assert ask(client, id="mine").json()["id"] == "mine"


def test_filters_are_hard(client):
    answer = ask(client, filters={"publishers": ["Harbour Post"]}).json()
    named = {c["publisher"] for c in answer["citations"] + answer["nearest"]}
    assert named <= {"Harbour Post"}
    nothing = ask(client, filters={"until": "1999"}).json()
    assert nothing["reason"] == "filtered_out"


def test_null_limits_are_no_limits(client):
    given = {"publishers": None, "since": None, "until": None, "as_of": None}
    assert ask(client, filters=given, history=None).json()["answer"] == ask(client).json()["answer"]


def test_history_is_used(client):
    history = [
        {
            "question": "Which country mediated the first round of the talks in Geneva?",
            "answer": "Norway mediated.",
            "more": 1,
        }
    ]
    answer = ask(client, question="How long did they last?", history=history).json()
    assert answer["question"] == "How long did they last?"
    assert "Geneva" in answer["standalone_question"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": "  \n "}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"question": 7}, "question"),
        ({"question": "x", "publisher": "Lake Courier"}, "publisher"),
        ({"question": "x", "history": [{"question": "x"}] * 21}, "history"),
        ({"question": "x", "history": [{}]}, "history.0.question"),
        ({"question": "x", "filters": []}, "filters"),
        ({"question": "x", "filters": {"since": "2021-13"}}, "filters.since"),
        ({"question": "x", "filters": {"since": "yesterday"}}, "filters.since"),
        ({"question": "x", "filters": {"until": "2021-02-30"}}, "filters.until"),
        ({"question": "x", "filters": {"outlet": "x"}}, "filters.outlet"),
        ({"question": "x", "stream": "yes"}, "stream"),
    ],
)
def test_wrong_field_is_named(client, body, field):
    response = client.post("/api/ask", json=body)
    error = response.json()["error"]
    assert response.status_code == 422
    assert error["code"] == "invalid_field"
    assert field in error["details"]
    assert error["message"].startswith(field)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"{", 400, "bad_json"),
        (b"", 400, "bad_json"),
        (b'{"question": "\xff"}', 400, "bad_json"),
        (rb'{"question": "\ud800"}', 400, "bad_json"),
        (b"[" * 30_000, 400, "bad_json"),
        (b'{"question": "x", "k": NaN}', 422, "invalid_field"),
        (b'["question"]', 422, "invalid_field"),
        (b'{"question": "' + b"x" * 70_000 + b'"}', 413, "too_large"),
    ],
)
def test_bad_bodies(client, content, status, code):
    response = client.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


def test_other_content_types_are_refused(client):
    response = client.post("/api/ask", data={"question": "x"})
    assert (response.status_code, response.json()["error"]["code"]) == (415, "unsupported_media_type")


def test_search_ranks_passages_that_are_exact_slices(client, site):
    results = client.post("/api/search", json={"question": "prisoners exchanged", "k": 2}).json()["results"]
    assert results[0]["title"] == "Two hundred prisoners exchanged"
    assert len(results) <= 2
    best = results[0]
    where = {"start": best["start"], "end": best["end"]}
    assert client.get(f"/api/articles/{best['article_id']}/text", params=where).json()["text"] == best["text"]
    assert client.post("/api/search", json={"question": "x", "k": 0}).status_code == 422


def test_without_an_index_the_answer_is_503_and_says_what_to_do(empty_site):
    for path in ("/api/ask", "/api/search", "/v1/chat/completions"):
        body = (
            {"question": "x"} if path.startswith("/api") else {"messages": [{"role": "user", "content": "x"}]}
        )
        for stream in ({}, {"stream": True}) if path != "/api/search" else ({},):
            response = httpx.post(empty_site.url + path, json={**body, **stream})
            assert response.status_code == 503
            assert response.json()["error"]["code"] == "index_missing"
            assert "parley rebuild" in response.json()["error"]["message"]
            assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("markdown", "text/markdown"),
        ("json", "application/json"),
        ("bibtex", "application/x-bibtex"),
        ("csl", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_export_carries_the_quotes(client, form, media_type):
    answer = ask(client).json()
    response = client.post("/api/export", json={"format": form, "answers": [answer]})
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type
    assert "attachment" in response.headers["content-disposition"]
    assert answer["citations"][0]["title"] in response.text
    assert answer["citations"][0]["text_sha256"] in response.text


def test_export_of_what_is_no_answer_is_refused(client):
    response = client.post("/api/export", json={"format": "json", "answers": [{"citations": "x"}]})
    assert response.status_code == 422
    assert client.post("/api/export", json={"format": "pdf", "answers": [{}]}).status_code == 422


def test_the_same_question_again_is_answered_from_memory_until_another_generation(tmp_path, running):
    file = tmp_path / "one.md"
    file.write_text(
        "---\ntitle: Talks\n---\nThe talks were held in Tarnby. Norway mediated the first round of the talks.\n"
    )
    settings = Settings(index=tmp_path / "index", model="hashing")
    first = rebuild(settings, [file]).generation
    with running(settings) as site:

        def asked() -> dict:
            return httpx.post(
                f"{site.url}/api/ask",
                json={"question": "Which country mediated the first round of the talks?"},
            ).json()

        fresh, again = asked(), asked()
        assert "embed" in fresh["timings_ms"]
        assert "embed" not in again["timings_ms"]
        assert {**again, "timings_ms": {}} == {**fresh, "timings_ms": {}}
        file.write_text(
            "---\ntitle: Talks\n---\nThe talks were held in Tarnby. Oman mediated the first round of the talks.\n"
        )
        rebuild(settings, [file])
        later = asked()
    assert fresh["collection"]["generation"] == first
    assert later["collection"]["generation"] != first
    assert "Oman" in later["answer"]
