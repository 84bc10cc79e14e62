"""The tools, through the real client: over standard input and output, and over HTTP on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import anyio
import httpx
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from index import Settings, UsageError
from web.mcp_server import run_mcp


def parameters(settings: Settings) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant.cli", "--index", str(settings.index), "mcp"],
        env={**os.environ, "PARLEY_MODEL": "hashing"},
    )


def with_client(server: object, use: object) -> object:
    async def go() -> object:
        async with Client(server) as client:
            return await use(client)

    return anyio.run(go)


@pytest.fixture(scope="module")
def http_server(settings: Settings) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistant.cli", "--index", str(settings.index)]
    process = subprocess.Popen(
        [*command, "mcp", "--http", "--port", str(port)], env={**os.environ, "PARLEY_MODEL": "hashing"}
    )
    url = f"http://127.0.0.1:{port}/mcp"
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(url)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    assert process.poll() is None
    yield url
    process.terminate()
    process.wait(timeout=20)


async def use_every_tool(client: Client) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"ask", "search", "get_article"}
    for tool in tools.values():
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema
        assert tool.description
    answer = await client.call_tool(
        "ask", {"question": "Which country mediated the first round of the talks in Geneva?"}
    )
    assert not answer.is_error
    cited = answer.structured_content["citations"][0]
    found = await client.call_tool("search", {"question": "prisoners exchanged", "k": 1})
    assert found.structured_content["results"][0]["title"] == "Two hundred prisoners exchanged"
    place = {name: cited[name] for name in ("article_id", "start", "end", "text_sha256")}
    part = await client.call_tool("get_article", place)
    assert part.structured_content["text"] == cited["quote"]
    whole = await client.call_tool("get_article", {"article_id": cited["article_id"]})
    assert whole.structured_content["text"][cited["start"] : cited["end"]] == cited["quote"]


async def make_mistakes(client: Client) -> None:
    for name, arguments, words in (
        ("get_article", {"article_id": "none"}, "none"),
        ("ask", {"question": ""}, "question"),
        ("ask", {"question": "x", "since": "soon"}, "since"),
        ("search", {"question": "x", "k": 0}, "k"),
    ):
        result = await client.call_tool(name, arguments)
        assert result.is_error
        assert words in result.content[0].text
        assert "Traceback" not in result.content[0].text


def test_tools_over_standard_input_and_output(settings):
    async def everything(client: Client) -> None:
        await use_every_tool(client)
        await make_mistakes(client)

    with_client(parameters(settings), everything)


def test_tools_over_http(http_server):
    with_client(http_server, use_every_tool)


def test_http_refuses_other_names_and_sites(http_server):
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accept = {"Accept": "application/json, text/event-stream"}
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        assert httpx.post(http_server, json=body, headers={**accept, **headers}).status_code in (
            400,
            403,
            421,
        )


def test_missing_index_is_told_plainly(tmp_path):
    async def ask(client: Client) -> str:
        result = await client.call_tool("ask", {"question": "x"})
        assert result.is_error
        return result.content[0].text

    said = with_client(parameters(Settings(index=tmp_path / "none")), ask)
    assert "parley rebuild" in said


def test_other_addresses_than_loopback_are_refused(settings):
    with pytest.raises(UsageError, match="loopback"):
        run_mcp(settings, http=True, host="0.0.0.0")
