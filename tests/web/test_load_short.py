"""The short form of the load benchmark: 40 streams at once bring no error. Times are the benchmark's business."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

QUESTIONS = ["Who mediated the talks?", "How many prisoners were exchanged?", "What is the price of tea?"]


@pytest.fixture(scope="module")
def benchmark_script() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "load.py"
    spec = importlib.util.spec_from_file_location("load_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["load_benchmark"] = module
    spec.loader.exec_module(module)
    return module


def test_forty_streams_at_once(site, benchmark_script):
    seen = asyncio.run(benchmark_script.load(site.url, QUESTIONS, streams=40, seconds=4))
    assert seen.errors == []
    assert len(seen.whole) >= 80
    assert len(seen.health) >= 4
