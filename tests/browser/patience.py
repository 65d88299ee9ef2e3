"""Waiting for what a page shows while it is replaced by others, on a machine that may be busy."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from driver import Tab
from firefox import BiDiError
from playwright.sync_api import Error as PlaywrightError

PATIENCE = 90.0


def see(tab: Tab, selector: str) -> None:
    """Wait until it is there to be seen, whatever page comes meanwhile."""
    end = time.monotonic() + PATIENCE
    while not _sees(tab, selector):
        assert time.monotonic() < end, f"never seen: {selector}"
        time.sleep(0.1)


def _sees(tab: Tab, selector: str) -> bool:
    return _told(tab, f"document.querySelector({json.dumps(selector)})?.checkVisibility()")


def _told(tab: Tab, expression: str) -> bool:
    try:
        return bool(tab.evaluate(expression))
    except (BiDiError, PlaywrightError):  # the page went away under the question
        return False


def says(tab: Tab, selector: str, text: str) -> None:
    """Wait until it says so, whatever page comes meanwhile."""
    said = f"document.querySelector({json.dumps(selector)})?.innerText.includes({json.dumps(text)})"
    until_true(lambda: _told(tab, said), lambda: f"{selector} never says: {text}")


def press(tab: Tab, selector: str) -> None:
    """Click it, once; a page that is replaced before the mouse gets there was not clicked."""
    until_true(lambda: _pressed(tab, selector), lambda: f"never there to be clicked: {selector}")


def _pressed(tab: Tab, selector: str) -> bool:
    see(tab, selector)
    try:
        tab.click(selector)
    except BiDiError as error:
        if "synthesizeMouseAtPoint" not in str(error):
            raise
        return False
    return True


def until_true(condition: Callable[[], object], what: Callable[[], str]) -> None:
    """Wait until `condition()` holds; else `what()` says what is the matter."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what()
        time.sleep(0.2)
