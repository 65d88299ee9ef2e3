"""An ask in a real browser: a tick counts at once, and the page stays where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from inbox_box import inbox_in_a_thread, made_up
from playwright.sync_api import Page, expect

ASK = "What keeps you away: ads? too few posts? title not shown?"


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Any]:
    with inbox_in_a_thread(tmp_path) as agent:
        yield agent


def reply(id: str, text: str) -> dict[str, Any]:
    author = {"name": f"Person {id}", "handle": f"p{id}"}
    return made_up(id, text, author=author, parent_id="1", root_id="1")


def test_a_tick_counts_at_once_and_words_are_learned(
    box: Any, open_inbox: Callable[..., Page]
) -> None:
    box.save(made_up("1", ASK, kind="post", author={"handle": "shop"}))
    box.save(reply("2", "the ads"), reply("3", "your slow website"))
    page = open_inbox("/items/hackernews/1")
    people = page.locator(".ask tr[data-answer] a")
    expect(people).to_have_text(["1", "0", "0", "1"])
    first = page.locator('[data-reply="2"]')
    expect(first.get_by_role("button", name="Save")).to_be_hidden()
    first.get_by_label("too few posts").check()
    expect(people).to_have_text(["1", "1", "0", "1"])
    expect(first).to_contain_text("by you")
    expect(first.get_by_label("too few posts")).to_be_focused()
    first.get_by_label("None of these").check()
    expect(people).to_have_text(["0", "0", "0", "1", "1"])
    second = page.locator('[data-reply="3"]')
    second.get_by_text("Learn its words").click()
    second.get_by_role("button", name="Learn", exact=True).click()
    expect(page.locator('.ask tr[data-answer="4"] th')).to_have_text("your slow website")
    page.locator('.ask tr[data-answer="4"] a').click()
    expect(page.locator(".ask [data-reply]")).to_have_count(1)
    expect(page).to_have_url(f"{box.origin}/items/hackernews/1?answer=4#ask")
