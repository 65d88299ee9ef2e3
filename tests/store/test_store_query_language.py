"""What the log finds by a query is what the query says of each item by itself."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from store_samples import Saver, make_item

from earmark.query.match import hides_spam, is_match
from earmark.query.parse import DEEPEST, parse_query
from earmark.query.tree import BadQuery
from earmark.store import queries
from earmark.store.edit import patch_item
from earmark.store.facets import count_facets
from earmark.store.filters import Filters
from earmark.store.log import Log, open_log
from earmark.store.migrations.versions.r0001_first_schema import SEARCH

TEXTS = [
    "Slow checkout, again and again. The app is sooooo slow!",
    "checkout is NOT slow any more",
    "I love C++ on iOS, ios too",
    "çoooook güzel bir uygulama",
    "Ödeme çok yavaş, cevap yok",
    "کتاب‌ها خوب است ولی گران",
    "کتابها خوب است",
    "كتاب ها را می‌خواهم",
    "東京へ行きました。東大も",
    "สินค้าดีมากกกก",
    "netfilx and net flix and Netflix’i",
    "Refund my refund: 1,200 lei pentru țară",
    "cool coool col",
    "",
    "a_b c-d it's ™ Netflix™ ⓐⓑ ½ 👍🏽 हिन्दी",
    "the price the app the support",
    "why? see www.example.org/a",
    "www.example.org/?page=2 the app",
    "چرا؟",
]
LANGUAGES = ["en", "tr", "fa", "pt-BR", "und", None]
WORDS = [
    "slow", "checkout", "Checkout", "so", "app", "cok", "çooook", "güzel", "کتاب‌ها", "کتابها",
    "کتاب", "می‌خواهم", "東京", "東", "ดีมาก", "netflix", "net flix", "refund", "cool", "coooool",
    "col", "the", "nothing", "ios", "a", "i", "mina", "note", "1,200", "हिन्दी", "tara",
]  # fmt: skip
FIELDS = [
    "lang:en", "lang:pt", "lang:und", "tag:intent:praise", "tag:praise", "tag:about:*", "tag:none",
    "from:mina", "from:@ALİ", "on:forum", "on:forum.example.org", "on:other.example", "kind:review",
    "platform:other", "state:new", "is:done", "is:ours", "is:any", "is:spam", "is:edited",
    "page:forum.example.org", "page:https://other.example/x", "thread:r1", "thread:forum/r1",
    "thread:3", "likes:>5", "likes:0", "rating:2..4", "followers:<1k", "sentiment:negative",
    "sentiment:>0", "since:2026-02-01", "until:2026-02-01", "since:9999d", "assignee:Mina",
    "assignee:mina", "is:question", "is:corrected", "is:answered", "is:unanswered", "emotion:anger",
    "effort:Spring", "priority:>=20", "priority:-5", "audience:public", "feeling:negative",
]  # fmt: skip


def made_up(number: int) -> dict[str, Any]:
    """An item, each unlike the next."""
    language = LANGUAGES[number % len(LANGUAGES)]
    first = number % 3 == 0
    more: dict[str, Any] = {
        "kind": ("comment", "review", "reply")[number % 3],
        "platform": "other" if number % 5 == 0 else "forum",
        "page_url": "https://other.example/x" if number % 4 == 0 else "https://forum.example.org/t",
        "author": {"handle": "@ali", "name": "Ali"} if first else {"handle": "mina"},
        "tags": [
            {"name": name, "by": "t"}
            for name, every in (("intent:praise", 2), ("about:pricing", 3), ("praise", 7))
            if number % every == 0
        ],
        "likes": number - 1 if number % 2 else None,
        "edited": number % 9 == 1,
        "rating": {"value": number % 6, "best": 5},
        "sentiment": {
            "label": "negative",
            "score": (number - 8) / 8,
            "emotions": [{"name": "anger"}] if number % 4 == 0 else [],
        },
        "_rules": {
            "set": {"priority": {"value": 5 * (number - 2), "rule": "r"}} if number % 2 else {},
            "efforts": {"spring": "r", "other": "r"} if number % 5 == 1 else {},
        },
        "ours": number % 6 == 0,
        "parent_id": str(number - 1) if number % 6 in (0, 5) else None,
        "audience": "public" if number % 7 == 0 else "unknown",
        "root_id": "r1" if number % 4 == 1 else None,
        "published": {"earliest": f"2026-0{1 + number % 3}-01T00:00:00Z"} if first else None,
    }
    more["author"]["followers"] = 100 * number
    if language is not None:
        more["language"] = {"tag": language}
    return make_item(str(number), TEXTS[number % len(TEXTS)], **more)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A log of made-up items, with what people did to some."""
    log = open_log(tmp_path_factory.mktemp("archive") / "log.sqlite3")
    Saver(log)(*(made_up(number) for number in range(3 * len(TEXTS))))

    def done(platform: str, id: str, patch: dict[str, Any]) -> None:
        log.write(lambda connection: patch_item(connection, platform, id, patch)).result(20)

    done("forum", "2", {"state": "done", "note": "a note on slow things", "assignee": "Mina"})
    done("forum", "4", {"spam": True})
    done("forum", "8", {"language": "tr"})
    done("forum", "18", {"add_tags": ["intent:question"]})
    done("forum", "16", {"add_tags": ["intent:question"]})
    done("forum", "16", {"remove_tags": ["intent:question"]})
    done("other", "5", {"spam": True, "add_tags": ["intent:praise"]})
    yield log
    log.close()


