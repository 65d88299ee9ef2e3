"""The path of one capture: keep raw, parse, enrich, store. The only file that knows the order."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from .enrich.run import enrich_items
from .errors import EarmarkError, PluginCrashed, PluginError, PluginTimedOut
from .model import Json
from .parse.choose import choose_platform
from .plugins import Plugins
from .store import queries, raw
from .store.log import Log
from .store.save import Capture, save_captures
from .worker_tasks import parse_with
from .workers import PluginWorkers

logger = logging.getLogger(__name__)

ANSWER_WITHIN = 5.0  # seconds; what takes longer is answered `queued` and finished afterwards
CHUNK = 25  # fragments a worker gets at once: small enough to keep both workers busy
CHUNK_TIMEOUT = 20.0  # seconds
SINGLE_TIMEOUT = 3.0  # seconds for one fragment by itself, after its chunk hung or crashed
REMEMBERED_VISITS = 1000
PAGE_LANGUAGE_WEIGHT = 0.6  # a page's language is often only its interface's
STORED_CHANGES = {"new", "edited", "updated"}


def utc_now() -> str:
    """This moment as the log writes it: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Batch:
    """Fragments of one page that one platform has to read."""

    page: Json
    platform: str
    fragments: list[Json]

    @property
    def visit(self) -> str:
        return str(self.page.get("visit") or self.page["url"])

    def chunks(self) -> list[list[Json]]:
        return [self.fragments[i : i + CHUNK] for i in range(0, len(self.fragments), CHUNK)]


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


