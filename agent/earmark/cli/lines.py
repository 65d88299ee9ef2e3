"""NDJSON as it comes in through a pipe: whole lines at once, none waited for longer than needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedIOBase

from earmark.errors import EarmarkError
from earmark.model import Json

CHUNK_BYTES = 65_536
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def batches(stream: BufferedIOBase, largest: int) -> Iterator[list[bytes]]:
    """Lists of lines, without their ends, as far as they have arrived; `largest` lines at most."""
    rest = b""
    begun = False
    while chunk := stream.read1(CHUNK_BYTES):
        if not begun:
            chunk, begun = chunk.removeprefix(BYTE_ORDER_MARK), True
        *lines, rest = (rest + chunk).split(b"\n")
        for start in range(0, len(lines), largest):
            yield lines[start : start + largest]
    if rest:
        yield [rest]


def read_object(line: bytes) -> Json:
    """The JSON object on one line; EarmarkError that says what is wrong with it."""
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise EarmarkError("This line is not UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise EarmarkError("This line is not JSON.") from error
    if not isinstance(value, dict):
        raise EarmarkError("This line is not a JSON object.")
    return value