def by_itself(log: Log, text: str) -> list[str]:
    """The ids that the query lets through, item by item."""
    query = parse_query(text)
    everything = as_judged(log)
    hidden = hides_spam(query)
    return [i["id"] for i in everything if is_match(query, i) and not (hidden and i.get("spam"))]


def as_judged(log: Log) -> list[dict[str, Any]]:
    """All items as they are stored, and whether they were answered."""
    shown = queries.page(log, Filters(spam="any"), limit=200).items
    answered = {item["id"]: item["answered"] for item in shown if "answered" in item}
    stored = {item["id"]: dict(item) for item in log.table("items")}
    return [
        stored[item["id"]] | ({"answered": answered[item["id"]]} if item["id"] in answered else {})
        for item in shown
    ]


def by_log(log: Log, text: str) -> list[str]:
    return [item["id"] for item in queries.page(log, Filters(text=text), limit=200).items]


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda part: f"-({part})"),
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) OR ({two[1]})"),
    )


one_word = st.sampled_from(WORDS)
phrase = st.lists(one_word, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
spoken = st.one_of(
    one_word,
    phrase,
    one_word.map(lambda word: f'"{word[:2]}"*'),
    st.sampled_from(["netflix~1", "checkuot~1", "cool~1", "refunds~2", "çooook~1", "güsel~1"]),
)
single = spoken.filter(lambda part: part != "net flix")  # two words, of which NEAR takes four
terms = st.one_of(
    spoken,
    st.sampled_from(FIELDS),
    st.sampled_from(
        ["=iOS", '="C++"', '="™"', '="so"', "=Refund", "/[Cc]heck/", "/REFUND/i", "/^$/"]
    ),
    st.builds("NEAR/{}({} {})".format, st.integers(1, 6), spoken, spoken),
    st.builds("{} ONEAR/{} {}".format, spoken, st.integers(1, 6), spoken),
    st.builds(
        "NEAR/{}({} ({} OR {}) {})".format, st.integers(1, 4), single, phrase, phrase, single
    ),
    st.builds("NEAR/{}({} {})".format, st.integers(31, 40), spoken, spoken),
)
asked = st.recursive(terms, combined, max_leaves=6)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(asked)
@example('"çok güzel"')
@example('"the app" -slow OR lang:pt')
@example("slow NEAR/4 mina")
@example("slow NEAR/2 slow")
@example('"the app" ONEAR/1 sooo')
@example('NEAR/6(checkout "so"* again)')
@example("cool~1 NEAR/1 cool")
def test_the_log_and_the_item_by_itself_agree(archive: Log, text: str) -> None:
    assert by_log(archive, text) == by_itself(archive, text)


@given(st.lists(st.one_of(asked, st.text(max_size=6)), max_size=4).map(" ".join))
def test_whatever_can_be_read_can_be_looked_for(archive: Log, text: str) -> None:
    try:
        parse_query(text)
    except BadQuery:
        assume(False)
    assert by_log(archive, text) == by_itself(archive, text)


NEVER = {"nothing", "tag:none", "lang:none"}


@pytest.mark.parametrize("query", WORDS + FIELDS)
def test_every_sample_tells_items_apart(archive: Log, query: str) -> None:
    found = by_log(archive, query)
    assert found == by_itself(archive, query)
    assert bool(found) != (query in NEVER)


def test_the_deepest_query_can_be_looked_for(archive: Log) -> None:
    nested = "slow"
    for _ in range(DEEPEST):
        nested = f"a OR app -({nested})"
    assert by_log(archive, nested) == by_itself(archive, nested)


def test_the_longest_query_can_be_looked_for(archive: Log) -> None:
    many = " OR ".join(f"word{number}" for number in range(390))
    assert by_log(archive, f"{many} OR slow") == by_log(archive, "slow")
    fields = " OR ".join(f"likes:{number}" for number in range(400))
    assert by_log(archive, fields) == by_itself(archive, fields)


def counted_by(facet: str, items: list[dict[str, Any]]) -> dict[str, int]:
    values = [item.get(facet) for item in items]
    return {value: values.count(value) for value in values if value is not None}


QUERIES = [
    "", "slow", "the", "likes:>5", "=iOS OR lang:fa", "tag:praise is:any", "is:spam", "from:mina",
    "slow NEAR/9 checkout", "is:ours slow", "-slow",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("more", [{}, {"platform": ("forum",)}, {"tag": ("praise",)}])
def test_facets_count_what_others_say_of_what_a_query_finds(
    archive: Log, query: str, more: dict[str, Any]
) -> None:
    filters = Filters(text=query, **more)
    found = queries.page(archive, filters, limit=200).items
    if not re.search("is:|from:", query.replace("is:spam", "")):
        found = [item for item in found if not item.get("ours")]
    counted = count_facets(archive, filters)
    assert dict(counted["state"]) == counted_by("state", found)
    assert dict(counted["kind"]) == counted_by("kind", found)
    tags = [{"tag": tag["name"]} for item in found for tag in item.get("tags", [])]
    assert dict(counted["tag"]) == counted_by("tag", tags)


def test_an_archive_of_before_is_folded_again(tmp_path: Path) -> None:
    """The migration: an index as it was made before holds today's words after opening."""
    path = tmp_path / "log.sqlite3"
    log = open_log(path)
    Saver(log)(make_item("1", "çoooook güzel ہے"), make_item("2", "کتاب‌ها"))
    log.close()
    as_before(path)
    log = open_log(path)
    try:
        assert by_log(log, '"çok güzel"') == ["1"]
        assert by_log(log, "هی") == ["1"]
        assert by_log(log, "کتابها") == ["2"]
    finally:
        log.close()


LATER = [
    ("page_health", "compared"),
    ("site_yields", "compared"),
    ("site_yields", "differs"),
    ("site_yields", "barren"),
]


def as_before(path: Path) -> None:
    """Bring a log to the revision before, with words nobody looks for in its index."""
    connection = sqlite3.connect(path)
    with connection:
        for table, column in LATER:
            connection.execute(f"alter table {table} drop column {column}")
        connection.execute("update items set search = 'old' || id")
        connection.execute("drop table item_search")
        connection.execute(SEARCH)
        connection.execute("insert into item_search(item_search) values ('rebuild')")
        connection.execute("update alembic_version set version_num = '0004'")
    connection.close()
