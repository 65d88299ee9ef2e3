"""What a person may want to enter: aliases that people keep writing, and accounts that are seen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import sqlalchemy as sa

from ..enrich.common import is_common
from ..enrich.near import LEAST, Near
from ..enrich.ours import as_handle
from ..enrich.spelling import undrawn
from ..folding import words_in
from ..model import Json
from ..store.log import Log
from ..store.schema import ITEMS
from ..store.worded import documents, rows_with, stored_words

SEEN, BY = 3, 2  # a spelling is suggested when it was seen so often, by so many
SHORT = 4  # letters of an abbreviation
LOOKED_INTO, LOOKED_AT = 60, 200  # spellings, the most frequent; items with each
MOST = 20  # suggestions
VOWELS = str.maketrans("", "", "aeiouyاوی")


def aliases(log: Log, terms: Sequence[Json]) -> list[Json]:
    """Spellings that people keep writing for a name and that are not entered, the most frequent
    first: `{term: id, name, alias, items, authors, is_found}`. is_found: whether it is taken for a
    misspelling already."""
    watched = [term for term in terms if not term.get("retired") and not term.get("common")]
    entered = _entered(terms)
    with log.reading() as connection:
        words = sorted(stored_words(connection, SEEN), key=lambda pair: -pair[1])
        found = [
            suggestion
            for word, term, is_found in islice(_alike(words, watched, entered), LOOKED_INTO)
            if (suggestion := _seen(connection, word, term, is_found))
        ]
    return sorted(found, key=lambda each: (-each["items"], each["alias"]))[:MOST]


def _entered(terms: Iterable[Json]) -> set[str]:
    """Everything that is looked for already, or was said not to be meant, in one word each."""
    lists = ("aliases", "hashtags", "exclusions")
    written = [
        each for t in terms for each in (t["name"], *(a for k in lists for a in t.get(k, ())))
    ]
    return {"".join(word.folded for word in words_in(each)) for each in written}


def _alike(
    words: Iterable[tuple[str, int]], terms: Sequence[Json], entered: set[str]
) -> Iterator[tuple[str, Json, bool]]:
    """The stored words that are like a name, each with its term."""
    keys = [_bare(term["name"]) for term in terms]
    near = Near([(key,) if len(key) >= LEAST else ("",) for key in keys])
    shortened = Shortened(keys)
    for stored, _ in words:
        word = undrawn(stored)
        if len(word) < SHORT or word in entered or word.isdigit() or is_common((word,)):
            continue
        names = near.meant(word)[0]
        for number in dict.fromkeys([*names, *shortened.names(word)]):
            yield word, terms[number], number in names


class Shortened:
    """Finds the names that people shorten to a word: to their beginning (“insta”), or to some of
    their consonants, the first letter and the last among them (“nflx”)."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._beginnings: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        for number, name in enumerate(names):
            for length in range(SHORT, len(name) - 1):
                self._beginnings.setdefault(name[:length], []).append(number)
            if len(name) >= LEAST:
                self._ends.setdefault(name[0] + name[-1], []).append(number)

    def names(self, word: str) -> list[int]:
        found = list(self._beginnings.get(word, ()))
        if word.isalpha() and word[1:] == word[1:].translate(VOWELS):
            same = self._ends.get(word[0] + word[-1], ())
            found += [number for number in same if is_within(word, self._names[number])]
        return found


def is_within(word: str, name: str) -> bool:
    """Whether a name has the letters of a word in their order, and others among them."""
    letters = iter(name)
    return word != name and all(letter in letters for letter in word)


def _seen(connection: sa.Connection, word: str, term: Json, is_found: bool) -> Json | None:
    """How often and by how many a word was written; None where that is too little."""
    rows = rows_with(connection, [[(word,)]], LOOKED_AT)
    docs = [json.loads(text) for _, text in documents(connection, rows)]
    said = [doc for doc in docs if not doc.get("ours") and _says(doc, word)]
    authors = {_author(doc) for doc in said} - {""}
    if len(said) < SEEN or len(authors) < BY:
        return None
    told = {"term": term["id"], "name": term["name"], "alias": word, "items": len(said)}
    return told | {"authors": len(authors), "is_found": is_found}


def _says(document: Json, word: str) -> bool:
    return any(undrawn(w.folded) == word for w in words_in(str(document.get("text") or "")))


def _author(document: Json) -> str:
    author = document.get("author") or {}
    return next((str(author[key]) for key in ("handle", "id", "name") if author.get(key)), "")


def accounts(log: Log, terms: Sequence[Json], mine: Sequence[Json]) -> list[Json]:
    """Accounts that are seen and called like a term of ours: `{handle, platform, name?, items,
    brand}`, the most frequent first."""
    names = {_bare(term["name"]): term["name"] for term in terms if term["ours"]}
    known = {(as_handle(each["handle"]), each.get("platform", "")) for each in mine}
    seen: Counter[tuple[str, str, str]] = Counter()
    with log.reading() as connection:
        for platform, handle, items in connection.execute(_HANDLES):
            brand = _brand_of(handle, names)
            keys = {(as_handle(handle), platform), (as_handle(handle), "")}
            if brand and known.isdisjoint(keys):
                seen[platform, handle, brand] += items
    return [
        {"platform": platform, "handle": handle.removeprefix("@"), "brand": brand, "items": items}
        for (platform, handle, brand), items in seen.most_common(MOST)
    ]


_HANDLES = (
    sa.select(ITEMS.c.platform, ITEMS.c.author_handle, sa.func.count())
    .where(ITEMS.c.author_handle.is_not(None))
    .group_by(ITEMS.c.platform, ITEMS.c.author_handle)
)


def _bare(name: str) -> str:
    return "".join(word.folded for word in words_in(name))


def _brand_of(handle: str, names: dict[str, str]) -> str:
    """The name that a handle is, or begins with and goes on as handles of firms do."""
    bare = _bare(handle)
    if bare in names:
        return names[bare]
    for name, written in names.items():
        rest = bare.removeprefix(name)
        if len(name) >= SHORT and rest != bare and rest in OF_FIRMS:
            return written
    return ""


# What firms put behind their name in a handle.
OF_FIRMS = frozenset(
    """app care cs de destek en es eu fa fr global help hq inc ir official online ro support team
    tr uk us""".split()  # noqa: SIM905
)
