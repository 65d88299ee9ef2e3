"""Facts that the setup pages are tried with."""

from __future__ import annotations

from typing import Any

from inbox_fixtures import made_up
from raw_client import BROWSER, EXTENSION

FIREFOX = {"name": "Firefox", "version": "153.0.1"}
SAMPLE_PAGE = "http://earmark.localhost/sample"


def choose(box: Any, *sites: str, keep: str = "everything", **more: Any) -> None:
    """Have these sites chosen."""
    box.choices.change({"sites": [{"site": s, "keep": keep} for s in sites], **more})


def see(box: Any, *steps: str) -> None:
    """Have the person been at these steps."""
    box.choices.change({"first_run": {"seen": list(steps), "done": False}})


def pair(box: Any, name: str = "Reading room", browser: str = BROWSER) -> None:
    """Have a browser paired."""
    box.credentials.pair(box.credentials.new_code(box.port), browser, EXTENSION, name)


def report(box: Any, *granted: str, browser: str = BROWSER, **more: Any) -> None:
    """Have a paired browser say which match patterns it was granted."""
    condition = {"sent_at": "2026-03-21T12:00:00Z", "extension": "0.1.0", "browser": FIREFOX}
    box.credentials.reported(browser, {**condition, "sites": list(granted), **more})


def hear_sample(box: Any) -> None:
    """Have something of the sample thread in the log."""
    box.save(made_up("c101", "Love how quiet it is.") | {"platform": "sample"})


def organise(box: Any, text: str) -> None:
    """Have the organisation's policy file say this."""
    box.policy.path.write_text(text, encoding="utf-8")
