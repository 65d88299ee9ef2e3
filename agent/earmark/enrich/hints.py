"""What is known of a text's language before it is read: of its page, its author, its thread."""

from __future__ import annotations

import math

from ..model import Json

_AT_LEAST, _AT_MOST = 0.05, 0.7  # a hint is a prior, never an answer
_LANGUAGES_BESIDE_THE_HINTED = 20


def hinted(tag: str, hints: Json) -> float:
    """The log of how probable the hints make a language.

    Each hint is the opinion of one who is right with the probability of its weight; several are
    averaged, so that three which agree are no surer than the surest of them.
    """
    opinions = [_opinion(tag, hint) for hint in hints.values() if hint]
    return math.log(math.fsum(opinions) / len(opinions)) if opinions else 0.0


def _opinion(tag: str, hint: Json) -> float:
    sure = min(max(float(hint.get("weight", 0)), _AT_LEAST), _AT_MOST)
    same = str(hint.get("tag", "")).split("-")[0].lower() == tag.split("-")[0]
    return sure if same else (1 - sure) / _LANGUAGES_BESIDE_THE_HINTED
