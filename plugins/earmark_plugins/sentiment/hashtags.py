"""Hashtags of several words, as capitals part them: "#WorstServiceEver" says what its words say."""

from __future__ import annotations

from collections.abc import Iterator

from earmark import Word, Words, fold


def with_hashtags_parted(text: Words) -> Words:
    """The same text, each hashtag as the words it is made of; one word stays one."""
    if "#" not in text.bare:
        return text
    words = [part for word in text.words for part in _parted(text, word)]
    return text if len(words) == len(text.words) else text._replace(words=tuple(words))


def _parted(text: Words, word: Word) -> Iterator[Word]:
    written = text.text[word.start : word.end]
    if text.text[max(word.start - 1, 0) : word.start] != "#" or written[1:].islower():
        yield word
        return
    ends = [*_borders(written), len(written)]
    for start, end in zip([0, *ends], ends, strict=False):
        forms = (fold(written[start:end]),)
        yield word._replace(forms=forms, start=word.start + start, end=word.start + end)


def _borders(written: str) -> Iterator[int]:
    """Where a word begins: at a capital after a small letter, or before one ("AMess")."""
    for place in range(1, len(written)):
        before, here, after = written[place - 1], written[place], written[place + 1 : place + 2]
        if here.isupper() and (before.islower() or (before.isupper() and after.islower())):
            yield place
