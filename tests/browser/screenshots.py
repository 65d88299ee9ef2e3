"""Pictures of the popup and the settings in every state, to be looked at by a person.

    python tests/browser/screenshots.py FOLDER [LANGUAGE …]

Light and dark, wide and narrow, in a left-to-right and a right-to-left language. Not a test.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chromium import Chromium, ChromiumTab
from conftest import prepared_copy
from fixture_site import Site
from pages import comment, thread
from playwright.sync_api import sync_playwright
from stand_in import PLAN, StandIn

URL = "https://forum.example.org/t/1"
OTHER = "https://other.example.org/"
POPUP, WIDE, NARROW = 360, 760, 380
LANGUAGES = ["en", "fa"]
COUNTS = {"heard": 1248, "fresh": 12, "unknown": 3, "refused": 1, "not_kept": 0, "visits": {}}
PAUSED = {"everywhere": False, "until": None, "sites": []}
NO_BACKGROUND = "chrome.runtime.sendMessage = () => new Promise(() => {});"
TEMPORARY = (
    "chrome.runtime.getBrowserInfo = async () => ({name: 'Firefox', version: '153'});"
    "chrome.management.getSelf = async () => ({installType: 'development'});"
    "const fetched = fetch; fetch = (url, more) => url.endsWith('prepared.json')"
    " ? Promise.reject(new TypeError()) : fetched(url, more);"
)
OVERLAY = """for (const [area, values] of Object.entries(%s)) {
  const real = chrome.storage[area].get.bind(chrome.storage[area]);
  const over = (key) => key in values ? {[key]: values[key]} : {};
  chrome.storage[area].get = async (key) => ({...await real(key), ...over(key)});
}"""
DROPPED = (
    "indexedDB.open('earmark', 1).onsuccess = ({target}) =>"
    " target.result.transaction('totals', 'readwrite').objectStore('totals')"
    ".put({fragments: 0, bytes: 0, dropped: 1204}, 'totals');"
)
POLICY = {
    "allowed_sites": ["reddit.com", "news.ycombinator.com", "forum.example.com"],
    "messages": False,
    "retention_days": 90,
    "webhooks": False,
    "plugins": ["hackernews", "reddit"],
}


def chosen(keep: str, *sites: str) -> dict[str, Any]:
    """A stored plan with these sites chosen."""
    listed = [
        {"site": site, "keep": keep, "patterns": [f"https://{site}/*", f"https://*.{site}/*"]}
        for site in sites
    ]
    return {**PLAN, "choices": {"sites": listed, "elsewhere": "everything"}}


def platform(**more: Any) -> dict[str, Any]:
    """A stored plan whose first platform says this of itself."""
    return {**PLAN, "platforms": [{**PLAN["platforms"][0], **more}, *PLAN["platforms"][1:]]}


def conversation(*kept: str) -> dict[str, Any]:
    """A stored plan under which the page is a private one; `kept` conversations are switched on."""
    stored = platform(messages=["https://forum.example.org/*"])
    site = {"site": "forum.example.org", "keep": "everything", "messages": True}
    conversations = [{"site": site["site"], "url": url} for url in kept]
    choices = {"sites": [site], "conversations": conversations, "elsewhere": "everything"}
    return plan({**stored, "choices": choices})


def healthy(**more: Any) -> dict[str, Any]:
    """What the agent said of the page."""
    known = {"platform": "forum", "label": "Forum", "level": "documented", "verdict": "heard"}
    counted = {"captured": 87, "heard": 80, "updated": 4, "not_understood": 0, "expected": 1204}
    return {"health": {**known, **counted, "ask": False, "samples": [], **more}}


SAMPLES = [
    {"author": "Ilinca", "text": "The lid broke on the second day. " * 6, "when": "3 hours ago"},
    {"author": "مریم", "text": "قوری خوبی است، اما دستهٔ آن داغ می‌شود.", "when": "۲ روز پیش"},
    {"text": "Nobody answered me."},
]
ANSWERS = """chrome.runtime.sendMessage = async ({ type }) =>
  type === "record" ? %s : new Promise(() => {});
