"""The walk from a fresh home to the first capture, in a profile that stays, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixture_site import Site
from ordinary_browsers import ordinary_browser
from playwright.sync_api import Playwright
from walk import CHOSEN, THREAD, ChromiumWalk, FirefoxWalk, walk_in

pytestmark = pytest.mark.timeout(400)  # for a machine that does much else
README = Path(__file__).parents[2] / "README.md"
SECTION = "## First capture in your own browser"
HEADING = {"chromium": "Chrom", "firefox": "Firefox"}


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def walked(
    request: pytest.FixtureRequest,
    playwright_api: Playwright,
    _site: Site,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ChromiumWalk | FirefoxWalk]:
    folder = tmp_path_factory.mktemp("walk")
    (folder / "profile").mkdir()
    browser = ordinary_browser(request.param, playwright_api, _site.port, folder / "profile")
    walk = walk_in(browser, folder / "home", _site)
    walk.walk()
    yield walk
    browser.close()
    walk.end()
    _site.pages.clear()


def test_the_walk_leads_to_the_first_capture(walked: ChromiumWalk | FirefoxWalk) -> None:
    heard = {item["platform"] for item in walked.agent.items()}
    assert {"sample", "hackernews"} <= heard


def test_the_readme_says_the_steps_that_were_taken(walked: ChromiumWalk | FirefoxWalk) -> None:
    title, steps = steps_in_readme(HEADING[walked.browser.name])
    assert steps == walked.steps
    assert f"{len(walked.steps)} steps" in title


def test_everything_is_still_there_after_a_restart(walked: ChromiumWalk | FirefoxWalk) -> None:
    browser = walked.browser
    browser.restart()
    thread = browser.open(THREAD)
    popup = browser.popup(browser.tab_id(THREAD))
    popup.wait("document.body.dataset.ready && document.body.dataset.site === 'open'")
    assert popup.evaluate("document.body.dataset.trouble") == ""
    inbox = browser.open(f"http://earmark.localhost:{walked.agent.port}/setup")
    assert inbox.evaluate("document.querySelectorAll('.setup-steps .is-done').length") > 8
    assert not inbox.evaluate("document.querySelectorAll('.is-next, .is-attention').length")
    chosen = walked.agent.request("GET", "/v1/choices")["sites"]
    assert [site["site"] for site in chosen] == [CHOSEN]
    for tab in (thread, popup, inbox):
        tab.close()


def steps_in_readme(browser: str) -> tuple[str, list[str]]:
    """The heading of a browser's steps, and the steps under it."""
    section = README.read_text(encoding="utf-8").partition(SECTION)[2].partition("\n## ")[0]
    parts = re.split(r"^### ", section, flags=re.MULTILINE)
    found = [part for part in parts if part.startswith(browser)]
    assert len(found) == 1, f"the README has no one heading that begins with {browser}"
    title, _, text = found[0].partition("\n")
    listed = re.split(r"^\d+\. ", text, flags=re.MULTILINE)[1:]
    return title, [" ".join(step.partition("\n\n")[0].split()) for step in listed]
