"""Tries a plugin on everything at hand each time its file is saved, and shows what changed."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..errors import EarmarkError
from ..model import Json
from ..parse.saved_page import SavedPage, parse_saved
from .case import Case, printed
from .compare import compare
from .inside import Inside, from_its_code_on
from .record import Seen

LOOK_SECONDS = 0.3
Say = Callable[[str], None]
Heard = Callable[[Sequence[Json]], Iterator[Seen]]


class Trying:
    """One module under work. heard: the pages and responses that belong to plan entries.

    say: takes each line that is to be shown.
    """

    def __init__(self, file: Path, heard: Heard, say: Say) -> None:
        self._file = file.resolve()
        self._heard = heard
        self._say = say
        self._last: dict[str, list[Json]] = {}
        sys.path.insert(0, str(self._file.parent))
        # Two saves within a second would look alike to the cache of compiled files.
        sys.dont_write_bytecode = True

    def once(self) -> bool:
        """Load the module anew and read everything; whether nothing went wrong."""
        try:
            inside = self._load()
            return self._read(inside)
        except EarmarkError as error:
            self._say(f"! {error.message} {error.hint}".rstrip())
        except Exception as error:
            self._say(from_its_code_on(error))
        return False

    def for_ever(self) -> None:
        """`once` now and after each save, until Ctrl-C."""
        try:
            while True:
                saved = self._saved()
                self.once()
                self._say(f"Waiting for {self._file.name} to be saved. Stop with Ctrl-C.")
                while self._saved() == saved:
                    time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            self._say("")

    def _saved(self) -> dict[str, int]:
        """When each file beside the module, and of its cases, was last written."""
        folder = self._file.parent
        files = [*folder.glob("*.py"), *folder.glob("cases/*/*/*")]
        return {str(file): _written(file) for file in files}

    def _load(self) -> Inside:
        importlib.invalidate_caches()
        folder = str(self._file.parent)
        for name, module in [*sys.modules.items()]:
            if Path(getattr(module, "__file__", None) or "/").parent == Path(folder):
                del sys.modules[name]
        return Inside(self._file.stem)

    def _read(self, inside: Inside) -> bool:
        good, pages = True, 0
        for name, seen, case in self._everything(inside):
            pages += 1
            good = self._read_one(name, seen, case, inside) and good
        if not pages:
            self._say("No page of these platforms was heard yet, and there is no case.")
            self._say("Browse the site with Earmark, or: earmark plugin record FILE --url URL")
        return good

    def _everything(self, inside: Inside) -> Iterator[tuple[str, Seen, Case | None]]:
        for case in inside.cases:
            about = case.about
            seen = Seen(about["url"], case.content, about["captured_at"], about.get("response", ""))
            yield case.name, seen, case
        for seen in self._heard(inside.entries):
            yield seen.response or seen.url, seen, None

    def _read_one(self, name: str, seen: Seen, case: Case | None, inside: Inside) -> bool:
        saved = parse_saved(
            seen.url, seen.content, inside.entries, inside.run, seen.captured_at, seen.response
        )
        items = [printed(item) for item in saved.items]
        self._say(_headline(name, saved))
        for error in dict.fromkeys(saved.errors):
            self._say(f"  ! {error}")
        before = self._last.get(name, case.expected if case else items)
        for line in compare(before, items).lines:
            self._say(f"  {line}")
        self._last[name] = items
        return not saved.errors and (case is None or items == case.expected)


def _headline(name: str, saved: SavedPage) -> str:
    if not saved.platform:
        return f"{name}: not one of its pages"
    return f"{name}: {len(saved.items)} items in {saved.fragments} pieces"


def _written(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:  # an editor replaces a file by taking it away first
        return 0
