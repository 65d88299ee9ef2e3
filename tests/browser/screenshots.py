"""Pictures of the popup and the settings in every state, to be looked at by a person.

    python tests/browser/screenshots.py FOLDER

Light and dark, in a left-to-right and a right-to-left language. Not a test.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from chromium import Chromium, ChromiumTab
from conftest import prepared_copy
from fixture_site import Site
from pages import comment, thread
from playwright.sync_api import sync_playwright
from stand_in import StandIn

URL = "https://forum.example.org/t/1"
PAUSED = {"everywhere": False, "until": None, "sites": []}
COUNTS = {"heard": 1248, "fresh": 12, "unknown": 3, "refused": 1, "visits": {}}
LOCAL: dict[str, dict[str, Any]] = {
    "paused_site": {"pause": {**PAUSED, "sites": ["forum.example.org"]}},
    "paused_everywhere": {"pause": {**PAUSED, "everywhere": True}},
    "paused_hour": {"pause": {**PAUSED, "until": 4102444800000}},
    "refusals": {"refusals": [{"url": URL, "message": "Larger than 2 MiB.", "at": ""}]},
}
LINKS = ["ok", "absent", "stranger", "token"]


class Studio:
    """One browser in one language, photographing its own pages."""

    def __init__(self, browser: Chromium, agent: StandIn, folder: Path, language: str) -> None:
        self.browser = browser
        self.agent = agent
        self.folder = folder
        self.language = language
        self.tab = browser.tab_id(URL)
        self.other = browser.tab_id("https://other.example.org/")

    def store(self, area: str, values: dict[str, Any]) -> None:
        self.browser.ask(f"api.storage.{area}.set({json.dumps(values)})")

    def shoot(self, path: str, name: str, width: int) -> None:
        for scheme in ("light", "dark"):
            tab = self.browser.new_tab()
            assert isinstance(tab, ChromiumTab)
            tab.page.emulate_media(color_scheme=scheme)
            # The state is the picture's; the background must not correct it meanwhile.
            tab.page.add_init_script("chrome.runtime.sendMessage = () => new Promise(() => {})")
            tab.page.set_viewport_size({"width": width, "height": 300})
            tab.goto(f"{self.browser.base}/{path}")
            tab.wait("document.body.dataset.ready || !document.body.hidden")
            target = self.folder / f"{name}-{self.language}-{scheme}.png"
            tab.page.screenshot(path=str(target), full_page=True)
            tab.close()

    def popup(self, name: str, tab: int | None = None) -> None:
        self.shoot(f"pages/popup.html?tab={tab or self.tab}", f"popup-{name}", 360)

    def all(self) -> None:
        self.popup("unpaired")
        self.shoot("pages/options.html", "options-unpaired", 760)
        self.browser.pair(self.agent.code)
        self.store("session", {f"tab:{self.tab}": COUNTS})
        for link in LINKS:
            self.store("session", {"link": link})
            self.popup(link)
            self.shoot("pages/options.html", f"options-{link}", 760)
        self.store("session", {"link": "ok"})
        self.popup("closed", self.other)
        for name, values in LOCAL.items():
            self.store("local", {"pause": PAUSED, **values})
            self.popup(name)
        self.shoot("pages/options.html", "options-refusals", 760)


def speak_only(extension: Path, language: str) -> None:
    """Leave one language in a copy, whatever the browser's own is."""
    for locale in (extension / "_locales").iterdir():
        if locale.name != language:
            shutil.rmtree(locale)
    manifest = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))
    manifest["default_locale"] = language
    (extension / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def run(folder: Path, language: str) -> None:
    work = Path(tempfile.mkdtemp())
    site, agent = Site(work), StandIn()
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    site.pages["other.example.org/"] = thread(comment(1))
    copy = prepared_copy(work, ["https://forum.example.org/*"], None, ["tabs"])
    speak_only(copy, language)
    with sync_playwright() as playwright:
        browser = Chromium(playwright, copy, site.port, work / "profile")
        browser.open(URL)
        browser.open("https://other.example.org/")
        Studio(browser, agent, folder, language).all()
        browser.close()
    agent.close()
    site.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for each in sys.argv[2:] or ["en", "fa"]:
        run(target, each)
