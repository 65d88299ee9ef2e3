"""The extension's own modules, and what the browsers' stores would say of its files."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from needs import lacking, need_program

ROOT = Path(__file__).parents[2]
WEB_EXT = "web-ext@10.7.0"
# One tree serves both browsers: Firefox says that it does not use Chromium's kind of background.
EXPECTED_WARNINGS = {"BACKGROUND_SERVICE_WORKER_IGNORED"}


def test_the_modules_keep_their_promises() -> None:
    node = need_program("node")
    tests = sorted(str(path) for path in Path(__file__).parent.glob("*.test.mjs"))
    done = subprocess.run([node, "--test", *tests], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.timeout(300)
def test_the_extension_lints_without_errors() -> None:
    npx = need_program("npx")
    command = [npx, "--yes", WEB_EXT, "lint", "--source-dir", str(ROOT / "extension")]
    done = subprocess.run(
        [*command, "--output", "json"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if "{" not in done.stdout:
        lacking(f"web-ext could not be had: {done.stderr[-300:]}")
    report = json.loads(done.stdout[done.stdout.index("{") :])
    assert report["errors"] == []
    assert {warning["code"] for warning in report["warnings"]} <= EXPECTED_WARNINGS
