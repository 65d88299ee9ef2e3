"""Runs of one to three letters as langdetect counts them, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from operator import add

from langdetect.utils.ngram import NGram


class _Normal(dict[int, str]):
    """What each sign counts as: langdetect's own rules, asked once a sign.

    Marks between words become blanks, Persian ye the Arabic one, Romanian commas cedillas.
    """

    def __missing__(self, sign: int) -> str:
        counts_as: str = NGram.normalize(chr(sign))
        self[sign] = counts_as
        return counts_as


_NORMAL = _Normal()


@lru_cache(maxsize=64)  # of the texts of a batch, either language is asked of the same words
def words_of(text: str) -> tuple[str, ...]:
    """The words of `text` in the letters that profiles are written with."""
    return tuple(text.translate(_NORMAL).split())


def grams_of(word: str) -> Iterator[str]:
    """Each run of one to three signs of a word between two blanks, as often as it is there."""
    spaced = f" {word} "
    pairs = list(map(add, spaced, spaced[1:]))
    return chain(word, pairs, map(add, pairs, spaced[2:]))
