"""Fragments to items, and saved pages to items."""

import json
from datetime import UTC, datetime

import pytest

from earmark import Author, Fragment, Item, Platform, Poll, PollOption, Rating, text_of
from earmark.errors import EarmarkError
from earmark.parse.reader import parse_fragments
from earmark.parse.saved_page import decode_html, parse_saved

PAGE = {
    "url": "https://www.forum.example/t/5?utm_source=x",
    "title": " A\x00 topic ",
    "lang": "tr",
    "utc_offset": 180,
    "captured_at": "2026-11-21T12:00:00Z",
    "something_newer": 1,
}


def fragment(**more):
    return {"id": "f1", "kind": "element", "selector": ".x", "markup": "<p>x</p>", **more}


def platform(*items, raising=None, **attributes):
    class Given(Platform):
        name = "given"

        def parse(self, fragment, page):
            yield from items
            if raising:
                raise raising

    for name, value in attributes.items():
        setattr(Given, name, value)
    return Given()


def only(item, **attributes):
    (result,) = parse_fragments(platform(item, **attributes), PAGE, [fragment()])
    (read,) = result["items"]
    return read


def test_an_item_is_made_whole():
    item = only(
        Item(
            id=7,
            text=" cafe\u0301\r\n\x07\ud800 ",
            author=Author(name=" Ada ", url="/u/ada", followers="1,2 B"),
            published="3 gün önce",
            url="#c7",
            likes="2,5 B",
            rating=Rating(0.0, best=5),
            poll=Poll([PollOption("A", share=0.0, votes="1.234")], votes="2 B"),
            mentions=["bo", "bo", ""],
            links=["/a", "javascript:alert(1)", "/a"],
        )
    )
    assert item == {
        "platform": "given",
        "id": "7",
        "kind": "comment",
        "audience": "unknown",
        "text": "café",
        "author": {"name": "Ada", "url": "https://www.forum.example/u/ada", "followers": 1200},
        "published": {
            "earliest": "2026-11-17T12:00:00Z",
            "latest": "2026-11-18T12:00:00Z",
            "shown": "3 gün önce",
        },
        "url": "https://www.forum.example/t/5?utm_source=x#c7",
        "likes": 2500,
        "rating": {"value": 0.0, "best": 5},
        "poll": {"options": [{"label": "A", "share": 0.0, "votes": 1234}], "votes": 2000},
        "mentions": ["bo"],
        "links": ["https://www.forum.example/a"],
        "page_url": "https://www.forum.example/t/5",
        "page_title": "A topic",
        "_source": "element",
        "_complete": True,
        "_native": True,
        "_fragment_selector": ".x",
    }
    json.dumps(item)


def test_ids_of_software_that_many_hosts_run_begin_with_the_host():
    given = Item(id="7", text="x", parent_id="5", root_id="1", aliases=["p7"])
    item = only(given, markers=[".mark"])
    host = "forum.example"
    assert (item["id"], item["parent_id"], item["root_id"]) == (
        f"{host}/7",
        f"{host}/5",
        f"{host}/1",
    )
    assert item["aliases"] == [f"{host}/p7"]
    assert only(given, name="webpage")["id"] == f"{host}/7"
    assert only(given)["id"] == "7"


def test_an_item_without_an_id_is_left_to_be_named():
    item = only(Item(text="x", parent_id=""))
    assert "id" not in item
    assert "parent_id" not in item
    assert not item["_native"]


def test_a_cut_text_and_an_incomplete_fragment_are_not_complete():
    assert only(Item(text="x", truncated=True))["_complete"] is False
    (result,) = parse_fragments(platform(Item(text="x")), PAGE, [fragment(complete=False)])
    assert result["items"][0]["_complete"] is False


def test_a_moment_given_as_a_datetime_is_exact():
    item = only(Item(text="x", published=datetime(2026, 1, 2, 3, 4, tzinfo=UTC)))
    assert item["published"]["earliest"] == item["published"]["latest"] == "2026-01-02T03:04:00Z"


def test_what_says_nothing_is_no_item():
    silent, rated = Item(id="1", text=" \n"), Item(id="2", rating=Rating(4))
    (result,) = parse_fragments(platform(silent, rated), PAGE, [fragment()])
    assert [item["id"] for item in result["items"]] == ["2"]


@pytest.mark.parametrize("wrong", [Item(text="x", kind="rant"), Item(text="x", audience="all")])
def test_an_item_of_no_known_kind_is_the_plugins_error(wrong):
    (result,) = parse_fragments(platform(wrong), PAGE, [fragment()])
    assert "items" not in result
    assert "ValueError" in result["error"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (Item(text=None), "the text of an item is a NoneType, not a string"),
        (Item(text="x", author="mira"), "author is a str, not Author(…)"),
        (Item(text="x", rating=4), "rating is a int, not Rating(…)"),
        ({"text": "x"}, "parse yields a dict, not an Item"),
    ],
)
def test_what_is_no_item_is_told_in_words_of_the_kit(wrong, told):
    (result,) = parse_fragments(platform(wrong), PAGE, [fragment()])
    assert result["error"] == f"TypeError: {told}"


