"""What the log costs beside sqlite3 written by hand; also `bench/store.py ITEMS`.

Both hold the same items. The baseline's schema has what the reads need (a key, an index for
facets, tag keys, search text) and nothing of sightings, places, names, versions and changes. Calls
take turns, so that whatever else the machine does falls on both; only the ratios mean anything.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from earmark.folding import search_index
from earmark.store import queries
from earmark.store.facets import count_facets
from earmark.store.filters import Filters
from earmark.store.log import Log, open_log
from earmark.store.save import Capture, save_captures

Json = dict[str, Any]

ITEMS = 10_000
BATCH = 20
ROUNDS = 60
PLATFORM = "hackernews"
URL = "https://news.ycombinator.com/item?id=1"
SEEN_AT = "2026-11-20T10:00:00Z"
WORDS = ("kettle", "cable", "export", "column", "update", "account", "price", "draft", "refund")
LANGUAGES = ("en", "fa", "ro", "tr", "und")
TAGS = ("intent:question", "intent:bug", "intent:praise")
RARE = 97  # every so many items carry the tag and the word that are looked for
SCHEMA = """
create table item (id integer primary key, key text, language text, state text, kind text, doc text,
                   platform text);
create unique index by_key on item (platform, key);
create index facets on item (platform, language, state, kind);
create table tag (tag text, item integer, primary key (tag, item)) without rowid;
create virtual table search using fts5 (words, content='', tokenize='ascii')
"""


def item(number: int) -> Json:
    """A parsed item of about a thousand signs, as the reader gives it."""
    words = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 150))
    rare = number % RARE == 0
    return {
        "id": str(number),
        "platform": PLATFORM,
        "kind": "comment",
        "text": f"{words} {'zeppelin' if rare else 'train'} {number}",
        "author": {"handle": f"reader{number % 500}"},
        "page_url": URL,
        "language": {"tag": LANGUAGES[number % 5], "confidence": 0.9, "source": "made-up"},
        "tags": [
            {"name": name, "by": "bench", "because": ""}
            for name in (TAGS[number % 3], *(["rare"] if rare else []))
        ],
        "_source": "element",
        "_complete": True,
        "_native": True,
        "_fragment_selector": "tr.comtr",
    }


class Earmark:
    """The log as the agent uses it."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self._visits = count()

    def save(self, items: list[Json]) -> None:
        page = {"url": URL, "visit": f"visit{next(self._visits)}", "captured_at": SEEN_AT}
        captures = [
            Capture({"id": f"f{each['id']}", "ref": f"r{each['id']}"}, [each], SEEN_AT)
            for each in items
        ]
        self.log.write(lambda connection: save_captures(connection, page, captures)).result()

    def get(self, key: str) -> Json | None:
        return queries.get(self.log, PLATFORM, key)

    def page(self, filters: Filters, after: int | None = None) -> list[Json]:
        cursor = None if after is None else queries.write_cursor("b", after)
        return queries.page(self.log, filters, cursor).items

    def facets(self) -> object:
        return count_facets(self.log, Filters())


