"""What people corrected, as judging needs it: phrases found in one pass, texts known again.

A correction says what a text is (`item`), how a phrase feels (`word`), or whether a phrase means a
tag (`tag`); see `keeping/corrections.py`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from ..folding import fold
from ..model import Json, WordFeeling
from ..words import Phrases, Words, words_of
from .evidence import Span, quoted, with_words, within, words_of_tag

BY = "corrections"  # who put on what follows from a correction
ITEM, WORD, TAG = "item", "word", "tag"
SAME_TEXT = "you said so of the same text"
OTHER = "intent:other"  # says that nothing else is meant
LONGEST_EMOTICON = 5
REMEMBERED = 256  # texts, for whoever asks next
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_NO_GAPS = str.maketrans("…|", "  ")  # what has a meaning in the lists has none here
_STYLE = "\ufe0f"  # asks for a colourful emoji, and is there or not


class Standing(NamedTuple):
    """A correction whose phrase stands in a text, from `start` up to before `end`."""

    correction: Json
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


@lru_cache(maxsize=REMEMBERED)
def text_key(text: str) -> str:
    """The same for texts that differ only in case, accents, letter variants and spaces; empty for
    a text that says nothing."""
    folded = " ".join(fold(text).split())
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:32] if folded else ""


def is_findable(phrase: str) -> bool:
    """Whether there is a word or a sign in it to look for."""
    visible = any(unicodedata.category(sign)[0] not in "CMZ" for sign in phrase)
    return bool(words_of(phrase).words) or (visible and is_sign(phrase))


def is_sign(phrase: str) -> bool:
    """Whether it is an emoji, an emoticon or the like, which is looked for as it is written."""
    letters = sum(map(str.isalnum, phrase))
    if not letters:
        return True
    return letters == 1 < len(phrase) <= LONGEST_EMOTICON and not phrase.replace("*", "").isalnum()


class Corrections:
    """Applies corrections to what was judged of items."""

    def __init__(self, corrections: Iterable[Json]) -> None:
        every = list(corrections)
        phrased = [one for one in every if one["kind"] != ITEM]
        self._texts = {one["key"]: one for one in every if one["kind"] == ITEM}
        self._is_of_words = bool(phrased)
        self._stands_in = lru_cache(maxsize=REMEMBERED)(self._find)
        self._phrases = Phrases(
            (spelling, one)
            for one in phrased
            if not is_sign(one["phrase"])
            for spelling in _spellings(one["phrase"])
        )
        self._signs = _Signs(one for one in phrased if is_sign(one["phrase"]))
        self.words = tuple(
            feeling for one in phrased if one["kind"] == WORD for feeling in _feelings_of(one)
        )

    def language(self, text: str) -> Json | None:
        """The language that a person said the same text is in."""
        tag = self._said_of(text).get("language")
        return tag and {"tag": tag, "confidence": 1.0, "source": BY, "because": SAME_TEXT}

    def feeling(self, text: str) -> Json | None:
        """The feeling that a person said the same text tells."""
        told = self._said_of(text).get("sentiment")
        return told and {**told, "by": BY, "because": SAME_TEXT}

    def tags(self, item: Json, suggested: Sequence[Json]) -> list[Json]:
        """What is left of tags that were suggested for an item, and what people mean beside them.

        A suggestion goes where all words that it rests on were said not to mean it.
        """
        text = str(item.get("text") or "")
        stands = [one for one in self._standing(item) if one.correction["kind"] == TAG]
        said = self._said_of(text).get("tags") or {}
        if not stands and not said:
            return list(filter(None, (with_words(tag, text, ()) for tag in suggested)))
        denied = _by_tag(one for one in stands if not one.correction["holds"])
        left = [with_words(tag, text, denied.get(tag["name"], ())) for tag in suggested]
        kept = [tag for tag in left if tag and said.get(tag["name"]) is not False]
        names = {tag["name"] for tag in kept}
        meant = _meant(text, stands, denied)
        new = [tag for name, tag in ({**meant, **_same(said)}).items() if name not in names]
        new = [tag for tag in new if said.get(tag["name"]) is not False]
        if any(tag["name"].startswith("intent:") for tag in new):
            kept = [tag for tag in kept if tag["name"] != OTHER]
        return kept + new

    def refused(self, text: str) -> frozenset[str]:
        """The tags that a person took off the same text."""
        said = self._said_of(text).get("tags") or {}
        return frozenset(name for name, holds in said.items() if not holds)

    def concerning(self, item: Json) -> list[int]:
        """The ids of the corrections that have a say in what is judged of an item."""
        said = self._said_of(str(item.get("text") or ""))
        ids = {one.correction["id"] for one in self._standing(item)}
        ids |= {said["id"]} if said else set()
        return sorted(ids)

    def _said_of(self, text: str) -> Json:
        return self._texts.get(text_key(text), {}) if self._texts else {}

    def _standing(self, item: Json) -> Sequence[Standing]:
        """Corrections of words that stand in a text, in the languages that they are made for."""
        if not self._is_of_words:
            return ()
        return self._stands_in(str(item.get("text") or ""), _languages(item))

    def _find(self, written: str, languages: frozenset[str]) -> Sequence[Standing]:
        text = words_of(written)
        return [
            one
            for one in (*_found(self._phrases, text), *self._signs.found_in(text))
            if not languages or one.correction.get("language", "") in {"", *languages}
        ]


def _feelings_of(correction: Json) -> Iterator[WordFeeling]:
    """What was said of a word, for each of its spellings."""
    phrase, strength = correction["phrase"], float(correction["strength"])
    language, sign = correction.get("language", ""), is_sign(phrase)
    for spelling in [phrase] if sign else sorted(_spellings(phrase)):
        yield WordFeeling(spelling, strength, language, sign)


class _Signs:
    """Phrases without words, found as they are written, in one pass."""

    def __init__(self, corrections: Iterable[Json]) -> None:
        self._of: dict[str, list[Json]] = {}
        for one in corrections:
            self._of.setdefault(one["phrase"].replace(_STYLE, ""), []).append(one)
        self._automaton = ahocorasick.Automaton()
        for sign in self._of:
            self._automaton.add_word(sign, sign)
        if self._of:
            self._automaton.make_automaton()

    def found_in(self, text: Words) -> Iterator[Standing]:
        if not self._of:
            return
        for last, sign in self._automaton.iter(text.bare):
            start, end = last + 1 - len(sign), last + 1
            if not _is_within_word(text.bare, start, end):
                yield from (Standing(one, start, end) for one in self._of[sign])


def _is_within_word(text: str, start: int, end: int) -> bool:
    """Whether a letter or digit of an emoticon goes on before or behind it."""
    before, behind = text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1]
    return (len(before) == 2 and before.isalnum()) or (len(behind) == 2 and behind.isalnum())


def _found(phrases: Phrases[Json], text: Words) -> Iterator[Standing]:
    for one in (one for begun in phrases.found_in(text) for one in begun):
        start, end = text.words[one.first].start, text.words[one.end - 1].end
        yield Standing(one.meaning, start, end)


def _spellings(phrase: str) -> set[str]:
    """A phrase, and if letters are drawn out in it, with each run of them twice and once."""
    phrase = phrase.translate(_NO_GAPS).strip()
    return {phrase, _DRAWN_OUT.sub(r"\1\1", phrase), _DRAWN_OUT.sub(r"\1", phrase)}


def _languages(item: Json) -> frozenset[str]:
    """The languages of an item; none where nobody knows."""
    language = item.get("language") or {}
    tags = (language.get("tag"), (language.get("second") or {}).get("tag"))
    return frozenset(str(tag).split("-")[0] for tag in tags if tag and tag != "und")


def _by_tag(stands: Iterable[Standing]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for one in stands:
        spans.setdefault(one.correction["tag"], []).append(one.span)
    return spans


def _meant(text: str, stands: Sequence[Standing], denied: dict[str, list[Span]]) -> dict[str, Json]:
    """A tag for each that a phrase means; one within a longer phrase that does not means none."""
    tags: dict[str, Json] = {}
    for one in stands:
        name = one.correction["tag"]
        if one.correction["holds"] and not within(one.span, denied.get(name, ())):
            written = text[one.start : one.end]
            tag = {"name": name, "by": BY, "because": f"{quoted(written)} means this, you said"}
            tags.setdefault(name, tag | words_of_tag([written]))
    return tags


def _same(said: dict[str, bool]) -> dict[str, Json]:
    """The tags that a person put on the same text."""
    return {
        name: {"name": name, "by": BY, "because": SAME_TEXT}
        for name, holds in said.items()
        if holds
    }
