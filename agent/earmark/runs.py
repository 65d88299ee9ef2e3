"""Reparses, imports, rules, terms and corrections as the agent does them: one at a time, watched
and undone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from .errors import EarmarkError
from .importing import Import, Importer
from .intake import Intake, batch_of_import
from .keeping.choices import Choices
from .listening.apply import Listening
from .listening.correcting import Correcting
from .model import Json
from .plugins import Plugins
from .policy import Policies
from .reading import Reading
from .reparse import Asked, Reparse, forget_leftovers
from .ruling import Ruling
from .settings import Home
from .share.imports.files import forget_files
from .store import raw, runs
from .store.log import Log
from .store.undo import undo

logger = logging.getLogger(__name__)

REPARSE, IMPORT, RULES, TERMS = "reparse", "import", "rules", "terms"
CORRECTIONS = "corrections"
PUT_BACK = (REPARSE, RULES, TERMS, CORRECTIONS)  # half of one is worth nothing


class Busy(EarmarkError):
    """Another run is under way."""

    code = "run_under_way"
    status = 409


@dataclass
class Going:
    """The run that is under way, and how far it is."""

    number: int
    kind: str
    done: int = 0
    total: int = 0
    task: asyncio.Task[None] | None = None
    reparse: Reparse | None = None

    def progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    @property
    def is_working(self) -> bool:
        return self.task is not None and not self.task.done()


class Runs:
    """Begins runs, one at a time, and knows where each stands."""

    def __init__(
        self,
        home: Home,
        log: Log,
        plugins: Plugins,
        reading: Reading,
        choices: Choices,
        policy: Policies,
        intake: Intake,
        ruling: Ruling,
        listening: Listening,
        correcting: Correcting,
    ) -> None:
        self._home = home
        self._log = log
        self._plugins = plugins
        self._reading = reading
        self._choices = choices
        self._policy = policy
        self._importer = Importer(log, plugins, self._reading, intake)
        self._ruling = ruling
        self._listening = listening
        self._correcting = correcting
        self._going: Going | None = None
        self._starting = asyncio.Lock()

    # -- what is asked -------------------------------------------------------------------------

    async def read_again(self, asked: Asked) -> int:
        """Begin a reparse, which reads and then shows what would change; its number."""
        async with self._starting:
            await self._make_room()
            number = await self._begin(REPARSE, asdict(asked))
            reparse = await asyncio.to_thread(self._new_reparse)
            self._going = Going(number, REPARSE, reparse=reparse)
            self._spawn(partial(self._show, self._going, reparse, asked))
            return number

    async def write(self, number: int) -> None:
        """Write what a reparse has shown; raises where it has not, or not any more."""
        async with self._starting:
            going = self._going
            if going is None or going.number != number or not going.reparse or going.is_working:
                raise EarmarkError(
                    f"Run {number} shows no difference that could be written.",
                    "Begin a new one: earmark reparse",
                    code="nothing_shown",
                    status=409,
                )
            going.progress(0, 0)
            self._spawn(partial(self._write, going, going.reparse))

    async def drop(self, number: int) -> None:
        """Forget what a reparse has shown, or end its reading; nothing was written."""
        async with self._starting:
            if self._going and self._going.number == number and self._going.reparse:
                with_difference = await self._state(number)
                if with_difference["status"] == runs.WRITING:
                    raise Busy(f"Run {number} is being written.", "It can be undone afterwards.")
                await self._let_go()

    async def take_in(self, file: Path, asked: Import) -> int:
        """Begin an import of a file, which is deleted afterwards; its number."""
        async with self._starting:
            await self._make_room()
            number = await self._begin(IMPORT, asked.told())
            self._going = Going(number, IMPORT)
            self._spawn(partial(self._import, self._going, file, asked))
            return number

    async def apply_rules(self, rules: Sequence[Json], names: Sequence[str]) -> int:
        """Begin to apply rules to all that is there, by default all of them; its number."""
        async with self._starting:
            await self._make_room()
            number = await self._begin(RULES, {"rules": list(names)} if names else {})
            self._going = Going(number, RULES)
            self._spawn(partial(self._apply, self._going, rules, names))
            return number

    async def apply_terms(self) -> int:
        """Begin to let all that is there know the terms and accounts of today; its number."""
        async with self._starting:
            await self._make_room()
            number = await self._begin(TERMS, {})
            self._going = Going(number, TERMS)
            self._spawn(partial(self._listen, self._going))
            return number

    async def apply_corrections(self) -> int:
        """Begin to have all that is there judged by the corrections of today; its number."""
        async with self._starting:
            await self._make_room()
            number = await self._begin(CORRECTIONS, {})
            self._going = Going(number, CORRECTIONS)
            self._spawn(partial(self._correct, self._going))
            return number

    async def undo(self, number: int) -> None:
        """Begin to put back what a run changed. Raises where nothing can be."""
        async with self._starting:
            await self._make_room()
            run = await self._state(number)
            if not run["undoable"]:
                raise EarmarkError(
                    f"Run {number} cannot be undone.",
                    "It changed nothing, was undone, or is too long ago.",
                    code="not_undoable",
                    status=409,
                )
            await self._mark(number, runs.UNDOING)
            self._going = Going(number, run["kind"])
            self._spawn(partial(self._undo, self._going))

    async def state(self, number: int) -> Json:
        """The run of that number, and while it is under way how far it is."""
        run = await self._state(number)
        if self._going and self._going.number == number and self._going.is_working:
            run["progress"] = {"done": self._going.done, "total": self._going.total}
        return run

    # -- life ----------------------------------------------------------------------------------

    async def resume(self) -> None:
        """Put back what killed rules or a reparse had begun to write, go on with an undo; the rest
        says that it was cut short. What an import had stored stays, and can be undone or repeated;
        what it had not is forgotten. To be called before the intake takes up what waits."""
        forget_leftovers(self._home.path)
        forget_files(self._home.path)
        for run in await asyncio.to_thread(runs.cut_short, self._log):
            writing = run["status"] == runs.WRITING
            if run["status"] == runs.UNDOING or (writing and run["kind"] in PUT_BACK):
                await undo(self._log, run["run"])
            elif writing:
                batch = batch_of_import(run["run"])
                await self._log.awrite(partial(raw.forget_pending, batch=batch))
            status = runs.UNDONE if run["status"] == runs.UNDOING else runs.BROKEN_OFF
            await self._mark(run["run"], status)

    async def settle(self) -> None:
        """Wait for what is under way."""
        if self._going and self._going.task:
            await asyncio.wait([self._going.task])

    async def close(self) -> None:
        """End what is under way; the next start puts a half-written reparse back."""
        if self._going and self._going.task:
            self._going.task.cancel()
            await asyncio.gather(self._going.task, return_exceptions=True)
        if self._going and self._going.reparse:
            await asyncio.to_thread(self._going.reparse.close)

    # -- one run -------------------------------------------------------------------------------

    async def _show(self, going: Going, reparse: Reparse, asked: Asked) -> None:
        difference = await reparse.read(asked, going.progress)
        await self._mark(going.number, runs.SHOWN, {"difference": difference})

    async def _write(self, going: Going, reparse: Reparse) -> None:
        await self._mark(going.number, runs.WRITING)
        await reparse.write(going.number, going.progress)
        await self._mark(going.number, runs.DONE)
        await self._free(going)

    async def _import(self, going: Going, file: Path, asked: Import) -> None:
        try:
            await self._mark(going.number, runs.WRITING)
            told = await self._importer.take_in(going.number, file, asked, going.progress)
        finally:
            file.unlink(missing_ok=True)
        await self._mark(going.number, runs.DONE, told)

    async def _apply(self, going: Going, rules: Sequence[Json], names: Sequence[str]) -> None:
        await self._mark(going.number, runs.WRITING)
        told = await self._ruling.apply(going.number, rules, names, going.progress)
        await self._mark(going.number, runs.DONE, told)

    async def _listen(self, going: Going) -> None:
        await self._mark(going.number, runs.WRITING)
        told = await self._listening.apply(going.number, going.progress)
        await self._mark(going.number, runs.DONE, told)

    async def _correct(self, going: Going) -> None:
        await self._mark(going.number, runs.WRITING)
        told = await self._correcting.apply(going.number, going.progress)
        await self._mark(going.number, runs.DONE, told)

    async def _undo(self, going: Going) -> None:
        told = await undo(self._log, going.number)
        run = await self._state(going.number)
        await self._mark(going.number, runs.UNDONE, {**run["told"], "undone": asdict(told)})

    def _spawn(self, work: Callable[[], Awaitable[None]]) -> None:
        assert self._going is not None
        self._going.task = asyncio.create_task(self._guarded(self._going, work))

    async def _guarded(self, going: Going, work: Callable[[], Awaitable[None]]) -> None:
        """Whatever goes wrong is told with the run."""
        try:
            await work()
        except Exception as error:
            logger.error("run %d failed", going.number, exc_info=error)
            known = isinstance(error, EarmarkError)
            text = error.message if isinstance(error, EarmarkError) else type(error).__name__
            hint = error.hint if isinstance(error, EarmarkError) else ""
            told = {"error": {"message": text, "hint": hint, "known": known}}
            await self._mark(going.number, runs.FAILED, told)
            await self._free(going)

    def _new_reparse(self) -> Reparse:
        parts = (self._log, self._plugins, self._reading, self._choices, self._policy)
        return Reparse(*parts, self._home.path)

    async def _make_room(self) -> None:
        """One at a time; a difference that waits for an answer gives way."""
        going = self._going
        if going and going.is_working:
            raise Busy(
                f"Another run is under way: {going.kind} {going.number}.",
                "Wait for its end.",
            )
        await self._let_go()

    async def _let_go(self) -> None:
        going, self._going = self._going, None
        if going is None:
            return
        if going.task:
            going.task.cancel()
            await asyncio.gather(going.task, return_exceptions=True)
        if going.reparse:
            await self._mark(going.number, runs.DROPPED)
            await self._free(going)

    async def _free(self, going: Going) -> None:
        reparse, going.reparse = going.reparse, None
        if reparse:
            await asyncio.to_thread(reparse.close)

    async def _begin(self, kind: str, asked: Json) -> int:
        return await self._log.awrite(lambda conn: runs.begin(conn, kind, asked))

    async def _mark(self, number: int, status: str, told: Json | None = None) -> None:
        await self._log.awrite(lambda conn: runs.mark(conn, number, status, told))

    async def _state(self, number: int) -> Json:
        def look() -> Json:
            with self._log.reading() as connection:
                return runs.one(connection, number)

        return await asyncio.to_thread(look)
