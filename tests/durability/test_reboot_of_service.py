"""The machine goes off without a word and comes on again: nothing is lost, nothing asked anew.

The agent is started as the service starts it, by the command line and the environment that stand
in the unit, read by what the tests have to read units with.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from captures import batch, comment, what_became
from unit_reader import command_line, environment, read_unit

from earmark.service.command import StartCommand
from earmark.service.unit_file import unit_text
from earmark.settings import Home

EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
BROWSER = "6f0c8a3e-0d5b-4a57-9f7e-3d1f0e8f4d11"
START_SECONDS = 60


class Machine:
    """A computer that starts the service when it comes on."""

    def __init__(self, unit: Path, home: Home) -> None:
        self.unit = unit
        self.home = home
        self.process: subprocess.Popen[bytes] | None = None

    def come_on(self) -> None:
        sections = read_unit(self.unit)
        (line,) = sections["Service"]["ExecStart"]
        self.process = subprocess.Popen(
            command_line(line),
            env=os.environ | environment(sections),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while (agent := self.home.running()) is None or agent.pid != self.process.pid:
            assert self.process.poll() is None, "it ended"
            assert time.monotonic() < deadline, "it did not start"
            time.sleep(0.05)

    def go_off(self) -> None:
        """The agent and all its workers at once; no handler runs."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """What it answers to the owner, or to whom `headers` say."""
        agent = self.home.running()
        assert agent is not None
        sent = {"Authorization": f"Bearer {agent.control_secret}", **headers}
        if body is not None:
            sent["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(agent.url + path, data, sent, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)

    def pair(self) -> dict[str, str]:
        """What a browser shows from now on to be let in."""
        code = self.ask("POST", "/v1/pairing-codes", {})["code"]
        body = {"code": code, "browser": BROWSER, "name": "Chromium"}
        token = self.ask("POST", "/v1/pair", body, Origin=EXTENSION)["token"]
        return {"Authorization": f"Bearer {token}", "Origin": EXTENSION}


@pytest.fixture
def machine(tmp_path):
    home = Home(tmp_path / "the log's 100% home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    unit = tmp_path / "earmark.service"
    unit.write_text(unit_text(StartCommand(str(home.path), port)), encoding="utf-8")
    machine = Machine(unit, home)
    machine.come_on()
    yield machine
    machine.go_off()


def captured(story: int) -> dict[str, Any]:
    return batch(story, [comment(story * 10 + n, f"Crash {n} of {story}.") for n in range(5)])


def became(machine: Machine, story: int, browser: dict[str, str]) -> set[str]:
    sent = captured(story)
    return what_became(lambda: machine.ask("POST", "/v1/captures", sent, **browser))


def ids(machine: Machine) -> list[str]:
    return sorted(item["id"] for item in machine.ask("GET", "/v1/items?limit=200")["items"])


@pytest.mark.timeout(240)
def test_after_the_machine_went_off_and_on_all_is_as_it_was(machine):
    browser = machine.pair()
    changed = {"terms": ["Acme", "آکمه"], "first_run": {"seen": ["sites"], "done": True}}
    choices = machine.ask("PATCH", "/v1/choices", changed)
    for story in range(1, 11):
        assert became(machine, story, browser) == {"stored"}
    stored = ids(machine)
    assert len(stored) == 50
    [item] = machine.ask("GET", "/v1/items?limit=1")["items"]
    address = f"/v1/items/{item['platform']}/{item['id']}"
    machine.ask("PATCH", address, {"note": "Call her back.", "state": "open"})

    for _ in range(3):
        machine.go_off()
        machine.come_on()

    assert ids(machine) == stored
    assert machine.ask("GET", address)["note"] == "Call her back."
    assert machine.ask("GET", "/v1/choices") == choices
    assert [b["id"] for b in machine.ask("GET", "/v1/browsers")["browsers"]] == [BROWSER]
    assert became(machine, 11, browser) == {"stored"}
    assert len(ids(machine)) == 55


@pytest.mark.timeout(240)
def test_what_was_sent_again_after_a_cut_in_the_middle_is_stored_once(machine):
    browser = machine.pair()
    waiting = [captured(story) for story in range(1, 31)]
    machine.go_off()
    machine.come_on()
    for number, each in enumerate(waiting):
        if number == 15:
            machine.go_off()
            with pytest.raises((AssertionError, urllib.error.URLError)):
                machine.ask("POST", "/v1/captures", each, **browser)
            machine.come_on()
        machine.ask("POST", "/v1/captures", each, **browser)
        machine.ask("POST", "/v1/captures", each, **browser)
    assert len(ids(machine)) == 150
