"""The page of what was not understood."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inbox_fixtures import running_inbox, soup, submit, texts

from earmark.store import page_health, raw
from earmark.store.page_health import Heard, Spot

PAGE = {
    "url": "https://forum.example.org/t/1",
    "title": "A <b>kettle</b>",
    "visit": "v",
    "captured_at": "2026-03-21T12:00:00Z",
}
PIECE = {"kind": "element", "markup": "<article><script>alert(1)</script>Say</article>"}


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as box:
        yield box


def keep(box: Any, how_many: int, error: str = "found nothing") -> None:
    fragments = [
        PIECE | {"id": f"00000000-0000-4000-8000-00000000000{n}", "ref": f"r{n}", "order": n}
        for n in range(how_many)
    ]

    def write(connection: Any) -> None:
        raw.keep(connection, "b", PAGE, fragments, "discourse", PAGE["captured_at"])
        told = ("not_understood" if error else "stored", [], error)
        raw.finish(connection, [raw.Outcome(each["id"], *told) for each in fragments])

    box.log.write(write).result()


async def test_where_all_was_understood_that_is_said(box: Any) -> None:
    page = await soup(box, "/not-understood")
    assert texts(page, ".notice.good") == ["Everything that was heard was understood."]


async def test_pages_are_told_with_their_errors_and_what_came_as_text(box: Any) -> None:
    keep(box, 5)
    page = await soup(box, "/not-understood")
    assert texts(page, ".unread h2") == ["A <b>kettle</b>"]
    assert "Discourse" in page.select_one(".unread").get_text()
    assert texts(page, ".unread li") == ["found nothing"]
    assert texts(page, ".unread pre") == [PIECE["markup"]] * 3
    assert page.select("main script") == []


async def test_the_page_of_problems_leads_there(box: Any) -> None:
    keep(box, 1)
    links = [a["href"] for a in (await soup(box, "/problems")).select("main a[href]")]
    assert "/not-understood" in links


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "javascript:alert(1)"])
async def test_a_case_of_a_page_that_is_not_kept_is_refused_with_a_hint(box: Any, url: str) -> None:
    keep(box, 1)
    answer = await submit(box, "/not-understood/case", url=url, platform="discourse")
    assert answer.status == 404
    assert "Open it again" in answer.body.decode()


def compare(box: Any, *differs: str, visit: str = PAGE["visit"]) -> None:
    """Two readers of the page differ in this."""
    spot = Spot(PAGE["url"], "discourse", visit, PAGE["captured_at"])
    told = {"differs": list(differs), "agrees": ["text"]}
    box.log.write(lambda conn: page_health.note_heard(conn, spot, Heard(items=5))).result()
    box.log.write(lambda conn: page_health.note_compared(conn, spot, told)).result()


async def test_a_page_that_two_readers_read_differently_is_told_with_what_came(box: Any) -> None:
    keep(box, 4, error="")
    compare(box, "author", "comments")
    page = await soup(box, "/not-understood")
    assert texts(page, "#disputed") == ["Perhaps read wrongly"]
    [said] = texts(page, ".unread .differs")
    assert "the author and how many comments there are" in said
    assert page.select_one(".unread button").get_text() == "Make a case of it"
    assert page.select_one(".unread input[name=url]")["value"] == PAGE["url"]
    assert page.select("main script") == []


async def test_a_page_on_which_both_agree_or_of_which_nothing_is_left_is_not_told(box: Any) -> None:
    keep(box, 1, error="")
    compare(box)
    assert (await soup(box, "/not-understood")).select("#disputed") == []
    compare(box, "author", visit="of which nothing is kept")
    assert (await soup(box, "/not-understood")).select("#disputed") == []


async def test_the_page_of_problems_names_such_a_site_and_leads_to_its_pages(box: Any) -> None:
    compare(box, "author")
    page = await soup(box, "/problems")
    [said] = texts(page, "[data-code=site_always_read_otherwise] h3")
    assert "the author" in said
    assert "forum.example.org" in said
    links = page.select("[data-code=site_always_read_otherwise] a")
    assert [link["href"] for link in links] == ["/not-understood#disputed"]
