"""One item judged by a query in memory, with the reasons why and why not."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.query.highlight import highlights
from earmark.query.match import is_match, matches
from earmark.query.parse import parse_query
from earmark.query.said import Subject

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ITEM = {
    "platform": "forum",
    "id": "17",
    "root_id": "12",
    "kind": "comment",
    "text": "The checkout is sooooo slow on iOS in C++. Netfilx می‌خواهم 東京へ",
    "author": {"name": "Ali Örnek", "handle": "@ali", "followers": 1200},
    "language": {"tag": "pt-BR"},
    "likes": 12,
    "rating": {"value": 2, "best": 5},
    "sentiment": {"label": "negative", "score": -0.5, "emotions": [{"name": "anger"}]},
    "tags": [{"name": "intent:complaint"}, {"name": "about:product:app", "removed": True}],
    "state": "new",
    "ours": True,
    "audience": "public",
    "assignee": "Ayşe",
    "efforts": ["Spring launch", "beta"],
    "priority": 20,
    "note": "ask Mina",
    "page_url": "https://www.forum.example.org/t/1",
    "published": {"earliest": "2026-03-01T10:00:00Z", "latest": "2026-03-01T11:00:00Z"},
}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "slow checkout",
        '"checkout is"',
        "check*",
        '"the check"*',
        "so",
        '"so slow"',
        "soooooo",
        "netflix~1",
        "checkuot~1",
        "checkout NEAR/4 slow",
        "slow NEAR/4 checkout",
        "checkout ONEAR/4 slow",
        "NEAR/3(slow (nothing OR is) so)",
        '="C++"',
        "=iOS",
        "/i[A-Z]S/",
        "/IOS/i",
        "میخواهم",
        '"می خواهم"',
        "می‌خواهم",
        "東京",
        "mina",
        "ornek",
        "from:ali",
        "from:@ALİ",
        'from:"ali örnek"',
        "on:forum",
        "on:forum.example.org",
        "on:forum.example.org/t",
        "page:forum.example.org/t",
        "page:https://www.forum.example.org/t/1#c",
        "lang:pt",
        "lang:pt-br",
        "lang:fa lang:pt",
        "tag:intent:complaint",
        "tag:complaint",
        "tag:intent:*",
        "-tag:about:product:app",
        "state:new",
        "is:open is:new",
        "is:ours",
        "-is:edited",
        "kind:comment",
        "thread:12",
        "thread:17",
        "thread:forum/12",
        "likes:12",
        "likes:>11 likes:<13",
        "likes:10..20",
        "rating:<3",
        "followers:>=1.2k",
        "sentiment:negative",
        "sentiment:<0",
        "-views:>0",
        "since:2026-03-01 until:2026-03-01",
        "audience:public audience:private",
        "emotion:anger feeling:negative",
        'effort:"SPRING launch" effort:beta',
        "assignee:ayse",
        "priority:>10 priority:20",
        "-is:answered -is:unanswered -is:question -is:corrected",
        "since:4d",
        "until:2d",
        "slow OR nothing",
        "-(slow nothing)",
    ],
)
def test_the_item_is_found_by(query: str) -> None:
    verdict = matches(parse_query(query), ITEM, NOW)
    assert verdict.matched
    assert not verdict.missing
    assert bool(verdict.because) == bool(query)


@pytest.mark.parametrize(
    ("query", "why_not"),
    [
        ("slow refund", "“refund” is not there"),
        ("-slow", "“slow” is in the text"),
        ("-mina", "“Mina” is in the note"),
        ('"slow checkout"', "“slow checkout” is not there"),
        ("slow ONEAR/9 checkout", "“slow” and “checkout” are not within 9 words of each other"),
        ("checkout NEAR/2 slow", "“checkout” and “slow” are not within 2 words of each other"),
        ("netflux~1", "nothing like “netflux” is there, with 1 other letter"),
        ("=ios", "“ios” is not there, written exactly so"),
        ("=iO", "“iO” is not there, written exactly so"),
        ("/ios/", "nothing fits /ios/"),
        ("lang:fa", "the language is pt-BR, not fa"),
        ("likes:>12", "the number of likes is 12, not > 12"),
        ("views:>0", "the number of views is not known"),
        ("tag:product:app", "it is not tagged product:app"),
        ("-tag:complaint", "it is tagged complaint"),
        ("since:2d", "it was not said since 2d"),
        ("is:edited", "it is not edited"),
        ("on:other", "it was not said on other"),
        ("sentiment:>0", "the sentiment is -0.5, not > 0"),
        ("state:done", "the state is new, not done"),
        ("effort:x", "the effort is Spring launch, beta, not x"),
        ("emotion:worry", "the emotion is anger, not worry"),
        ("priority:>20", "the priority is 20, not > 20"),
        ("audience:group", "the audience is public, not group"),
        ("is:question", "it is not a question"),
        ("is:corrected", "it is not corrected by you"),
        ("is:unanswered", "it is not unanswered"),
    ],
)
def test_why_it_is_not_found(query: str, why_not: str) -> None:
    verdict = matches(parse_query(query), ITEM, NOW)
    assert not verdict.matched
    assert verdict.missing == [why_not]


@pytest.mark.parametrize(
    "text",
    ["When?", "When?!", "(why?)", "چرا؟", "什么？好", "¿Cuándo", "so? yes", "ne zaman?Bilmiyorum",
     "https://x.example/a why?"],
)  # fmt: skip
def test_a_mark_makes_a_question(text: str) -> None:
    assert is_match(parse_query("is:question"), {"text": text})


@pytest.mark.parametrize(
    "text", ["", "No.", "see https://x.example/?q=1", "www.example.org/a?b", "page.php?id=3", "a;"]
)
def test_the_mark_of_an_address_makes_none(text: str) -> None:
    assert not is_match(parse_query("is:question"), {"text": text})


def test_a_question_by_its_tag_unless_a_person_took_it_off() -> None:
    asked = parse_query("is:question")
    assert is_match(asked, {"text": "tell me", "tags": [{"name": "intent:question"}]})
    removed = {"name": "intent:question", "by": "you", "removed": True}
    assert not is_match(asked, {"text": "really?", "tags": [removed]})


@pytest.mark.parametrize(
    "said",
    [
        {"language": {"tag": "tr", "source": "you"}},
        {"sentiment": {"label": "none", "by": "you"}},
        {"tags": [{"name": "a", "by": "you"}]},
        {"tags": [{"name": "a", "by": "you", "removed": True}]},
    ],
)
def test_corrected_is_what_a_person_said_something_of(said: dict[str, object]) -> None:
    assert is_match(parse_query("is:corrected"), said)
    assert not is_match(parse_query("is:corrected"), {"tags": [{"name": "a", "by": "terms"}]})


def test_answered_is_asked_of_what_others_said() -> None:
    answered = {"text": "when", "answered": {"id": "2"}}
    assert is_match(parse_query("is:answered -is:unanswered"), answered)
    assert is_match(parse_query("is:unanswered -is:answered"), {"text": "when"})
    assert is_match(parse_query("-is:unanswered -is:answered"), answered | {"ours": True})


def test_reasons_show_the_words_as_they_were_written() -> None:
    verdict = matches(parse_query("so NETFLIX~1 likes:>10"), ITEM, NOW)
    assert verdict.because == [
        "“sooooo” is in the text",
        "“Netfilx” is in the text, like “NETFLIX”",
        "the number of likes is 12",
    ]


def test_what_holds_is_told_beside_what_fails() -> None:
    verdict = matches(parse_query("slow (refund OR late) -checkout"), ITEM, NOW)
    assert verdict.because == ["“slow” is in the text"]
    assert verdict.missing == [
        "“refund” is not there",
        "“late” is not there",
        "“checkout” is in the text",
    ]


def test_a_phrase_does_not_reach_from_one_text_to_the_next() -> None:
    assert not is_match(parse_query('"東京へ ali"'), ITEM)
    assert not is_match(parse_query("京 NEAR/5 ali"), ITEM)


@pytest.mark.parametrize(
    ("within", "found"), [("NEAR/1", False), ("NEAR/2", True), ("ONEAR/2", True)]
)
def test_near_counts_from_word_to_word(within: str, found: bool) -> None:
    item = {"text": "one two three"}
    assert is_match(parse_query(f"one {within} three"), item) is found


def test_near_needs_every_word_of_its_own() -> None:
    assert not is_match(parse_query("NEAR/5(very very)"), {"text": "very good"})
    assert is_match(parse_query("NEAR/5(very very)"), {"text": "very very good"})


def stood_near(words: list[str], parts: str, within: int, ordered: bool) -> bool:
    """What NEAR means, tried out: any choice of places, one a part, each near the one before."""
    for places in permutations(range(len(words)), len(parts)):
        if all(words[place] == part for place, part in zip(places, parts, strict=True)):
            row = list(places) if ordered else sorted(places)
            if all(0 < after - before <= within for before, after in pairwise(row)):
                return True
    return False


@given(
    st.lists(st.sampled_from("abcd"), max_size=7),
    st.text(st.sampled_from("abc"), min_size=2, max_size=4),
    st.integers(1, 4),
    st.booleans(),
)
def test_near_finds_what_trying_every_choice_finds(
    words: list[str], parts: str, within: int, ordered: bool
) -> None:
    query = parse_query(f"{'O' * ordered}NEAR/{within}({' '.join(parts)})")
    assert is_match(query, {"text": " ".join(words)}) == stood_near(words, parts, within, ordered)


HOSTILE = [
    r"/(a+)+$/",
    r"/(a|aa)+b/",
    r"/(a|a?)+b/",
    r"/(.*a){20}b/",
    r"/^(([a-z])+.)+[A-Z]([a-z])+$/",
    r"/(\w+\s?)+!/",
    "NEAR/100(a a a a)",
    "NEAR/100(a b a b)",
    "ONEAR/100(a b c)",
    '"a a a a a a a b"',
    "=a",
    "a*",
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("text", ["a" * 50_000, "a " * 25_000, "a b " * 12_000], ids="123")
def test_no_query_stalls_on_a_hostile_text(query: str, text: str) -> None:
    """Steps that grow with more than the text would take hours here."""
    asked = parse_query(query)
    matches(asked, {"text": text})
    highlights(asked, text)


@given(
    st.dictionaries(st.sampled_from(sorted(ITEM)), st.one_of(st.none(), st.integers(), st.text()))
)
def test_any_item_can_be_judged(strange: dict[str, object]) -> None:
    query = parse_query(
        "a OR from:a OR lang:a OR tag:a OR likes:>1 OR since:7d OR on:a OR page:a OR thread:a"
        " OR rating:1 OR sentiment:none OR is:ours OR /a/ OR =a OR a~0"
    )
    assert matches(query, strange, NOW).matched == is_match(query, Subject(strange), NOW)
