"""A few elements of a visit are read once more, as those of any other site, and compared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from intake_line import FORUM, batch

from earmark.capture_health import Trouble, troubles
from earmark.errors import PluginTimedOut
from earmark.intake_batch import Batch
from earmark.parse.sampled import MOST
from earmark.second_look import REST
from earmark.store import page_health
from earmark.store.page_health import Spot

PLUGIN = """
from earmark import Author, Item, Platform, hookimpl
from earmark.markup import text_of

class Forum(Platform):
    name, label = "forum", "A forum"
    matches = ["https://forum.example.org/*"]
    items = ["li.comment"]

    def parse(self, fragment, page):
        comment = fragment.soup.li
        yield Item(
            id=comment["id"],
            text=text_of(comment.select_one(".said")),
            author=Author(name=text_of(comment.select_one(".author"))),
            published=comment.time["datetime"],
        )

@hookimpl
def register_platforms(register):
    register(Forum)
"""
PEOPLE = ["Mina", "Tom", "Ewa", "Ali", "Noor", "Ivo", "Mei", "Oda", "Lena", "Rui"]
SAID = [
    "The lid of mine broke in the second week; has anybody found a spare one for it?",
    "Two years old and it still boils in three minutes, I would buy it again at once.",
    "It whistles at night, and nobody in the house can sleep through such a sound.",
    "Please tell them about the handle: it gets so hot that I use a towel for it.",
    "I wrote to the shop last month, and nobody there has answered me until today.",
]
AGREED = {"differs": [], "agrees": ["text"]}
HERE = ("forum", "forum.example.org")
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%d")


def comments(how_many: int = 10) -> list[str]:
    return [
        f'<li class="comment" id="c{n}">'
        f'<a class="author" href="/user/{n}">{PEOPLE[n]}</a> '
        f'<time datetime="2026-11-{n + 1:02}T08:00:00Z">{n + 1} November</time>'
        f'<div class="said"><p>{SAID[n % 5]} ({n})</p></div>'
        f'<a class="reply" href="#">Reply</a></li>'
        for n in range(how_many)
    ]


def broken(was: str, now: str) -> str:
    assert was in PLUGIN
    return PLUGIN.replace(was, now)


async def heard(path: Any, *markups: str, visit: str = "v1") -> Any:
    """How the page is heard, once all that follows the answer is done."""
    await path.capture(*markups, visit=visit)
    await path.intake.settle()
    return path.health.of_page(FORUM)


async def test_a_page_on_which_both_agree_is_heard(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN)) as path:
        told = await heard(path, *comments())
        assert told["verdict"] == "heard"
        assert told.keys().isdisjoint({"differs", "agrees"})
        assert troubles(path.log) == []
        with path.log.reading() as connection:
            [day] = page_health.days_of(connection, *HERE)
        assert (day["compared"], day["differs"]) == (1, {})


@pytest.mark.parametrize(
    ("was", "now", "differs"),
    [
        ('text_of(comment.select_one(".said"))', 'text_of(comment.select_one(".author"))', "text"),
        ('name=text_of(comment.select_one(".author"))', 'name="Reply"', "author"),
        ('comment.time["datetime"]', '"2011-03-04T00:00:00Z"', "published"),
        (
            "        yield Item(",
            '        if int(comment["id"][1:]) % 2: return\n        yield Item(',
            "comments",
        ),
    ],
)
async def test_a_plugin_that_catches_the_wrong_element_is_named(
    line: Callable[..., Any], plugin: Callable[..., Any], was: str, now: str, differs: str
) -> None:
    async with line(plugin("forum", broken(was, now))) as path:
        told = await heard(path, *comments())
        assert told["verdict"] == "disagree"
        assert told["differs"] == [differs]
        assert {"text", "author", "published", "comments"} == {differs, *told["agrees"]}
        assert "last_good" not in told
        assert troubles(path.log) == [Trouble(*HERE, differs=(differs,))]


WRONG = broken('name=text_of(comment.select_one(".author"))', 'name="Reply"')


async def test_the_last_day_on_which_both_agreed_is_told(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", WRONG)) as path:
        compared_before(path, differs=[])
        told = await heard(path, *comments())
        assert told["last_good"] == YESTERDAY
        assert troubles(path.log) == [Trouble(*HERE, (), YESTERDAY, ("author",))]


async def test_a_site_on_which_both_agree_again_is_well(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN)) as path:
        compared_before(path, differs=["author"])
        assert troubles(path.log) == [Trouble(*HERE, differs=("author",))]
        await heard(path, *comments())
        assert troubles(path.log) == []


async def test_the_answer_does_not_wait_for_it(
    line: Callable[..., Any], plugin: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with line(plugin("forum", WRONG)) as path:
        asked, go_on = held_back(path, monkeypatch)
        results = await path.capture(*comments())
        assert {each["status"] for each in results} == {"stored"}
        await path.capture(*comments(), visit="v2")  # goes by: one at a time
        go_on.set()
        await path.intake.settle()
        assert [len(sample) for sample in asked] == [MOST]


async def test_a_visit_is_looked_at_once_and_a_site_that_is_well_once_a_minute(
    line: Callable[..., Any], plugin: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with line(plugin("forum", PLUGIN)) as path:
        asked, go_on = held_back(path, monkeypatch)
        go_on.set()
        now = [1000.0]
        monkeypatch.setattr(path.intake._second, "_clock", lambda: now[0])
        for visit, looks in (("v1", 1), ("v1", 1), ("v2", 1)):
            await heard(path, *comments(), visit=visit)
            assert len(asked) == looks
        now[0] += REST + 1
        for visit, looks in (("v1", 1), ("v2", 2), ("v2", 2)):
            await heard(path, *comments(), visit=visit)
            assert len(asked) == looks


async def test_a_site_that_is_not_well_is_looked_at_on_each_visit(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", WRONG)) as path:
        for visit in ("v1", "v1", "v2"):
            await heard(path, *comments(), visit=visit)
        with path.log.reading() as connection:
            [day] = page_health.days_of(connection, *HERE)
        assert (day["compared"], day["differs"]) == (2, {"author": 2})


async def test_a_site_that_tells_nothing_rests_and_a_small_sample_is_no_reason_to(
    line: Callable[..., Any], plugin: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with line(plugin("forum", PLUGIN)) as path:
        asked, go_on = held_back(path, monkeypatch, told=None)
        go_on.set()
        for visit, how_many, looks in (("v1", 4, 1), ("v1", 10, 2), ("v2", 10, 2)):
            await heard(path, *comments(how_many), visit=visit)
            assert len(asked) == looks


async def test_what_shows_nothing_that_repeats_is_not_looked_at(
    line: Callable[..., Any], plugin: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with line(plugin("forum", WRONG)) as path:
        asked, _ = held_back(path, monkeypatch)
        assert (await heard(path, *comments(2)))["verdict"] == "heard"
        assert asked == []


async def test_a_file_that_is_imported_is_not_looked_at(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", WRONG)) as path:
        body = batch(*comments())
        read = [{"fragment": each["id"], "items": [{"text": "Say"}]} for each in body["fragments"]]
        seen = Batch(body["page"], "forum", body["fragments"])
        assert path.intake._second.sample(seen, read)
        assert path.intake._second.sample(replace(seen, run=1), read) == []


async def test_a_page_with_messages_that_nobody_asked_for_is_not_looked_at(
    line: Callable[..., Any], plugin: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = broken("yield Item(", 'yield Item(kind="message",')
    async with line(plugin("forum", code)) as path:
        asked, _ = held_back(path, monkeypatch)
        await path.capture(*comments())
        await path.intake.settle()
        assert asked == []


async def test_without_a_reader_of_any_site_there_is_no_second_look(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", WRONG), only=()) as path:
        assert (await heard(path, *comments()))["verdict"] == "heard"


async def test_a_second_look_that_fails_leaves_the_page_as_it_was_heard(
    line: Callable[..., Any], plugin: Callable[..., Any], monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    async def hangs(*_: Any) -> Any:
        raise PluginTimedOut("webpage", "It took too long.")

    async with line(plugin("forum", WRONG)) as path:
        monkeypatch.setattr(path.intake._second, "_compare", hangs)
        with caplog.at_level("INFO"):
            assert (await heard(path, *comments()))["verdict"] == "heard"
        assert "forum was not compared" in caplog.text


async def test_of_a_page_that_is_not_written_down_only_the_site_is_told(
    line: Callable[..., Any],
) -> None:
    async with line() as path:
        spot = Spot(FORUM, "forum", "v1", f"{YESTERDAY}T12:00:00Z")
        told = {"differs": ["author"], "agrees": []}
        path.log.write(lambda conn: page_health.note_compared(conn, spot, told)).result()
        with path.log.reading() as connection:
            assert page_health.page(connection, FORUM) is None
        assert troubles(path.log) == [Trouble(*HERE, differs=("author",))]


def compared_before(path: Any, differs: list[str]) -> None:
    spot = Spot(FORUM, "forum", "v0", f"{YESTERDAY}T12:00:00Z")
    heard = page_health.Heard(items=10, new=10, fields={"text": 10})
    told = {"differs": differs, "agrees": []}
    path.log.write(lambda conn: page_health.note_heard(conn, spot, heard)).result()
    path.log.write(lambda conn: page_health.note_compared(conn, spot, told)).result()


def held_back(
    path: Any, monkeypatch: pytest.MonkeyPatch, told: Any = AGREED
) -> tuple[list[Any], asyncio.Event]:
    """The samples that are asked about, each answered so once the event is set."""
    asked: list[Any] = []
    go_on = asyncio.Event()

    async def compare(_: Any, sample: Any) -> Any:
        asked.append(sample)
        await go_on.wait()
        return told

    monkeypatch.setattr(path.intake._second, "_compare", compare)
    return asked, go_on
