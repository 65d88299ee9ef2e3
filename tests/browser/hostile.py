"""A hostile page, and the world it finds: a paired browser, a signed-in inbox, a real agent."""

from __future__ import annotations

import itertools
import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import captures
import firefox
from agent_process import AgentProcess
from driver import Browser, Tab
from fixture_site import Site
from playwright.sync_api import Error as PlaywrightError
from relay import Exchange, Relay

SECRET = "zanzibarquux"
ITEM = "/v1/items/hackernews/41900001"
HOSTILE = "https://hostile.example"
SCRIPT = (Path(__file__).parent / "hostile.js").read_text(encoding="utf-8")
PAGE = f'<!doctype html><html lang="en"><title>Kittens</title><body><script>{SCRIPT}</script>'
PATIENCE = 30.0
MARKS = itertools.count()


class World:
    """A paired, signed-in browser, a hostile page in it, and the agent behind the relay."""

    def __init__(
        self, browser: Browser, site: Site, agent: AgentProcess, relay: Relay, other: int
    ) -> None:
        self.browser = browser
        self.site = site
        self.agent = agent
        self.relay = relay
        self.other = other  # the port of another program's pages
        stored = "(globalThis.browser ?? chrome).storage.local.get('pairing')"
        self.token = browser.desk.wait(f"{stored}.then((found) => found.pairing?.token)")
        browser.desk.wait(f"{stored.replace('pairing', 'plan')}.then((found) => found.plan?.plan)")
        self.inbox = self._sign_in()

    def _sign_in(self) -> Tab:
        signed_in = len(self._sessions())
        tab = self.browser.open(self.agent.request("POST", "/v1/sign-in-links", {})["url"])
        tab.click("form button")
        wait(lambda: len(self._sessions()) > signed_in)  # others may be open, and listen
        wait(lambda: self.relay.wait_for("/v1/events"))
        return tab

    def _sessions(self) -> list[str]:
        return [each["id"] for each in self.agent.request("GET", "/v1/sessions")["sessions"]]

    def shows_secret(self) -> bool:
        """Whether the inbox that is open shows what nobody else may see."""
        return SECRET in self.inbox.text("body")

    def base(self, host: str) -> str:
        return f"http://{host}:{self.agent.port}"

    def mark(self) -> str:
        return f"m{next(MARKS)}-"

    def target(self, host: str, mark: str) -> dict[str, Any]:
        """What the page is given: more than it could know."""
        return {
            "base": self.base(host),
            "mark": mark,
            "token": self.token,
            "code": self.agent.request("POST", "/v1/pairing-codes", {})["code"],
            "item": ITEM,
            "batch": json.dumps(captures.batch(1, [captures.comment(666, "Planted.")])),
        }

    def attack(self, tab: Tab, host: str, names: Iterable[str]) -> dict[str, tuple[str, Any]]:
        """Let the page do all of that at once: the mark of each and what it could read."""
        target = self.target(host, "")
        marks = {name: self.mark() for name in names}
        calls = (
            f"attack({json.dumps(name)}, {json.dumps({**target, 'mark': mark})})"
            for name, mark in marks.items()
        )
        loots = tab.evaluate(f"Promise.all([{', '.join(calls)}])")
        return {name: (marks[name], loot) for name, loot in zip(marks, loots, strict=True)}

    def lead(self, tab: Tab, host: str, name: str) -> list[Exchange]:
        """Let the page take its tab to the agent; what arrived of it. The tab is closed."""
        mark = self.mark()
        tab.evaluate(f"attack({json.dumps(name)}, {json.dumps(self.target(host, mark))})")
        wait(lambda: has_landed(tab, mark))
        tab.close()
        return self.relay.wait_for(mark)

    def navigate(self, page: str, host: str, name: str) -> list[Exchange]:
        """The same from a page opened for it."""
        return self.lead(self.browser.open(page), host, name)

    def settled(self) -> dict[str, Any]:
        """What is kept once nothing is on its way: a page without a word is read, and forgotten."""
        self.browser.wait_for_outbox(0)
        wait(lambda: not any("pending" in row for row in self.kept()["tables"]["fragments"]))
        return self.kept()

    def kept(self) -> dict[str, Any]:
        """All that is stored, and who may come in."""
        browsers = self.agent.request("GET", "/v1/browsers")["browsers"]
        return {
            "tables": rows_of(self.agent.home / "log.sqlite3"),
            "browsers": [each["id"] for each in browsers],
            "sessions": self._sessions(),
        }


def rows_of(database: Path) -> dict[str, list[Any]]:
    """Every row of the log; who was last seen when is not among them."""
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'item_search%'"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        names = [name for (name,) in connection.execute(tables) if name != "documents"]
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    connection.close()
    assert found["items"]
    assert found["fragments"]
    return found


def has_landed(tab: Tab, mark: str) -> bool:
    try:
        landed = f"location.href.includes({json.dumps(mark)}) && document.readyState === 'complete'"
        return bool(tab.evaluate(landed))
    except (PlaywrightError, firefox.BiDiError):
        return False  # it is on its way


def wait(condition: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < deadline, "never true"
        time.sleep(0.05)
    return value
