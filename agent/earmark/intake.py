"""The path of one capture: what is wanted of it is kept raw, parsed, judged, enriched and stored.

The only file that knows the order.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from .capture_health import CaptureHealth
from .errors import EarmarkError
from .intake_batch import Batch, Turns
from .keeping.about_us import Verdict, judge
from .keeping.choices import ABOUT_US, Choices
from .keeping.outcomes import store_batch, take_messages_out
from .keeping.wanted import Wishes
from .model import Json
from .parse.choose import EVERY_OTHER_SITE, platform_of
from .plugins import Plugins
from .policy import Policies
from .reading import Reading, sign
from .second_look import SecondLook
from .store import queries, raw, withheld
from .store.journal import recording
from .store.log import Log

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

ANSWER_WITHIN = 5.0  # seconds; what takes longer is answered `queued` and finished afterwards
REMEMBERED_VISITS = 1000
FEW = 3  # elements without an item beside a post that is understood
BATCH = 500  # fragments that are taken up together after a start or a rescue
WITHHELD_FOR = timedelta(hours=24)
# For so long, what was about us once needs not say so again: a page, for its content changes, and
# a thread since it was last seen.
PAGE_MARKED_FOR = timedelta(hours=24)
THREAD_MARKED_FOR = timedelta(days=90)


def utc_now(ago: timedelta = timedelta(0)) -> str:
    """This moment, or so long before, as the log writes it: ISO 8601, UTC, milliseconds."""
    return (datetime.now(UTC) - ago).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Intake:
    """Takes captured fragments in and answers what became of each."""

    def __init__(
        self,
        log: Log,
        plugins: Plugins,
        reading: Reading,
        choices: Choices,
        policy: Policies,
        health: CaptureHealth,
        second: SecondLook,
    ) -> None:
        self._log = log
        self._plugins = plugins
        self._choices = choices
        self._policy = policy
        self._health = health
        self._reading = reading
        self._second = second
        self._turns = Turns()
        self._running: dict[str, asyncio.Task[dict[str, Json]]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._understood: OrderedDict[str, None] = OrderedDict()

    async def capture(self, body: Json) -> Json:
        """Keep, read and store one validated batch; the answer of `POST /v1/captures`."""
        received = utc_now()
        page = body["page"] | clock_skew(body.get("sent_at"), received)
        batch = Batch(page, platform_of(self._plugins.entries, page), body["fragments"])
        if refusal := await asyncio.to_thread(self._refusal, batch):
            return {"results": [refused(f["id"], refusal) for f in batch.fragments]}
        kept = replace(batch, fragments=await asyncio.to_thread(self._wishes.wanted, batch))
        results = await self._take_in(body["batch"], kept, received, ANSWER_WITHIN)
        return {"results": [results.get(f["id"]) or not_kept(f["id"]) for f in batch.fragments]}

    async def import_page(self, platform: str, page: Json, fragments: list[Json], run: int) -> Json:
        """Take in a page that a person gave as a file, as part of a run; waits until it is stored.

        A person asked for exactly this, so only the organisation is asked whether it may be kept.
        """
        batch = Batch(page, platform, fragments, run)
        if refusal := await asyncio.to_thread(self._refusal, batch):
            return {"results": [refused(f["id"], refusal) for f in fragments]}
        results = await self._take_in(batch_of_import(run), batch, utc_now(), None)
        return {"results": [results[fragment["id"]] for fragment in fragments]}

    async def resume(self) -> None:
        """Finish what an earlier run had kept but not read."""
        await self._take_up()

    async def forget_withheld(self) -> None:
        """Delete what has been withheld for a day; to be called every hour or so."""
        before = utc_now(WITHHELD_FOR)
        while await self._log.awrite(lambda conn: withheld.forget_some(conn, before)):
            pass
        for kind, how_long in (("page", PAGE_MARKED_FOR), ("thread", THREAD_MARKED_FOR)):
            await self._log.awrite(partial(withheld.unmark, kind=kind, before=utc_now(how_long)))

    async def settle(self) -> None:
        """Wait until everything taken in so far is stored."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self, patience: float = 3.0) -> None:
        """Let running work finish for `patience` seconds; the rest waits for the next start."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    # -- what is wanted ----------------------------------------------------------------------

    def _refusal(self, batch: Batch) -> str:
        """Why the organisation forbids it, in words; empty when it does not."""
        policy = self._policy.effective()
        return next(filter(None, map(policy.refusal, batch.addresses)), "")

    @property
    def _wishes(self) -> Wishes:
        """What decides on what is kept, as it stands now."""
        return Wishes(self._plugins.entries, self._choices, self._policy.effective())

    def _judge(self, batch: Batch, parsed: list[Json]) -> Verdict:
        """What is about us, where only that is kept."""
        if self._wishes.keep_for(batch) != ABOUT_US:
            return Verdict()
        mentions = self._choices.mentions

        def known(keys: frozenset[str]) -> dict[str, str]:
            with self._log.reading() as conn:
                return withheld.marked(conn, keys, mentions.names)

        verdict = judge(batch.page, batch.platform, parsed, mentions, known)
        in_doubt = [f["id"] for f in batch.fragments if not batch.by_hand(f)]
        return replace(verdict, keys={name: verdict.keys[name] for name in in_doubt})

    # -- one batch ---------------------------------------------------------------------------

    async def _take_in(
        self, name: str, batch: Batch, received: str, patience: float | None
    ) -> dict[str, Json]:
        if not batch.fragments:
            return {}
        page, platform, fragments = batch.page, batch.platform, batch.fragments
        keep = partial(
            raw.keep, batch=name, page=page, fragments=fragments, platform=platform,
            received_at=received,
        )  # fmt: skip
        kept = await self._log.awrite(partial(noted, batch.run, keep))
        results = {one.fragment["id"]: one.result or queued(one.fragment["id"]) for one in kept}
        waiting = [one.fragment for one in kept if one.result is None]
        tasks = self._start(replace(batch, fragments=waiting))
        return results | await self._within_time(tasks, patience)

    async def _take_up(self, only: Sequence[str] | None = None) -> None:
        """Begin with what is kept and not read; with `only` some fragments, by their ids."""
        blocks = (
            [None] if only is None else [only[i : i + BATCH] for i in range(0, len(only), BATCH)]
        )
        for block in blocks:
            found = await asyncio.to_thread(raw.unfinished, self._log, block)
            for page, platform, fragments in found:
                for start in range(0, len(fragments), BATCH):
                    self._start(Batch(page, platform, fragments[start : start + BATCH]))

    def _start(self, batch: Batch) -> list[asyncio.Task[dict[str, Json]]]:
        """The tasks that will answer for the batch; a fragment under way is not begun again."""
        tasks = {self._running[f["id"]] for f in batch.fragments if f["id"] in self._running}
        fresh = [f for f in batch.fragments if f["id"] not in self._running]
        if fresh:
            task = self._spawn(self._process(replace(batch, fragments=fresh)))
            for fragment in fresh:
                self._running[fragment["id"]] = task
            task.add_done_callback(lambda _: [self._running.pop(f["id"], None) for f in fresh])
            tasks.add(task)
        return list(tasks)

    def _spawn(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(report_failure)
        return task

    async def _within_time(
        self, tasks: Sequence[asyncio.Task[dict[str, Json]]], patience: float | None
    ) -> dict[str, Json]:
        if not tasks:
            return {}
        done, _ = await asyncio.wait(tasks, timeout=patience)
        results: dict[str, Json] = {}
        for task in done:
            if not task.cancelled() and task.exception() is None:
                results |= task.result()
        return results

    async def _process(self, batch: Batch) -> dict[str, Json]:
        async with self._turns.take(batch.visit):
            parsed = await self._reading.parse(batch)
            self._mark_unread(batch, parsed)
            sign(parsed, self._plugins.reader_of(batch.platform))
            await self._read_as_any_site(batch, parsed)
            if not await asyncio.to_thread(lambda: self._wishes.keeps_messages(batch)):
                take_messages_out(parsed)
            verdict = await asyncio.to_thread(self._judge, batch, parsed)
            kept = [result for result in parsed if not verdict.withholds(result["fragment"])]
            await self._reading.enrich(batch.page, kept)
            results, released = await self._store(batch, parsed, verdict)
        if released:
            self._spawn(self._take_up(released))
        if sample := self._second.sample(batch, kept):
            self._spawn(self._second.look(batch, sample))
        if self._plugins.listeners:
            self._spawn(asyncio.to_thread(self._tell, list(results.values())))
        return results

    def _tell(self, results: list[Json]) -> None:
        """Let plugins look at what was stored; they were asked to return quickly."""
        for each in (item for result in results for item in result["items"]):
            item = queries.get(self._log, each["platform"], each["id"])
            if item is not None:
                self._plugins.tell(item, each["change"])

    # -- parse -------------------------------------------------------------------------------

    def _mark_unread(self, batch: Batch, parsed: list[Json]) -> None:
        """A page none of whose elements yields anything has changed, and that is said aloud.

        On a page that is understood, an element without an item is a deleted comment or the like.
        """
        read = [item for result in parsed for item in result.get("items", [])]
        if any(item["_source"] != "context" for item in read):
            self._understood[batch.visit] = None
            while len(self._understood) > REMEMBERED_VISITS:
                self._understood.popitem(last=False)
        if batch.visit in self._understood or batch.platform == EVERY_OTHER_SITE:
            return
        elements = {f["id"] for f in batch.fragments if f.get("kind") == "element"}
        silent = [r for r in parsed if r["fragment"] in elements and "error" not in r]
        if read and len(silent) < FEW:  # the post is understood: these may be deleted
            return
        for result in silent:
            result["error"] = f"{batch.platform} found nothing in markup that it asked for"

    async def _read_as_any_site(self, batch: Batch, parsed: list[Json]) -> None:
        """What its own plugin cannot read is heard meanwhile as that of any other site."""
        failed = (result for result in parsed if "error" in result)
        unread = {result["fragment"] for result in failed if not result.get("items")}
        fragments = [f for f in batch.fragments if f["id"] in unread and f.get("markup")]
        if not fragments or batch.platform in ("", EVERY_OTHER_SITE):
            return
        again = await self._reading.parse(Batch(batch.page, EVERY_OTHER_SITE, fragments))
        sign(again, self._plugins.reader_of(EVERY_OTHER_SITE))
        found = {result["fragment"]: result["items"] for result in again if result.get("items")}
        for result in parsed:
            if items := found.get(result["fragment"]):
                result["items"] = items
                result["error"] += f"; read as any other site, it has {len(items)}"

    # -- store -------------------------------------------------------------------------------

    async def _store(
        self, batch: Batch, parsed: list[Json], verdict: Verdict
    ) -> tuple[dict[str, Json], list[str]]:
        """All results in one transaction; should it fail, each in one of its own.

        The answers, and the ids of fragments that are no longer withheld.
        """
        try:
            return await self._store_some(batch, parsed, verdict)
        except EarmarkError:
            raise
        except Exception:
            logger.exception("a batch could not be stored in one piece")
        answers: dict[str, Json] = {}
        released: list[str] = []
        for result in parsed:
            answer, more = await self._store_alone(batch, result, verdict)
            answers |= answer
            released += more
        return answers, released

    async def _store_alone(
        self, batch: Batch, result: Json, verdict: Verdict
    ) -> tuple[dict[str, Json], list[str]]:
        """So that one item that cannot be stored takes no other with it; it stays kept raw."""
        try:
            return await self._store_some(batch, [result], verdict)
        except EarmarkError:
            raise
        except Exception as error:
            told = {"error": f"Not stored: {type(error).__name__}.", "items": []}
            return await self._store_some(batch, [result | told], verdict)

    async def _store_some(
        self, batch: Batch, parsed: list[Json], verdict: Verdict
    ) -> tuple[dict[str, Json], list[str]]:
        fragments = {fragment["id"]: fragment for fragment in batch.fragments}
        write = partial(
            self._write, batch=batch, fragments=fragments, parsed=parsed, verdict=verdict
        )
        return await self._log.awrite(partial(noted, batch.run, write))

    def _write(
        self, conn: Connection, batch: Batch, fragments: Json, parsed: list[Json], verdict: Verdict
    ) -> tuple[dict[str, Json], list[str]]:
        now = utc_now()
        answers, released = store_batch(conn, batch.page, fragments, parsed, verdict, now)
        kept = [result for result in parsed if not verdict.withholds(result["fragment"])]
        told = [answers[result["fragment"]] for result in kept]
        self._health.note(conn, batch.page, batch.platform, kept, told, now)
        if batch.platform == EVERY_OTHER_SITE:
            raw.forget(conn, [r["fragment"] for r in kept if said_nothing(r)])
        return answers, released


def batch_of_import(run: int) -> str:
    """How the fragments of an import's pages are called together."""
    return f"import-{run}"


