"""The tutorial of docs/plugins.md, done as it is written: its commands typed, its files saved.

All of it happens in an environment of its own, without any network.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import uuid
import venv
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from captures import what_became

from earmark.model import Page
from earmark.parse.slicing import slice_page
from earmark.settings import Home

PAGE = Path(__file__).parents[2] / "docs" / "plugins.md"
BLOCK = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.S)
MOMENT = "2026-11-21T20:00:00Z"
NO_NETWORK = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def steps() -> Iterator[tuple[str, str]]:
    """What is to be done, in order: (file to save, its text), or ("", command to type)."""
    text = PAGE.read_text(encoding="utf-8")
    tutorial = text.partition("## Your first plugin in ten minutes")[2].partition("\n## ")[0]
    for block in BLOCK.finditer(tutorial):
        if block["file"]:
            yield block["file"], block["text"]
        else:
            yield from (("", line) for line in block["text"].splitlines())


class Person:
    """Types commands in a folder, with Python environment and home of their own."""

    def __init__(self, folder: Path) -> None:
        self.place = folder
        self.home = Home(folder / "home")
        venv.create(folder / "environment", with_pip=False, symlinks=True)
        self.bin = folder / "environment" / "bin"
        self.python = str(self.bin / "python")
        beside = Path(sysconfig.get_path("purelib"))
        own = next((folder / "environment" / "lib").glob("python*")) / "site-packages"
        line = f"import site; site.addsitedir({str(beside)!r})\n"
        (own / "everything_installed.pth").write_text(line, encoding="utf-8")

    def type(self, line: str) -> str:
        """Run a command as typed; what it says."""
        words = shlex.split(line)
        if words[0] == "cd":
            self.place = self.place / words[1]
            return ""
        done = subprocess.run(
            self.command(words), cwd=self.place, env=self.settings(), capture_output=True, text=True
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def command(self, words: list[str]) -> list[str]:
        """The same, as this environment has it: no index, and nothing to build with but ours."""
        if words[0] == "earmark":
            return [self.python, "-m", *words]
        if words[0] == "pip":
            offline = ["--no-build-isolation", "--no-deps", "--quiet"]
            return [sys.executable, "-m", "pip", "--python", self.python, *words[1:], *offline]
        return [self.python if word == "python" else word for word in words]

    def settings(self) -> dict[str, str]:
        return {**os.environ, **NO_NETWORK, "EARMARK_HOME": str(self.home.path)}

    def start(self, line: str) -> subprocess.Popen[str]:
        """`earmark start`, once it is ready."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        process = subprocess.Popen(
            [*self.command(shlex.split(line)), "--no-open", "--port", port],
            cwd=self.place,
            env=self.settings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        said = iter(process.stdout.readline, "")
        assert any("Stop with Ctrl-C." in words for words in said)
        return process

    def ask(self, path: str, body: Any = None) -> Any:
        """What the running agent answers its owner."""
        agent = self.home.running()
        assert agent is not None
        headers = {"Authorization": f"Bearer {agent.control_secret}"}
        headers |= {"Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(agent.url + path, data, headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return json.loads(answer.read())


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="the commands are those of a Unix shell")
def test_the_tutorial_leads_from_nothing_to_a_heard_site(tmp_path: Path) -> None:
    person, said = Person(tmp_path), dict[str, str]()
    running = None
    for file, text in steps():
        if file:
            (person.place / file).write_text(text, encoding="utf-8")
        elif text == "earmark start":
            running = person.start(text)
        else:
            said[text] = person.type(text)
    assert running is not None
    try:
        items = heard(person, (person.place / "page.html").read_text(encoding="utf-8"))
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=30)
    parsed = said["earmark parse https://talk.example.org/t/1 page.html"]
    assert "2 items in 2 pieces read by talk." in parsed
    assert "1 of 1 cases give what they must." in said["earmark plugin check"]
    assert "1 passed" in said["python -m pytest"]
    assert {item["id"]: item["text"] for item in items} == {
        "17": "The export is missing a column.",
        "18": "It is back, @mira.",
    }
    assert next(item for item in items if item["id"] == "18")["parent_id"] == "17"


def heard(person: Person, html: str) -> list[Any]:
    """What is in the log once a browser sent that page of the site."""
    url = "https://talk.example.org/t/1"
    plan = person.ask("/v1/plan")
    entry = next(each for each in plan["platforms"] if each["name"] == "talk")
    page = {"url": url, "visit": "v1", "plan": plan["plan"], "captured_at": MOMENT}
    fragments = [
        asdict(each) | {"id": str(uuid.uuid4()), "captured_at": MOMENT, "url": url}
        for each in slice_page(html, entry, Page.from_json(page))
    ]
    batch = {"batch": "b1", "sent_at": MOMENT, "page": page, "fragments": fragments}
    assert what_became(lambda: person.ask("/v1/captures", batch)) == {"stored"}
    return list(person.ask("/v1/items?limit=10")["items"])
