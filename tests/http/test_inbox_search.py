"""Searching in the inbox: what was found is marked, what cannot be understood is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from inbox_fixtures import made_up, running_inbox, soup, texts


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        agent.save(
            made_up("1", "The kettle is sooooo late <b>late</b>"),
            made_up("2", "کتاب‌ها\n\nخوب نیست", language={"tag": "fa", "confidence": 0.9}),
            made_up("3", "begin " + "word " * 200 + "needle"),
        )
        yield agent


def at(query: str, path: str = "/") -> str:
    return f"{path}?text={quote(query)}"


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("late", ["late", "late"]),
        ('"so late"', ["sooooo late"]),
        ("kettel~1", ["kettle"]),
        ("کتابها", ["کتاب‌ها"]),
        ("/kett?le/", ["kettle"]),
        ("needle", ["needle"]),
        ("mira kettle", ["Mira", "kettle"]),
        ("likes:>=0 OR kettle -nothing", ["kettle"]),
        ("", []),
    ],
)
async def test_the_list_marks_what_was_found(box: Any, query: str, marked: list[str]) -> None:
    assert texts(await soup(box, at(query)), ".row mark") == marked


async def test_the_item_marks_it_too_and_only_when_searched_for(box: Any) -> None:
    path = "/items/hackernews/1"
    assert texts(await soup(box, at("late", path)), ".said mark") == ["late", "late"]
    assert texts(await soup(box, at("late", path) + "&part=item"), ".said mark") == ["late"] * 2
    assert texts(await soup(box, path), ".said mark") == []


async def test_what_a_page_wrote_stays_text_between_marks(box: Any) -> None:
    page = await soup(box, at("b", "/items/hackernews/1"))
    assert page.select_one(".said b") is None
    assert texts(page, ".said p") == ["The kettle is sooooo late <b>late</b>"]
    assert texts(page, ".said mark") == ["b", "b"]


async def test_a_row_opens_the_item_with_the_search_kept(box: Any) -> None:
    page = await soup(box, at("kettle"))
    assert page.select_one(".row-open")["href"] == "/items/hackernews/1?text=kettle"


async def test_a_search_that_cannot_be_understood_shows_the_spot(box: Any) -> None:
    page = await soup(box, at("kettle <i> OR") + "&state=new")
    assert texts(page, ".misread mark") == ["OR"]
    assert texts(page, ".misread") == ["kettle <i> OR"]
    assert page.select_one("#search")["value"] == "kettle <i> OR"
    kept = {(i["name"], i["value"]) for i in page.select(".search input[type=hidden]")}
    assert kept == {("state", "new")}


async def test_the_api_takes_the_same_queries_and_points_at_the_spot(box: Any) -> None:
    answer = await box.client.get("/v1/items?text=" + quote("kettel~1 -needle"))
    assert [item["id"] for item in answer.json["items"]] == ["1"]
    answer = await box.client.get("/v1/items?text=" + quote("a (b"))
    assert answer.status == 400
    assert answer.json["error"]["code"] == "bad_query"
    assert answer.json["error"]["hint"] == "a (b\n  ^"
