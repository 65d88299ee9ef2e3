"""What a page gave, against what it used to give and what it says it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from intake_line import FORUM, MOMENT, batch

from earmark.capture_health import Trouble, troubles
from earmark.store import archive, page_health
from earmark.store.page_health import Heard, Spot

PLUGIN = """
from earmark import Author, Item, Platform, hookimpl

class Forum(Platform):
    name, label = "forum", "A forum"
    matches = ["https://forum.example.org/*"]
    items = ["li.comment"]
    context = ["header"]
    empty = [".nothing"]

    def parse(self, fragment, page):
        if fragment.kind == "context":
            total = fragment.soup.header["data-total"]
            yield Item(id="post", kind="post", text="The post", replies=total)
            return
        comment = fragment.soup.li
        if not comment.get("data-id"):
            return
        by = comment.get("data-by")
        author = Author(handle=by) if by else None
        yield Item(id=comment["data-id"], text=comment.get_text(), author=author)

    {expected}

@hookimpl
def register_platforms(register):
    register(Forum)
"""
MARKED_UP = (
    '<li class=comment itemscope itemtype="https://schema.org/Comment">'
    "<b itemprop=author>Mira</b> <p itemprop=text>Say something</p></li>"
)
PAGE = {"url": FORUM, "visit": "v1", "captured_at": MOMENT}
DAY_BEFORE = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%d")


def comments(how_many: int, by: str = "mira") -> list[str]:
    return [f'<li class=comment data-id={n} data-by="{by}">Say {n}</li>' for n in range(how_many)]


async def test_a_page_tells_what_it_gave_and_how_many_it_says_it_has(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        context = "<header data-total='1,204'>The post</header>"
        sent = await path.intake.capture(_with_context(context, *comments(7)))
        assert {each["status"] for each in sent["results"]} == {"stored"}
        told = path.health.of_page(FORUM)
    assert told["platform"] == "forum"
    assert told["verdict"] == "heard"
    assert told["captured"] == 7
    assert told["expected"] == 1204
    assert told["not_understood"] == 0


async def test_a_plugin_may_count_by_itself(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    counts = "def expected(self, page): return page.context[0].soup.b.get_text()"
    async with line(plugin("forum", PLUGIN.replace("{expected}", counts))) as path:
        context = "<header data-total=9>The post <b>12</b></header>"
        await path.intake.capture(_with_context(context, *comments(2)))
        assert path.health.of_page(FORUM)["expected"] == 12


async def test_a_plugin_that_cannot_count_costs_nothing_else(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    counts = "def expected(self, page): return 1 / 0"
    async with line(plugin("forum", PLUGIN.replace("{expected}", counts))) as path:
        context = "<header data-total=9>The post</header>"
        await path.intake.capture(_with_context(context, *comments(2)))
        assert path.health.of_page(FORUM)["expected"] == 9


async def test_a_known_page_without_elements_has_changed_unless_it_says_it_is_empty(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        assert path.health.report(PAGE, elements=0, empty=True)["verdict"] == "empty"
        silent = PAGE | {"visit": "v2"}
        assert path.health.report(silent, elements=0, empty=False)["verdict"] == "changed"
        assert troubles(path.log) == [Trouble("forum", "forum.example.org")]
        await path.capture(*comments(6), visit="v3")
        assert path.health.of_page(FORUM)["verdict"] == "heard"
        assert troubles(path.log) == []


async def test_markup_that_gives_nothing_any_more_has_changed(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        await path.capture("<li class=comment>no id any more</li>")
        told = path.health.of_page(FORUM)
        assert troubles(path.log) == [Trouble("forum", "forum.example.org")]
    assert told["verdict"] == "changed"
    assert told["not_understood"] == 1


async def test_a_site_that_breaks_in_the_middle_of_a_day_is_named_from_the_third_visit(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        await path.capture(*comments(6), visit="v1")
        path.health.report(PAGE | {"visit": "v2"}, elements=0, empty=False)
        await path.capture("<li class=comment>no id any more</li>", visit="v3")
        await path.capture("<li class=comment>nor here</li>", visit="v3")
        assert troubles(path.log) == []
        path.health.report(PAGE | {"visit": "v4"}, elements=0, empty=False)
        today = datetime.now(UTC).strftime("%Y-%m-%d")
        assert troubles(path.log) == [Trouble("forum", "forum.example.org", last_good=today)]
        await path.capture(*comments(1), visit="v5")
        assert troubles(path.log) == []


async def test_a_field_that_is_missing_all_at_once_is_named_with_the_last_good_day(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        _heard_yesterday(path, text=10, author=10)
        await path.capture(*comments(6, by=""))
        told = path.health.of_page(FORUM)
        assert told["verdict"] == "changed"
        assert told["lost"] == ["author"]
        assert told["last_good"] == DAY_BEFORE
        assert troubles(path.log) == [
            Trouble("forum", "forum.example.org", ("author",), DAY_BEFORE)
        ]


async def test_few_items_say_nothing_about_a_field(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        _heard_yesterday(path, text=10, author=10)
        await path.capture(*comments(2, by=""))
        assert path.health.of_page(FORUM)["verdict"] == "heard"


async def test_an_unverified_plugin_asks_once_whether_it_is_right(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        await path.capture(*comments(5))
        told = path.health.of_page(FORUM)
        assert told["ask"] is True
        assert told["samples"][0] == {"author": "mira", "text": "Say 4"}
        assert len(told["samples"]) == 3
        path.health.verify(FORUM, "forum", right=True)
        told = path.health.of_page(FORUM)
        assert told["ask"] is False
        assert told["verified_at"][:2] == "20"


async def test_of_a_site_where_not_all_is_kept_no_silent_address_is_written_down(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        path.choices.change(
            {"terms": ["kettle"], "sites": [{"site": "forum.example.org", "keep": "about_us"}]}
        )
        path.health.report(PAGE, elements=0, empty=False)
        with path.log.reading() as connection:
            assert page_health.page(connection, FORUM) is None
        assert troubles(path.log) == [Trouble("forum", "forum.example.org")]


async def test_a_page_that_nobody_knows_has_no_health(line: Callable[..., Any]) -> None:
    async with line() as path:
        told = path.health.of_page("https://nowhere.example/")
    assert told["captured"] == 0
    assert told["verdict"] == "empty"


def _with_context(context: str, *markups: str) -> dict[str, Any]:
    body = batch(context, *markups)
    body["fragments"][0] |= {"kind": "context", "selector": "header"}
    return body


def _heard_yesterday(path: Any, **fields: int) -> None:
    spot = Spot("https://forum.example.org/t/9", "forum", "v0", f"{DAY_BEFORE}T12:00:00Z")
    heard = Heard(items=10, new=10, fields=fields)
    path.log.write(lambda conn: page_health.note_heard(conn, spot, heard)).result()


async def test_what_a_plugin_does_not_understand_any_more_is_heard_as_any_other_site(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        (answer,) = await path.capture(MARKED_UP)
        assert answer["status"] == "not_understood"
        assert [item["platform"] for item in answer["items"]] == ["webpage"]
        told = path.health.of_page(FORUM)
        assert (told["verdict"], told["still_works"]) == ("changed", "webpage")
        assert [item["text"] for item in path.items()] == ["Say something"]


async def test_a_post_that_is_understood_does_not_hide_comments_that_are_not(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    async with line(plugin("forum", PLUGIN.replace("{expected}", ""))) as path:
        context = "<header data-total=3>The post</header>"
        silent = ["<li class=comment>no id any more</li>"] * 3
        await path.intake.capture(_with_context(context, *silent))
        told = path.health.of_page(FORUM)
    assert (told["verdict"], told["not_understood"]) == ("changed", 3)


async def test_of_a_page_on_which_nobody_says_anything_nothing_is_kept(
    line: Callable[..., Any],
) -> None:
    body = batch("<body><article><p>An article, and nobody answers.</p></article></body>")
    body["fragments"][0] |= {"kind": "context", "selector": "body"}
    async with line() as path:
        [answer] = (await path.intake.capture(body))["results"]
        assert answer["status"] == "unchanged"
        with path.log.reading() as connection:
            assert archive.held(connection).fragments == 0


async def test_what_a_plugin_read_before_it_failed_stays_its_own(
    line: Callable[..., Any], plugin: Callable[..., Any]
) -> None:
    fails = PLUGIN.replace("{expected}", "").replace(
        "text=comment.get_text(), author=author)",
        "text=comment.get_text(), author=author)\n        raise KeyError(comment.name)",
    )
    async with line(plugin("forum", fails)) as path:
        (answer,) = await path.capture(MARKED_UP.replace("<li", "<li data-id=1"))
        assert answer["status"] == "not_understood"
        assert [item["platform"] for item in answer["items"]] == ["forum"]
