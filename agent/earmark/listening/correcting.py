"""Corrections over what is in the archive: what they would change, and doing it as a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial

from ..model import Json
from ..store import ruled_items
from ..store.corrected import corrected_anew, seen_change
from ..store.edit import NoSuchItem
from ..store.log import Log
from ..store.printed import printed
from ..store.ruled_items import Read

AT_ONCE = 200  # items that are judged at once
LOOKED_AT = 50_000  # items, the newest, that a test looks at
SAMPLES, LONGEST_SAMPLE = 10, 240  # characters of a text in one
TRIES = 3  # for items that change while they are judged
Judge = Callable[[Sequence[Json]], Awaitable[list[Json | None]]]
Progress = Callable[[int, int], None]  # done, of how many
Changed = list[tuple[Read, Json]]  # items, and what they are to be


class Correcting:
    """Has items judged by what people corrected.

    judge: what is judged now of documents that corrections have a say in, None for the others
    (see `enrich.correcting`).
    """

    def __init__(self, log: Log, judge: Judge) -> None:
        self._log = log
        self._judge = judge

    async def test(self) -> Json:
        """What applying corrections would do to the newest items: nothing is written.

        `{looked_at, items, would_change, samples: [{platform, id, text, gains?, loses?, language?,
        sentiment?}]}`; language and sentiment are `[was, is]`.
        """
        looked_at = would_change = 0
        samples: list[Json] = []
        async for reads in self._blocks(newest=LOOKED_AT):
            looked_at += len(reads)
            for read, after in await self._anew(reads):
                if change := seen_change(read.doc, after):
                    would_change += 1
                    samples = [_sample(read.doc) | change, *samples][:SAMPLES]
        items = await asyncio.to_thread(ruled_items.count, self._log)
        told = {"looked_at": looked_at, "items": items, "would_change": would_change}
        return told | {"samples": samples}

    async def apply(self, run: int, progress: Progress) -> Json:
        """Have all items be as corrections say now. `{looked_at, changed, kept}`; kept: items that
        somebody changed again and again meanwhile."""
        total = await asyncio.to_thread(ruled_items.count, self._log)
        told = {"looked_at": total, "changed": 0, "kept": 0}
        done = 0
        progress(0, total)
        async for reads in self._blocks():
            done += len(reads)
            for _ in range(TRIES):
                changed, late = await self._write(run, await self._anew(reads))
                told["changed"] += changed
                reads = await asyncio.to_thread(ruled_items.some, self._log, late) if late else []
                if not reads:
                    break
            told["kept"] += len(reads)
            progress(min(done, total), total)
        return told

    async def judge_again(self, platform: str, id: str) -> Json:
        """Have the tags and the feeling of an item, whose language a person said, be as they are
        judged in that language; the item as printed. Raises NoSuchItem."""
        await self._write(0, await self._anew(await self._item(platform, id)))
        for read in await self._item(platform, id):
            return printed(read.doc)
        raise NoSuchItem("There is no such item.")

    async def _item(self, platform: str, id: str) -> list[Read]:
        return await asyncio.to_thread(ruled_items.read, self._log, platform, id)

    async def _blocks(self, newest: int = 0) -> AsyncIterator[list[Read]]:
        """The items of the archive, some at a time."""
        after = await asyncio.to_thread(ruled_items.start, self._log, newest)
        while reads := await asyncio.to_thread(ruled_items.block, self._log, after, AT_ONCE):
            after = reads[-1].row
            yield reads

    async def _anew(self, reads: Sequence[Read]) -> Changed:
        judged = await self._judge([read.doc for read in reads])
        anew = [
            (read, corrected_anew(read.doc, told))
            for read, told in zip(reads, judged, strict=True)
            if told is not None
        ]
        return [(read, after) for read, after in anew if after != read.doc]

    async def _write(self, run: int, changed: Changed) -> tuple[int, list[int]]:
        """How many items were written, and the rows of those that are others by now."""
        new = [(read.row, read.text, after) for read, after in changed]
        if not new:
            return 0, []
        return await self._log.awrite(partial(ruled_items.write, run=run, new=new))


def _sample(document: Json) -> Json:
    text = " ".join(str(document.get("text") or "").split())[:LONGEST_SAMPLE]
    return {"platform": document["platform"], "id": document["id"], "text": text}
