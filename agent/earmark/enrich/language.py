"""Which language a text is in: what detectors, letters and hints say together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..model import Json
from .hints import hinted
from .scripts import Letters, read_letters

THRESHOLD = 0.5  # of the confidence; below it the language counts as unknown
# Languages met often; any other needs that many nats more to be answered.
_EXPECTED = frozenset({
    "ar", "az", "ckb", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "ku", "pt", "ro",
    "ru", "tr", "uk", "ur", "zh",
})  # fmt: skip
_UNEXPECTED_NATS = -3.5
_LETTER_WEIGHT = 0.15
_LEAST = 1e-300
_UNNAMED = 1e-3


class Vote(NamedTuple):
    """One detector's opinion: probabilities by BCP 47 tag, and how much they weigh."""

    source: str
    weight: float
    probabilities: Mapping[str, float]


def decide(cleaned: str, votes: Sequence[Vote], hints: Json | None = None) -> Json:
    """The likeliest language of a cleaned text as `{tag, confidence, source}`.

    However low the confidence is: see `known`. `und` where there are no letters, or no votes on
    letters that leave a choice.
    """
    letters = read_letters(cleaned)
    if letters.only:
        found = letters.only != "und"
        return {
            "tag": letters.only,
            "confidence": 1.0 if found else 0.0,
            "source": "letters" if found else "none",
        }
    return combine(votes, hints, letters)


def known(language: Json, threshold: float = THRESHOLD) -> Json:
    """The language where it is told with that confidence, else `und` with what there is of it."""
    if language["confidence"] >= threshold:
        return language
    return {"tag": "und", "confidence": language["confidence"], "source": language["source"]}


def undecided(cleaned: str) -> bool:
    """Whether detectors need to be asked: the letters alone do not tell."""
    return not read_letters(cleaned).only


def combine(
    votes: Sequence[Vote], hints: Json | None = None, letters: Letters | None = None
) -> Json:
    """`{tag, confidence, source}` from weighted logs of probabilities, letters and hints.

    `hints` is `{page, author, thread}`, each `{tag, weight}` or absent. Without votes it is `und`
    whatever the hints say.
    """
    letters = letters or Letters()
    votes = [vote for vote in votes if vote.probabilities]
    named = sorted({tag for vote in votes for tag in vote.probabilities})
    priors = ((tag, _prior(tag, letters.allowed)) for tag in named)
    scores = {tag: prior for tag, prior in priors if prior is not None}
    if not scores:
        return {"tag": "und", "confidence": 0.0, "source": "none"}
    for tag in letters.nats.keys() & scores.keys():
        scores[tag] += _LETTER_WEIGHT * letters.nats[tag]
    for vote in votes:
        _add_vote(scores, vote)
    if hints:
        for tag in scores:
            scores[tag] += hinted(tag, hints)
    best = max(scores, key=lambda tag: scores[tag])
    top = scores[best]
    confidence = round(1 / math.fsum([math.exp(score - top) for score in scores.values()]), 4)
    source = "+".join(vote.source for vote in votes)
    return {"tag": best, "confidence": confidence, "source": source}


@lru_cache(maxsize=4096)
def _prior(tag: str, allowed: frozenset[str] | None) -> float | None:
    """What a language starts with, in nats; None where the letters do not allow it."""
    if not Letters(allowed=allowed).allow(tag):
        return None
    return 0.0 if tag.split("-")[0] in _EXPECTED else _UNEXPECTED_NATS


def _add_vote(scores: dict[str, float], vote: Vote) -> None:
    probabilities, weight, log = vote.probabilities, vote.weight, math.log
    unnamed = min(_UNNAMED, *probabilities.values())
    for tag in scores:
        share = probabilities.get(tag, unnamed)
        scores[tag] += weight * log(share if share > _LEAST else _LEAST)
