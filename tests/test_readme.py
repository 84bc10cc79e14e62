"""The README is true: each command in it runs, and each command, setting and route is in it."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import httpx
import pytest

from assistant.cli import app
from index import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    command.replace("\\\n", " ")
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for command in re.split(r"\n(?=\S)", block.strip())
]
ENVIRONMENT = {
    **os.environ,
    "HF_HUB_OFFLINE": "1",
    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with the sample collection, an index of it, and a question file."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "articles", folder / "articles")
    question = {"id": "q1", "question": "Where were the Dayton talks held?", "answerable": True}
    (folder / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    run(["parley", "rebuild", "articles"], folder)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        ["parley", "serve", "--port", str(port)],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=True
    )


def wait_until_healthy(address: str, process: subprocess.Popen[str]) -> None:
    for _ in range(240):
        assert process.poll() is None, "the server ended at once"
        try:
            if httpx.get(f"{address}/api/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    pytest.fail("the server did not answer within a minute")


def test_the_readme_has_commands():
    assert sum(c.startswith("parley ") for c in COMMANDS) >= 8
    assert sum(c.startswith("curl ") for c in COMMANDS) >= 4


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_make_targets_exist(command):
    run([*shlex.split(command), "--dry-run"], ROOT)


@pytest.mark.model
@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("parley ")])
def test_parley_commands_run(command, folder):
    done = run(shlex.split(command), folder)
    assert done.stdout.strip()


@pytest.mark.model
@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("curl ")])
def test_curl_commands_answer(command, folder, server):
    done = run(shlex.split(command.replace("http://127.0.0.1:8000", server)), folder)
    body = json.loads(done.stdout)
    assert "error" not in body


def test_every_other_command_line_is_known_here():
    assert all(c.split()[0] in {"make", "parley", "curl"} for c in COMMANDS)


def test_every_command_setting_and_target_is_described():
    commands = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    assert {c for c in commands if f"`parley {c}" not in README} == set()
    assert {f.name for f in fields(Settings) if f"| `{f.name}` |" not in README} == set()


def test_every_route_is_described():
    from web import create_app

    application = create_app(Settings(index=Path("nowhere")))
    rules = {r.rule for r in application.url_map.iter_rules() if r.rule.startswith(("/api/", "/v1/"))}
    named = {re.sub(r"<.*?>", "<id>", rule).replace("/<id>/text", "/<id>") for rule in rules}
    assert {rule for rule in named if rule not in README} == set()


@pytest.mark.model
def test_make_chat_builds_and_serves(tmp_path):
    """`make chat` with no index: builds one, prints the address, serves. Set-up was done by whoever runs this."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    venv = Path(sys.executable).parent.parent
    if not (venv / ".parley").exists():
        pytest.skip("this Python was not set up by make; run `make test`")
    process = subprocess.Popen(
        ["make", "chat", f"INDEX={tmp_path / 'index'}", f"PORT={port}", f"VENV={venv}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)
    assert process.stdout is not None
    assert f"http://127.0.0.1:{port}" in process.stdout.read()