class Intake:
    """Takes captured fragments in and answers what became of each."""

    def __init__(self, log: Log, plugins: Plugins, workers: PluginWorkers) -> None:
        self._log = log
        self._plugins = plugins
        self._workers = workers
        self._turns = Turns()
        self._running: dict[str, asyncio.Task[dict[str, Json]]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._understood: OrderedDict[str, None] = OrderedDict()

    async def capture(self, body: Json) -> Json:
        """Keep, read and store one validated batch; the answer of `POST /v1/captures`."""
        received = utc_now()
        page = body["page"] | clock_skew(body.get("sent_at"), received)
        entry = choose_platform(self._plugins.entries, page["url"], page.get("markers", []))
        batch = Batch(page, entry["name"] if entry else "", body["fragments"])
        kept = await self._log.awrite(lambda conn: keep_raw(conn, body["batch"], batch, received))
        results = {one.fragment["id"]: one.result for one in kept if one.result is not None}
        waiting = [one.fragment for one in kept if one.result is None]
        results |= await self._within_time(self._start(Batch(page, batch.platform, waiting)))
        return {"results": [results.get(f["id"]) or queued(f["id"]) for f in batch.fragments]}

    async def resume(self) -> None:
        """Finish what an earlier run had kept but not read."""
        for page, platform, fragments in await asyncio.to_thread(raw.unfinished, self._log):
            self._start(Batch(page, platform, fragments))

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

    # -- one batch ---------------------------------------------------------------------------

    def _start(self, batch: Batch) -> list[asyncio.Task[dict[str, Json]]]:
        """The tasks that will answer for the batch; a fragment under way is not begun again."""
        tasks = {self._running[f["id"]] for f in batch.fragments if f["id"] in self._running}
        fresh = [f for f in batch.fragments if f["id"] not in self._running]
        if fresh:
            task = self._spawn(self._process(Batch(batch.page, batch.platform, fresh)))
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

    async def _within_time(self, tasks: Sequence[asyncio.Task[dict[str, Json]]]) -> dict[str, Json]:
        if not tasks:
            return {}
        done, _ = await asyncio.wait(tasks, timeout=ANSWER_WITHIN)
        results: dict[str, Json] = {}
        for task in done:
            if not task.cancelled() and task.exception() is None:
                results |= task.result()
        return results

    async def _process(self, batch: Batch) -> dict[str, Json]:
        async with self._turns.take(batch.visit):
            chunks = [self._understand(batch, chunk) for chunk in batch.chunks()]
            parsed = [result for chunk in await asyncio.gather(*chunks) for result in chunk]
            self._mark_unread(batch, parsed)
            results = await self._store(batch, parsed)
        if self._plugins.listeners:
            self._spawn(asyncio.to_thread(self._tell, list(results.values())))
        return results

    async def _understand(self, batch: Batch, fragments: list[Json]) -> list[Json]:
        results = await self._parse(batch, fragments)
        items = [item for result in results for item in result.get("items", [])]
        if items:
            await self._enrich(batch, items)
        return results

    def _tell(self, results: list[Json]) -> None:
        """Let plugins look at what was stored; they were asked to return quickly."""
        for each in (item for result in results for item in result["items"]):
            item = queries.get(self._log, each["platform"], each["id"])
            if item is not None:
                self._plugins.tell(item, each["change"])

    # -- parse -------------------------------------------------------------------------------

    async def _parse(self, batch: Batch, fragments: list[Json]) -> list[Json]:
        try:
            return await self._parse_in_worker(batch, fragments, CHUNK_TIMEOUT)
        except (PluginTimedOut, PluginCrashed) as error:
            if len(fragments) == 1:
                return failed(fragments, error)
        except PluginError as error:
            return failed(fragments, error)
        return [r for f in fragments for r in await self._parse_alone(batch, f)]

    async def _parse_alone(self, batch: Batch, fragment: Json) -> list[Json]:
        """So that one fragment that hangs or kills its worker takes no other with it."""
        try:
            return await self._parse_in_worker(batch, [fragment], SINGLE_TIMEOUT)
        except PluginError as error:
            return failed([fragment], error)

    async def _parse_in_worker(
        self, batch: Batch, fragments: list[Json], timeout: float
    ) -> list[Json]:
        return await self._workers.call(  # type: ignore[no-any-return]
            parse_with,
            batch.platform,
            batch.page,
            fragments,
            timeout=timeout,
            plugin=self._plugins.plugin_of(batch.platform),
        )

    def _mark_unread(self, batch: Batch, parsed: list[Json]) -> None:
        """A page none of whose elements yields anything has changed, and that is said aloud.

        On a page that is understood, an element without an item is a deleted comment or the like.
        """
        if any(result.get("items") for result in parsed):
            self._understood[batch.visit] = None
            while len(self._understood) > REMEMBERED_VISITS:
                self._understood.popitem(last=False)
        if batch.visit in self._understood or batch.platform == "webpage":
            return
        elements = {f["id"] for f in batch.fragments if f.get("kind") == "element"}
        for result in parsed:
            if result["fragment"] in elements and "error" not in result:
                result["error"] = f"{batch.platform} found nothing in markup that it asked for"

    # -- enrich ------------------------------------------------------------------------------

    async def _enrich(self, batch: Batch, items: list[Json]) -> None:
        """Language and tags, in place; a plugin that fails costs its own opinion, not the item."""
        hints = [page_hint(batch.page)] * len(items)
        for item, meaning in zip(items, await self._meanings(items, hints), strict=True):
            for problem in meaning.pop("_problems", []):
                self._plugins.blame(problem["plugin"], EarmarkError(problem["message"]))
            item.update(meaning)

    async def _meanings(self, items: list[Json], hints: list[Json]) -> list[Json]:
        """What the plugins say; one that hangs or crashes is left out, the others asked again."""
        skip = set(self._workers.resting.now())
        while True:
            try:
                return await self._workers.call(  # type: ignore[no-any-return]
                    enrich_items, items, hints, sorted(skip), timeout=CHUNK_TIMEOUT
                )
            except PluginError as error:
                self._plugins.blame(error.plugin, error)
                if error.plugin in skip or not error.plugin:
                    return [{} for _ in items]
                skip.add(error.plugin)

    # -- store -------------------------------------------------------------------------------

    async def _store(self, batch: Batch, parsed: list[Json]) -> dict[str, Json]:
        """All results in one transaction; should it fail, each in one of its own."""
        try:
            return await self._log.awrite(lambda conn: store_all(conn, batch, parsed))
        except EarmarkError:
            raise
        except Exception:
            logger.exception("a batch could not be stored in one piece")
        alone = [await self._store_alone(batch, result) for result in parsed]
        return {result["fragment"]: result for result in alone}

    async def _store_alone(self, batch: Batch, result: Json) -> Json:
        """So that one item that cannot be stored takes no other with it; it stays kept raw."""
        name = result["fragment"]
        try:
            return (await self._log.awrite(lambda conn: store_all(conn, batch, [result])))[name]
        except EarmarkError:
            raise
        except Exception as error:
            unread = {"fragment": name, "error": f"Not stored: {type(error).__name__}."}
            return (await self._log.awrite(lambda conn: store_all(conn, batch, [unread])))[name]


def store_all(conn: Connection, batch: Batch, parsed: list[Json]) -> dict[str, Json]:
    """The items of each fragment and the record of what became of it, in one transaction."""
    fragments = {fragment["id"]: fragment for fragment in batch.fragments}
    now = utc_now()
    captures = [Capture(fragments[r["fragment"]], r.get("items", []), now) for r in parsed]
    saved = save_captures(conn, batch.page, captures)
    outcomes = [outcome(result, items) for result, items in zip(parsed, saved, strict=True)]
    return {each["fragment"]: each for each in raw.finish(conn, outcomes)}


def outcome(result: Json, saved: list[Json]) -> raw.Outcome:
    """What became of one fragment."""
    error = result.get("error", "")
    changed = any(each["change"] in STORED_CHANGES for each in saved)
    status = raw.NOT_UNDERSTOOD if error else "stored" if changed else "unchanged"
    return raw.Outcome(result["fragment"], status, saved, error)


def keep_raw(conn: Connection, name: str, batch: Batch, received: str) -> list[raw.Kept]:
    """The fragments of a batch as they came."""
    return raw.keep(conn, name, batch.page, batch.fragments, batch.platform, received)


def clock_skew(sent_at: str | None, received: str) -> Json:
    """How many seconds the sender's clock was behind ours, transport included."""
    if not sent_at:
        return {}
    behind = datetime.fromisoformat(received) - datetime.fromisoformat(sent_at)
    return {"clock_skew": round(behind.total_seconds())}


def page_hint(page: Json) -> Json:
    """The page's own language, as a hint for what is written on it."""
    tag = str(page.get("lang") or "")
    return {"page": {"tag": tag, "weight": PAGE_LANGUAGE_WEIGHT}} if tag else {}


def queued(fragment: str) -> Json:
    """The answer for what is kept but not yet read."""
    return {"fragment": fragment, "status": "queued", "items": []}


def failed(fragments: Sequence[Json], error: PluginError) -> list[Json]:
    """The same reason for each of them."""
    return [{"fragment": each["id"], "error": error.message} for each in fragments]


def report_failure(task: asyncio.Task[Any]) -> None:
    """A batch that failed for a reason of our own stays kept for the next start; say so."""
    if not task.cancelled() and (error := task.exception()):
        logger.error("a batch waits for the next start: %s", error, exc_info=error)
