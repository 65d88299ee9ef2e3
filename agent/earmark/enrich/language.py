"""Which language a text is in: what detectors, letters and hints say together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..model import Json
from .cleaning import clean_text
from .scripts import Letters, read_letters

__all__ = ["THRESHOLD", "Vote", "clean_text", "combine", "decide", "undecided"]

THRESHOLD = 0.5
# Languages met often; any other needs that many nats more to be answered.
_EXPECTED = frozenset({
    "ar", "az", "ckb", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "ku", "pt", "ro",
    "ru", "tr", "uk", "ur", "zh",
})  # fmt: skip
_UNEXPECTED_NATS = -3.5
_LETTER_WEIGHT = 0.15
_HINT_AT_MOST = 0.7
_LANGUAGES_BESIDE_THE_HINTED = 20
_LEAST = 1e-300
_UNNAMED = 1e-3


class Vote(NamedTuple):
    """One detector's opinion: probabilities by BCP 47 tag, and how much they weigh."""

    source: str
    weight: float
    probabilities: Mapping[str, float]


def decide(cleaned: str, votes: Sequence[Vote], hints: Json | None = None) -> Json:
    """The language of a cleaned text as `{tag, confidence, source}`, from everything known."""
    letters = read_letters(cleaned)
    if letters.only:
        found = letters.only != "und"
        return {
            "tag": letters.only,
            "confidence": 1.0 if found else 0.0,
            "source": "letters" if found else "none",
        }
    return combine(votes, hints, letters)


def undecided(cleaned: str) -> bool:
    """Whether detectors need to be asked: the letters alone do not tell."""
    return not read_letters(cleaned).only


def combine(
    votes: Sequence[Vote], hints: Json | None = None, letters: Letters | None = None
) -> Json:
    """`{tag, confidence, source}` from weighted logs of probabilities, letters and hints.

    `hints` is `{page, author, thread}`, each `{tag, weight}` or absent. Below a confidence of a
    half the tag is `und`. Without votes it is `und` whatever the hints say.
    """
    letters = letters or Letters()
    votes = [vote for vote in votes if vote.probabilities]
    tags = {tag for vote in votes for tag in vote.probabilities if letters.allow(tag)}
    if not tags:
        return {"tag": "und", "confidence": 0.0, "source": "none"}
    scores = {tag: _prior(tag, letters) + _hinted(tag, hints or {}) for tag in sorted(tags)}
    for vote in votes:
        _add_vote(scores, vote)
    best = max(scores, key=lambda tag: scores[tag])
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    confidence = round(1 / total, 4)
    return {
        "tag": best if confidence >= THRESHOLD else "und",
        "confidence": confidence,
        "source": "+".join(vote.source for vote in votes),
    }


def _prior(tag: str, letters: Letters) -> float:
    base = tag.split("-")[0]
    expected = 0.0 if base in _EXPECTED else _UNEXPECTED_NATS
    return expected + _LETTER_WEIGHT * letters.nats.get(base, 0.0)


def _add_vote(scores: dict[str, float], vote: Vote) -> None:
    unnamed = min(_UNNAMED, *vote.probabilities.values())
    for tag in scores:
        share = vote.probabilities.get(tag, unnamed)
        scores[tag] += vote.weight * math.log(max(share, _LEAST))


def _hinted(tag: str, hints: Json) -> float:
    total = 0.0
    for hint in hints.values():
        if not hint:
            continue
        sure = min(max(float(hint.get("weight", 0)), 0.05), _HINT_AT_MOST)
        same = str(hint.get("tag", "")).split("-")[0].lower() == tag.split("-")[0]
        total += math.log(sure if same else (1 - sure) / _LANGUAGES_BESIDE_THE_HINTED)
    return total
