"""Lets what is in the archive know the terms and accounts as they are now, as a run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from ..enrich.knowledge import KnowledgeGone
from ..enrich.marking import READ, judge_by_all_rules, judge_mentions
from ..errors import EarmarkError
from ..model import Json
from ..store import ruled_items
from ..store.log import Log
from ..store.ruled import ruled_anew, without_ruling
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
        """Have all items say what terms and accounts say of them now, and rules what they say of
        those that changed by that. `{looked_at, changed, kept}`; kept: items that somebody changed
        again and again meanwhile."""
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
        pairs = zip(reads, await self._judged(judge_mentions, items), strict=True)
        anew = [(read, marked_anew(read.doc, told)) for read, told in pairs]
        changed = [(read, doc) for read, doc in anew if doc != read.doc]
        if not changed:
            return 0, []
        ruled = await self._ruled([doc for _, doc in changed])
        new = [(read.row, read.text, doc) for (read, _), doc in zip(changed, ruled, strict=True)]
        return await self._log.awrite(partial(ruled_items.write, run=run, new=new))

    async def _ruled(self, documents: Sequence[Json]) -> list[Json]:
        """Documents whose terms changed with what rules say of them now."""
        rulings = await self._judged(judge_by_all_rules, list(map(without_ruling, documents)))
        return [ruled_anew(doc, told) for doc, told in zip(documents, rulings, strict=True)]

    async def _judged(
        self, judge: Callable[[Sequence[Json], str], list[Json]], items: Sequence[Json]
    ) -> list[Json]:
        while True:
            known = await asyncio.to_thread(self._knowledge)
            try:
                return await self._workers.call(  # type: ignore[no-any-return]
                    judge, items, known, timeout=TIMEOUT
                )
            except EarmarkError as error:
                if error.code != KnowledgeGone.code:  # then there is a newer one
                    raise
