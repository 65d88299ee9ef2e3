"""Options named in a reply by their own words, also inflected or misspelt."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
Span = tuple[int, int]
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
        labels = [(each.id, label) for each in options for label in (each.label, *each.aliases)]
        drafts = [_wording(*label, known, shared, telling=True) for label in labels]
        held = _holders(drafts)
        self._wordings = [
            draft
            if any(len(held[key]) == 1 for key in draft.keys)
            else _wording(*label, known, shared, telling=False)
            for label, draft in zip(labels, drafts, strict=True)
        ]
        holders = _holders(self._wordings)
        self._weights = {
            key: 1.0 if len(options) == 1 else _SHARED_WEIGHT for key, options in holders.items()
        }

        self._spaceless = [key for key in self._weights if _SPACELESS.match(key)]
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def named_in(self, text: Words, language: str) -> list[Named]:
        """The options named in a text, each once, at the words that name it best."""
        best: dict[int, tuple[float, Named]] = {}
        spans = self._spans(text, language)
        for wording in self._wordings:
            score, named = self._score(wording, spans)
            if named and score >= ENOUGH and score > best.get(wording.option, (0.0,))[0]:
                best[wording.option] = (score, named)
        return sorted((named for _, named in best.values()), key=lambda named: named.first)

    def _spans(self, text: Words, language: str) -> dict[str, Span]:
        """Where the words of the options stand first in a text, in words."""
        spans: dict[str, Span] = {}
        last = ""
        for place, word in enumerate(text.words):
            for key in {key for form in word.forms for key in self._meant(form, language)}:
                spans.setdefault(key, (place, place + 1))
            torn = last + word.forms[0]  # “sea side”
            if torn in self._weights:
                spans.setdefault(torn, (place - 1, place + 1))
            last = word.forms[0]
        return spans | _spans_of_signs(text, self._spaceless)

    def _meant(self, form: str, language: str) -> tuple[str, ...]:
        """The words of the options that a folded word is a form of."""
        if (form, language) not in self._known:
            same = (key for key in self._weights if same_word(form, key, language))
            self._known[form, language] = tuple(same)
        return self._known[form, language]

    def _score(self, wording: Wording, spans: Mapping[str, Span]) -> tuple[float, Named | None]:
        """How much of a wording stands in a text, 0 to 1; nothing where it is only what other
        options share."""
        found = [key for key in wording.keys if key in spans]
        weights = self._weights
        telling = [key for key in found if weights[key] == 1.0]
        if not found or (not telling and len(found) < len(wording.keys)):
            return 0.0, None
        at = [spans[key] for key in telling or found]
        first, end = min(span[0] for span in at), max(span[1] for span in at)
        whole = sum(weights[key] for key in wording.keys)
        score = sum(weights[key] for key in found) / whole
        return score, Named(wording.option, first, end, wording.denies)


def _wording(
    option: int, label: str, known: Lexicon, shared: tuple[str, str], *, telling: bool
) -> Wording:
    """The words of a label: those that tell something where there are such and `telling`."""
    read = words_of(label)
    said = known.every_said(read)
    denies = any(one.role in _DENYING for one in said) and len(read.words) > 1
    every = [word.forms[-1] for word in read.words]
    kept = [form for form in every if form not in known.dull] if telling else every
    return Wording(option, tuple(dict.fromkeys(_keys(kept or every, shared))), denies)


def _holders(wordings: Iterable[Wording]) -> dict[str, set[int]]:
    """The options that each word stands for."""
    holders: dict[str, set[int]] = {}
    for wording in wordings:
        for key in wording.keys:
            holders.setdefault(key, set()).add(wording.option)
    return holders


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


def _spans_of_signs(text: Words, keys: Sequence[str]) -> dict[str, Span]:
    """Where words of scripts without spaces, each sign a word there, stand first in a text."""
    if not keys:
        return {}
    signs = [word.forms[-1] for word in text.words]
    joined, stops = "".join(signs), list(accumulate(map(len, signs)))
    at = {key: joined.find(key) for key in keys}
    return {
        key: (bisect_right(stops, place), bisect_left(stops, place + len(key)) + 1)
        for key, place in at.items()
        if place >= 0
    }
