"""The words of a text that a tag rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Json

Span = tuple[int, int]
SPANS, BESIDES = "_spans", "_besides"  # of a suggested tag; a stored one has `words`
MOST, LONGEST = 20, 100  # words kept of a tag, and characters of one
SHOWN, LONGEST_SHOWN = 3, 40


def within(span: Span, others: Iterable[Span]) -> bool:
    """Whether any of them holds all of it."""
    return any(start <= span[0] and span[1] <= end for start, end in others)


def with_words(tag: Json, text: str, denied: Sequence[Span]) -> Json | None:
    """A suggested tag as it is stored, with the words it rests on; None where it rests on nothing
    but what is denied."""
    kept = {key: value for key, value in tag.items() if key not in (SPANS, BESIDES)}
    spans, besides = tag.get(SPANS) or [], tag.get(BESIDES) or ""
    left = [span for span in spans if not within(span, denied)]
    if spans and not left and not besides:
        return None
    if len(left) < len(spans):
        kept["because"] = _reason(text, left, besides)
    return kept | words_of_tag([text[start:end] for start, end in left])


def words_of_tag(written: Iterable[str]) -> Json:
    """`{words}` of a stored tag: each different one once; what is too long to be a phrase is left
    out, and `words` where nothing is left."""
    words = [each for each in dict.fromkeys(written) if 0 < len(each) <= LONGEST]
    return {"words": words[:MOST]} if words else {}


def quoted(written: str) -> str:
    """Words as a reason shows them."""
    shown = " ".join(written.split())
    return f"“{shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + '…'}”"


def _reason(text: str, spans: Sequence[Span], besides: str) -> str:
    words = list(dict.fromkeys(quoted(text[start:end]) for start, end in spans))[:SHOWN]
    return ", ".join([*words, besides] if besides else words)
