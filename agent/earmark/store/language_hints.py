"""Which languages an author and a thread were heard in before: a prior for what comes next.

Learnt only from languages told with a confidence of STRICT or set by a person. An item that is
read again says nothing about itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from ..model import Json
from ..query.said import mapping
from .derive import folded
from .judged import YOU
from .log import Log

NEWEST = 6  # items of an author or a thread that are looked at
AT_ONCE = 200  # keys to a statement; SQLite takes 500 selects in one
STRICT = 0.7  # the confidence from which on a guess may be learnt from
CLEAR = 0.6  # of what was heard must be in one language
ONE, SEVERAL, BY_A_PERSON = 0.6, 0.65, 0.7  # weights of a hint
PERSONS_VOTE = NEWEST  # what a person said of one item outweighs all that was guessed

# Each part is a range of an index; SQLite would read all of an author's items for a window.
_PART = """SELECT * FROM (
    SELECT '{kind}', platform, {column}, "key", language,
        json_extract(doc, '$.language.confidence'), json_extract(doc, '$.language.source'),
        json_extract(doc, '$.text')
    FROM items WHERE platform = :p{n} AND {column} = :v{n} ORDER BY id DESC LIMIT {limit})"""
_COLUMNS = {"author": "author_handle", "thread": "root", "page": "page_url"}


class Key(NamedTuple):
    """An author, a thread or a page, whose items stand together."""

    kind: str
    platform: str
    value: str


class Heard(NamedTuple):
    """An item as far as it says something about the language of others."""

    key: str
    tag: str | None
    confidence: float | None
    source: str | None
    text: str | None


def language_hints(log: Log, items: Sequence[Json]) -> list[Json]:
    """For each parsed item `{author?, thread?}`, each `{tag, weight}`. Blocks."""
    keys = dict.fromkeys(key for item in items for key in _keys(item))
    with log.reading() as connection:
        heard = _heard(connection, list(keys))
    return [_hints(item, heard) for item in items]


def _keys(item: Json) -> Iterator[Key]:
    platform = str(item.get("platform", ""))
    if handle := folded(mapping(item.get("author")).get("handle")):
        yield Key("author", platform, handle)
    if root := item.get("root_id"):
        yield Key("thread", platform, str(root))
    elif page := item.get("page_url"):
        yield Key("page", platform, str(page))


def _heard(connection: sa.Connection, keys: Sequence[Key]) -> dict[Key, list[Heard]]:
    """The newest items of each key."""
    heard: dict[Key, list[Heard]] = {}
    for start in range(0, len(keys), AT_ONCE):
        block = keys[start : start + AT_ONCE]
        parts = [
            _PART.format(kind=key.kind, column=_COLUMNS[key.kind], n=n, limit=NEWEST)
            for n, key in enumerate(block)
        ]
        values = {f"p{n}": key.platform for n, key in enumerate(block)}
        values |= {f"v{n}": key.value for n, key in enumerate(block)}
        for kind, platform, value, *rest in connection.execute(
            sa.text(" UNION ALL ".join(parts)), values
        ):
            heard.setdefault(Key(kind, platform, value), []).append(Heard(*rest))
    return heard


def _hints(item: Json, heard: dict[Key, list[Heard]]) -> Json:
    hints: Json = {}
    for key in _keys(item):
        others = (one for one in heard.get(key, []) if not _is_same(one, item))
        if hint := _hint(others):
            hints["author" if key.kind == "author" else "thread"] = hint
    return hints


def _is_same(one: Heard, item: Json) -> bool:
    return one.key == item.get("id") or one.text == item.get("text")


def _hint(heard: Iterable[Heard]) -> Json | None:
    """The language that most of them are in, or nothing where that is not clear."""
    votes: Counter[str] = Counter()
    by_a_person: set[str] = set()
    for one in heard:
        if one.tag in (None, "", "und"):
            continue
        if one.source == YOU:
            votes[str(one.tag)] += PERSONS_VOTE
            by_a_person.add(str(one.tag))
        elif (one.confidence or 0.0) >= STRICT:
            votes[str(one.tag)] += 1
    if not votes:
        return None
    tag, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    if count < CLEAR * votes.total():
        return None
    weight = BY_A_PERSON if tag in by_a_person else SEVERAL if count > 1 else ONE
    return {"tag": tag, "weight": weight}
