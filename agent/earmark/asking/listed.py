"""Options given as a list: a line each, or one after another, told apart by what stands before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from .sentences import tidy

LONGEST_LABEL = 100  # characters; a longer line is a paragraph
LETTERS: tuple[Sequence[str], ...] = (  # as lists are lettered
    "abcdefghijklmnopqrst",
    ("الف", "ب", "ج", "د", "ه", "و"),
    ("الف", "ب", "پ", "ت", "ث", "ج"),
    ("أ", "ب", "ج", "د", "ه", "و"),
    ("ا", "ب", "ت", "ث", "ج", "ح"),
    "абвгдежзик",
)
_EMOJI = (
    "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[\u2600-\u27bf\U0001f000-\U0001faff])*"
)
_NUMBER = (
    r"[(\[]?(?P<number>\d{1,2})(?:\ufe0f?\u20e3|[)\].:،]{1,2}(?!\d)|\s?[-–—](?!\d))"
    "|(?P<circled>[\u2460-\u2473])"
)
_LETTER = r"[(\[]?(?P<letter>[^\W\d_]|الف)(?:[)\].:]{1,2}|\s?[-–—](?=\s))"
_BULLET = "(?P<bullet>[-•*–—▪●○◦‣·➤►])(?=\\s)"
_LINE = re.compile(
    f"\\s*(?:{_NUMBER}|{_LETTER}|{_BULLET}|(?P<emoji>{_EMOJI}))\\s*[-–—:=.)]?\\s*(?P<label>\\S.*)"
)
_INLINE = re.compile(f"(?:(?<=\\s)|^)(?:{_NUMBER}|{_LETTER})\\s*(?=\\S)")


class Marked(NamedTuple):
    """A line that begins as the lines of a list do; `mark` is what it begins with."""

    kind: str
    mark: str
    label: str


class Listing(NamedTuple):
    """A list: its labels, each with the emoji before it, its letters, and the text around it."""

    labels: list[tuple[str, str]]
    letters: tuple[str, ...]
    before: str
    after: str


def lists_in(text: str) -> list[Listing]:
    """The lists of a text, those that have a line for each entry before those within one line."""
    return [*_by_lines(text.splitlines()), *_inline(text)]


def without_dress(emoji: str) -> str:
    """An emoji as it is compared, without skin tone and variation."""
    return re.sub("[\ufe0f\U0001f3fb-\U0001f3ff]", "", emoji)


def _by_lines(lines: Sequence[str]) -> list[Listing]:
    read = [_marked(line) for line in lines]
    found, start = [], 0
    while start < len(lines):
        entries, end = _block(lines, read, start)
        if listing := _listing(entries, "\n".join(lines[:start]), "\n".join(lines[end:])):
            found.append(listing)
        start = max(end, start + 1)
    return found


def _marked(line: str) -> Marked | None:
    if not (found := _LINE.fullmatch(line)):
        return None
    kind = next(k for k in ("number", "circled", "letter", "bullet", "emoji") if found[k])
    mark, label = found[kind], tidy(found["label"])
    if kind == "circled":
        kind, mark = "number", unicodedata.normalize("NFKC", mark)
    fits = label and len(label) <= LONGEST_LABEL
    return Marked(kind, mark, label) if fits else None


def _block(
    lines: Sequence[str], read: Sequence[Marked | None], start: int
) -> tuple[list[Marked], int]:
    """The entries of one kind from a line on, blank lines between them, and where they end."""
    entries: list[Marked] = []
    end = start
    for place in range(start, len(lines)):
        entry = read[place]
        if not lines[place].strip() and entries:
            continue
        if entry is None or (entries and entry.kind != entries[0].kind):
            break
        entries.append(entry)
        end = place + 1
    return entries, end


def _listing(entries: Sequence[Marked], before: str, after: str) -> Listing | None:
    if len(entries) < 2:
        return None
    kind, marks = entries[0].kind, [entry.mark for entry in entries]
    if kind == "number" and [int(mark) for mark in marks] != list(range(1, len(marks) + 1)):
        return None
    letters = _letters(marks) if kind == "letter" else ()
    if kind == "letter" and not letters:
        return None
    bare = [without_dress(mark) for mark in marks]
    differ = kind == "emoji" and len(set(bare)) == len(bare)
    labels = [
        (entry.label, mark if differ else "") for entry, mark in zip(entries, bare, strict=True)
    ]
    return Listing(labels, letters, before, after)


def _letters(marks: Sequence[str]) -> tuple[str, ...]:
    """The letters of a list, where they follow each other from the first on."""
    lower = tuple(mark.lower() for mark in marks)
    return next((lower for row in LETTERS if lower == tuple(row[: len(lower)])), ())


def _inline(text: str) -> list[Listing]:
    """“1) tea 2) coffee” within one line."""
    return [listing for line in text.splitlines() if (listing := _in_line(line, text))]


def _in_line(line: str, text: str) -> Listing | None:
    marks = [found for found in _INLINE.finditer(line) if found["number"] or found["letter"]]
    kinds = {bool(found["number"]) for found in marks}
    if len(marks) < 2 or len(kinds) != 1:
        return None
    ends = [found.start() for found in marks[1:]] + [len(line)]
    entries = [
        Marked("number" if found["number"] else "letter", found["number"] or found["letter"], label)
        for found, end in zip(marks, ends, strict=True)
        if 0 < len(label := tidy(line[found.end() : end])) <= LONGEST_LABEL
    ]
    if len(entries) < len(marks):
        return None
    before, _, after = text.partition(line)
    return _listing(entries, before + line[: marks[0].start()], after)
