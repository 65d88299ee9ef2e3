"""Pages and threads are about us when they say so, and others are not drawn in."""

from __future__ import annotations

from typing import Any

import pytest

from earmark.keeping.about_us import Mentions, Verdict, judge, key_of_page, key_of_thread

PAGE = {"url": "https://forum.example/t/export/17?page=2", "title": "The export"}
ACME = Mentions([], [{"name": "Acme"}])


def item(text: str = "hello", **more: Any) -> dict[str, Any]:
    return {"platform": "forum", "kind": "comment", "text": text, **more}


def judged(
    *items: dict[str, Any],
    page: dict[str, Any] = PAGE,
    mentions: Mentions = ACME,
    known: dict[str, str] | None = None,
) -> Verdict:
    """One fragment an item, called by their places."""
    results = [{"fragment": str(place), "items": [each]} for place, each in enumerate(items)]
    before = known or {}
    return judge(
        page, "forum", results, mentions, lambda keys: {k: before[k] for k in keys & before.keys()}
    )


@pytest.mark.parametrize(
    "told",
    [
        item("Acme'nin dışa aktarması"),
        item(author={"handle": "@ACME"}),
        item(mentions=["acme"]),
        item(hashtags=["#acme"]),
        item(links=["https://acme.example/x"]),
        item(links=["https://shop.example/%41cme-widget"]),
    ],
)
def test_anything_that_an_item_carries_can_name_us(told: dict[str, Any]) -> None:
    verdict = judged(item(), told)
    assert not verdict.withholds("0")
    assert not verdict.withholds("1")


@pytest.mark.parametrize(
    "page",
    [
        PAGE | {"title": "Acme: reviews"},
        PAGE | {"url": "https://forum.example/r/acme/new"},
        PAGE | {"url": "https://forum.example/%D8%A2%DA%A9%D9%85%D9%87"},
        {"url": "https://widget.example/embed", "top_url": "https://news.example/acme-is-back"},
    ],
)
def test_a_page_can_name_us_by_its_title_or_address(page: dict[str, Any]) -> None:
    verdict = judged(item(), page=page, mentions=Mentions([], [{"name": "Acme"}, {"name": "آکمه"}]))
    assert not verdict.withholds("0")


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        PAGE | {"url": "https://acme.example/t/1"},  # the site is what the choice is about
        PAGE | {"url": "https://forum.example/search?q=acme"},
    ],
)
def test_a_page_about_others_is_withheld(page: dict[str, Any]) -> None:
    verdict = judged(item("about others"), page=page)
    assert verdict.withholds("0")
    assert verdict.marks == {}


def test_an_account_of_one_platform_names_us_only_there() -> None:
    accounts = [{"handle": "acme", "platform": "reddit"}]
    assert judged(item("acme"), mentions=Mentions(accounts, [])).withholds("0")
    accounts.append({"handle": "acme", "platform": "forum"})
    assert not judged(item("acme"), mentions=Mentions(accounts, [])).withholds("0")


def test_a_frame_belongs_to_the_page_around_it() -> None:
    frame = {"url": "https://widget.example/embed", "top_url": "https://news.example/1#top"}
    assert key_of_page(frame) == key_of_page({"url": "https://news.example/1?utm_source=x"})


def test_a_mention_marks_its_own_thread_and_not_the_others_on_the_page() -> None:
    post = item(id="2", kind="post", url="https://forum.example/t/2")
    verdict = judged(item("Acme", id="1", kind="post", url="https://forum.example/t/1"), post)
    assert key_of_thread("forum", {"root_id": "1"}) in verdict.news
    assert key_of_thread("forum", {"root_id": "2"}) not in verdict.news
    assert not verdict.withholds("1"), "the page as a whole is about us"


def test_a_page_that_shows_one_thread_vouches_for_it() -> None:
    verdict = judged(item(id="5", root_id="1"), page=PAGE | {"title": "Acme"})
    assert key_of_thread("forum", {"root_id": "1"}) in verdict.news


def test_the_page_of_a_post_is_told_by_its_permalink() -> None:
    post = item(id="17", kind="post", url="https://forum.example/t/export/17/")
    about = {"title": "Acme"}
    thread = key_of_thread("forum", post)
    assert thread in judged(post, page=PAGE | about).news
    other = {"url": "https://forum.example/latest"}
    assert thread not in judged(post, page=PAGE | about | other).news


def test_a_thread_known_to_be_about_us_vouches_for_its_other_pages() -> None:
    thread = key_of_thread("forum", {"root_id": "1"})
    verdict = judged(item(id="5", root_id="1"), known={thread: "Acme"})
    assert not verdict.withholds("0")
    assert verdict.news == {thread: "Acme", key_of_page(PAGE): "Acme"}


def test_a_page_known_to_be_about_us_is_not_news() -> None:
    verdict = judged(item(), known={key_of_page(PAGE): "Acme"})
    assert not verdict.withholds("0")
    assert verdict.news == {}


def test_a_thread_seen_on_a_page_of_many_keeps_only_itself() -> None:
    thread = key_of_thread("forum", {"root_id": "1"})
    one, other = item(id="1", kind="post"), item(id="2", kind="post")
    verdict = judged(one, other, known={thread: "Acme"})
    assert not verdict.withholds("0")
    assert verdict.withholds("1")


def test_a_fragment_without_items_goes_with_its_page() -> None:
    results = [{"fragment": "0", "error": "could not be read"}, {"fragment": "1", "items": []}]
    assert judge(PAGE, "forum", results, ACME, lambda _: {}).withholds("0")
    named = judge(PAGE | {"title": "acme"}, "forum", results, ACME, lambda _: {})
    assert not named.withholds("0")
    assert not named.withholds("1")


def test_keys_tell_nobody_which_page_they_stand_for() -> None:
    key = key_of_page({"url": "https://forum.example/secret-" + "x" * 10_000})
    assert "secret" not in key
    assert len(key) < 100


def test_an_empty_verdict_withholds_nothing() -> None:
    assert not Verdict().withholds("any")
