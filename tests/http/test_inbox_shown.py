"""How values are put before a person: names, times, lines, differences, links."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.query.highlight import Piece
from earmark.web.i18n import choose_language, without_bidi_controls, words_in
from earmark.web.pages_shown import (
    around_in_thread,
    author_name,
    difference,
    html_language,
    paragraphs,
    preview,
    published,
    tag_axis,
)
from earmark.web.pages_view import toggled, view_of, without
from earmark.web.render import item_path, safe_url, with_query

NOON = datetime(2026, 3, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//host/x", "/path", "", "ftp://a/b", "http:x"],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert safe_url(address) == ""


def test_a_web_address_becomes_a_link_as_it_is() -> None:
    assert safe_url("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
    assert safe_url("http://[broken") == ""


def test_an_id_with_slashes_is_one_segment_of_the_path() -> None:
    item = {"platform": "web page", "id": "forum.example.org/1?7#x"}
    assert item_path(item) == "/items/web%20page/forum.example.org%2F1%3F7%23x"


def test_empty_values_stay_out_of_an_address() -> None:
    assert with_query("/", {"state": ["new", "open"], "cursor": "", "tag": []}) == (
        "/?state=new&state=open"
    )
    assert with_query("/", {}) == "/"


@given(st.text(), st.text())
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    changes = difference(before, after)
    assert "".join(c.text for c in changes if c.kind != "added") == before
    assert "".join(c.text for c in changes if c.kind != "removed") == after


def test_a_difference_goes_by_words() -> None:
    changes = difference("it was two weeks", "it was three weeks")
    assert [(c.kind, c.text) for c in changes] == [
        ("kept", "it was "),
        ("removed", "two"),
        ("added", "three"),
        ("kept", " weeks"),
    ]


def test_a_very_long_difference_is_one_replacement() -> None:
    before, after = "a b " * 5000, "a c " * 5000
    assert [c.kind for c in difference(before, after)] == ["removed", "added"]


def written(line: list[Piece]) -> str:
    return "".join(piece.text for piece in line)


@given(st.text())
def test_a_preview_is_short_and_paragraphs_lose_no_word(text: str) -> None:
    assert len(written(preview(text))) <= 321
    lines = [written(line) for block in paragraphs(text) for line in block]
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_paragraphs_are_split_at_blank_lines_and_lines_kept() -> None:
    blocks = list(paragraphs("one\ntwo\n\n \nthree"))
    assert [[written(line) for line in block] for block in blocks] == [["one", "two"], ["three"]]


def test_a_long_text_is_shown_where_something_was_found() -> None:
    text = "begin " + "word " * 200 + "needle " + "word " * 200
    at = text.index("needle")
    shown = preview(text, [(at, at + 6)])
    assert Piece("needle", True) in shown
    assert written(shown).startswith("…word")
    assert written(shown).endswith("…")
    assert len(written(shown)) <= 322


def test_what_was_found_across_lines_is_marked_in_each() -> None:
    (block,) = paragraphs("a slow\ncheckout b", [(2, 15)])
    assert block == [
        [Piece("a ", False), Piece("slow", True)],
        [Piece("checkout", True), Piece(" b", False)],
    ]


def reply(id: str, parent: str | None = None) -> dict[str, Any]:
    return {"id": id, **({"parent_id": parent} if parent else {})}


def test_a_thread_shows_what_is_answered_and_what_answers() -> None:
    thread = [reply("1"), reply("2", "1"), reply("3", "2"), reply("4", "3"), reply("5", "1")]
    around = [(depth, item["id"]) for depth, item in around_in_thread(thread, "2")]
    assert around == [(0, "1"), (1, "2"), (2, "3"), (3, "4")]


def test_replies_that_claim_to_answer_each_other_are_shown_once() -> None:
    around = around_in_thread([reply("1", "2"), reply("2", "1"), reply("3", "3")], "1")
    assert [item["id"] for _, item in around] == ["2", "1"]
    assert [item["id"] for _, item in around_in_thread([reply("3", "3")], "3")] == ["3"]


def test_an_unknown_language_sets_no_lang() -> None:
    assert html_language({"language": {"tag": "fa"}}) == "fa"
    assert html_language({"language": {"tag": "pt-BR"}}) == "pt-BR"
    assert html_language({"language": {"tag": "und"}}) == ""
    assert html_language({"language": {"tag": '" onload="x'}}) == ""
    assert html_language({}) == ""


def test_an_author_goes_by_name_then_handle_then_id() -> None:
    assert author_name({"author": {"name": "A", "handle": "b"}}) == "A"
    assert author_name({"author": {"handle": "b", "id": "c"}}) == "b"
    assert author_name({"author": {"id": "c"}}) == "c"
    assert author_name({}) == ""


def test_only_the_known_axes_of_tags_have_a_look() -> None:
    assert [tag_axis(name) for name in ("intent:bug", "about:x:y", "flash x:y", "free")] == [
        "intent",
        "about",
        "",
        "",
    ]


def times(earliest: str, latest: str, shown: str = "") -> dict[str, Any]:
    return {"published": {"earliest": earliest, "latest": latest, "shown": shown}}


def test_an_exact_time_is_one_moment_and_bounds_are_both_told() -> None:
    words = words_in("en")
    exact = published(words, times("2020-05-01T10:00:00Z", "2020-05-01T10:00:00Z"))
    assert exact is not None
    assert not exact.about
    assert "between" not in exact.exactly
    wide = published(words, times("2020-05-01T10:00:00Z", "2020-05-02T10:00:00Z", "1 day ago"))
    assert wide is not None
    assert wide.about
    assert "between" in wide.exactly
    assert "1 day ago" in wide.exactly


def test_no_time_is_made_up_where_the_page_said_none() -> None:
    assert published(words_in("en"), {}) is None
    assert published(words_in("en"), {"published": {"shown": "long ago"}}) is None


def test_what_the_page_said_cannot_turn_the_line_around() -> None:
    bounds = times("2020-05-01T10:00:00Z", "2020-05-01T10:00:00Z", "\u202eago 3\u2069")
    shown = published(words_in("fa"), bounds)
    assert shown is not None
    assert "\u202e" not in shown.exactly
    assert "\u2068ago 3\u2069" in shown.exactly


def test_bidi_controls_and_line_breaks_stay_out_of_titles() -> None:
    assert without_bidi_controls("a\u202eb\u2066\n c") == "ab c"


def test_persian_readers_get_their_calendar_and_digits() -> None:
    assert words_in("fa").date(NOON) == "۱ فروردین ۱۴۰۵"
    assert words_in("fa").number(12345) == "۱۲٬۳۴۵"
    assert words_in("tr").number(12345) == "12.345"
    assert words_in("fa").dir == "rtl"


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("fa", "tr", "fa"),
        ("xx", "tr-TR,en;q=0.8", "tr"),
        ("", "ro-MD, fr", "ro"),
        ("", "ja, *;q=0.5", "en"),
        ("", "", "en"),
        ("", ";;,,\x00", "en"),
    ],
)
def test_the_interface_speaks_the_language_asked_for(
    asked: str, accepted: str, language: str
) -> None:
    assert choose_language(asked, accepted) == language


def test_a_language_is_named_in_the_readers_words() -> None:
    assert words_in("ro").language_name("fa") == "persană"
    assert words_in("en").language_name("no such tag") == "no such tag"


def test_a_facet_value_toggles_and_a_chip_takes_away() -> None:
    query = {"tag": ["a", "b"], "text": ["x"]}
    assert without(query, "tag", "a") == {"tag": ["b"], "text": ["x"]}
    assert toggled(query, "tag", "c")["tag"] == ["a", "b", "c"]
    assert toggled(query, "text", "x") == {"tag": ["a", "b"]}


def test_a_chosen_value_stays_in_its_facet_when_nothing_has_it() -> None:
    view = view_of({"state": ["done"]}, {"state": [("new", 3)]}, lambda _, value: value)
    states = next(group for group in view.groups if group.name == "state")
    assert [(v.label, v.count, v.chosen) for v in states.values] == [
        ("new", 3, False),
        ("done", 0, True),
    ]
    assert [chip.href for chip in view.chips] == ["/"]
