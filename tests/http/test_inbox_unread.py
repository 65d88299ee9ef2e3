"""The page of what was not understood."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inbox_fixtures import running_inbox, soup, submit, texts

from earmark.store import raw

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
        told = ("not_understood", [], error)
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
