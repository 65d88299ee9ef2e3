"""A post cut into sentences, each knowing whether it asks."""

from __future__ import annotations

import re
from typing import NamedTuple

QUESTION = "?\u061f\uff1f\u2753\u2754"
_ENDS = re.compile(f"([{QUESTION}!…\n\u06d4。！｡]|\\.(?!\\w))")
_EDGE = " \t\r\n¿¡\"“”«»„'‘’*_~-–—:،,;؛、.…()[]"
_SIGNS = re.compile(r"[^\W_]")


class Sentence(NamedTuple):
    """One sentence or line, without what ends it; `asks` where that is a question mark."""

    text: str
    asks: bool


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text that hold a letter or a digit."""
    parts = _ENDS.split(text)
    found = []
    for said, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if _SIGNS.search(said):
            found.append(Sentence(said.strip(), bool(end) and end in QUESTION))
        elif found and end and end in QUESTION:  # “What?!?”
            found[-1] = found[-1]._replace(asks=True)
    return found


def tidy(label: str) -> str:
    """A label on one line, without marks around it."""
    return " ".join(label.strip(_EDGE + QUESTION).split())
