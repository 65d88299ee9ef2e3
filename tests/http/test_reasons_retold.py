"""Reasons, which are kept in English, told again in the language of the reader."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from earmark.enrich.corrections import SAME_TEXT
from earmark.enrich.mentions import _SAID as MENTIONED
from earmark.enrich.why import why
from earmark.query.match import matches
from earmark.query.messages import MESSAGES
from earmark.query.parse import parse_query
from earmark.web.i18n import UI_LANGUAGES, words_in
from earmark.web.pages_reasons import OF_QUERIES, retold

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ITEM = {
    "platform": "forum",
    "id": "1",
    "kind": "comment",
    "text": "So slow, it took two weeks",
    "author": {"name": "Mira", "handle": "mira", "followers": 12},
    "language": {"tag": "fa"},
    "state": "done",
    "sentiment": {"label": "negative", "score": -0.5},
    "likes": 3,
    "ours": True,
    "page_url": "https://forum.example/t/1",
    "published": {"earliest": "2026-11-20T00:00:00Z", "latest": "2026-11-20T00:00:00Z"},
    "tags": [{"name": "intent:bug"}],
}
QUERIES = [
    "slow", '"two weeks"', "slaw~1", '="slow"', "/s.ow/", "likes:>1", "since:2026-11-01",
    "until:2026-11-30", "tag:intent:bug", "is:ours", "is:any", "on:forum.example", "state:done",
    "lang:fa", "mira", "followers:>3", "sentiment:negative", "slow NEAR/5 weeks", "kind:comment",
    "fast", "fas*", "fastest~1", "fastest~2", '="Slow"', "/fast/", "likes:>10", "since:2026-11-21",
    "until:2026-11-10", "tag:intent:praise", "is:spam", "on:other.example", "state:new", "lang:tr",
    "author:ada", "assignee:ada", "rating:>3", "sentiment:>0.5", "weeks ONEAR/1 so", "views:>1",
    "thread:7", "page:other.example", "platform:x", "replies:3",
]  # fmt: skip
TERMS: list[dict[str, Any]] = [
    {"name": "slow", "kind": "brand"},
    {"name": "Netflix", "kind": "brand"},
    {"name": "Netflix", "kind": "brand", "aliases": ["نتفلیکس", "NFLX"]},
    {"name": "Netflix", "kind": "brand", "retired": True},
    {"name": "weeks", "kind": "brand", "exclusions": ["two weeks"]},
]
OTHERS = [
    "“so late”",
    "“so late”, “never again”",
    "“so, late”, “x” after “but”, rated 2 of 5",
    "rated 4.5 of 5",
    "a remark that asks, wants and judges nothing",
    "an e-mail address, a telephone number",
    "12,345 followers",
    SAME_TEXT,
    "“late” means this, you said",
    "“sick” is praise, you said",
    "“slow” is in the text; the number of likes is 3",
]


def shown(language: str, reason: str) -> str:
    return BeautifulSoup(retold(words_in(language), reason), "html.parser").get_text()


def reasons_of_queries() -> list[str]:
    verdicts = [matches(parse_query(query), ITEM, NOW) for query in QUERIES]
    return [reason for each in verdicts for reason in (*each.because, *each.missing)]


def reasons_of_terms() -> list[str]:
    told = [why(ITEM, ITEM, [], [term])["terms"][0]["told"] for term in TERMS]
    shape = {"written": "netfilx", "term": "Netflix", "name": "Netflix"}
    return told + [said.format(**shape) for said in MENTIONED.values()]


def every_reason() -> list[str]:
    return [*reasons_of_queries(), *reasons_of_terms(), *OTHERS]


def test_the_forms_of_all_reasons_of_queries_are_known() -> None:
    codes = list(MESSAGES)
    assert set(codes[codes.index("found") : codes.index("in_text")]) == set(OF_QUERIES)


def test_english_says_what_was_kept() -> None:
    called_otherwise = ("the state", "the language", "the kind", "the sentiment", "tag")
    for reason in every_reason():
        if not any(each in reason for each in called_otherwise):
            told = shown("en", reason)
            assert told.replace(" · ", ", ") == reason.replace("; ", ", ")


@pytest.mark.parametrize("language", [each for each in UI_LANGUAGES if each != "en"])
@pytest.mark.parametrize("reason", every_reason())
def test_no_reason_of_ours_stays_english(reason: str, language: str) -> None:
    told = shown(language, reason)
    quoted = reason.split("”")[0].removeprefix("“")
    assert told != reason or reason == f"“{quoted}”", told
    assert not any(word in f" {told} " for word in (" is ", " not ", " there", " said ", " of "))


def test_what_a_field_holds_is_called_as_in_the_inbox() -> None:
    assert shown("en", "the state is done, not new") == "the state is Done, not New"
    assert shown("en", "the language is fa, not tr") == "the language is Persian, not Turkish"
    assert shown("en", "it is not tagged intent:bug") == "it is not tagged Bug"
    assert shown("en", "the sentiment is none") == "the sentiment is No feeling"


def test_what_others_say_stays_as_it_is() -> None:
    assert shown("fa", "the oracle told me so") == "the oracle told me so"
    assert shown("fa", "") == ""


@given(st.text(max_size=60), st.sampled_from(["in the text", "not there, written exactly so"]))
def test_whatever_a_page_says_is_text_and_nothing_else(said: str, form: str) -> None:
    for reason in (said, f"“{said}” is {form}", f"“{said}”, “{said}”"):
        for language in UI_LANGUAGES:
            markup = retold(words_in(language), reason)
            assert {tag.name for tag in BeautifulSoup(markup, "html.parser").find_all()} <= {"bdi"}


def test_a_very_long_reason_is_told_without_delay() -> None:
    for reason in ("“" * 5000, "“a” is in " * 2000, "the state is " * 2000):
        assert len(shown("tr", reason)) > 100
