"""Takes files in: our own export, tables, saved pages and archives of posts.

Each piece is stored for itself and noted for the run, so that a broken one takes no other with
it, the same file again brings nothing new, and all of it can be undone.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa

from .errors import EarmarkError
from .intake import Intake, utc_now
from .intake_batch import Batch
from .model import Json
from .parse.dates import resolve_published
from .parse.saved_page import as_sent, cut_saved
from .plugins import Plugins
from .reading import Reading, sign
from .share.imports import archives, googleplus, lines, table
from .share.imports.files import KINDS, kind_of
from .share.imports.items import BadItem, checked
from .store import raw
from .store.imported import put_items
from .store.journal import recording
from .store.log import Log
from .store.save import Capture, save_captures

AT_ONCE = 250  # items stored in one turn of the writer
MOST_PAGE_BYTES = 64 * 1024**2
NAMED = 20  # problems that are told of by name
PIECES = 400  # fragments of a page taken in at once
COUNTED_AS = {"new": "new", "updated": "updated", "edited": "updated"}
NOTE_KINDS = ("note", "comment", "review", "post")

Progress = Callable[[int, int], None]
Piece = TypeVar("Piece")


class _DryRun(Exception):
    """Takes back what was only tried."""


@dataclass(frozen=True)
class Import:
    """What to do with a file. `format` is empty where its content says what it is; `url` is where
    a saved page came from, `columns` the names of a table's columns by field, `kind` what its
    rows are, `saved_at` when the file was saved (ISO 8601)."""

    name: str = ""
    format: str = ""
    url: str = ""
    kind: str = "note"
    columns: dict[str, str] = field(default_factory=dict)
    saved_at: str = ""
    dry_run: bool = False

    def __post_init__(self) -> None:
        if self.format and self.format not in KINDS:
            raise EarmarkError(f"“{self.format}” is no format.", f"Use {', '.join(KINDS)}.")
        if self.kind not in NOTE_KINDS:
            raise EarmarkError(f"“{self.kind}” is no kind.", f"Use {', '.join(NOTE_KINDS)}.")

    def told(self) -> Json:
        return {name: value for name, value in asdict(self).items() if value}


@dataclass
class Summary:
    """What came of an import, as it grows."""

    new: int = 0
    updated: int = 0
    seen: int = 0
    not_understood: int = 0
    left_out: list[str] = field(default_factory=list)
    problems: list[Json] = field(default_factory=list)

    def count(self, outcomes: list[str]) -> None:
        for name, times in Counter(outcomes).items():
            setattr(self, name, getattr(self, name) + times)

    def name(self, where: str, problem: str) -> None:
        """Something that was not taken in; only so many are told of by name."""
        self.not_understood += 1
        if len(self.problems) < NAMED:
            self.problems.append({"where": where[:300], "problem": problem[:300]})


class Importer:
    """Reads a file piece by piece, and stores what is in it as part of a run."""

    def __init__(self, log: Log, plugins: Plugins, reading: Reading, intake: Intake) -> None:
        self._log = log
        self._plugins = plugins
        self._reading = reading
        self._intake = intake

    async def take_in(self, run: int, file: Path, asked: Import, progress: Progress) -> Json:
        """Store what is in a file; what came of it. Raises EarmarkError where nothing can be."""
        kind = asked.format or await asyncio.to_thread(kind_of, file, asked.name)
        take = {
            "ndjson": self._export,
            "csv": self._table,
            "archive": self._archive,
            "page": self._page,
        }[kind]
        summary = Summary()
        await take(run, file, asked, summary, progress)
        return {"format": kind, **asdict(summary)}

    # -- our own export ------------------------------------------------------------------------

    async def _export(
        self, run: int, file: Path, asked: Import, summary: Summary, progress: Progress
    ) -> None:
        offsets = await asyncio.to_thread(lines.starts, file)
        total, done = len(offsets) - 1, 0
        found = lines.backwards(file, offsets)
        while some := await asyncio.to_thread(take_some, found):
            items = []
            for line in some:
                try:
                    if line.value is None:
                        raise BadItem(line.problem)
                    items.append(checked(line.value))
                except BadItem as error:
                    summary.name(f"line {line.number}", error.message)
            summary.count(await self._put(run, items, dry=asked.dry_run))
            done += len(some)
            progress(done, total)

    # -- tables --------------------------------------------------------------------------------

    async def _table(
        self, run: int, file: Path, asked: Import, summary: Summary, progress: Progress
    ) -> None:
        heading, rows = await asyncio.to_thread(table.rows, file, asked.columns)
        summary.left_out = heading.unknown
        done, seen, now = 0, Counter[str](), utc_now()
        while some := await asyncio.to_thread(take_some, rows):
            items = []
            for row in some:
                item = table.item_of(row, asked.kind, seen)
                if row.problem or not (item.get("text") or item.get("rating")):
                    summary.name(f"row {row.number}", row.problem or "it says nothing")
                    continue
                if asked.name and "page_title" not in item:
                    item["page_title"] = asked.name
                items.append(item | when(row.cells.get("published", ""), now))
            summary.count(await self._put_judged(run, items, dry=asked.dry_run))
            done += len(some)
            progress(done, done)

    async def _put_judged(self, run: int, items: list[Json], *, dry: bool) -> list[str]:
        """Store items that nobody has judged yet; tags that came with them are the person's."""
        judged: list[Json] = [{"items": [dict(item)]} for item in items]
        await self._reading.enrich({}, judged)
        for item, result in zip(items, judged, strict=True):
            told = result["items"][0]
            own = item.get("tags", [])
            names = {tag["name"] for tag in own}
            more = [tag for tag in told.get("tags", []) if tag["name"] not in names]
            item |= {
                name: told[name]
                for name in ("language", "ours", "sentiment", "_corrected")
                if told.get(name)
            }
            if own or more:
                item["tags"] = [*own, *more]
        return await self._put(run, items, dry=dry)

    async def _put(self, run: int, items: list[Json], *, dry: bool) -> list[str]:
        if not items:
            return []
        return await self._log.awrite(partial(put, run=run, items=items, dry=dry))

    # -- pages ---------------------------------------------------------------------------------

    async def _page(
        self, run: int, file: Path, asked: Import, summary: Summary, progress: Progress
    ) -> None:
        if file.stat().st_size > MOST_PAGE_BYTES:
            raise EarmarkError(f"A page has at most {MOST_PAGE_BYTES // 1024**2} MiB.")
        content = await asyncio.to_thread(file.read_bytes)
        url = asked.url or googleplus.address_of(asked.name, content)
        if not url:
            raise EarmarkError(
                "Where this page came from is not known.", "Say it: --url URL", status=422
            )
        response = googleplus.LOCAL if url.startswith(googleplus.LOCAL) else ""
        await self._take_page(run, asked.name, url, content, response or "", asked, summary)
        progress(1, 1)

    async def _archive(
        self, run: int, file: Path, asked: Import, summary: Summary, progress: Progress
    ) -> None:
        done = 0
        found = archives.entries(file)
        while some := await asyncio.to_thread(take_some, found, 1):
            [entry] = some
            done += 1
            progress(done, 0)
            if entry.problem:
                summary.name(entry.name, entry.problem)
                continue
            if url := googleplus.address_of(entry.name, entry.content):
                local = googleplus.local_address(entry.name)
                given = replace(asked, name=entry.name)
                await self._take_page(run, entry.name, url, entry.content, local, given, summary)
            elif len(summary.left_out) < NAMED:
                summary.left_out.append(entry.name)

    async def _take_page(
        self,
        run: int,
        name: str,
        url: str,
        content: bytes,
        response: str,
        asked: Import,
        summary: Summary,
    ) -> None:
        """One page through the intake: kept raw, read by whoever owns its address, stored."""
        try:
            saved_at = asked.saved_at or utc_now()
            entries = self._plugins.entries
            cut = await asyncio.to_thread(cut_saved, url, content, entries, saved_at, response)
        except EarmarkError as error:
            summary.name(name, error.message)
            return
        if cut.entry is None:
            summary.name(name, "no plugin reads this address")
            return
        page, fragments = asdict(cut.page), [as_sent(each) for each in cut.fragments]
        digest = hashlib.sha256(content).hexdigest()
        page |= {"visit": f"import-{digest[:24]}", "by_hand": True, "imported": True}
        for number, fragment in enumerate(fragments):
            fragment["id"] = str(uuid5(NAMESPACE_URL, f"{url} {digest} {number}"))
        if asked.dry_run:
            await self._try_page(cut.entry["name"], page, fragments, name, summary)
            return
        if not fragments:
            summary.name(name, "there is nothing in it that this platform reads")
        for start in range(0, len(fragments), PIECES):
            some = fragments[start : start + PIECES]
            known = await asyncio.to_thread(self._known, some)
            told = await self._intake.import_page(cut.entry["name"], page, some, run)
            self._count(name, told["results"], summary, known)

    def _known(self, fragments: list[Json]) -> Collection[str]:
        """Which of them came before: the same page again brings nothing."""
        with self._log.reading() as connection:
            return raw.recorded(connection, [fragment["id"] for fragment in fragments])

    def _count(
        self, name: str, results: list[Json], summary: Summary, known: Collection[str] = ()
    ) -> None:
        for result in results:
            if result.get("error"):
                summary.name(name, result["error"])
            words = {} if result.get("fragment") in known else COUNTED_AS
            summary.count([words.get(each["change"], "seen") for each in result["items"]])

    async def _try_page(
        self, platform: str, page: Json, fragments: list[Json], name: str, summary: Summary
    ) -> None:
        """What would be stored, taken back at once."""
        parsed = await self._reading.parse(Batch(page, platform, fragments))
        sign(parsed, self._plugins.reader_of(platform))
        captures = [
            Capture(fragment, result.get("items", []), utc_now())
            for fragment, result in zip(fragments, parsed, strict=True)
        ]
        saved = await self._log.awrite(
            partial(tried, work=partial(save_captures, page=page, captures=captures))
        )
        told = [
            {"error": result.get("error"), "items": items}
            for result, items in zip(parsed, saved, strict=True)
        ]
        self._count(name, told, summary)


def put(connection: sa.Connection, run: int, items: list[Json], *, dry: bool) -> list[str]:
    """Store items as part of a run; in a dry run, what would come of it."""
    work = partial(put_items, items=items, at=utc_now())
    if dry:
        return tried(connection, work)
    with recording(connection, run):
        return work(connection)


def tried(connection: sa.Connection, work: Callable[[sa.Connection], Piece]) -> Piece:
    """What a job would answer; nothing of it stays."""
    answer: list[Piece] = []
    try:
        with connection.begin_nested():
            answer.append(work(connection))
            raise _DryRun
    except _DryRun:
        return answer[0]


def take_some(pieces: Iterator[Piece], most: int = AT_ONCE) -> list[Piece]:
    return list(islice(pieces, most))


def when(shown: str, now: str) -> Json:
    """When something was said, as far as a cell tells it."""
    published = resolve_published(shown, now) if shown else None
    return {"published": published} if published else {}
