"""Lets what is in the archive know the terms and accounts as they are now, as a run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from ..enrich.knowledge import KnowledgeGone
from ..enrich.marking import READ, judge_mentions
from ..errors import EarmarkError
from ..model import Json
from ..store import ruled_items
from ..store.log import Log
from ..store.ruled_items import Read
from ..store.watched import marked_anew
from ..workers import PluginWorkers

AT_ONCE = 250  # items that a worker judges at once
TIMEOUT = 60.0  # seconds for that many
TRIES = 3  # for items that change while they are judged
Progress = Callable[[int, int], None]  # done, of how many


class Listening:
    """Looks for terms and accounts in items, in workers.

    knowledge: the path of what people entered, as it stands; it may block.
    """

    def __init__(self, log: Log, workers: PluginWorkers, knowledge: Callable[[], str]) -> None:
        self._log = log
        self._workers = workers
        self._knowledge = knowledge

    async def apply(self, run: int, progress: Progress) -> Json:
        """Have all items say what terms and accounts say of them now. `{looked_at, changed,
        kept}`; kept: items that somebody changed again and again meanwhile."""
        total = await asyncio.to_thread(ruled_items.count, self._log)
        told = {"looked_at": total, "changed": 0, "kept": 0}
        after = done = 0
        progress(0, total)
        while reads := await asyncio.to_thread(ruled_items.block, self._log, after, AT_ONCE):
            after, done = reads[-1].row, done + len(reads)
            for _ in range(TRIES):
                changed, late = await self._mark(run, reads)
                told["changed"] += changed
                reads = await asyncio.to_thread(ruled_items.some, self._log, late) if late else []
            told["kept"] += len(reads)
            progress(min(done, total), total)
        return told

    async def _mark(self, run: int, reads: Sequence[Read]) -> tuple[int, list[int]]:
        """How many items were written, and the rows of those that are others by now."""
        if not reads:
            return 0, []
        items = [{key: read.doc[key] for key in READ if key in read.doc} for read in reads]
        pairs = zip(reads, await self._judged(items), strict=True)
        anew = [(read, marked_anew(read.doc, told)) for read, told in pairs]
        new = [(read.row, read.text, doc) for read, doc in anew if doc != read.doc]
        if not new:
            return 0, []
        return await self._log.awrite(partial(ruled_items.write, run=run, new=new))

    async def _judged(self, items: Sequence[Json]) -> list[Json]:
        while True:
            known = await asyncio.to_thread(self._knowledge)
            try:
                return await self._workers.call(  # type: ignore[no-any-return]
                    judge_mentions, items, known, timeout=TIMEOUT
                )
            except EarmarkError as error:
                if error.code != KnowledgeGone.code:  # then there is a newer one
                    raise
