"""A real agent in a process of its own, as `earmark start` runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

START_SECONDS = 90


class AgentProcess:
    """`earmark start` on a free port with a home of its own; use as a context manager."""

    def __init__(self, home: Path, port: int = 0, environment: dict[str, str] | None = None):
        self.home = home
        self.port = port
        self.environment = environment or {}
        self.process: subprocess.Popen[str] | None = None
        self.secret = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """What is run; a test may run it otherwise."""
        command = [sys.executable, "-m", "earmark", "start", "--home", str(self.home)]
        return [*command, "--port", str(self.port), "--no-open"]

    def start(self) -> AgentProcess:
        self.log = (self.home.parent / f"{self.home.name}.log").open("a", encoding="utf-8")
        self.process = subprocess.Popen(
            self.command(),
            stdout=subprocess.PIPE,
            stderr=self.log,
            encoding="utf-8",
            env={**os.environ, **self.environment},
        )
        self._wait_until_ready()
        return self

    def _wait_until_ready(self) -> None:
        """`earmark start` prints its address once it answers."""
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "http://" in line:
                break
        else:
            raise RuntimeError(f"the agent did not start, see {self.log.name}")
        state = json.loads((self.home / "agent.json").read_text(encoding="utf-8"))
        self.port, self.secret = state["port"], state["control_secret"]

    def kill(self) -> None:
        """As a power cut would: no handler runs."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As Ctrl-C does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()
        self.process = None

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """What the agent answers to whoever holds its control secret."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.secret}"}
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)

    def items(self, query: str = "") -> list[dict[str, Any]]:
        """All items, oldest first."""
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            answer = self.request("GET", f"/v1/items?limit=200{query}{cursor}")
            found += answer["items"]
            if not answer.get("next"):
                return found[::-1]
            cursor = f"&cursor={answer['next']}"

    def __enter__(self) -> AgentProcess:
        return self.start()

    def __exit__(self, *failure: object) -> None:
        self.stop()
