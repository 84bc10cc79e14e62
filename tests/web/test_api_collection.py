"""Articles, their texts, coverage, health, the document."""

from __future__ import annotations

import httpx
import pytest

from web.api_responses import Articles, ArticleWithText, Coverage, Health


def by_title(client: httpx.Client) -> dict[str, dict]:
    return {a["title"]: a for a in client.get("/api/articles").json()["articles"]}


def test_all_articles_newest_first(client):
    body = client.get("/api/articles").json()
    assert set(body) == set(Articles.model_fields)
    titles = [a["title"] for a in body["articles"]]
    assert titles[:3] == [
        "Grain corridor opens",
        "Two hundred prisoners exchanged",
        "Delegations meet in Geneva",
    ]
    assert body["total"] == len(titles) == 4


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"q": "GENEVA silva"}, ["Delegations meet in Geneva"]),
        ({"publisher": ["lake courier", "Notes"], "sort": "title"}, None),
        ({"since": "2021-05-21"}, ["Grain corridor opens"]),
        (
            {"until": "2021-05-20", "sort": "oldest"},
            ["Delegations meet in Geneva", "Two hundred prisoners exchanged"],
        ),
        ({"as_of": "2021-04"}, ["Delegations meet in Geneva"]),
        ({"page": 2, "per_page": 3}, None),
        ({"page": 9}, []),
        ({"q": "", "publisher": ""}, None),
    ],
)
def test_articles_are_filtered_sorted_and_paged(client, query, titles):
    body = client.get("/api/articles", params=query).json()
    found = [a["title"] for a in body["articles"]]
    if titles is not None:
        assert found == titles
    elif query.get("publisher"):
        assert len(found) == 3
        assert found == sorted(found, key=str.casefold)
    elif "per_page" in query:
        assert (len(found), body["total"], body["page"]) == (1, 4, 2)
    else:
        assert len(found) == 4


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"page": 0}, "page"),
        ({"page": "x"}, "page"),
        ({"per_page": 201}, "per_page"),
        ({"since": "soon"}, "since"),
        ({"sort": "size"}, "sort"),
        ({"since": ""}, "since"),
        ({"page": ["1", "2"]}, "page"),
    ],
)
def test_wrong_parameter_is_named(client, query, field):
    response = client.get("/api/articles", params=query)
    assert response.status_code == 422
    assert field in response.json()["error"]["details"]


def test_article_with_etag(client):
    entry = by_title(client)["Delegations meet in Geneva"]
    path = f"/api/articles/{entry['id']}"
    first = client.get(path)
    body = first.json()
    assert set(body) == set(ArticleWithText.model_fields)
    assert body["text"].startswith("The delegations of Arvana")
    assert body["author"] == "Ana Silva"
    assert body["versions"] == [body["text_sha256"]]
    for encoding in ("gzip", "identity"):
        etag = client.get(path, headers={"Accept-Encoding": encoding}).headers["etag"]
        again = client.get(path, headers={"If-None-Match": etag, "Accept-Encoding": encoding})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(path, params={"version": body["text_sha256"]}).json()["text"] == body["text"]


def test_text_by_offsets_counts_code_points(client):
    entry = by_title(client)["Grain corridor opens"]
    path = f"/api/articles/{entry['id']}"
    text = client.get(path).json()["text"]
    ship = text.index("🚢")
    part = client.get(f"{path}/text", params={"start": ship, "end": ship + 2}).json()
    assert part["text"] == "🚢."
    assert client.get(f"{path}/text").json()["text"] == text
    beyond = client.get(f"{path}/text", params={"start": 5, "end": 10**9}).json()
    assert (beyond["text"], beyond["end"]) == (text[5:], len(text))
    assert client.get(f"{path}/text", params={"start": -1}).status_code == 422


@pytest.mark.parametrize(
    "path", ["/api/articles/none", "/api/articles/none/text", "/api/articles/a/b", "/api/none"]
)
def test_unknown_things_are_404_in_json(client, path):
    response = client.get(path)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


def test_unknown_version_is_404(client):
    entry = by_title(client)["Grain corridor opens"]
    assert client.get(f"/api/articles/{entry['id']}", params={"version": "0" * 64}).status_code == 404


def test_wrong_method_is_405(client):
    response = client.get("/api/ask")
    assert response.status_code == 405
    assert "POST" in response.headers["allow"]
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_coverage_counts_every_article_once(client):
    body = client.get("/api/coverage").json()
    assert set(body) == set(Coverage.model_fields)
    assert body["articles"] == sum(p["articles"] for p in body["publishers"]) == 4
    assert body["undated"] + sum(m["articles"] for m in body["months"]) == 4
    assert {"month": "2021-07", "publisher": "Harbour Post", "articles": 1} in body["months"]
    lake = next(p for p in body["publishers"] if p["publisher"] == "Lake Courier")
    assert (lake["articles"], lake["first"], lake["last"]) == (2, "2021-04-03", "2021-05-20")


def test_health(client, empty_site):
    body = client.get("/api/health").json()
    assert set(body) == set(Health.model_fields)
    assert (body["status"], body["articles"], body["newest_article"]) == ("ok", 4, "2021-07")
    response = httpx.get(f"{empty_site.url}/api/health")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "index_missing")


def test_large_answers_are_gzipped_on_request(client):
    response = client.get("/api/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    plain = client.get("/api/openapi.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == response.json()


def test_document_is_openapi_3_1_and_names_every_route(client, site):
    spec = client.get("/api/openapi.json").json()
    assert spec["openapi"].startswith("3.1")
    assert set(spec["paths"]) == {
        "/api/ask",
        "/api/search",
        "/api/export",
        "/api/articles",
        "/api/articles/{article_id}",
        "/api/articles/{article_id}/text",
        "/api/coverage",
        "/api/health",
        "/v1/models",
        "/v1/chat/completions",
    }


def test_docs_page_has_every_route_and_no_foreign_asset(client):
    page = client.get("/api/docs")
    assert page.status_code == 200
    for path in client.get("/api/openapi.json").json()["paths"]:
        assert path in page.text
    assert 'src="http' not in page.text
    assert 'href="http' not in page.text
    assert "style=" not in page.text
    assert "<script>" not in page.text
