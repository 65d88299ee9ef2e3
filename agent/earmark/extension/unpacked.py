"""Where the extension is unpacked for the person's own browser, and how it stays up to date there.

`ROOT/extension` is what every browser can load as it is. `ROOT/firefox` holds what Firefox
installs for good: a folder to sign and the same as a file, under an id of this person's own,
because Mozilla signs one id for one account only. ROOT is the home folder; for a browser that is
confined to folders of its own, one of those, which the home remembers.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from ..errors import EarmarkError
from ..settings import PRIVATE_FILE, PRIVATE_FOLDER, Home, write_private
from .files import PREPARED, Files, for_gecko, read_files, source_folder
from .packages import packed


@dataclass(frozen=True)
class Place:
    """The files of one root folder."""

    root: Path

    @property
    def extension(self) -> Path:
        """The unpacked extension, for every browser."""
        return self.root / "extension"

    @property
    def firefox(self) -> Path:
        """What Firefox installs for good."""
        return self.root / "firefox"

    @property
    def to_sign(self) -> Path:
        """The folder that its owner may have signed."""
        return self.firefox / "extension"

    @property
    def package(self) -> Path:
        """The same as a file: unsigned, for Firefox ESR and Developer Edition."""
        return self.firefox / "earmark.xpi"

    @property
    def signed(self) -> Path:
        """Where its owner has the signed files put."""
        return self.firefox / "signed"

    @property
    def prepared(self) -> Path:
        """The pairing code that the extension uses by itself, while there is one."""
        return self.extension / PREPARED


def place_of(home: Home, confined: Path | None = None) -> Place:
    """Where the extension is unpacked for a browser; `confined`: the one folder it can read."""
    home.prepare()
    if confined is None:
        return Place(home.path)
    root = confined / "earmark"
    _remember(home, root)
    return Place(root)


def places(home: Home) -> list[Place]:
    """Everywhere it may be unpacked: in the home, and for confined browsers in theirs."""
    return [Place(root) for root in (home.path, *_remembered(home))]


def unpack(place: Place, *, firefox: bool) -> None:
    """Unpack the extension, or bring it up to date at the same path.

    firefox: also what Firefox installs for good. Raises EarmarkError where it cannot be written.
    """
    extension = read_files(source_folder())
    try:
        place.root.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        install(extension, place.extension)
        if firefox:
            _unpack_for_firefox(extension, place)
    except OSError as error:
        raise EarmarkError(
            f"The extension cannot be unpacked to {place.root}: {error.strerror}.",
            "The folder must belong to you, be writable, and have room.",
        ) from error


def refresh(home: Home) -> list[Path]:
    """Bring every unpacked extension of `home` up to date; the folders that were not.

    Does nothing where it was never unpacked.
    """
    return [folder for place in places(home) for folder in _refresh(place)]


def _refresh(place: Place) -> list[Path]:
    if not _was_unpacked(place.extension):
        return []
    extension = read_files(source_folder())
    stale = [] if is_current(extension, place.extension) else [place.extension]
    own = place.to_sign
    if _was_unpacked(own) and not is_current(for_gecko(extension, _own_id(place)), own):
        stale.append(own)
    if stale:
        unpack(place, firefox=_was_unpacked(own))
    return stale


def _unpack_for_firefox(extension: Files, place: Place) -> None:
    place.firefox.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    own = for_gecko(extension, _own_id(place))
    install(own, place.to_sign)
    _write_private(place.package, packed(own))


def _own_id(place: Place) -> str:
    """The id under which this person's Firefox knows the extension: the same after every update."""
    kept = place.firefox / "id.txt"
    if not kept.exists():
        write_private(kept, f"earmark-{secrets.token_hex(6)}@earmark.local\n")
    return kept.read_text(encoding="utf-8").strip()


def is_current(extension: Files, folder: Path) -> bool:
    """Whether `folder` holds exactly these files."""
    return folder.is_dir() and read_files(folder) == extension


def install(extension: Files, folder: Path) -> None:
    """Have exactly these files in `folder`, private to the user, put there whole.

    A browser that reads meanwhile finds the old tree, for an instant none, then the new one.
    """
    if is_current(extension, folder):
        return
    try:
        _swap(extension, folder)
    except OSError:
        if not is_current(extension, folder):  # another process was quicker with the same files
            raise
    for leftover in _drafts(folder):
        shutil.rmtree(leftover, ignore_errors=True)


def _swap(extension: Files, folder: Path) -> None:
    draft = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}.new")
    _write_tree(extension, draft)
    if folder.exists():
        folder.rename(draft.with_suffix(".old"))
    draft.rename(folder)


def _drafts(folder: Path) -> list[Path]:
    """What an update keeps beside the folder while it lasts."""
    return list(folder.parent.glob(f".{folder.name}-*"))


def _write_tree(extension: Files, folder: Path) -> None:
    for name, body in extension.items():
        for parent in reversed(Path(name).parents):
            (folder / parent).mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        _write_private(folder / name, body)


def _write_private(path: Path, body: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(body)
    draft.replace(path)


def _was_unpacked(folder: Path) -> bool:
    """Whether it is there, or was when something ended an update in the middle."""
    return folder.is_dir() or bool(_drafts(folder))


def _remembered(home: Home) -> list[Path]:
    try:
        kept = json.loads(_memory(home).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Path(root) for root in kept]


def _remember(home: Home, root: Path) -> None:
    known = _remembered(home)
    if root not in known:
        write_private(_memory(home), json.dumps([str(each) for each in (*known, root)]))


def _memory(home: Home) -> Path:
    return home.path / "extension-places.json"
