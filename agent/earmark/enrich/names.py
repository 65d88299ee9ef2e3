"""What to look for, for each watch term: its names, handles and hashtags, and what it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ..folding import words_in
from ..model import Json
from .common import is_common
from .inflection import stems
from .near import LEAST
from .spelling import undrawn

Kind = Literal["name", "alias", "handle", "hashtag", "exclusion"]
_TAIL = re.compile(r"[+#]+")  # “C++” and “C#” are not “C”


@dataclass(frozen=True, slots=True)
class Name:
    """One thing to look for. `words` are folded, `key` is them written together.

    `loose`: it may also be found torn apart, written together, with an ending glued to it, and
    misspelt; short and common names are found only as they are written. `stem`: the key is the
    name without its last letter, and an ending has to follow. `platform` limits a handle.
    """

    term: int
    kind: Kind
    written: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    key: str
    loose: bool
    tail: str = ""
    stem: bool = False
    platform: str = ""


def names_of(terms: Sequence[Json]) -> Iterator[Name]:
    """Everything to look for; nothing for a term that is retired."""
    for number, term in enumerate(terms):
        if not term.get("retired"):
            yield from _of_term(number, term)


def _of_term(number: int, term: Json) -> Iterator[Name]:
    common = bool(term.get("common"))
    if not term.get("implied"):  # by an account that speaks for it: nobody entered the term itself
        yield from _name(number, "name", term["name"], common)
    for alias in term.get("aliases") or ():
        yield from _name(number, "alias", alias, common)
    for tag in term.get("hashtags") or ():
        yield from _name(number, "hashtag", tag, True)
    for handle in term.get("handles") or ():
        yield from _name(number, "handle", handle["handle"], True, handle.get("platform") or "")
    for phrase in term.get("exclusions") or ():
        yield from _name(number, "exclusion", phrase, False)


def _name(
    number: int, kind: Kind, written: str, common: bool, platform: str = ""
) -> Iterator[Name]:
    found = words_in(written)
    words = tuple(word.folded for word in found)
    key = "".join(words)
    if not key:
        return
    gaps = tuple(written[a.end : b.start] for a, b in pairwise(found))
    loose = not common and len(undrawn(key)) >= LEAST and not is_common(words)
    tail = _TAIL.fullmatch(written, found[-1].end)
    ending = tail[0] if tail else ""
    yield Name(number, kind, written, words, gaps, key, loose, ending, platform=platform)
    for stem in stems(key) if loose and kind in ("name", "alias") else ():
        cut = (*words[:-1], words[-1][:-1])
        yield Name(number, kind, written, cut, gaps, stem, True, stem=True)