class Raw:
    """The same rows, with statements written by hand."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("pragma journal_mode=wal")
        self.connection.execute("pragma synchronous=full")
        self.connection.executescript(SCHEMA)

    def save(self, items: list[Json]) -> None:
        run = self.connection.execute
        run("begin immediate")
        known = dict(self._known([each["id"] for each in items]))
        for each in items:
            document = json.loads(known.get(each["id"], "{}")) | each
            document |= {"last_seen": SEEN_AT, "sightings": document.get("sightings", 0) + 1}
            text = json.dumps(document, ensure_ascii=False)
            if each["id"] in known:
                run(
                    "update item set doc=? where platform=? and key=?", (text, PLATFORM, each["id"])
                )
            else:
                self._insert(each, text)
        run("commit")

    def _known(self, keys: list[str]) -> list[tuple[str, str]]:
        marks = ", ".join("?" * len(keys))
        found = f"select key, doc from item where platform=? and key in ({marks})"
        return self.connection.execute(found, (PLATFORM, *keys)).fetchall()

    def _insert(self, each: Json, text: str) -> None:
        run = self.connection.execute
        values = (each["id"], each["language"]["tag"], "new", each["kind"], text, PLATFORM)
        row = run("insert into item values (null, ?, ?, ?, ?, ?, ?)", values).lastrowid
        run("insert into search (rowid, words) values (?, ?)", (row, search_index([each["text"]])))
        tags = [(tag["name"], row) for tag in each["tags"]]
        self.connection.executemany("insert into tag values (?, ?)", tags)

    def documents(self, statement: str, *values: object) -> list[Json]:
        return [json.loads(text) for (text,) in self.connection.execute(statement, values)]

    def get(self, key: str) -> list[Json]:
        return self.documents("select doc from item where platform=? and key=?", PLATFORM, key)

    def page(self, before: int) -> list[Json]:
        return self.documents("select doc from item where id<? order by id desc limit 50", before)

    def tag_page(self) -> list[Json]:
        return self.documents(
            "select doc from tag join item on item.id = tag.item where tag.tag = ?"
            " order by tag.item desc limit 50",
            "rare",
        )

    def text_page(self) -> list[Json]:
        return self.documents(
            "select doc from search join item on item.id = search.rowid where search match ?"
            " order by search.rowid desc limit 50",
            "zeppelin",
        )

    def facets(self) -> object:
        run = self.connection.execute
        grouped = "select platform, language, state, kind, count(*) from item group by 1, 2, 3, 4"
        return run(grouped).fetchall(), run("select tag, count(*) from tag group by 1").fetchall()


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """How many times as long ours takes, by the medians of calls that take turns."""
    times = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
    return statistics.median(a for a, _ in times) / statistics.median(b for _, b in times)


def seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def batches(first: int) -> Iterator[list[Json]]:
    """Batches half of whose items are seen again, the other half new."""
    for start in count(first, BATCH // 2):
        yield [item(number) for number in range(start - BATCH // 2, start + BATCH // 2)]


def fill(earmark: Earmark, raw: Raw, items: int) -> None:
    for start in range(0, items, 500):
        block = [item(number) for number in range(start, min(start + 500, items))]
        earmark.save(block)
        raw.save(block)


def compare(earmark: Earmark, raw: Raw, items: int) -> Iterator[tuple[str, float]]:
    mine, other = batches(items), batches(items)
    tag, text = Filters(tag=("rare",)), Filters(text="zeppelin")
    everything, middle, key = Filters(), items // 2, str(items // 2)
    yield "batch of 20", ratio(lambda: earmark.save(next(mine)), lambda: raw.save(next(other)))
    yield "get", ratio(lambda: earmark.get(key), lambda: raw.get(key))
    yield "page", ratio(lambda: earmark.page(everything), lambda: raw.page(items * 2))
    yield "deep page", ratio(lambda: earmark.page(everything, middle), lambda: raw.page(middle))
    yield "tag page", ratio(lambda: earmark.page(tag), raw.tag_page)
    yield "text page", ratio(lambda: earmark.page(text), raw.text_page)
    yield "facets", ratio(earmark.facets, raw.facets)


def main() -> None:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory() as folder:
        log = open_log(Path(folder) / "log.sqlite3")
        earmark, raw = Earmark(log), Raw(Path(folder) / "raw.sqlite3")
        fill(earmark, raw, items)
        assert len(earmark.page(Filters(tag=("rare",)))) == len(raw.tag_page())
        assert len(earmark.page(Filters(text="zeppelin"))) == len(raw.text_page())
        print(f"{items:,} items, times as long as raw sqlite3 (medians of {ROUNDS}, taking turns):")
        for name, found in compare(earmark, raw, items):
            print(f"  {name:12} x{found:.1f}")
        raw.connection.close()
        log.close()


if __name__ == "__main__":
    main()
