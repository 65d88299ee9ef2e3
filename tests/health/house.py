"""An installation in which all is well, until a test makes something wrong."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp import web
from new_logs import log_at

from earmark.cli.looking import look
from earmark.health.finding import Said
from earmark.policy import Policies
from earmark.settings import Home
from earmark.store.log import Log
from earmark.web import serve
from earmark.web.app import make_app
from earmark.web.credentials import Credentials
from earmark.web.i18n import words_in

BROWSER = "0b5e8f2c-3c56-4b1f-9d2a-5a7c2f1e9d44"
EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
DAY = 24 * 3600
SYSTEMCTL = """#!/bin/sh
case "$*" in
  *--property=Version*) echo Version=252;;
  *) printf '%s\\n' {properties};;
esac
"""


class House:
    """A home, its agent in this process, and a paired browser whose extension is well.

    `programs` is the only folder on the PATH. `later` moves the agent's clock.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.programs = folder / "programs"
        self.programs.mkdir(parents=True)
        self.home = Home(folder / "home")
        self.home.prepare()
        self.port = port
        self.later = 0.0
        self.token = ""
        self.guests: list[House] = []
        self.open = contextlib.ExitStack()
        self.agent: Any = None
        self.runner: web.AppRunner | None = None

    def clock(self) -> float:
        return time.time() + self.later

    @property
    def log(self) -> Log:
        return self.agent.log  # type: ignore[no-any-return]

    async def start(self, port: int = 0) -> None:
        """An agent with everything that doctor asks for, and without any plugin."""
        held = self.open.enter_context(contextlib.ExitStack())
        held.enter_context(self.home.lock())
        log = held.enter_context(contextlib.closing(log_at(self.home.database)))
        self.agent = SimpleNamespace(
            home=self.home,
            log=log,
            credentials=Credentials(log, self.clock),
            policy=Policies(log, self.folder / "policy.json"),
            plugins=SimpleNamespace(problems=[], entries=[], plan=lambda: {"plan": "p"}),
            control_secret="s" * 43,
            version=version("earmark"),
            upgraded_to="",
            held=held,
        )
        self.runner, _ = await serve.start(make_app(self.agent), port)
        self.home.announce(self.agent.port, self.agent.control_secret)

    async def stop(self) -> None:
        """As Ctrl-C does."""
        if self.runner:
            await self.runner.cleanup()
            self.agent.held.close()
            self.runner = None

    async def close(self) -> None:
        for guest in self.guests:
            await guest.close()
        await self.stop()
        self.open.close()

    # --- the browser

    def pair(self) -> None:
        """A browser is paired now, by the agent's clock."""
        code = self.agent.credentials.new_code(self.agent.port)
        self.token = self.agent.credentials.pair(code, BROWSER, EXTENSION, "Firefox on the desk")

    async def ask(self, path: str, body: Any = None, **headers: str) -> None:
        """A request as the paired extension makes it."""
        headers = {"Authorization": f"Bearer {self.token}", "Origin": EXTENSION} | headers
        url = f"http://127.0.0.1:{self.agent.port}{path}"
        method = "GET" if body is None else "POST"
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.request(method, url, json=body) as answer,
        ):
            await answer.read()

    async def report(self, **changes: Any) -> None:
        """The extension says how it is doing; well but for `changes`."""
        sent = datetime.fromtimestamp(self.clock() + changes.pop("ahead", 0), UTC)
        body = {
            "sent_at": sent.isoformat(),
            "extension": version("earmark"),
            "temporary": False,
            "browser": {"name": "Firefox", "version": "200.0"},
            "sites": ["https://*.reddit.com/*"],
            "not_granted": [],
            "trouble": [],
            "waiting": 0,
            "dropped": 0,
        }
        await self.ask("/v1/condition", body | changes)

    async def page(self, path: str) -> str:
        """A page of the inbox, as its owner sees it."""
        key = self.agent.credentials.sign_in(self.agent.credentials.new_link())
        port = self.agent.port
        headers = {"Host": f"earmark.localhost:{port}", "Cookie": f"earmark_{port}={key}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(f"http://127.0.0.1:{port}{path}") as answer,
        ):
            return await answer.text()

    # --- the computer

    def program(self, name: str, text: str) -> None:
        """Put a program on the PATH."""
        path = self.programs / name
        path.write_text(text, encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def service(self, program: str = os.devnull, **properties: str) -> None:
        """A unit of ours that starts `program`, and a systemd that tells `properties` of it."""
        from earmark.service.command import StartCommand
        from earmark.service.unit_file import unit_text

        told = {"UnitFileState": "enabled", "ActiveState": "active", "MainPID": "1"} | properties
        lines = " ".join(f"'{name}={value}'" for name, value in told.items())
        self.program("systemctl", SYSTEMCTL.format(properties=lines))
        unit = self.folder / "config/systemd/user/earmark.service"
        unit.parent.mkdir(parents=True, exist_ok=True)
        command = StartCommand(str(self.home.path), self.port, program=program)
        unit.write_text(unit_text(command), encoding="utf-8")

    @property
    def unit(self) -> Path:
        return self.folder / "config/systemd/user/earmark.service"

    async def look(self, language: str = "en") -> list[Said]:
        """What `earmark doctor` finds."""
        return await asyncio.to_thread(look, self.home, words_in(language))
