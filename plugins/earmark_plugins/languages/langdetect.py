"""Language by langdetect's profiles, summed exactly where langdetect samples at random."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from langdetect import detector_factory
from langdetect.utils.ngram import NGram

from earmark import hookimpl

# Sums of n-grams are far surer than they are right; this weight makes their probabilities honest.
WEIGHT = 0.15
SMOOTHING = 0.5 / 10_000
LONGEST = 2_000  # signs; more tells nothing new
# Turkish and Romanian are often typed without their marks: each competes in both spellings.
PLAIN = str.maketrans("ăâîșțşţçğıöşüĂÂÎȘȚŞŢÇĞİÖŞÜ", "aaiststcgiosuAAISTSTCGIOSU")
TYPED_PLAIN = ("ro", "tr")


class Profiles:
    """langdetect's n-gram profiles with a column for each language and spelling."""

    def __init__(self) -> None:
        detector_factory.init_factory()
        factory: Any = detector_factory._factory
        self.tags = [name.split("-")[0] for name in factory.langlist]
        self._shares: dict[str, list[float]] = factory.word_lang_prob_map
        self._plain = {tag: self._plain_shares(self.tags.index(tag)) for tag in TYPED_PLAIN}
        self.tags += TYPED_PLAIN
        self._logs: dict[str, tuple[float, ...]] = {}

    def probabilities(self, text: str) -> dict[str, float]:
        """How probable each language is for `text`; empty when no n-gram is known."""
        rows = [self._row(gram) for gram in _grams(f" {text[:LONGEST]} ") if gram in self._shares]
        if not rows:
            return {}
        best: dict[str, float] = {}
        for tag, score in zip(self.tags, map(sum, zip(*rows, strict=True)), strict=True):
            best[tag] = max(score, best.get(tag, -math.inf))
        top = max(best.values())
        odds = {tag: math.exp(score - top) for tag, score in best.items()}
        total = sum(odds.values())
        return {tag: value / total for tag, value in odds.items()}

    def _row(self, gram: str) -> tuple[float, ...]:
        row = self._logs.get(gram)
        if row is None:
            plain = [self._plain[tag].get(gram, 0.0) for tag in TYPED_PLAIN]
            row = tuple(math.log(share + SMOOTHING) for share in self._shares[gram] + plain)
            self._logs[gram] = row
        return row

    def _plain_shares(self, column: int) -> dict[str, float]:
        plain: dict[str, float] = {}
        for gram, shares in self._shares.items():
            if shares[column]:
                typed = gram.translate(PLAIN)
                plain[typed] = plain.get(typed, 0.0) + shares[column]
        return plain


@lru_cache(maxsize=1)
def profiles() -> Profiles:
    """The profiles, read once: it takes a third of a second."""
    return Profiles()


@hookimpl
def register_languages(register: Callable[[str, float], None]) -> None:
    """One detector under this plugin's name."""
    profiles()
    register("langdetect", WEIGHT)


@hookimpl
def detect_languages(texts: list[str]) -> list[dict[str, float]]:
    """Probabilities of all languages that langdetect has a profile for."""
    return [profiles().probabilities(text) for text in texts]


class _NGram(NGram):  # type: ignore[misc]
    """langdetect's window of three letters; it looks up each letter's block, so remember them."""

    normalize = staticmethod(lru_cache(maxsize=8192)(NGram.normalize))


def _grams(text: str) -> Iterator[str]:
    """Each run of one to three letters, as langdetect counts them (words in capitals do not)."""
    grams = _NGram()
    for sign in text:
        grams.add_char(sign)
        for length in (1, 2, 3):
            gram = grams.get(length)
            if gram:
                yield gram
