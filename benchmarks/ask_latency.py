"""How long POST /api/ask takes on the sample collection: real model and server, one question at a time.

Aimed at: median under 60 ms after warm-up.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent))

from _served import quantile, sample_server

ASKED = 200


def main() -> None:
    with sample_server() as (url, questions), httpx.Client(base_url=url, timeout=60) as client:
        times, stages = [], []
        step = max(1, len(questions) // ASKED)
        for question in questions[::step][:ASKED]:
            began = time.perf_counter()
            response = client.post("/api/ask", json={"question": question})
            times.append((time.perf_counter() - began) * 1000)
            stages.append(response.raise_for_status().json()["timings_ms"])
    print(f"POST /api/ask, {len(times)} questions, none twice")
    print(f"median {quantile(times, 0.5):.1f} ms, p95 {quantile(times, 0.95):.1f} ms")
    for stage in sorted({name for row in stages for name in row}):
        values = [row[stage] for row in stages if stage in row]
        print(f"  {stage:10} median {quantile(values, 0.5):.1f} ms")


if __name__ == "__main__":
    main()
