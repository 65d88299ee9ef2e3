"""Files in an archive, one by one. An archive is hostile until shown otherwise.

Nothing is unpacked to the disk, so no name in it can lead anywhere; still, a name that tries is
named. What is too large, too much or packed too tightly is not read, and the rest goes on.
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

MOST_FILES = 200_000
MOST_FILE_BYTES = 32 * 1024**2
MOST_BYTES = 16 * 1024**3  # of all files together, unpacked
MOST_RATIO = 200  # unpacked to packed
RATIO_FROM = 1024**2  # bytes unpacked below which a ratio tells nothing
CHUNK = 64 * 1024
WANTED = (".html", ".htm", ".json")
BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, RuntimeError,
          NotImplementedError, ValueError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive; with `problem` it was not read, and that says why."""

    name: str
    content: bytes = b""
    problem: str = ""


@dataclass(slots=True)
class Limits:
    """How much an archive may hold; bytes are counted as they are unpacked."""

    files: int = MOST_FILES
    file_bytes: int = MOST_FILE_BYTES
    bytes: int = MOST_BYTES
    ratio: int = MOST_RATIO
    seen: int = field(default=0, init=False)
    unpacked: int = field(default=0, init=False)

    def why_not(self, name: str, size: int, packed: int | None) -> str:
        """Why a file of that size must not be read; empty where it may."""
        if leads_out(name):
            return "its name leads out of the archive"
        if size > self.file_bytes:
            return f"it is larger than {self.file_bytes // 1024**2} MiB"
        if packed is not None and size > RATIO_FROM and size > self.ratio * max(packed, 1):
            return f"it is packed more than {self.ratio} times"
        return ""


def entries(path: Path, limits: Limits | None = None) -> Iterator[Entry]:
    """The HTML and JSON files of an archive, in its order; what cannot be read is named."""
    limits = limits or Limits()
    read = from_zip if zipfile.is_zipfile(path) else from_tar
    try:
        for entry in read(path, limits):
            limits.seen += 1
            if limits.seen > limits.files:
                yield Entry(
                    "", problem=f"there are more than {limits.files} files; the rest is left out"
                )
                return
            yield entry
            if limits.unpacked > limits.bytes:
                yield Entry("", problem="it unpacks to more than is taken; the rest is left out")
                return
    except BROKEN as error:
        yield Entry("", problem=f"the archive is broken here: {type(error).__name__}")


def from_zip(path: Path, limits: Limits) -> Iterator[Entry]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir() or not is_wanted(info.filename):
                continue
            problem = limits.why_not(info.filename, info.file_size, info.compress_size)
            yield (
                Entry(info.filename, problem=problem) if problem else opened(archive, info, limits)
            )


def opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Entry:
    try:
        with archive.open(info) as file:
            return whole(info.filename, file, limits)
    except BROKEN as error:
        return Entry(info.filename, problem=f"it cannot be unpacked: {type(error).__name__}")


def from_tar(path: Path, limits: Limits) -> Iterator[Entry]:
    """A tar is read as a stream; its compression is watched over all that was read so far."""
    packed = path.stat().st_size
    with tarfile.open(path, "r|*") as archive:
        for info in archive:
            limits.unpacked += 512
            if limits.unpacked + info.size > max(RATIO_FROM, limits.ratio * packed):
                yield Entry(info.name, problem=f"it is packed more than {limits.ratio} times")
                return
            if info.isdir() or not is_wanted(info.name):
                limits.unpacked += info.size
                continue
            problem = limits.why_not(info.name, info.size, None)
            file = archive.extractfile(info) if info.isreg() and not problem else None
            if file is None:
                yield Entry(info.name, problem=problem or "it is no file but a link")
            else:
                yield whole(info.name, file, limits)


def whole(name: str, file: IO[bytes], limits: Limits) -> Entry:
    """All of a file; the size that its archive told may be a lie."""
    content = bytearray()
    while chunk := file.read(CHUNK):
        content += chunk
        limits.unpacked += len(chunk)
        if len(content) > limits.file_bytes:
            return Entry(name, problem=f"it is larger than {limits.file_bytes // 1024**2} MiB")
    return Entry(name, bytes(content))


def is_wanted(name: str) -> bool:
    return name.lower().endswith(WANTED)


def leads_out(name: str) -> bool:
    """Whether a name points outside of the folder that it would be unpacked to."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or ":" in parts[0]
