"""Items as NDJSON: one whole item a line, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from earmark.model import Json


def write_ndjson(items: Iterable[Json], stream: TextIO) -> None:
    """Write each item as one line of JSON, as every interface prints it."""
    for item in items:
        stream.write(as_line(item))


def as_line(value: Json) -> str:
    """`value` as one line, its end included.

    U+2028 and its kin are escaped: some readers take them for the end of a line.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "\u0085\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text + "\n"
