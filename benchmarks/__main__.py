"""Runs every benchmark and prints its figures. One alone: `python benchmarks/NAME.py`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

LEARNING = {"learn.py"}
"""Scripts that write weights rather than measure."""


def main() -> int:
    failed = []
    for script in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if script.name in LEARNING:
            continue
        print(f"\n== {script.stem}", flush=True)
        began = time.monotonic()
        if subprocess.run([sys.executable, str(script)], check=False).returncode:
            failed.append(script.stem)
        print(f"({time.monotonic() - began:.0f} s)", flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
