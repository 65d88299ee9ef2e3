"""Options named in a reply by their own words, also inflected or misspelt."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from ..folding import SPACELESS
from ..words import Words, words_of
from .alike import beginning, same_word
from .lexicon import Lexicon
from .offer import Option

ENOUGH = 0.5  # of an option's words, by weight
_SHARED_WEIGHT = 0.25  # of a word that stands in several options
_SPACELESS = re.compile(f"[{SPACELESS}]")
_HIRAGANA = re.compile("[\u3040-\u309f]")
_KATAKANA = re.compile("[\u30a0-\u30ff]")
_DENYING = ("not_before", "not_after", "no")


class Wording(NamedTuple):
    """One way to name an option: the words that tell it, and whether it denies something itself."""

    option: int
    keys: tuple[str, ...]
    denies: bool


class Named(NamedTuple):
    """An option named in a reply: by the words from `first` up to before `end`."""

    option: int
    first: int
    end: int
    denies: bool


class Naming:
    """Finds some options by their words."""

    def __init__(self, options: Sequence[Option], known: Lexicon) -> None:
        shared = _shared_ends([option.label for option in options])
        self._wordings = [
            wording
            for option in options
            for label in (option.label, *option.aliases)
            if (wording := _wording(option.id, label, known, shared))
        ]
        holders: dict[str, set[int]] = {}
        for wording in self._wordings:
            for key in wording.keys:
                holders.setdefault(key, set()).add(wording.option)
        self._weights = {
            key: 1.0 if len(options) == 1 else _SHARED_WEIGHT for key, options in holders.items()
        }

    def named_in(self, text: Words, language: str) -> list[Named]:
        """The options named in a text, each once, at the words that name it best."""
        best: dict[int, tuple[float, Named]] = {}
        for wording in self._wordings:
            score, named = self._score(wording, text, language)
            if named and score >= ENOUGH and score > best.get(wording.option, (0.0,))[0]:
                best[wording.option] = (score, named)
        return sorted((named for _, named in best.values()), key=lambda named: named.first)

    def _score(self, wording: Wording, text: Words, language: str) -> tuple[float, Named | None]:
        """How much of a wording stands in a text, 0 to 1; nothing where it is only what other
        options share."""
        found = {key: spans for key in wording.keys if (spans := list(_spans(key, text, language)))}
        weights = self._weights
        telling = [key for key in found if weights[key] == 1.0]
        if not telling and len(found) < len(wording.keys):
            return 0.0, None
        spans = [found[key][0] for key in telling or found]
        first, end = min(span[0] for span in spans), max(span[1] for span in spans)
        whole = sum(weights[key] for key in wording.keys)
        score = sum(weights[key] for key in found) / whole
        return score, Named(wording.option, first, end, wording.denies)


def _wording(option: int, label: str, known: Lexicon, shared: tuple[str, str]) -> Wording | None:
    read = words_of(label)
    said = known.every_said(read)
    dull = {n for one in said if one.role == "function" for n in range(one.first, one.end)}
    denies = any(one.role in _DENYING for one in said) and len(read.words) > 1
    kept = [word.forms[-1] for n, word in enumerate(read.words) if n not in dull]
    keys = tuple(dict.fromkeys(_keys(kept or [word.forms[-1] for word in read.words], shared)))
    return Wording(option, keys, denies) if keys else None


def _keys(words: Iterable[str], shared: tuple[str, str]) -> Iterator[str]:
    """The words; of scripts without spaces the runs of one kind of sign, without what all options
    begin or end with."""
    for spaceless, group in groupby(words, lambda word: bool(_SPACELESS.match(word))):
        if not spaceless:
            yield from group
            continue
        run = "".join(group)
        own = run.removeprefix(shared[0]).removesuffix(shared[1]) or run
        runs = ["".join(part) for _, part in groupby(own, _kind)]
        yield from [part for part in runs if not _HIRAGANA.match(part)] or runs


def _kind(sign: str) -> str:
    if _HIRAGANA.match(sign):
        return "hiragana"
    return "katakana" if _KATAKANA.match(sign) else "other"


def _shared_ends(labels: Sequence[str]) -> tuple[str, str]:
    """What all labels of a script without spaces begin and end with."""
    read = ["".join(word.forms[-1] for word in words_of(label).words) for label in labels]
    if not all(map(_SPACELESS.match, read)):
        return "", ""
    return beginning(read), beginning([label[::-1] for label in read])[::-1]


def _spans(key: str, text: Words, language: str) -> Iterator[tuple[int, int]]:
    """Where a word of an option stands in a text, in words."""
    if _SPACELESS.match(key):
        yield from _spans_of_signs(key, text)
        return
    for place, word in enumerate(text.words):
        if any(same_word(form, key, language) for form in word.forms):
            yield place, place + 1


def _spans_of_signs(key: str, text: Words) -> Iterator[tuple[int, int]]:
    words = [word.forms[-1] for word in text.words]
    joined, stops = "".join(words), list(accumulate(map(len, words)))
    at = joined.find(key)
    while at >= 0:
        yield bisect_right(stops, at), bisect_left(stops, at + len(key)) + 1
        at = joined.find(key, at + 1)
