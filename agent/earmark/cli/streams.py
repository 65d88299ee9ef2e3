"""Text in and out of a command: UTF-8 whatever the locale, and nothing that steers a terminal."""

from __future__ import annotations

import os
import sys
import unicodedata
from io import TextIOWrapper


def use_utf8() -> None:
    """Have the three streams speak UTF-8 whatever the locale says.

    What UTF-8 cannot write (half of a surrogate pair) comes out as `\\ud800`, which inside JSON
    means the same, so no output ever stops in the middle.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def words(value: str) -> str:
    """An argument as it was typed: UTF-8 where it is UTF-8, else in the locale's encoding."""
    try:
        return os.fsencode(value).decode("utf-8")
    except UnicodeError:
        return value


def printable(text: str) -> str:
    """`text` without control signs: what a page wrote must not move a terminal's cursor.

    Line ends and tabs become spaces, other control signs U+FFFD.
    """
    return "".join(_printable(sign) for sign in text)


def printable_lines(text: str) -> str:
    """`printable`, line by line: for what its author may lay out, a traceback or a report."""
    return "\n".join(map(printable, text.split("\n")))


def _printable(sign: str) -> str:
    if sign in "\n\r\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in ("Cc", "Cs") else sign
