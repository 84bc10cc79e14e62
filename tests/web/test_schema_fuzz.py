"""The whole document against the real server, with requests that schemathesis generates, right ones and wrong ones.

`make fuzz` sends 10,000; here fewer, with a fixed seed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from web import ServerOptions

REQUESTS = int(os.environ.get("PARLEY_FUZZ_REQUESTS", "1000"))
PER_EXAMPLE = 13
"""Requests that one more example for each operation brings, about."""
BESIDES = 400
"""Requests of the phases whose number is fixed."""


def test_schema_holds_under_generated_requests(settings, running, tmp_path):
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "--config-file",
        str(Path(__file__).with_name("schemathesis.toml")),
        "run",
        "--max-examples",
        str(max(20, (REQUESTS - BESIDES) // PER_EXAMPLE)),
        *(["--seed", "20231201"] if REQUESTS < 10_000 else []),
    ]
    with running(settings, ServerOptions(rate="100000 per second")) as site:
        run = subprocess.run(
            [*command, f"{site.url}/api/openapi.json"],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=1800,
            check=False,
        )
    said = "\n".join(line[:400] for line in run.stdout.splitlines())
    print(said[-1500:])
    assert run.returncode == 0, said[-12_000:]
    generated = int(re.search(r"([\d,]+) generated", said)[1].replace(",", ""))
    assert generated >= REQUESTS
