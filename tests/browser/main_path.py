"""A paired browser, a site under every host name, and the real agent that hears."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from agent_process import AgentProcess
from driver import Browser, Tab
from fixture_site import Site

PAGES = Path(__file__).parents[1] / "pages"
PATIENCE = 60.0
Item = dict[str, Any]


class MainPath:
    """A paired browser, the site under every host name, and the agent that hears."""

    def __init__(self, browser: Browser, site: Site, agent: AgentProcess) -> None:
        self.browser = browser
        self.site = site
        self.agent = agent

    def serve(self, name: str, url: str = "") -> Item:
        """Have a page answer at its address; what is true of it."""
        truth: Item = json.loads((PAGES / "truth" / f"{name}.json").read_text(encoding="utf-8"))
        address = urlsplit(url or truth["url"])
        html = (PAGES / f"{name}.html").read_text(encoding="utf-8")
        self.site.pages[address.netloc + address.path] = html
        return truth

    def visit(self, name: str) -> tuple[Tab, list[Item]]:
        """Open a page and wait until all of it is in the log; the items of its truth."""
        truth = self.serve(name)
        tab = self.browser.open(truth["url"])
        said = {item["id"]: item["text"] for item in truth["items"]}
        self.wait(lambda: said.items() <= self.texts().items(), f"not heard whole: {name}")
        self.settle()
        return tab, truth["items"]

    def wait(self, condition: Callable[[], Any], what: str = "", seconds: float = PATIENCE) -> Any:
        deadline = time.monotonic() + seconds
        while not (value := condition()):
            assert time.monotonic() < deadline, what or "never true"
            time.sleep(0.2)
        return value

    def wait_for_ids(self, wanted: set[str]) -> None:
        self.wait(lambda: wanted <= self.ids(), f"missing: {sorted(wanted - self.ids())[:5]}")
        self.settle()

    def settle(self) -> None:
        """Until nothing more is on its way."""
        self.browser.wait_for_outbox(0)

    def ids(self) -> set[str]:
        return set(self.texts())

    def texts(self) -> dict[str, str]:
        return {item["id"]: item.get("text", "") for item in self.agent.items()}

    def item(self, platform: str, item_id: str) -> Item:
        found: Item = self.agent.request("GET", address_of(platform, item_id))
        return found

    def versions(self, platform: str, item_id: str) -> list[Item]:
        answer = self.agent.request("GET", address_of(platform, item_id) + "/versions")
        return list(answer["versions"])


def address_of(platform: str, item_id: str) -> str:
    return f"/v1/items/{platform}/{quote(item_id, safe='')}"
