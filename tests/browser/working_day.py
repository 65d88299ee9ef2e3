"""A day at work as a script: pages with all that pages load, the inbox, the command line."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from agent_process import AgentProcess
from chromium import ChromiumTab
from connections import Connections
from driver import Tab
from firefox import FirefoxTab
from fixture_site import Site
from ordinary_browsers import Ordinary
from patience import press, says, see, until_true

PAGES = Path(__file__).parents[1] / "pages"
RECORDED = ("hackernews", "discourse_drawn")
HEARD_SITES = ("news.ycombinator.com", "forum.example.org", "kettles.example.org")
FRAME = "frame.example.org"
COMMENT = """<li class="comment" id="comment-{0}">
<article class="comment-body" id="div-comment-{0}">
<img class="avatar" src="https://faces.example.net/{0}.png" alt=""> <b class="fn">Ilinca</b>
<time datetime="2026-11-18T10:00:00Z">18 November</time>
<div class="comment-content"><p>Kettle number {0} is loud.</p>
<img src="/photo-{0}.jpg" alt=""></div></article></li>"""
# Everything a page can load, and more of it on the way down and at a click.
GALLERY = f"""<!doctype html><html lang="en"><title>Kettles</title>
<style>body {{ background: url("/background.png") }}</style>
<body><ol class="comment-list">{"".join(map(COMMENT.format, (1, 2, 3)))}</ol>
<video src="/kettle.mp4" poster="/poster.jpg" preload="metadata"></video>
<audio src="/whistle.ogg" preload="metadata"></audio>
<picture><source srcset="/wide.webp 2x, /narrow.webp 1x"><img src="/old.jpg" alt=""></picture>
<iframe src="https://{FRAME}/widget"></iframe>
<img src="https://faces.example.net/late.png" loading="lazy" alt="">
<button onclick="fetch('/more').then((answer) => answer.text()).then((html) =>
  document.querySelector('ol').insertAdjacentHTML('beforeend', html))">More</button>"""
HEARD = {*(f"kettles.example.org/{number}" for number in (1, 2, 3, 4)), f"{FRAME}/9"}
ALL_LOADED = "[...document.images].every((image) => image.complete)"


def put_up(site: Site) -> list[str]:
    """Have the pages of the day answer; their addresses."""
    site.pages["kettles.example.org/gallery"] = GALLERY
    site.pages["kettles.example.org/more"] = COMMENT.format(4)
    site.pages[f"{FRAME}/widget"] = f'<ol class="comment-list">{COMMENT.format(9)}</ol>'
    urls = ["https://kettles.example.org/gallery"]
    for name in RECORDED:
        truth = json.loads((PAGES / "truth" / f"{name}.json").read_text(encoding="utf-8"))
        html = (PAGES / f"{name}.html").read_text(encoding="utf-8")
        address = truth["url"].removeprefix("https://").partition("?")[0]
        site.pages[address] = each_picture_once(html)
        urls.append(truth["url"])
    return urls


def each_picture_once(html: str) -> str:
    """How often a browser fetches the same picture for one page is its own affair."""
    numbers = itertools.count()
    return re.sub(r'src="s\.gif"', lambda _: f'src="s-{next(numbers)}.gif"', html)


def browse(browser: Ordinary, urls: list[str]) -> ChromiumTab | FirefoxTab:
    """Read the pages to their end, and have the first show more; the first."""
    tabs = []
    for url in urls:
        tab = browser.open(url)
        tab.evaluate("scrollTo(0, document.body.scrollHeight)")
        tab.wait(ALL_LOADED)
        tabs.append(tab)
    gallery = tabs[0]
    assert isinstance(gallery, ChromiumTab | FirefoxTab)
    gallery.activate()
    press(gallery, "button")
    see(gallery, "#comment-4")
    gallery.wait(ALL_LOADED)
    return gallery


def wait_until_heard(agent: AgentProcess) -> None:
    """Until what the pages say is in the log."""
    truth = [json.loads((PAGES / "truth" / f"{name}.json").read_text()) for name in RECORDED]
    said = HEARD | {item["id"] for each in truth for item in each["items"]}
    until_true(
        lambda: said <= {item["id"] for item in agent.items()},
        lambda: f"not heard: {said - {item['id'] for item in agent.items()}}",
    )


def triage(browser: Ordinary, agent: AgentProcess) -> Tab:
    """Sign in, open an item, tag it, mark it done, undo that, search; the inbox."""
    inbox = browser.open(agent.request("POST", "/v1/sign-in-links", {})["url"])
    press(inbox, "form[action^='/sign-in'] button")
    press(inbox, ".row .row-open")
    see(inbox, "#new-tag")
    inbox.type("#new-tag", "kitchen")
    press(inbox, ".add-tag button")
    see(inbox, ".item .tags button[value=kitchen]")
    press(inbox, ".states button[value=done]")
    see(inbox, ".item[data-state=done]")
    says(inbox, "#flash p", "Done")  # until then the line offers to undo the tag
    press(inbox, "#flash button")
    see(inbox, ".item[data-state=new]")
    inbox.goto(f"http://earmark.localhost:{agent.port}/?text=loud")
    see(inbox, ".row")
    return inbox


def use_command_line(home: Path, folder: Path, connections: Connections) -> None:
    """Search, report (as an export: there is no other report yet) and back up."""
    commands = (
        ["search", "loud"],
        ["export", "-o", str(folder / "all.ndjson")],
        ["export", "--format", "csv", "-o", str(folder / "report.csv"), "tag:kitchen"],
        ["backup", str(folder / "backup.sqlite3")],
    )
    earmark = [sys.executable, "-m", "earmark"]
    script = " && ".join(shlex.join([*earmark, *each, "--home", str(home)]) for each in commands)
    with subprocess.Popen([*connections.prefix, "sh", "-c", script]) as process:
        assert process.wait(120) == 0
    connections.wait_for_the_end(process.pid)
