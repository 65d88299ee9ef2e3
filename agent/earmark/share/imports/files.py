"""A file that came over HTTP, on the disk and never in memory, and what kind it is."""

from __future__ import annotations

import os
import tarfile
import tempfile
import zipfile
from collections.abc import AsyncIterable
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

from earmark.errors import EarmarkError

Kind = Literal["ndjson", "csv", "archive", "page"]
KINDS: tuple[Kind, ...] = get_args(Kind)

PREFIX = "import-"
MOST_BYTES = 8 * 1024**3
SNIFFED = 4096  # bytes
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TooLarge(EarmarkError):
    """More than an import takes."""

    code = "too_large"
    status = 413


class NotAKind(EarmarkError):
    """A file whose kind nobody can tell."""

    code = "unknown_format"
    status = 422


async def keep_stream(home: Path, chunks: AsyncIterable[bytes], most: int = MOST_BYTES) -> Path:
    """Write what comes into a private file, as it comes; whoever imports it deletes it."""
    descriptor, name = tempfile.mkstemp(prefix=PREFIX, dir=home)
    size = 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge(
                        f"The file is larger than {most // 1024**2} MiB.", "Import it in parts."
                    )
                file.write(chunk)
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def forget_files(home: Path) -> None:
    """Delete what an agent that was killed had taken in."""
    for path in home.glob(f"{PREFIX}*"):
        with suppress(OSError):
            path.unlink()


def kind_of(path: Path, name: str) -> Kind:
    """What a file is, by what is in it, then by what it is called. Raises NotAKind."""
    if zipfile.is_zipfile(path) or tarfile.is_tarfile(path):
        return "archive"
    with path.open("rb") as file:
        start = file.read(SNIFFED).removeprefix(BYTE_ORDER_MARK).lstrip()
    ending = name.lower().rpartition(".")[2]
    if start.startswith(b"<") or ending in ("html", "htm", "mhtml"):
        return "page"
    if ending in ("csv", "tsv"):
        return "csv"
    if ending in ("ndjson", "jsonl"):
        return "ndjson"
    if start.startswith(b"{"):
        return "ndjson" if b"\n" in start and b'"platform"' in start else "page"
    raise NotAKind(
        "What kind of file this is cannot be told.",
        f"Say it with --format: {', '.join(KINDS)}.",
    )
