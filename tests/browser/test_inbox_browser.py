"""The inbox in a real browser: live arrival, keyboard, undo, conflicts, and all of it without
scripts as far as links and forms go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from inbox_box import inbox_in_a_thread, made_up
from playwright.sync_api import Page, expect

from earmark.store import queries, runs
from earmark.store.edit import patch_item

expect.set_options(timeout=20_000)  # milliseconds; a busy machine is no failure
Open = Callable[..., Page]
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Any]:
    with inbox_in_a_thread(tmp_path) as agent:
        yield agent


def state_of(box: Any, id: str) -> str:
    return str(queries.get(box.log, "hackernews", id)["state"])


def change_elsewhere(box: Any, id: str, **patch: Any) -> None:
    box.log.write(lambda connection: patch_item(connection, "hackernews", id, patch)).result()


def row(page: Page, text: str) -> Any:
    return page.locator(".row", has_text=text)


def listening(page: Page) -> Page:
    """The page once it follows the events."""
    expect(page.locator("#list[data-live=true]")).to_be_attached()
    return page


def test_what_arrives_appears_by_itself(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "the first"))
    page = listening(open_inbox())
    box.save(made_up("2", "the second"))
    expect(page.locator(".row-text").first).to_have_text("the second")
    box.save(made_up("3", "<b>the third</b>"))
    expect(page.locator(".row-text").first).to_have_text("<b>the third</b>")
    assert page.locator(".row").count() == 3


def test_the_first_item_ends_the_first_steps(box: Any, open_inbox: Open) -> None:
    page = listening(open_inbox())
    expect(page.locator(".empty")).to_be_visible()
    box.save(made_up("1", "hello"))
    expect(row(page, "hello")).to_be_visible()
    expect(page.locator(".empty")).to_have_count(0)


def test_a_burst_appears_whole_and_in_order(box: Any, open_inbox: Open) -> None:
    box.save(made_up("0", "number 0"))
    page = listening(open_inbox())
    box.save(*(made_up(str(n), f"number {n}") for n in range(1, 40)))
    expect(page.locator(".row")).to_have_count(40)
    shown = page.locator(".row-text").all_text_contents()
    assert shown == [f"number {n}" for n in reversed(range(40))]


def test_in_a_filtered_view_what_is_new_waits_behind_a_button(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "the kettle"))
    page = listening(open_inbox("/?text=kettle"))
    box.save(made_up("2", "no match"), made_up("3", "another kettle"))
    button = page.locator("#arrived")
    expect(button).to_have_text("1 new")
    expect(row(page, "another kettle")).to_be_hidden()
    button.click()
    expect(row(page, "another kettle")).to_be_visible()
    expect(row(page, "no match")).to_have_count(0)
    expect(button).to_be_hidden()


def test_what_one_reads_does_not_move(box: Any, open_inbox: Open) -> None:
    box.save(*(made_up(str(n), f"number {n}") for n in range(40)))
    page = listening(open_inbox())
    target = row(page, "number 19")
    target.scroll_into_view_if_needed()
    before = target.bounding_box()
    box.save(made_up("99", "new"))
    expect(page.locator("#arrived")).to_have_text("1 new")
    assert target.bounding_box() == before


def test_an_agent_that_went_away_is_told_and_nothing_is_missed_meanwhile(
    box: Any, open_inbox: Open
) -> None:
    box.save(made_up("1", "before"))
    page = listening(open_inbox())
    box.run(box.leave())
    expect(page.locator(".offline")).to_be_visible()
    box.save(made_up("2", "meanwhile"))
    box.run(box.come_back())
    expect(row(page, "meanwhile")).to_be_visible(timeout=20_000)
    expect(page.locator(".offline")).to_be_hidden()


def test_an_edit_elsewhere_changes_the_row_and_the_open_item(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "it took two weeks"))
    page = listening(open_inbox("/items/hackernews/1"))
    box.save(made_up("1", "it took three weeks"), seen_at="2026-03-23T12:00:00Z")
    expect(page.locator(".row-text")).to_have_text("it took three weeks")
    expect(page.locator(".versions ins")).to_have_text("three")


def test_keys_move_open_change_undo_and_close(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "older"), made_up("2", "newer"))
    page = open_inbox()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_have_text("older")
    assert page.url == f"{box.origin}/items/hackernews/1"
    page.keyboard.press("e")
    expect(page.locator("#flash p")).to_have_text("Now: Done")
    expect(row(page, "older").locator(".state")).to_have_text("Done")
    assert state_of(box, "1") == "done"
    page.keyboard.press("z")
    expect(row(page, "older").locator(".state")).to_have_text("New")
    assert state_of(box, "1") == "new"
    page.keyboard.press("k")
    expect(page.locator(".said")).to_have_text("newer")
    page.keyboard.press("Escape")
    expect(page.locator(".item")).to_have_count(0)
    assert page.url == f"{box.origin}/"


def test_keys_go_by_place_not_by_letter(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "hello"))
    page = open_inbox()
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyJ', key: 'ت'}))")
    expect(page.locator(".row-open")).to_be_focused()


def test_every_key_of_the_help_does_something(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "hello"))
    page = open_inbox()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.locator("#new-tag")).to_be_focused()
    page.keyboard.type("jeh")
    expect(page.locator("#new-tag")).to_have_value("jeh")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(row(page, "hello").locator(".state")).to_have_text("Snoozed")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/problems")


def test_done_and_next_goes_on(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "older"), made_up("2", "newer"))
    page = open_inbox()
    page.keyboard.press("j")
    page.keyboard.press("Shift+BracketRight")
    expect(page.locator(".row-open").nth(1)).to_be_focused()
    assert state_of(box, "2") == "done"


def test_a_tag_is_added_and_removed_in_the_pane(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "hello"))
    page = open_inbox("/items/hackernews/1")
    page.fill("#new-tag", "to read")
    page.keyboard.press("Enter")
    expect(page.locator(".tags li .tag")).to_have_text("to read")
    expect(row(page, "hello").locator(".tag")).to_have_text("to read")
    page.click(".tags li button")
    expect(page.locator(".tags li")).to_have_count(0)
    expect(row(page, "hello").locator(".tag")).to_have_count(0)


def test_a_note_changed_elsewhere_is_told_and_nothing_typed_is_lost(
    box: Any, open_inbox: Open
) -> None:
    box.save(made_up("1", "hello"))
    page = listening(open_inbox("/items/hackernews/1"))
    page.fill("#note", "mine")
    change_elsewhere(box, "1", note="theirs")
    expect(page.locator("#flash p")).to_have_text("This item changed meanwhile.")
    page.click(".note button")
    expect(page.locator("#flash p")).to_contain_text("Somebody else changed this item")
    expect(page.locator("#note")).to_have_value("mine")
    assert queries.get(box.log, "hackernews", "1")["note"] == "theirs"


def test_a_change_of_something_else_is_no_conflict(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "hello"))
    page = open_inbox("/items/hackernews/1")
    page.route("**/v1/events*", lambda route: route.abort())
    change_elsewhere(box, "1", add_tags=["x"])
    page.click(".states button[value=done]")
    expect(page.locator("#flash p")).to_have_text("Now: Done")
    assert state_of(box, "1") == "done"


def test_back_and_forward_follow_the_pane(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "older"), made_up("2", "newer"))
    page = open_inbox("/?state=new")
    row(page, "older").click()
    expect(page.locator(".said")).to_have_text("older")
    row(page, "newer").click()
    expect(page.locator(".said")).to_have_text("newer")
    page.go_back()
    expect(page.locator(".said")).to_have_text("older")
    page.go_back()
    expect(page.locator(".item")).to_have_count(0)
    assert page.url == f"{box.origin}/?state=new"
    page.go_forward()
    expect(page.locator(".said")).to_have_text("older")


def test_all_of_it_works_without_scripts(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "hello"))
    page = open_inbox("/?state=new", java_script_enabled=False)
    page.click(".row-open")
    expect(page.locator(".said")).to_have_text("hello")
    page.click(".states button[value=done]")
    expect(page.locator("#flash p")).to_have_text("Now: Done")
    assert page.url == f"{box.origin}/items/hackernews/1?state=new"
    page.click("#flash button")
    expect(page.locator(".states [aria-pressed=true]")).to_have_text("New")
    page.fill("#new-tag", "seen")
    page.click(".add-tag button")
    expect(page.locator(".tags li .tag")).to_have_text("seen")
    page.fill("#note", "a note")
    page.click(".note button")
    expect(page.locator("#note")).to_have_value("a note")
    page.fill("#search", "hello")
    page.click(".search button >> nth=0")
    expect(page.locator(".row")).to_have_count(1)
    assert "text=hello" in page.url


def test_filters_open_over_the_list_on_a_phone(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "hello"), made_up("2", "سلام", language={"tag": "fa"}))
    page = open_inbox(viewport=PHONE)
    page.click(".show-filters")
    page.locator(".facet a", has_text="Persian").click()
    expect(page.locator(".row")).to_have_count(1)


def test_on_a_phone_an_item_has_a_page_of_its_own(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "hello"))
    page = open_inbox(viewport=PHONE)
    page.click(".row-open")
    page.wait_for_url("**/items/hackernews/1")
    expect(page.locator(".row").first).to_be_hidden()
    page.click(".item-back a")
    expect(page.locator(".row").first).to_be_visible()


@pytest.mark.parametrize("width", [390, 800, 1440])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_nothing_sticks_out_of_the_window(
    box: Any, open_inbox: Open, width: int, language: str
) -> None:
    long = "W" * 2000
    nasty = made_up("1", f"<script>alert(1)</script> {long}", page_title=long)
    box.save({**nasty, "author": {"name": long}, "tags": [{"name": long[:300], "by": "x"}]})
    viewport = {"width": width, "height": 800}
    for path in ("/", "/items/hackernews/1", "/browsers", "/problems"):
        page = open_inbox(f"{path}?ui={language}", viewport)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        for pane in page.locator(".list, .pane, .filters").all():
            assert pane.evaluate("e => e.scrollWidth <= e.clientWidth"), path


def test_right_to_left_mirrors_the_panes(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "hello"))
    for language, order in (("en", 1), ("fa", -1)):
        page = open_inbox(f"/items/hackernews/1?ui={language}")
        lefts = [page.locator(s).bounding_box()["x"] for s in (".filters", ".list", ".pane")]
        assert sorted(lefts)[::order] == lefts


def test_each_text_runs_in_its_own_direction(box: Any, open_inbox: Open) -> None:
    box.save(
        made_up("1", "hello there"),
        made_up("2", "سلام بر شما", language={"tag": "fa"}),
        made_up("3", "a\u202eb", author={"name": "\u202eMira"}),
    )
    page = open_inbox()
    direction = "e => getComputedStyle(e).direction"
    found = [row.evaluate(direction) for row in page.locator(".row-text").all()]
    assert found == ["ltr", "rtl", "ltr"]
    assert page.locator(".row-head").first.evaluate(direction) == "ltr"


def test_a_pairing_code_counts_down(box: Any, open_inbox: Open) -> None:
    page = open_inbox("/browsers")
    page.click("text=Show a pairing code")
    expect(page.locator("#countdown")).to_contain_text(re.compile(r"Good for [12]:\d\d more"))
    code = page.locator(".code output").inner_text()
    box.credentials.pair(code, "0b5e8f2c-3c56-4b1f-9d2a-5a7c2f1e9d44", "", "Reading room")
    expect(page.locator("#paired strong")).to_have_text("Reading room")


def test_a_rule_is_tried_while_it_is_typed(box: Any, open_inbox: Open) -> None:
    box.save(made_up("1", "so late"), made_up("2", "on time"))
    page = open_inbox("/rules/new")
    page.fill("[name=query]", "late")
    expect(page.locator("#preview mark")).to_have_text("late")
    page.fill("[name=query]", "(late")
    expect(page.locator("#wrong mark")).to_have_text("(")
    page.fill("[name=query]", "time")
    expect(page.locator("#wrong")).to_be_hidden()
    expect(page.locator("#preview mark")).to_have_text("time")
    assert box.rules.rules() == []


def test_a_run_under_way_is_followed_to_its_end(box: Any, open_inbox: Open) -> None:
    box.rules.save("[[rule]]\nname = 'late'\nwhen = 'late'\nhide = true\n")
    box.log.call(lambda connection: runs.begin(connection, "rules", {}))
    done = [2]

    async def state(number: int) -> dict[str, Any]:
        with box.log.reading() as connection:
            return runs.one(connection, number) | {"progress": {"done": done[0], "total": 5}}

    box.runs = SimpleNamespace(state=state)
    page = open_inbox("/rules")
    expect(page.locator("#applied progress")).to_have_attribute("value", "2")
    done[0] = 4
    expect(page.locator("#applied progress")).to_have_attribute("value", "4")
    box.log.call(lambda connection: runs.mark(connection, 1, runs.DONE, {"changed": 3}))
    expect(page.locator("#applied progress")).to_have_count(0)
    expect(page.locator("#applied button")).to_have_text("Apply to everything heard so far")
