"""The command as people run it: a process of its own, on a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field

import pytest

from earmark.settings import Home

READY = "Stop with Ctrl-C."
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION")


@dataclass
class Command:
    """Runs `earmark` on one home; nothing of the machine's own settings comes in."""

    home: Home
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        inherited = {key: value for key, value in os.environ.items() if key not in DISPLAYS}
        return inherited | {"EARMARK_HOME": str(self.home.path)} | self.settings

    def __call__(
        self, *arguments: str, stdin: bytes = b"", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """The finished command, its output as UTF-8 text."""
        done = subprocess.run(
            [sys.executable, "-m", "earmark", *arguments],
            input=stdin,
            capture_output=True,
            timeout=120,
            env=self.environment() | settings,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    def begin(
        self, *arguments: str, stdin: int = subprocess.DEVNULL, **settings: str
    ) -> subprocess.Popen[str]:
        """The command, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "earmark", *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=self.environment() | settings,
        )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """What the process says up to the line with `words`."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return "".join(said)
    pytest.fail(f"it ended without saying {words!r}:\n{''.join(said)}")


def item(number: int, text: str, **fields: object) -> dict[str, object]:
    seen = f"2026-11-20T10:00:{number:02d}Z"
    return {
        "platform": "sample",
        "id": str(number),
        "kind": "comment",
        "text": text,
        "author": {"name": "Ayşe"},
        "page_url": "https://a.example/thread",
        "state": "new",
        "first_seen": seen,
        "last_seen": seen,
        **fields,
    }


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.split("\n") if line]
