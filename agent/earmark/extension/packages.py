"""Packages for the browsers' stores: the same bytes from every checkout."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from .files import Engine, Files, for_engine, manifest_of, read_files

ENDINGS: dict[Engine, str] = {"chromium": "chromium.zip", "gecko": "firefox.xpi"}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP archive can tell
UNIX = 3


def packed(extension: Files) -> bytes:
    """The files as an archive in which nothing tells who made it, when, or with what.

    Not compressed: two versions of one library compress differently.
    """
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(extension):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = UNIX
            entry.external_attr = 0o100644 << 16
            package.writestr(entry, extension[name])
    return archive.getvalue()


def build(source: Path, target: Path) -> list[Path]:
    """Write a package for each kind of browser into the folder `target`; the files written."""
    extension = read_files(source)
    version = manifest_of(extension)["version"]
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for engine, ending in ENDINGS.items():
        package = target / f"earmark-{version}-{ending}"
        draft = package.with_name(f".{package.name}.{os.getpid()}")
        draft.write_bytes(packed(for_engine(extension, engine)))
        written.append(draft.replace(package))
    return written
