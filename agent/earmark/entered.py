"""Brings what people entered and corrected to the workers: one private file in the home."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from .enrich.knowledge import Knowledge, write_knowledge
from .model import Json

Source = Callable[[], Sequence[Json]]
FOLDER = "knowledge"  # in the home


class Entered:
    """Writes the file anew whenever something in it has changed; may be asked from any thread.

    sources: what fills each part of `Knowledge`, by its name. Each answers the very same list
    until something in it changes: so looking whether anything did costs nothing.
    """

    def __init__(self, home: Path, **sources: Source) -> None:
        self._folder = home / FOLDER
        self._sources = sources
        self._looking = threading.Lock()
        self._seen: dict[str, Sequence[Json]] = {}
        self._path = ""

    def path(self) -> str:
        """The file with all that is known now; empty where nothing is. May block."""
        with self._looking:
            now = {name: source() for name, source in self._sources.items()}
            if not self._is_current(now):
                self._path = write_knowledge(self._folder, Knowledge(**now))
                self._seen = now
            return self._path

    def _is_current(self, now: dict[str, Sequence[Json]]) -> bool:
        same = self._seen.keys() == now.keys() and all(
            now[name] is each for name, each in self._seen.items()
        )
        return same and (not self._path or Path(self._path).exists())
