"""Words that everybody uses: never taken for a misspelling, nor as a name looked for loosely."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ..folding import words_in

FOLDER = Path(__file__).with_name("common_words")  # a file a language, words between spaces


def is_common(words: Sequence[str]) -> bool:
    """Whether a name of these folded words is one word that everybody uses."""
    return len(words) == 1 and words[0] in _common()


@cache
def _common() -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt")))
    return frozenset(word.folded for text in texts for word in words_in(text))
