"""Runs every benchmark, one after the other; `make bench`. They print, and never judge."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = ("script_cost", "arrival", "throughput", "thread")


def main() -> int:
    failed = 0
    for name in BENCHMARKS:
        print(f"\n== {name} ==", flush=True)
        script = Path(__file__).with_name(f"{name}.py")
        failed |= subprocess.run([sys.executable, str(script)], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
