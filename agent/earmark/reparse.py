"""Today's plugins over what is kept raw: the difference first, and written only when asked.

The second reading is made in a log of its own beside the first (see `store.reread`), so nothing
is touched until somebody has seen what would change.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from .difference import Difference
from .intake_batch import Batch
from .keeping.choices import Choices
from .keeping.outcomes import take_messages_out
from .keeping.wanted import Wishes
from .model import Json
from .parse.choose import EVERY_OTHER_SITE, platform_of
from .plugins import Plugins
from .policy import Policies
from .reading import Reading, sign
from .store import archived, raw, reread, rewrite
from .store.archived import Archived, Scope
from .store.desk import Key
from .store.log import Log, open_log
from .store.save import Capture, save_captures

FOLDER = "rereading-"  # of the second log, in the home
ENRICH_AT_ONCE = 50
Progress = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read again: of one platform, of one site with its subdomains, since a day."""

    platform: str = ""
    site: str = ""
    since: str = ""


@dataclass
class Group:
    """Fragments of one page that came one after another, and who read and reads them."""

    page: Json
    rows: list[Archived]
    fragments: list[Json]
    before: str
    today: str
    results: list[Json] = field(default_factory=list)

    def batch(self, platform: str) -> Batch:
        return Batch(self.page, platform, self.fragments)

    def captures(self) -> list[Capture]:
        """What was read, each at the time at which it came."""
        items = [result.get("items", []) for result in self.results]
        return list(map(Capture, self.fragments, items, [row.received_at for row in self.rows]))

    @property
    def has_items(self) -> bool:
        return any(result.get("items") for result in self.results)


