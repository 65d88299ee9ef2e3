"""The second language of a text: that of the words which are not in its main one."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Json
from .scripts import count_scripts

LEAST_SHARE = 0.15
FEWEST_WORDS = 2  # one may be a name
FEWEST_LETTERS = 6


def add_second(language: Json, shares: Mapping[str, float]) -> None:
    """Put `{tag, share}` of the largest share to a language, unless it is too small or the same."""
    main = language["tag"]
    others = {tag: share for tag, share in sorted(shares.items()) if tag not in (main, "und")}
    if main == "und" or not others or "second" in language:
        return
    tag = max(others, key=lambda each: others[each])
    if others[tag] >= LEAST_SHARE:
        language["second"] = {"tag": tag, "share": round(others[tag], 2)}


def share_of_other(main: str, other: str) -> float:
    """The share of letters in another script; 0 where they may be a name or a brand."""
    if len(other.split()) < FEWEST_WORDS:
        return 0.0
    letters = count_scripts(other)
    share = letters.total() / (count_scripts(main) | letters).total()
    return share if letters.total() >= FEWEST_LETTERS and share >= LEAST_SHARE else 0.0
