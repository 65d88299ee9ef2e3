"""Runs every benchmark, or those named; `make bench`. They print, and never judge."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
HARNESS = os.pathsep.join(str(TESTS / part) for part in ("support", "browser"))
BENCHMARKS = (
    "script_cost",
    "arrival",
    "throughput",
    "thread",
    "store",
    "parsing",
    "truths",
    "webpage",
    "second_look",
    "enrichment",
    "sentiment",
    "languages",
)


def main() -> int:
    failed = 0
    environment = {**os.environ, "PYTHONPATH": HARNESS}
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n== {name} ==", flush=True)
        script = Path(__file__).with_name(f"{name}.py")
        command = [sys.executable, str(script)]
        failed |= subprocess.run(command, check=False, env=environment).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
