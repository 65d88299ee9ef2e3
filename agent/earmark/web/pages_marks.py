"""The words that decided a judgement, marked in the text they were said in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..query.highlight import Piece, Span
from ..query.spans import spans_of
from ..query.tree import Exact

MOST = 40  # words that are looked for in a text
_QUOTED = re.compile("“([^“”]+)”")


class Marked(NamedTuple):
    """A stretch of a text: whether a search found it, and what it told of the feeling: `praise`,
    `blame`, `said` where that is not known, or nothing."""

    text: str
    found: bool
    felt: str


def telling_words(feeling: Mapping[str, Any]) -> dict[str, str]:
    """The words that a feeling and its emotions were told by, and which of `felt` each is."""
    weights = feeling.get("words") or {}
    told = {word: "praise" if weight > 0 else "blame" for word, weight in weights.items()}
    reasons = [*([] if told else [feeling]), *(feeling.get("emotions") or ())]
    said = (word for one in reasons for word in _QUOTED.findall(str(one.get("because") or "")))
    whole = told | {word: "said" for word in said if word not in told}
    return dict(list(whole.items())[:MOST])


def felt(line: Iterable[Piece], telling: Mapping[str, str]) -> Iterator[Marked]:
    """A line of a text, with what told the feeling marked where no search found it."""
    for piece in line:
        if piece.found:
            yield Marked(piece.text, True, "")
        else:
            yield from _marked(piece.text, telling)


def _marked(text: str, telling: Mapping[str, str]) -> Iterator[Marked]:
    end = 0
    for (first, after), kind in _apart(_spans(text, telling)):
        yield Marked(text[end:first], False, "")
        yield Marked(text[first:after], False, kind)
        end = after
    yield Marked(text[end:], False, "")


def _spans(text: str, telling: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    for word, kind in telling.items():
        if written := word.removesuffix("…"):
            yield from ((span, kind) for span in spans_of(Exact(written, word), text))


def _apart(found: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """What was found in order, without what begins inside another; of two the longer."""
    end = 0
    for (first, after), kind in sorted(found, key=lambda one: (one[0][0], -one[0][1])):
        if first >= end:
            yield (first, after), kind
            end = after