def test_a_platform_that_does_not_parse_is_told():
    class Silent(Platform):
        name = "silent"

        def parse(self, fragment, page):
            return None

    (result,) = parse_fragments(Silent(), PAGE, [fragment()])
    assert result["error"].startswith("TypeError: parse returned nothing")


def test_one_fragment_that_cannot_be_read_leaves_the_others_alone():
    class Picky(Platform):
        name = "picky"

        def parse(self, fragment, page):
            yield Item(text=fragment.soup.p["class"][0])

    good, bad = fragment(markup='<p class="a">x</p>'), fragment(id="f2")
    empty = fragment(id="f3", markup="")
    results = parse_fragments(Picky(), PAGE, [bad, empty, good])
    assert [result["fragment"] for result in results] == ["f2", "f3", "f1"]
    assert results[0]["error"].startswith("KeyError: 'class' (test_parse_reader.py, line ")
    assert "2 MiB" in results[1]["error"]
    assert results[2]["items"][0]["text"] == "a"


def test_a_json_response_reaches_the_plugin():
    class Reply(Platform):
        name = "reply"

        def parse(self, fragment, page):
            yield Item(id=str(fragment.json["id"]), text=fragment.json["text"])

    sent = {"id": "f", "kind": "response", "json": {"id": 2**60, "text": "x"}}
    (result,) = parse_fragments(Reply(), PAGE, [sent])
    assert result["items"][0]["id"] == str(2**60)


def test_a_selection_becomes_a_quote_without_asking_the_plugin():
    selected = fragment(kind="selection", selector="", markup="<p>One.<br>Two.</p><p>Three.</p>")
    (result,) = parse_fragments(platform(raising=RuntimeError()), PAGE, [selected])
    (quote,) = result["items"]
    assert (quote["kind"], quote["text"], quote["_source"]) == (
        "quote",
        "One.\nTwo.\n\nThree.",
        "selection",
    )


class Forum(Platform):
    name = "forum"

    def parse(self, fragment, page):
        yield Item(id=fragment.soup.li["id"], text=fragment.soup.li.b.get_text())


class Feed(Platform):
    name = "feed"

    def parse(self, fragment, page):
        yield from (Item(text=text) for text in fragment.json)


PLATFORMS = {"forum": Forum(), "feed": Feed()}
ENTRIES = [
    {"name": "forum", "matches": ["https://forum.example/*"], "items": ["li"], "context": []},
    {"name": "feed", "matches": [], "responses": ["https://api.example/feed*"]},
]
THREAD = '<html lang="tr"><title>T</title><ul><li id=a><b>A</b><ul><li id=b><b>B</b></ul></ul>'


def saved(url, content):
    def run(name, page, fragments):
        return parse_fragments(PLATFORMS[name], page, fragments)

    return parse_saved(url, content, ENTRIES, run, "2026-11-21T12:00:00Z")


def test_a_saved_page_is_cut_and_read_with_its_parents():
    page = saved("https://forum.example/1", THREAD.encode())
    assert (page.platform, page.fragments, page.errors) == ("forum", 2, [])
    assert [(i["id"], i["text"], i.get("parent_id")) for i in page.items] == [
        ("a", "A", None),
        ("b", "B", "a"),
    ]
    assert page.items[0]["page_title"] == "T"


def test_a_saved_response_is_read_by_the_platform_that_forwards_it():
    page = saved("https://api.example/feed?page=2", b' ["x", "y"]')
    assert [item["text"] for item in page.items] == ["x", "y"]


def test_a_page_nobody_reads_has_no_platform():
    assert saved("https://other.example/", THREAD.encode()).platform == ""
    assert saved("https://forum.example/", b'{"not": "forwarded"}').platform == ""


def test_an_address_that_is_none_is_said_so():
    with pytest.raises(EarmarkError, match="not an http"):
        saved("forum.example/1", b"")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("\ufeff<p>ș".encode(), "<p>ș"),
        ("<p>ș".encode("utf-16"), "<p>ș"),
        ('<meta charset="iso-8859-9"><p>ş'.encode("iso-8859-9"), '<meta charset="iso-8859-9"><p>ş'),
        ("<p>سلام".encode(), "<p>سلام"),
        (b"<meta charset='no-such'><p>\xc8\x99", "<meta charset='no-such'><p>ș"),
    ],
)
def test_a_saved_page_is_decoded_by_its_own_word(content, text):
    assert decode_html(content) == text


def test_a_fragment_shows_what_lies_in_open_shadow_roots_and_in_no_other_template():
    shadow = '<x-say><template shadowrootmode="open"><b class="who">Mira</b></template></x-say>'
    fragment = Fragment(
        id="f", markup=f"<div>{shadow}<template><b class=who>No</b></template></div>"
    )
    assert [tag.get_text() for tag in fragment.soup.select("x-say .who")] == ["Mira"]
    assert text_of(fragment.soup.div) == "Mira"
