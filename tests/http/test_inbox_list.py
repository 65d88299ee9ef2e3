"""The list: order, pages, filters in the address, facets, and what an empty one teaches."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from inbox_fixtures import made_up, running_inbox, soup, texts


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        yield agent


@pytest.fixture
async def full(box: Any) -> Any:
    box.save(
        made_up("1", "The kettle is late", tags=[{"name": "intent:complaint", "by": "t"}]),
        made_up("2", "کتری کی می‌رسد؟", language={"tag": "fa", "confidence": 0.9}),
        made_up("forum.example.org/3", "Love it", platform="discourse", kind="post"),
    )
    return box


async def test_the_newest_arrival_stands_first(full: Any) -> None:
    page = await soup(full, "/")
    assert texts(page, ".row-text") == ["Love it", "کتری کی می‌رسد؟", "The kettle is late"]


async def test_a_row_tells_who_where_when_and_what(full: Any) -> None:
    row = (await soup(full, "/")).select(".row")[2]
    assert texts(row, ".row-open") == ["Mira"]
    assert texts(row, ".platform") == ["Hacker News"]
    assert texts(row, ".row-page") == ["A kettle that remembers"]
    assert texts(row, ".tag") == ["Complaint"]
    assert texts(row, ".state") == ["New"]
    time = row.select_one("time")
    assert time["datetime"] == "2026-03-20T09:00:00Z"
    assert "yesterday" in time["title"]


async def test_each_text_has_its_own_direction_and_language(full: Any) -> None:
    found = (await soup(full, "/")).select(".row-text")
    assert [(p["dir"], p.get("lang")) for p in found] == [
        ("auto", "en"),
        ("auto", "fa"),
        ("auto", "en"),
    ]


async def test_a_filter_in_the_address_narrows_the_list(full: Any) -> None:
    for query, count in [
        ("platform=discourse", 1),
        ("language=fa", 1),
        ("tag=intent:complaint", 1),
        ("state=new", 3),
        ("state=done", 0),
        ("kind=post", 1),
        ("author=mira", 3),
        ("author=nobody", 0),
        ("text=kettle", 1),
        ("since=2026-03-20&until=2026-03-20", 3),
        ("until=2020-01-01", 0),
        ("platform=hackernews&text=کتری", 1),
    ]:
        page = await soup(full, f"/?{query}".replace("کتری", "%DA%A9%D8%AA%D8%B1%DB%8C"))
        assert len(page.select(".row")) == count, query


async def test_a_chip_takes_its_filter_away_and_keeps_the_others(full: Any) -> None:
    page = await soup(full, "/?platform=hackernews&language=fa&text=%DA%A9")
    chips = page.select(".chips a:not(.clear)")
    left = [parse_qs(urlsplit(chip["href"]).query) for chip in chips]
    assert left == [
        {"platform": ["hackernews"], "language": ["fa"]},
        {"text": ["ک"], "language": ["fa"]},
        {"text": ["ک"], "platform": ["hackernews"]},
    ]
    assert page.select_one(".chips .clear")["href"] == "/"


async def test_facets_count_and_link_to_their_view(full: Any) -> None:
    links = {
        tag.bdi.get_text(): (tag.select_one(".count").get_text(), tag["href"])
        for tag in (await soup(full, "/")).select(".facet a")
    }
    assert links["Hacker News"] == ("2", "/?platform=hackernews")
    assert links["Persian"] == ("1", "/?language=fa")
    assert links["Complaint"] == ("1", "/?tag=intent%3Acomplaint")
    assert links["New"] == ("3", "/?state=new")


async def test_searching_keeps_the_filters_and_filtering_keeps_the_search(full: Any) -> None:
    page = await soup(full, "/?text=kettle&state=new")
    kept = {(i["name"], i["value"]) for i in page.select(".search input[type=hidden]")}
    assert kept == {("state", "new")}
    kept = {(i["name"], i["value"]) for i in page.select(".filter-form input[type=hidden]")}
    assert kept == {("state", "new"), ("text", "kettle")}


async def test_pages_follow_each_other_without_gap_or_overlap(box: Any) -> None:
    box.save(*(made_up(str(n), f"number {n}") for n in range(120)))
    seen, target, pages = [], "/?platform=hackernews", []
    while target:
        page = await soup(box, target)
        pages.append(page)
        seen += texts(page, ".row-text")
        older = page.select_one(".pager a[rel=next]")
        target = older["href"] if older else ""
    assert seen == [f"number {n}" for n in reversed(range(120))]
    back = await soup(box, pages[1].select_one(".pager a[rel=prev]")["href"])
    assert texts(back, ".row-text") == texts(pages[0], ".row-text")
    assert pages[0].select_one(".pager a[rel=prev]") is None


async def test_an_empty_log_says_what_to_do_next(box: Any) -> None:
    page = await soup(box, "/")
    assert texts(page, ".empty h1") == ["Nothing heard yet"]
    assert page.select_one(".empty .primary")["href"] == "/setup/hears"


async def test_no_match_names_the_filter_to_drop(full: Any) -> None:
    page = await soup(full, "/?text=kettle&state=done&platform=hackernews")
    assert texts(page, ".drops a") == ["without State: Done"]
    assert len((await soup(full, page.select_one(".drops a")["href"])).select(".row")) == 1


async def test_no_match_by_several_filters_offers_everything(full: Any) -> None:
    page = await soup(full, "/?text=zzz&state=done")
    assert page.select(".drops") == []
    assert page.select_one(".empty .button")["href"] == "/"


async def test_rows_alone_come_for_live_arrival(full: Any) -> None:
    page = await soup(full, "/rows?limit=10&state=new")
    assert page.find("html") is None
    assert len(page.select("ol#rows > .row")) == 3
    assert int(page.select_one("#rows")["data-change"]) >= 3
    filters = await soup(full, "/rows?part=filters")
    assert filters.select(".facet")
    assert not filters.select(".row")


async def test_a_search_that_cannot_be_understood_is_explained_in_place(full: Any) -> None:
    page = await soup(full, "/?text=kettle+since:whenever")
    assert page.select_one(".empty .misread mark").get_text() == "since:whenever"
    assert page.select_one("#search")["value"] == "kettle since:whenever"


async def test_a_senseless_position_is_told_not_obeyed(full: Any) -> None:
    answer = await full.client.get("/?cursor=nonsense")
    assert answer.status == 400
    assert b"Traceback" not in answer.body


async def test_the_page_speaks_the_readers_language(full: Any) -> None:
    page = await soup(full, "/?ui=fa")
    assert (page.html["lang"], page.html["dir"]) == ("fa", "rtl")
    assert "صندوق ورودی" in page.get_text()
    turkish = await soup(full, "/", Accept_Language="tr-TR,tr;q=0.9")
    assert (turkish.html["lang"], turkish.html["dir"]) == ("tr", "ltr")


async def test_a_chosen_language_is_remembered(full: Any) -> None:
    answer = await full.client.get("/?ui=ro")
    assert "earmark_ui=ro" in answer.header("Set-Cookie")
    assert (await full.client.get("/?ui=xx")).header("Set-Cookie") is None


async def test_without_a_session_there_is_no_list(full: Any) -> None:
    for target in ("/", "/rows", "/items/hackernews/1", "/browsers", "/problems"):
        answer = await full.client.get(target, Cookie=None)
        assert answer.status == 401
        assert b"kettle" not in answer.body
