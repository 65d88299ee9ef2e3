"""Earmark's own export, read from its end: it begins with what came last, and what came first
has to come first again."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from earmark.model import Json

LONGEST_LINE = 8 * 1024**2  # bytes
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line by its number from 1: what is on it, or what is wrong with it."""

    number: int
    value: Json | None = None
    problem: str = ""


def starts(path: Path) -> array[int]:
    """Where each line begins that is not empty, in order, and where the file ends."""
    found = array("q")
    offset = 0
    with path.open("rb") as file:
        if file.read(3) != BYTE_ORDER_MARK:
            file.seek(0)
        offset = file.tell()
        while line := file.readline(LONGEST_LINE + 1):
            found.append(offset)
            offset += len(line)
            while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE + 1)
                offset += len(line)
    found.append(offset)
    return found


def backwards(path: Path, offsets: array[int]) -> Iterator[Line]:
    """The lines, the last one first."""
    with path.open("rb") as file:
        for index in range(len(offsets) - 2, -1, -1):
            size = offsets[index + 1] - offsets[index]
            if size > LONGEST_LINE:
                yield Line(index + 1, problem=f"it is longer than {LONGEST_LINE // 1024**2} MiB")
                continue
            file.seek(offsets[index])
            text = file.read(size).strip()
            if text:
                yield read_line(index + 1, text)


def read_line(number: int, text: bytes) -> Line:
    try:
        value = json.loads(text.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError):
        return Line(number, problem="it is not JSON in UTF-8")
    if not isinstance(value, dict):
        return Line(number, problem="it is not a JSON object")
    return Line(number, value)


def refuse(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
