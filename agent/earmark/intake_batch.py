"""A batch on its way through the intake, and whose turn it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from .model import Json


@dataclass(frozen=True)
class Batch:
    """Fragments of one page that one platform has to read."""

    page: Json
    platform: str
    fragments: list[Json]
    run: int = 0  # the import that it belongs to, whose number is noted with all that it changes

    @property
    def visit(self) -> str:
        return str(self.page.get("visit") or self.page["url"])

    @property
    def addresses(self) -> list[str]:
        """Where it was seen: in a frame, that of the frame and that of the page around it."""
        return [url for url in (self.page["url"], self.page.get("top_url")) if url]

    def by_hand(self, fragment: Json) -> bool:
        """Whether a person asked for it to be kept."""
        return self.page.get("by_hand") is True or fragment["kind"] == "selection"


class Turns:
    """One batch of a visit at a time: parents before replies, first copies before second ones."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Event] = {}

    @asynccontextmanager
    async def take(self, key: str) -> AsyncIterator[None]:
        before, mine = self._last.get(key), asyncio.Event()
        self._last[key] = mine
        try:
            if before is not None:
                await before.wait()
            yield
        finally:
            mine.set()
            if self._last.get(key) is mine:
                del self._last[key]
