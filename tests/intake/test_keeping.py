"""Of each page exactly that is kept which the person chose, and nothing of the rest remains."""

from __future__ import annotations

import asyncio
import itertools
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import captures
import pytest
from intake_line import MOMENT, Line, batch

import earmark.intake
from earmark.keeping.about_us import key_of_page
from earmark.store import raw, withheld

PLUGIN = """
from earmark import Author, Item, Platform, hookimpl

class Forum(Platform):
    name, label = "forum", "A forum"
    matches = ["https://forum.example.org/*", "https://widget.example/*"]
    items = ["li"]

    def parse(self, fragment, page):
        for said in fragment.soup.find_all("li"):
            if "raise" in said.get("class", []):
                raise ValueError("no such thing")
            yield Item(
                id=said["id"],
                kind=said.get("data-kind", "comment"),
                text=said.get_text(),
                author=Author(handle=said.get("data-by", "mira")),
                root_id=said.get("data-root"),
            )

@hookimpl
def register_platforms(register):
    register(Forum)
"""
SITE, HOST = "https://forum.example.org", "forum.example.org"
PAGE_1, PAGE_2, OTHER = f"{SITE}/t/1", f"{SITE}/t/1?page=2", f"{SITE}/t/9"


@pytest.fixture
def forum(line: Any, plugin: Any) -> Any:
    """Opens the path with the plugin above."""
    return lambda: line(plugin("forum", PLUGIN))


def said(name: str, text: str = "Something about others", **attributes: str) -> str:
    more = "".join(f' data-{key}="{value}"' for key, value in attributes.items())
    return f'<li id="{name}"{more}>{text}</li>'


def choose(path: Line, keep: str, site: str = HOST) -> None:
    path.choices.change({"terms": ["Acme", "آکمه"], "sites": [{"site": site, "keep": keep}]})


async def statuses(path: Line, *markups: str, url: str = PAGE_1, **more: Any) -> list[str]:
    return [result["status"] for result in await path.capture(*markups, url=url, **more)]


async def heard(path: Line) -> list[str]:
    await path.intake.settle()
    return sorted(item["id"] for item in path.items())


def rows(path: Line, table: str = "fragments") -> int:
    with path.log.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def traces(path: Line, text: str) -> bool:
    """Whether anything that was captured still says `text`."""
    with path.log.reading() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM fragments").scalars().all()
        pages = connection.exec_driver_sql("SELECT body FROM pages").scalars().all()
    held = [json.dumps(raw.unpack(body), ensure_ascii=False) for body in [*bodies, *pages]]
    return any(text in each for each in [*held, *(item["text"] for item in path.items())])


# -- by hand ---------------------------------------------------------------------------------------


async def test_of_a_by_hand_site_nothing_is_written_down(forum: Any) -> None:
    async with forum() as path:
        choose(path, "by_hand")
        assert await statuses(path, said("a"), said("b", "Acme")) == ["not_kept", "not_kept"]
        assert (rows(path), rows(path, "pages"), await heard(path)) == (0, 0, [])


@pytest.mark.parametrize("keep", ["by_hand", "about_us"])
async def test_a_page_captured_by_hand_is_kept_whatever_was_chosen(forum: Any, keep: str) -> None:
    async with forum() as path:
        choose(path, keep)
        sent = batch(said("a"), said("b"), url=PAGE_1)
        sent["page"]["by_hand"] = True
        results = (await path.intake.capture(sent))["results"]
        assert [result["status"] for result in results] == ["stored", "stored"]
        assert await statuses(path, said("c")) == ["not_kept"], "the page itself is as before"


@pytest.mark.parametrize("keep", ["by_hand", "about_us"])
async def test_a_selection_is_kept_and_its_neighbours_are_not(forum: Any, keep: str) -> None:
    async with forum() as path:
        choose(path, keep)
        sent = batch(said("a"), "<p>What I want to keep</p>", url=PAGE_1)
        sent["fragments"][1]["kind"] = "selection"
        results = (await path.intake.capture(sent))["results"]
        assert [result["status"] for result in results] == ["not_kept", "stored"]
        await path.intake.settle()
        [quote] = path.items()
        assert (quote["kind"], quote["text"]) == ("quote", "What I want to keep")


