"""A real Chromium with the extension, paired with a real agent, on pages under real host names."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from agent_process import AgentProcess
from captures import comment
from chromium import Chromium
from conftest import prepared_copy
from fixture_site import Site
from playwright.sync_api import sync_playwright


class Bench(NamedTuple):
    """What a measurement needs."""

    agent: AgentProcess
    browser: Chromium
    site: Site


@contextmanager
def paired_chromium() -> Iterator[Bench]:
    """All of it, warm: the browser is paired and the workers have been used once."""
    folder = Path(tempfile.mkdtemp(prefix="earmark-bench"))
    try:
        with AgentProcess(folder / "home") as agent, sync_playwright() as playwright:
            site = Site(folder)
            code = agent.request("POST", "/v1/pairing-codes", {})["code"]
            extension = prepared_copy(folder, ["https://*/*"], code, [])
            browser = Chromium(playwright, extension, site.port, folder / "profile")
            while not agent.request("GET", "/v1/browsers")["browsers"]:
                time.sleep(0.05)
            bench = Bench(agent, browser, site)
            warm_up(bench)
            yield bench
            browser.close()
            site.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def serve_thread(bench: Bench, story: int, comments: list[str]) -> str:
    """Have a Hacker News thread of these rows answer; its address."""
    rows = "".join(comments)
    bench.site.pages["news.ycombinator.com/item"] = (
        f"<!doctype html><html lang=en><title>A thread</title><table class=comment-tree>"
        f"<tbody>{rows}</tbody></table>"
    )
    return f"https://news.ycombinator.com/item?id={story}"


def warm_up(bench: Bench) -> None:
    tab = bench.browser.open(serve_thread(bench, 1, [comment(2, "Warming up.")]))
    while not bench.agent.items():
        time.sleep(0.05)
    tab.close()