addEventListener("DOMContentLoaded", () => setTimeout(() => {
  document.querySelector("#authors").open = true;
  document.querySelector("#record").click();
}, 300));"""
RECORDED = {
    "folder": "/home/ilinca/.local/share/earmark/cases/forum/a-thread-about-kettles",
    "items": 23, "replaced": {"people": 14, "words": 1204, "links": 31}, "different": [],
}  # fmt: skip
PICKED = {
    "url": "https://forum.example.org/t/1",
    "candidates": [
        {"selector": "[data-comment-id]", "count": 23},
        {"selector": '[role="article"]', "count": 24},
        {"selector": ".comment", "count": 23},
    ],
    "author": {"selector": '[rel~="author"]', "sample": "Ilinca"},
    "time": {"selector": "time[datetime]", "sample": "3 hours ago"},
    "text": {"selector": ".comment-body", "sample": SAMPLES[0]["text"]},
    "id": None,
}


@dataclass
class State:
    """What the page is made to believe: that this is stored, and what a script does first."""

    local: dict[str, Any] = field(default_factory=dict)
    session: dict[str, Any] = field(default_factory=dict)
    script: str = ""
    url: str = URL
    tab: dict[str, Any] = field(default_factory=dict)  # of the session, by name, for this tab


def plan(stored: dict[str, Any], refused: dict[str, str] | None = None) -> dict[str, Any]:
    return {"plan": {"etag": "x", "plan": stored, "last": None, "refused": refused}}


ALONE = {
    "blocked": State(script="chrome.permissions.contains = async () => false;"),
    "stranger": State(session={"link": "stranger"}),
    "token": State(session={"link": "token"}),
    "absent": State(session={"link": "absent"}),
    "plan_refused": State(plan(PLAN, {"by": "", "detail": "forum: article:has(> .new::part)"})),
    "chosen": State(plan(chosen("everything", "reddit.com", "example.com", "lemmy.world"))),
    "dropped": State(script=DROPPED),
    "outdated": State({"agent_says": {"extension": "0.4.0", "policy": {}}}),
    "temporary": State(script=TEMPORARY),
    "many": State(
        {
            **plan(chosen("everything", "reddit.com")),
            "agent_says": {"extension": "9", "policy": {}},
        },
        {"link": "absent"},
        TEMPORARY + DROPPED,
    ),
}
HERE = {
    "open": State(),
    "closed": State(url=OTHER),
    "closed_and_chosen": State(plan(chosen("everything", "other.example.org", "x.org")), url=OTHER),
    "unheard": State(script="chrome.tabs.sendMessage = () => Promise.reject();"),
    "by_hand": State(plan(chosen("by_hand", "forum.example.org"))),
    "about_us": State(plan(chosen("about_us", "forum.example.org"))),
    "organisation": State({"agent_says": {"extension": "", "policy": POLICY}}),
    "paused_site": State({"pause": {**PAUSED, "sites": ["forum.example.org"]}}),
    "paused_everywhere": State({"pause": {**PAUSED, "everywhere": True}}),
    "paused_hour": State({"pause": {**PAUSED, "until": 4102444800000}}),
}
PAGE_STATES = {
    "heard_in_part": State(tab=healthy()),
    "changed": State(tab=healthy(verdict="changed", captured=0, last_good="2026-11-03")),
    "lost": State(tab=healthy(verdict="changed", lost=["author", "published"])),
    "asked": State(tab=healthy(level="unverified", ask=True, captured=23, samples=SAMPLES)),
    "private": State(conversation()),
    "conversation": State(conversation(URL)),
    "messages_forbidden": State(
        {**conversation(), "agent_says": {"extension": "", "policy": {"messages": False}}}
    ),
    "offers": State(
        plan(
            {
                **platform(responses=[f"{URL}*"]),
                "platforms": [
                    {**PLAN["platforms"][0], "responses": [f"{URL}*"]},
                    {"name": "disqus", "label": "Disqus", "matches": ["https://disqus.com/*"]},
                ],
            }
        ),
        script="chrome.tabs.sendMessage = async () => ({frames: ['https://disqus.com/embed/']});",
    ),
    "plugin_sites": State(plan(platform(package="kettles", matches=["https://kettles.example/*"]))),
    "authors": State(
        script="setTimeout(() => (document.querySelector('#authors').open = true), 300);"
    ),
    "recorded": State(script=ANSWERS % json.dumps(RECORDED)),
    "not_recorded": State(script=ANSWERS % json.dumps({"error": "Earmark is too old."})),
}
SETTINGS = {
    "plain": State(),
    "refusals": State({"refusals": [{"url": URL, "message": "Larger than 2 MiB.", "at": ""}]}),
    "organisation": State({"agent_says": {"extension": "", "policy": POLICY}}),
    "keeps": State(plan(chosen("about_us", "forum.example.org"))),
}


class Studio:
    """One browser in one language, photographing its own pages."""

    def __init__(self, browser: Chromium, agent: StandIn, folder: Path, language: str) -> None:
        self.browser = browser
        self.agent = agent
        self.folder = folder
        self.language = language
        self.tabs = {url: browser.tab_id(url) for url in (URL, OTHER)}

    def all(self) -> None:
        self.popup("unpaired", State())
        self.settings("unpaired", State({"prepared": {"code": "x", "problem": "wrong_code"}}))
        self.settings("welcome", State(), "?welcome")
        self.browser.pair(self.agent.code)
        self.settings("welcomed", State(), "?welcome")
        self.picked()
        for name, state in {**ALONE, **HERE, **PAGE_STATES}.items():
            self.popup(name, state)
        for name, state in {**ALONE, **SETTINGS}.items():
            self.settings(name, state)
        self.newer()

    def newer(self) -> None:
        """The files of a later version lie where this one was loaded from."""
        path = self.browser.extension / "manifest.json"
        manifest = path.read_text(encoding="utf-8")
        path.write_text(manifest.replace('"0.1.0"', '"0.2.0"'), encoding="utf-8")
        self.popup("newer", State())
        self.settings("newer", State())
        path.write_text(manifest, encoding="utf-8")

    def picked(self) -> None:
        for width in (WIDE, NARROW):
            path = f"pages/picked.html?tab={self.tabs[URL]}"
            self.shoot(path, f"picked-{width}", State(tab={"picked": PICKED}), width)

    def popup(self, name: str, state: State) -> None:
        path = f"pages/popup.html?tab={self.tabs[state.url]}"
        self.shoot(path, f"popup-{name}", state, POPUP)

    def settings(self, name: str, state: State, query: str = "") -> None:
        for width in (WIDE, NARROW):
            self.shoot(f"pages/options.html{query}", f"options-{name}-{width}", state, width)

    def shoot(self, path: str, name: str, state: State, width: int) -> None:
        tab_id = self.tabs[URL]
        counts = {f"tab:{tab_id}": {**COUNTS, "visits": {"v": 0}}}
        health = {"visit": "v", "url": URL, "top": True}
        of_tab = {f"{key}:{tab_id}": value for key, value in state.tab.items()}
        if f"health:{tab_id}" in of_tab:
            of_tab[f"health:{tab_id}"] = {**health, "health": of_tab[f"health:{tab_id}"]}
        stored = {
            "local": state.local,
            "session": {**counts, **of_tab, "link": "ok", **state.session},
        }
        tab = self.browser.new_tab()
        assert isinstance(tab, ChromiumTab)
        # The state is the picture's; the background must not correct it meanwhile.
        overlay = OVERLAY % json.dumps(stored)
        tab.page.add_init_script(NO_BACKGROUND + overlay + state.script)
        tab.page.set_viewport_size({"width": width, "height": 300})
        tab.goto(f"{self.browser.base}/{path}")
        tab.wait("document.body.dataset.ready || !document.body.hidden")
        if "setTimeout" in state.script:
            tab.wait("document.querySelector('#authors').open")
            tab.wait("!document.querySelector('#record').disabled")
        for scheme in ("light", "dark"):
            tab.page.emulate_media(color_scheme=scheme)
            target = self.folder / f"{name}-{self.language}-{scheme}.png"
            tab.page.screenshot(path=str(target), full_page=True)
        tab.close()
        self.browser.ask("import('/background/outbox.js').then((m) => m.outbox.forgetDropped())")


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
    site.pages["forum.example.org/t/1"] = site.pages["other.example.org/"] = thread(comment(1))
    copy = prepared_copy(work, ["https://forum.example.org/*"], None, ["tabs"])
    speak_only(copy, language)
    with sync_playwright() as playwright:
        browser = Chromium(playwright, copy, site.port, work / "profile")
        browser.open(URL)
        browser.open(OTHER)
        Studio(browser, agent, folder, language).all()
        browser.close()
    agent.close()
    site.close()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for language in sys.argv[2:] or LANGUAGES:
        run(folder, language)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main()
