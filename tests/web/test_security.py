"""Safety at the door: Host, Origin, Sec-Fetch-Site, the token, the rate, the headers on everything."""

from __future__ import annotations

import socket

import httpx
import pytest

from index import UsageError
from web import ServerOptions
from web.options import options_for
from web.security import HEADERS

TOKEN = "a-token-for-tests"
JSON = {"question": "Who mediated?"}


def sealed(response: httpx.Response) -> bool:
    return all(response.headers.get(name) == value for name, value in HEADERS.items())


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/library", 200),
        ("GET", "/api/docs", 200),
        ("GET", "/api/health", 200),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/static/css/api.css", 200),
        ("GET", "/static/none.css", 404),
        ("GET", "/none", 404),
        ("GET", "/api/none", 404),
        ("POST", "/api/ask", 415),
        ("PUT", "/api/ask", 405),
        ("OPTIONS", "/api/ask", 200),
        ("GET", "/v1/models", 200),
        ("GET", "/articles/none", 404),
        ("GET", "/static/../../pyproject.toml", 404),
        ("GET", "/static/%2e%2e/%2e%2e/pyproject.toml", 404),
    ],
)
def test_headers_are_on_every_route_and_error(client, method, path, status):
    response = client.request(method, path)
    assert response.status_code == status
    assert sealed(response)
    assert response.headers["x-request-id"]
    assert "server" not in response.headers
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", b"431"),
        (b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n", b"413"),
        (b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: odd\r\n\r\n", b"501"),
    ],
)
def test_headers_are_on_errors_that_never_reach_the_application(site, raw, status):
    host, port = site.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(raw)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    assert answer.split()[1] == status
    for name, value in HEADERS.items():
        assert f"{name}: {value}".lower().encode() in answer.lower()
    assert b"waitress" not in answer.lower()


def test_request_id_is_kept_when_it_is_harmless(client):
    assert client.get("/api/health", headers={"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert client.get("/api/health", headers={"X-Request-ID": "a b<c>"}).headers["x-request-id"] != "a b<c>"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[", "10.0.0.1"]
)
def test_foreign_host_is_refused(client, host):
    response = client.get("/api/health", headers={"Host": host})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "forbidden_host")
    assert client.get("/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9", "127.0.0.1:1", "[::1]:8000", "localhost."])
def test_own_names_are_accepted(client, host):
    assert client.get("/api/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "SELF"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://["}, False),
        ({"Origin": "http://localhost:1"}, False),
    ],
)
@pytest.mark.parametrize("path", ["/api/ask", "/", "/v1/chat/completions", "/api/export"])
def test_posts_from_other_sites_are_refused(client, site, path, headers, allowed):
    headers = {k: site.url if v == "SELF" else v for k, v in headers.items()}
    response = client.post(path, headers=headers)
    assert (response.status_code != 403) is allowed


def test_links_from_other_sites_may_open_pages_but_scripts_may_not_read(client):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/", headers=link).status_code == 200
    assert client.get("/api/articles", headers={**link, "Sec-Fetch-Mode": "no-cors"}).status_code == 403


def test_token_is_asked_of_programs(guarded):
    for path in ("/api/health", "/api/articles", "/v1/models", "/api/openapi.json"):
        refused = httpx.get(guarded.url + path)
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"] == "Bearer"
        for wrong in ("Bearer nope", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x", "Bearer \xff"):
            assert (
                httpx.get(guarded.url + path, headers={"Authorization": wrong.encode("latin-1")}).status_code
                == 401
            )
        assert httpx.get(guarded.url + path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_token_reaches_the_page_through_the_login_form(guarded):
    with httpx.Client(base_url=guarded.url, follow_redirects=False) as browser:
        assert browser.get("/").headers["location"] == "/login"
        assert browser.get("/api/docs").headers["location"] == "/login"
        form = browser.get("/login")
        assert 'name="token"' in form.text
        wrong = browser.post("/login", data={"token": "wrong"})
        assert wrong.status_code == 401
        assert "set-cookie" not in wrong.headers
        entered = browser.post("/login", data={"token": TOKEN})
        assert entered.status_code == 303
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert TOKEN not in cookie
        assert browser.get("/").status_code == 200
        assert browser.post("/api/ask", json=JSON).status_code == 200
    forged = {"Cookie": "parley_session=eyJzaWduZWRfaW4iOnRydWV9.x.y"}
    assert httpx.get(f"{guarded.url}/api/health", headers=forged).status_code == 401


def test_guessing_the_token_is_slowed(guarded):
    codes = [httpx.post(f"{guarded.url}/login", data={"token": "x"}).status_code for _ in range(12)]
    assert codes[0] == 401
    assert codes[-1] == 429


def test_login_leads_home_where_no_token_is_asked(client):
    assert client.get("/login").headers["location"] == "/"


def test_too_many_requests_are_told_when_to_come_back(settings, running):
    with running(settings, ServerOptions(rate="5 per 10 seconds")) as site:
        answers = [httpx.get(f"{site.url}/api/health") for _ in range(8)]
    assert [a.status_code for a in answers[:5]] == [200] * 5
    last = answers[-1]
    assert last.status_code == 429
    assert last.json()["error"]["code"] == "too_many_requests"
    assert 1 <= int(last.headers["Retry-After"]) <= 10
    assert sealed(last)


def test_other_addresses_than_loopback_need_a_token():
    with pytest.raises(UsageError, match="needs a token"):
        options_for("0.0.0.0", None)
    with pytest.raises(UsageError, match="too short"):
        options_for("0.0.0.0", "short")
    options = options_for("0.0.0.0", TOKEN, ("News.example",))
    assert options.any_address
    assert "news.example" in options.hosts
    for host in ("127.0.0.1", "localhost", "::1", "127.8.8.8"):
        assert options_for(host, None).token is None


def test_errors_tell_nothing_of_the_inside(client):
    for response in (
        client.post("/api/ask", content=b"{", headers={"Content-Type": "application/json"}),
        client.get("/api/articles/%00%ff"),
        client.get("/articles/%00"),
    ):
        assert "Traceback" not in response.text
        assert "/site-packages/" not in response.text