def noted(run: int, work: Callable[[Connection], Result], connection: Connection) -> Result:
    """Do the work; what an import changes is noted, so that it can be undone."""
    if not run:
        return work(connection)
    with recording(connection, run):
        return work(connection)


def said_nothing(result: Json) -> bool:
    """Whether nobody said anything there: of an article, nothing is kept."""
    return not result.get("items") and "error" not in result


def clock_skew(sent_at: str | None, received: str) -> Json:
    """How many seconds the sender's clock was behind ours, transport included."""
    if not sent_at:
        return {}
    behind = datetime.fromisoformat(received) - datetime.fromisoformat(sent_at)
    return {"clock_skew": round(behind.total_seconds())}


def queued(fragment: str) -> Json:
    """The answer for what is kept but not yet read."""
    return {"fragment": fragment, "status": "queued", "items": []}


def not_kept(fragment: str) -> Json:
    """The answer for what the person does not want from that page."""
    return {"fragment": fragment, "status": raw.NOT_KEPT, "items": []}


def refused(fragment: str, reason: str) -> Json:
    """The answer for what nobody may take in, final."""
    return {"fragment": fragment, "status": "refused", "items": [], "error": reason}


def report_failure(task: asyncio.Task[Any]) -> None:
    """A batch that failed for a reason of our own stays kept for the next start; say so."""
    if not task.cancelled() and (error := task.exception()):
        logger.error("a batch waits for the next start: %s", error, exc_info=error)
