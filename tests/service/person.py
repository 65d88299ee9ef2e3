"""Somebody who types commands, and asks the agent as a script of theirs would."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from typing import Any

import pytest
from logins import Login
from processes import wait_until

from earmark import stopped
from earmark.settings import Home


class Person:
    """Types `earmark …` in a login, always for the same home."""

    def __init__(self, login: Login, home: Home, port: int) -> None:
        self.login = login
        self.home = home
        self.port = port
        self.said = ""
        self.begun: list[subprocess.Popen[str]] = []

    def earmark(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The finished command."""
        return subprocess.run(
            [*self._command(*arguments), "--home", str(self.home.path)],
            env=self.login.whole_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=100,
            check=False,
        )

    def begin_agent(self, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        """An agent, started by hand; returns once it runs, with what it said in `said`."""
        words = ("start", "--no-open", "--port", str(self.port), "--home", str(self.home.path))
        process = subprocess.Popen(
            self._command(*words),
            env=self.login.whole_environment(),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.begun.append(process)
        self.said = self.read_until(process, "Stop with Ctrl-C.")
        return process

    def read_until(self, process: subprocess.Popen[str], words: str) -> str:
        """What an agent started by hand says up to the line with `words`."""
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if words in line:
                return "".join(said)
        pytest.fail(f"it ended without saying {words!r}:\n{''.join(said)}")

    def stop_all(self) -> None:
        while self.begun:
            process = self.begun.pop()
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()

    def ask(self, method: str, path: str, body: Any = None, timeout: float = 60) -> Any:
        """What the running agent answers to whoever holds its control secret."""
        agent = self.home.running()
        assert agent is not None
        headers = {"Authorization": f"Bearer {agent.control_secret}"}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(agent.url + path, data, headers, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=timeout) as answer:
            return json.load(answer)

    def wait_until_it_runs(self, other_than: int = 0) -> int:
        """The number of the agent's process, once it is there and not `other_than`."""
        wait_until(lambda: self._pid() not in (0, other_than), "an agent runs")
        return self._pid()

    def wait_until_it_says_why(self) -> stopped.Stopped:
        """The word that an agent that ended by an error left."""
        wait_until(lambda: stopped.read(self.home), "it says why it stopped")
        word = stopped.read(self.home)
        assert word is not None
        return word

    def _pid(self) -> int:
        agent = self.home.running()
        return agent.pid if agent else 0

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "earmark", *arguments]