async def test_a_frame_on_a_by_hand_page_is_by_hand(forum: Any) -> None:
    async with forum() as path:
        choose(path, "by_hand", site="news.example")
        sent = batch(said("a"), url="https://widget.example/embed")
        sent["page"]["top_url"] = "https://news.example/1"
        [result] = (await path.intake.capture(sent))["results"]
        assert (result["status"], rows(path)) == ("not_kept", 0)


# -- about us --------------------------------------------------------------------------------------


async def test_a_page_about_others_is_withheld(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        assert await statuses(path, said("a"), said("b")) == ["not_kept", "not_kept"]
        assert (await heard(path), rows(path)) == ([], 2)


async def test_when_the_mention_comes_last_the_whole_page_is_kept(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        assert await statuses(path, said("a"), said("b")) == ["not_kept", "not_kept"]
        assert await statuses(path, said("c")) == ["not_kept"]
        assert await statuses(path, said("d", "آکمه\u200cها را دوست دارم")) == ["stored"]
        assert await heard(path) == ["a", "b", "c", "d"]
        assert rows(path, "withheld") == 0
        assert await statuses(path, said("e"), visit="v2") == ["stored"]


async def test_a_mention_anywhere_in_a_batch_keeps_all_of_it(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        assert await statuses(path, said("a"), said("b", by="ACME")) == ["stored", "stored"]


async def test_another_tracking_link_to_the_page_is_the_same_page(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        await statuses(path, said("a"), url=f"{PAGE_1}?utm_source=mail#last", visit="v1")
        await statuses(path, said("b", "Acme"), visit="v2")
        assert await heard(path) == ["a", "b"]


async def test_other_pages_stay_withheld(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        await statuses(path, said("z", root="9"), url=OTHER)
        await statuses(path, said("a", "Acme", root="1"))
        assert await heard(path) == ["a"]


@pytest.mark.parametrize("second_page_first", [True, False])
async def test_the_second_page_of_a_thread_about_us_is_kept(
    forum: Any, second_page_first: bool
) -> None:
    async with forum() as path:
        choose(path, "about_us")
        visits = [
            ((said("a", "Acme", root="1"), said("b", root="1")), PAGE_1, "v1"),
            ((said("c", root="1"), said("d", root="1")), PAGE_2, "v2"),
        ]
        for markups, url, visit in reversed(visits) if second_page_first else visits:
            await statuses(path, *markups, url=url, visit=visit)
            await path.intake.settle()
        assert await heard(path) == ["a", "b", "c", "d"]


async def test_of_the_second_page_also_what_names_no_thread_is_kept(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        await statuses(path, said("x"), url=PAGE_2, visit="v2")
        await statuses(path, said("a", "Acme", root="1"))
        await statuses(path, said("y", root="1"), url=PAGE_2, visit="v2")
        assert await heard(path) == ["a", "x", "y"]


async def test_a_thread_is_kept_from_a_list_of_many_and_the_others_are_not(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        await statuses(path, said("1", "Acme", kind="post"), said("9", kind="post"), url=SITE)
        assert await heard(path) == ["1", "9"], "the list names us"
        await statuses(path, said("a", root="1"), url=PAGE_1, visit="v2")
        await statuses(path, said("z", root="9"), url=OTHER, visit="v3")
        assert await heard(path) == ["1", "9", "a"]


async def test_in_whatever_order_a_thread_is_seen_all_of_it_is_kept(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        wanted = []
        for number, order in enumerate(itertools.permutations("abcd")):
            pages = {"a": "", "b": "", "c": "?page=2", "d": "?page=2"}
            for name in order:
                text = "Acme" if name == "b" else "others"
                url = f"{SITE}/t/{number}{pages[name]}"
                markup = said(f"{number}{name}", text, root=f"{number}")
                await statuses(path, markup, url=url, visit=url)
            wanted += [f"{number}{name}" for name in "abcd"]
        assert await heard(path) == sorted(wanted)


HN = "https://news.ycombinator.com/item?id=1"
STORY = """<table class="fatitem"><tr class="athing" id="1"><td><span class="titleline">
<a href="https://news.example/1">A story</a></span></td></tr></table>"""


def hn(*names: int, url: str = HN, about: int = 0, story: bool = False) -> dict[str, Any]:
    """A batch of Hacker News comments, each an answer to the one before it on the page."""
    texts = {n: "What Acme does" if n == about else f"Comment {n}" for n in names}
    sent = batch(*(captures.comment(n, text) for n, text in texts.items()), url=url)
    for fragment, name in zip(sent["fragments"], names, strict=True):
        fragment |= {"order": name, "outline": name - 10, "selector": "tr.comtr"}
        fragment["ref"] = f"r{name}"
    if story:
        context = {"id": f"story-{len(names)}-{names[0]}", "kind": "context", "ref": "r0"}
        sent["fragments"].append(context | {"markup": STORY, "captured_at": MOMENT})
    return sent


async def test_a_rescued_thread_is_put_together_as_if_it_had_never_waited(line: Any) -> None:
    async with line(only=("hackernews",)) as path:
        choose(path, "about_us", site="news.ycombinator.com")
        for sent in (hn(10, story=True), hn(11, 12), hn(13, about=13)):
            await path.intake.capture(sent)
        await path.intake.settle()
        parents = {item["id"]: item.get("parent_id") for item in path.items()}
        assert parents == {"1": None, "10": "1", "11": "10", "12": "11", "13": "12"}
        assert {item["root_id"] for item in path.items() if item["id"] != "1"} == {"1"}


async def test_the_second_page_of_a_real_thread_is_known_by_its_story(line: Any) -> None:
    async with line(only=("hackernews",)) as path:
        choose(path, "about_us", site="news.ycombinator.com")
        await path.intake.capture(hn(10, story=True, about=10))
        await path.intake.capture(hn(20, 21, url=f"{HN}&p=2"))
        await path.intake.capture(hn(22, url=f"{HN}&p=2", story=True))
        await path.intake.capture(hn(30, url="https://news.ycombinator.com/item?id=3"))
        assert await heard(path) == ["1", "10", "20", "21", "22"]


async def test_a_term_that_was_taken_back_vouches_for_nothing_any_more(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        await statuses(path, said("a", "Acme"))
        path.choices.change({"terms": ["Other"]})
        assert await statuses(path, said("b")) == ["not_kept"]
        path.choices.change({"terms": ["Other", "Acme"]})
        assert await statuses(path, said("c")) == ["stored"]
        assert await heard(path) == ["a", "b", "c"], "what was withheld meanwhile comes back"


async def test_the_same_fragment_again_is_answered_as_it_stands_now(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        sent = batch(said("a"), url=PAGE_1)
        assert (await path.intake.capture(sent))["results"][0]["status"] == "not_kept"
        assert (await path.intake.capture(sent))["results"][0]["status"] == "not_kept"
        await statuses(path, said("b", "Acme"))
        await path.intake.settle()
        assert (await path.intake.capture(sent))["results"][0]["status"] == "stored"
        assert [item["sightings"] for item in path.items()] == [1, 1]


async def test_what_cannot_be_read_of_a_page_about_others_is_withheld_and_told(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        [result] = await path.capture('<li class="raise" id="x">x</li>', url=PAGE_1)
        assert result["status"] == "not_kept"
        assert "no such thing" in result["error"]
        assert [told["count"] for told in raw.not_understood(path.log)] == [1]
        await statuses(path, said("a", "Acme"))
        await path.intake.settle()
        [told] = raw.not_understood(path.log)
        assert told["count"] == 1, "read again with its page, and still not understood"


async def test_a_page_that_turns_out_about_us_while_a_batch_of_it_is_judged_loses_nothing(
    forum: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with forum() as path:
        choose(path, "about_us")
        judge = path.intake._judge

        def overtaken(batch: Any, parsed: Any) -> Any:
            verdict = judge(batch, parsed)
            marks = {key_of_page(batch.page): "Acme"}
            path.log.call(lambda conn: withheld.mark(conn, marks, earmark.intake.utc_now()))
            return verdict

        monkeypatch.setattr(path.intake, "_judge", overtaken)
        assert await statuses(path, said("a")) == ["not_kept"]
        assert await heard(path) == ["a"]


async def test_many_visits_at_once_lose_nothing_of_a_page_about_us(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        names = [f"n{number:02}" for number in range(24)]
        captures = [
            path.capture(said(name, "Acme" if name == "n11" else "others"), url=PAGE_1, visit=name)
            for name in names
        ]
        await asyncio.gather(*captures)
        assert await heard(path) == names


async def test_a_change_of_the_choice_holds_from_the_next_batch_on(forum: Any) -> None:
    async with forum() as path:
        assert await statuses(path, said("a")) == ["stored"]
        choose(path, "about_us")
        assert await statuses(path, said("b")) == ["not_kept"]
        choose(path, "everything")
        assert await statuses(path, said("c")) == ["stored"]


# -- withheld over time ----------------------------------------------------------------------------


async def test_after_a_day_nothing_is_left_of_what_was_withheld(
    forum: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = earmark.intake.utc_now
    async with forum() as path:
        choose(path, "about_us")
        sent = batch(said("a", "a private matter"), url=PAGE_1)
        sent["page"]["title"] = "a private title"
        with monkeypatch.context() as past:
            yesterday = timedelta(hours=25)
            past.setattr(earmark.intake, "utc_now", lambda ago=timedelta(0): now(ago + yesterday))
            await path.intake.capture(sent)
        await statuses(path, said("b"), url=OTHER)
        assert traces(path, "a private matter")
        await path.intake.forget_withheld()
        assert not traces(path, "a private matter")
        assert not traces(path, "a private title")
        assert (rows(path), rows(path, "withheld")) == (1, 1)
        await statuses(path, said("c", "Acme"))
        assert await heard(path) == ["c"]


async def test_a_page_of_changing_content_is_about_us_for_a_day_and_a_thread_for_longer(
    forum: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = earmark.intake.utc_now
    async with forum() as path:
        choose(path, "about_us")
        with monkeypatch.context() as past:
            before = timedelta(hours=25)
            past.setattr(earmark.intake, "utc_now", lambda ago=timedelta(0): now(ago + before))
            await statuses(path, said("1", "Acme", kind="post"), url=SITE)
        await path.intake.forget_withheld()
        assert await statuses(path, said("9", kind="post"), url=SITE) == ["not_kept"]
        assert await statuses(path, said("a", root="1"), url=PAGE_1) == ["stored"]


async def test_what_is_withheld_survives_a_restart_and_is_rescued_after_it(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        await statuses(path, said("a"), said("b"))
    async with forum() as path:
        await path.intake.resume()
        assert await heard(path) == []
        await statuses(path, said("c", "Acme"), visit="v2")
        assert await heard(path) == ["a", "b", "c"]


async def test_a_rescue_that_was_cut_off_is_finished_at_the_next_start(
    forum: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut_off(*_: Any) -> None:
        """The agent is killed after the commit that releases, before anything is read again."""

    async with forum() as path:
        choose(path, "about_us")
        await statuses(path, said("a"), said("b"))
        monkeypatch.setattr(path.intake, "_take_up", cut_off)
        await statuses(path, said("c", "Acme"))
        assert await heard(path) == ["c"]
    async with forum() as path:
        await path.intake.resume()
        assert await heard(path) == ["a", "b", "c"]
        assert raw.unfinished(path.log) == []


async def test_what_was_kept_and_not_judged_is_judged_at_the_next_start(forum: Any) -> None:
    one, other = batch(said("a", "Acme"), url=PAGE_1), batch(said("z"), url=OTHER)
    async with forum() as path:
        choose(path, "about_us")
        for sent in (one, other):
            await path.log.awrite(
                lambda conn, sent=sent: raw.keep(
                    conn, "b", sent["page"], sent["fragments"], "forum", MOMENT
                )
            )
    async with forum() as path:
        await path.intake.resume()
        assert await heard(path) == ["a"]
        assert rows(path, "withheld") == 1


async def test_more_than_one_batch_is_rescued_whole(
    forum: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earmark.intake, "BATCH", 7)
    async with forum() as path:
        choose(path, "about_us")
        names = [f"n{number:02}" for number in range(20)]
        await statuses(path, *(said(name) for name in names))
        await statuses(path, said("x", "Acme"))
        assert await heard(path) == [*names, "x"]


# -- messages and organisations --------------------------------------------------------------------


@pytest.mark.parametrize("keep", ["everything", "about_us", "by_hand"])
async def test_a_private_message_is_never_kept(forum: Any, keep: str) -> None:
    async with forum() as path:
        choose(path, keep)
        sent = batch(said("m", "Acme, between us", kind="message"), url=PAGE_1)
        sent["page"]["by_hand"] = True
        [result] = (await path.intake.capture(sent))["results"]
        assert (result["status"], result["items"]) == ("not_kept", [])
        assert not traces(path, "between us")
        assert (rows(path), rows(path, "pages"), await heard(path)) == (0, 0, [])


async def test_beside_a_private_message_the_rest_is_kept_and_no_raw_copy_of_it(forum: Any) -> None:
    async with forum() as path:
        results = await path.capture(
            said("m", "between us", kind="message") + said("a", "in public"), said("b"), url=PAGE_1
        )
        assert [result["status"] for result in results] == ["stored", "stored"]
        assert await heard(path) == ["a", "b"]
        assert not traces(path, "between us")
        assert rows(path) == 1


async def test_a_message_does_not_make_a_page_about_us_and_does_not_wait(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        message = said("m", "Acme, between us", kind="message")
        assert await statuses(path, said("a"), message) == ["not_kept", "not_kept"]
        assert not traces(path, "between us")
        assert rows(path) == 1


async def test_what_an_organisation_does_not_allow_is_refused_with_its_reason(
    forum: Any, tmp_path: Any
) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"allowed_sites": ["widget.example"]}), encoding="utf-8")
    async with forum() as path:
        sent = batch(said("a"), url=PAGE_1)
        sent["page"]["by_hand"] = True
        [result] = (await path.intake.capture(sent))["results"]
        assert result["status"] == "refused"
        assert result["error"].startswith("Your organisation does not allow")
        sent = batch(said("b"), url="https://widget.example/embed")
        sent["page"]["top_url"] = PAGE_1
        assert (await path.intake.capture(sent))["results"][0]["status"] == "refused"
        assert (rows(path), rows(path, "pages")) == (0, 0)
        assert await statuses(path, said("c"), url="https://widget.example/1") == ["stored"]


# -- hostile ---------------------------------------------------------------------------------------


async def test_a_page_of_odd_addresses_and_signs_is_judged_like_any_other(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        odd = [
            f"{SITE}/%ff%fe/%00?{'x' * 8000}#\u202e",
            f"{SITE}/{'a/' * 4000}",
            f"https://user:pass@{HOST}:443/\ud83d",
            f"https://{HOST}./t/1",
        ]
        for number, url in enumerate(odd):
            text = "\x00\u202e\ufeff" * 100
            url = url.encode("utf-8", "replace").decode()
            assert await statuses(path, said(f"n{number}", text), url=url) == ["not_kept"]
        assert rows(path, "about_us") == 0


async def test_thousands_of_terms_and_long_texts_are_judged(forum: Any) -> None:
    async with forum() as path:
        terms = [f"term {number} with words {'a ' * 40}b" for number in range(4999)]
        path.choices.change({"terms": [*terms, "last one"], "elsewhere": "about_us"})
        long = "a " * 50_000
        assert await statuses(path, said("a", long), url=PAGE_1) == ["not_kept"]
        assert await statuses(path, said("b", long + "last one"), url=PAGE_1) == ["stored"]


async def test_the_log_stays_whole(forum: Any) -> None:
    async with forum() as path:
        choose(path, "about_us")
        await statuses(path, said("a"), said("m", kind="message"))
        await statuses(path, said("b", "Acme"))
        await path.intake.settle()
        await path.intake.forget_withheld()
        name = path.log.path
    with closing(sqlite3.connect(name)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