class Reparse:
    """One second reading, from the first fragment to its end in the log, or in nothing."""

    def __init__(
        self,
        log: Log,
        plugins: Plugins,
        reading: Reading,
        choices: Choices,
        policy: Policies,
        home: Path,
    ) -> None:
        self._log = log
        self._plugins = plugins
        self._reading = reading
        self._choices = choices
        self._policy = policy
        self._folder = Path(tempfile.mkdtemp(prefix=FOLDER, dir=home))
        self._scratch = open_log(self._folder / "log.sqlite3")
        self._scratch.call(reread.make_tables)
        self._other: dict[Key, str] = {}
        self.difference = Difference()

    async def read(self, asked: Asked, progress: Progress) -> Json:
        """Read everything that was asked for once more; what would change, as it is shown."""
        scope = Scope(asked.site, asked.since)
        with self._log.reading() as connection:
            total = archived.count(connection, scope)
        after = done = 0
        progress(0, total)
        while rows := await asyncio.to_thread(self._block, scope, after):
            after, done = rows[-1].number, done + len(rows)
            groups = await asyncio.to_thread(self._groups, rows, asked.platform)
            await asyncio.gather(*(self._read_group(group) for group in groups))
            await asyncio.to_thread(self._save, groups)
            progress(done, total)
        await asyncio.to_thread(self._lay)
        await self._judge_new_texts()
        return self.difference.told()

    async def write(self, run: int, progress: Progress) -> None:
        """Write what was shown, a few items a turn."""
        total, done = self.difference.items, 0
        for rows in rewrite.todo(self._scratch):
            write = partial(rewrite.write_some, scratch=self._scratch, run=run, rows=rows)
            await self._log.awrite(partial(write, other=self._other))
            done += len(rows)
            progress(done, total)
        for some in rewrite.fates(self._scratch):
            await self._log.awrite(partial(rewrite.tell_some, run=run, rows=some))

    def close(self) -> None:
        """Forget the second reading."""
        self._scratch.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # -- reading -------------------------------------------------------------------------------

    def _block(self, scope: Scope, after: int) -> list[Archived]:
        with self._log.reading() as connection:
            return archived.block(connection, scope, after)

    def _groups(self, rows: Sequence[Archived], only: str) -> list[Group]:
        """The fragments page by page, as far as they are wanted today."""
        with self._log.reading() as connection:
            pages = raw.bodies_of_pages(connection, {row.page for row in rows})
        wishes = Wishes(self._plugins.entries, self._choices, self._policy.effective())
        found: list[Group] = []
        for page, some in groupby(rows, key=lambda row: row.page):
            found += self._groups_of(pages[page], list(some), only, wishes)
        return found

    def _groups_of(
        self, page: Json, rows: list[Archived], only: str, wishes: Wishes
    ) -> Iterator[Group]:
        today = platform_of(self._plugins.entries, page)
        for before, same in groupby(rows, key=lambda row: row.platform):
            mine = list(same)
            if only in ("", before, today):
                with self._log.reading() as connection:
                    bodies = archived.bodies(connection, mine)
                group = Group(page, mine, [bodies[row.id] for row in mine], before, today or before)
                if wanted := self._wanted(group, wishes):
                    yield wanted

    def _wanted(self, group: Group, wishes: Wishes) -> Group | None:
        """As far as the person and the organisation allow today what they allowed then."""
        batch = group.batch(group.today)
        if any(wishes.policy.refusal(url) for url in batch.addresses):
            return None
        imported = group.page.get("imported") is True  # a person asked for exactly this
        wanted = group.fragments if imported else wishes.wanted(batch)
        ids = {fragment["id"] for fragment in wanted}
        group.rows = [row for row in group.rows if row.id in ids]
        group.fragments = [each for each in group.fragments if each["id"] in ids]
        return group if group.rows else None

    async def _read_group(self, group: Group) -> None:
        """By whoever reads the page today. What was cut for another one may give it nothing: then
        by the one it was cut for, while that is there."""
        await self._read_as(group, group.today)
        known = {entry["name"] for entry in self._plugins.entries}
        if not group.has_items and group.before != group.today and group.before in known:
            await self._read_as(group, group.before)
        wishes = Wishes(self._plugins.entries, self._choices, self._policy.effective())
        if not await asyncio.to_thread(wishes.keeps_messages, group.batch(group.today)):
            take_messages_out(group.results)

    async def _read_as(self, group: Group, platform: str) -> None:
        group.today = platform
        if not self._plugins.reader_of(platform):
            told = f"No plugin reads “{platform}” any more."
            group.results = [{"fragment": row.id, "error": told} for row in group.rows]
            return
        group.results = await self._reading.parse(group.batch(platform))
        sign(group.results, self._plugins.reader_of(platform))

    # -- laying beside -------------------------------------------------------------------------

    def _save(self, groups: Sequence[Group]) -> None:
        """Let the second log take the readings in, in the order in which they came."""
        for group, saved in zip(groups, self._scratch.call(partial(save, groups)), strict=True):
            self._note_fates(group, saved)

    def _note_fates(self, group: Group, saved: Sequence[Sequence[Json]]) -> None:
        silent = not group.has_items and any(row.keys for row in group.rows)
        keys, told = [], []
        for row, result, items in zip(group.rows, group.results, saved, strict=True):
            keys += [{"platform": platform, "key": key} for platform, key in row.keys]
            error = result.get("error", "")
            if silent and row.keys and not error and group.today != EVERY_OTHER_SITE:
                error = f"{group.today} found nothing in markup that it asked for"
            fate = fate_of(row, group.today, result.get("reader", {}), items, error)
            self.difference.count_fragment(row, fate)
            if fate:
                told.append({"fragment": row.id, "told": json.dumps(fate)})
        reread.put(self._scratch, reread.BEFORE, keys)
        reread.put(self._scratch, reread.FATES, told)

    def _lay(self) -> None:
        reread.match_by_name(self._log, self._scratch)
        reread.match_the_rest(self._log, self._scratch)
        self._other = reread.other_keys(self._log, self._scratch)
        block: list[reread.Laid] = []
        for laid in reread.lay(self._log, self._scratch, self._other):
            self.difference.count_item(laid)
            block.append(laid)
            if len(block) == reread.BLOCK:
                reread.note(self._scratch, block)
                block = []
        reread.note(self._scratch, block)
        for entry in reread.not_found(self._log, self._scratch):
            self.difference.count_missing(entry.doc)

    async def _judge_new_texts(self) -> None:
        """Language and tags of what is new and of texts that are others now."""
        for some in rewrite.new_texts(self._scratch, ENRICH_AT_ONCE):
            results: list[Json] = [{"items": [dict(doc)]} for _, doc in some]
            await self._reading.enrich({}, results)
            meanings = [meaning_of(result["items"][0]) for result in results]
            rewrite.note_meanings(self._scratch, [row for row, _ in some], meanings)


def save(groups: Sequence[Group], connection: Connection) -> list[list[list[Json]]]:
    """Save what was read of each group as the intake does; what became of its items."""
    return [save_captures(connection, group.page, group.captures()) for group in groups]


def fate_of(row: Archived, platform: str, reader: Json, items: Sequence[Json], error: str) -> Json:
    """What becomes of a fragment; empty where that is what became of it before."""
    status = raw.NOT_UNDERSTOOD if error else row.status
    if not error and row.status == raw.NOT_UNDERSTOOD:
        status = "stored" if items else "unchanged"
    result = json.dumps(list(items)) if items and status != row.status else row.result
    told = {"platform": platform, "status": status, "error": error, "result": result}
    told |= {"plugin": reader.get("plugin", ""), "plugin_version": reader.get("version", "")}
    same = (platform, status, error) == (row.platform, row.status, row.error)
    read_so = (told["plugin"], told["plugin_version"]) == (row.plugin, row.plugin_version)
    return {} if same and read_so else told


def meaning_of(item: Json) -> Json:
    told = ("language", "ours", "tags", "sentiment", "_rules", "_corrected")
    return {name: item[name] for name in told if name in item}


def forget_leftovers(home: Path) -> None:
    """Second logs of an agent that was killed."""
    for folder in home.glob(f"{FOLDER}*"):
        with suppress(OSError):
            shutil.rmtree(folder)
