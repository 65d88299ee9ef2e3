"""Judgements corrected in a real browser: by keys, with undo, and learned for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from inbox_box import inbox_in_a_thread, made_up
from playwright.sync_api import Page, expect

from earmark.store import queries

expect.set_options(timeout=20_000)  # milliseconds; a busy machine is no failure
Open = Callable[..., Page]
ITEM = "/items/hackernews/1"
LATE = {"name": "intent:complaint", "by": "intents", "because": "“late”", "words": ["late"]}
FEELING = {"label": "negative", "score": -0.5, "because": "“late”", "words": {"late": -1.5}}


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Any]:
    with inbox_in_a_thread(tmp_path) as agent:
        agent.save(made_up("1", "it is late", sentiment=FEELING, tags=[LATE]))
        yield agent


def stored(box: Any) -> Any:
    return queries.get(box.log, "hackernews", "1")


def told(page: Page, text: str) -> None:
    """Waits until the line of the inbox says what was done."""
    expect(page.locator("#flash p")).to_have_text(text)


def test_language_and_feeling_are_corrected_by_keys_and_undone(box: Any, open_inbox: Open) -> None:
    before = stored(box)
    page = open_inbox(ITEM)
    page.keyboard.press("l")
    expect(page.locator("#language")).to_be_focused()
    page.locator("#language").select_option("fa")
    told(page, "Language: Persian")
    expect(page.locator("[data-act=language] .reason")).to_contain_text("by you")
    page.locator("#feeling").focus()
    page.keyboard.press("z")
    expect(page.locator("#language")).to_have_value("en")
    page.keyboard.press("f")
    expect(page.locator(".feeling-negative")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told(page, "Feeling: Mixed")
    expect(page.locator(".feeling-mixed[aria-pressed=true]")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator(".feeling-negative[aria-pressed=true]")).to_be_visible()
    after = stored(box)
    assert (after["language"], after["sentiment"]) == (before["language"], before["sentiment"])


def test_a_tag_is_asked_about_taken_off_and_its_word_learned(box: Any, open_inbox: Open) -> None:
    page = open_inbox(ITEM)
    page.keyboard.press("y")
    expect(page.locator("#why .holds")).to_contain_text("“late” · by intents")
    page.locator("#ask").fill("signal:urgent")
    page.keyboard.press("Enter")
    expect(page.locator("#why .answer")).to_contain_text("does not carry this tag")
    page.keyboard.press("Escape")
    expect(page.locator("#why")).to_be_hidden()
    page.locator(".tags button[name=remove]").click()
    told(page, "Taken off: Complaint")
    page.locator(".from-now-on[open] button[name=phrase]").click()
    told(page, "Learned. It counts from now on.")
    expect(page.locator(".from-now-on")).to_have_count(0)
    assert [one["kind"] for one in box.corrections.all()] == ["item", "tag"]
    page.keyboard.press("z")
    expect(page.locator(".from-now-on")).to_have_count(1)
    assert [one["kind"] for one in box.corrections.all()] == ["item"]
