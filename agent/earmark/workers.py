"""Worker processes: plugin code runs here, where it can be stopped without stopping Earmark.

Each worker is a pebble pool of one spawned process: replaced when it dies, gone when idle. Only
JSON crosses, in both directions.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import multiprocessing
import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from ctypes import c_char
from multiprocessing.connection import wait
from typing import Any

from pebble import ProcessExpired, ProcessPool

from .errors import EarmarkError, PluginCrashed, PluginError, PluginRaised, PluginTimedOut
from .registry import (
    PluginSource,
    Roster,
    answered,
    asking,
    describe,
    registry,
    share_asked,
    use_roster,
)
from .rest import RestingPlugins

__all__ = ["PluginWorkers", "registry"]

logger = logging.getLogger(__name__)

ANSWER_LIMIT = 16 * 1024 * 1024  # characters of JSON
START_SECONDS = 60.0  # a new process may take that long before a call's own time begins


class PluginWorkers:
    """At most `max_workers` processes in which plugin code runs, started when needed.

    `sources` are the plugins they may import; `plugins.load` sets the full roster later. A plugin
    that hung or crashed three times in a row rests for a while: its calls fail at once.
    """

    def __init__(
        self,
        sources: Iterable[PluginSource] = (),
        max_workers: int = 2,
        idle_seconds: float = 120.0,
    ) -> None:
        self.resting = RestingPlugins()
        self.use(Roster(list(sources)))
        self._workers = [_Worker() for _ in range(max_workers)]
        # Last in, first out: the second process is needed only while the first is busy.
        self._free: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in reversed(self._workers):
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(max_workers, thread_name_prefix="plugin-worker")
        self._closed = threading.Event()
        self._generation = 0
        self._idle_seconds = idle_seconds
        threading.Thread(target=self._stop_idle, name="plugin-idle", daemon=True).start()

    def use(self, roster: Roster) -> None:
        """Let the workers import exactly the plugins of `roster` from the next call on."""
        self._roster = roster.to_json()

    def renew(self) -> None:
        """Have the next call of each process run in a new one, which knows nothing of before."""
        self._generation += 1

    async def call(
        self, function: Callable[..., Any], *args: Any, timeout: float, plugin: str = ""
    ) -> Any:
        """`function(*args)` run in a worker; function of a module, arguments and answer JSON-able.

        `timeout` is in seconds from when the function starts. `plugin` is blamed where the
        function does not say whom it asks (`registry.asking`). Raises PluginRaised,
        PluginTimedOut or PluginCrashed, or the EarmarkError that the function raised.
        """
        return await asyncio.wrap_future(self._submit(function, args, timeout, plugin))

    def call_sync(
        self, function: Callable[..., Any], *args: Any, timeout: float, plugin: str = ""
    ) -> Any:
        """`call` for code without an event loop."""
        return self._submit(function, args, timeout, plugin).result()

    def close(self) -> None:
        """Stop every process now; calls under way raise EarmarkError."""
        self._closed.set()
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(cancel_futures=True)

    def __enter__(self) -> PluginWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _submit(
        self, function: Callable[..., Any], args: tuple[Any, ...], timeout: float, plugin: str
    ) -> Future[Any]:
        text = json.dumps(args)
        try:
            return self._threads.submit(self._run, function, text, timeout, plugin)
        except RuntimeError as error:  # shut down
            raise _stopping() from error

    def _run(self, function: Callable[..., Any], args: str, timeout: float, plugin: str) -> Any:
        if rest := self.resting.now().get(plugin):
            raise type(rest)(plugin, rest.message, rest.hint)
        worker = self._free.get()
        try:
            if self._closed.is_set():
                raise _stopping()
            worker.be_of(self._generation)
            answer = worker.run((function, args, plugin, self._roster, timeout), timeout)
        except (PluginTimedOut, PluginCrashed) as error:
            logger.warning("%s", error)
            self.resting.strike(error)
            raise
        finally:
            self._free.put(worker)
        self.resting.forgive(answer["answered"])
        return _opened(answer)

    def _stop_idle(self) -> None:
        while not self._closed.wait(self._idle_seconds / 4):
            for worker in self._workers:
                worker.stop_if_idle(self._idle_seconds)


class _Worker:
    """One process, or the place for one."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._asked = self._context.RawArray(c_char, 200)
        self._lock = threading.Lock()
        self._pool: Any = None
        self._call: Future[str] | None = None
        self._used = time.monotonic()
        self._generation = 0

    def be_of(self, generation: int) -> None:
        """End the process where it is of another generation; between two calls only."""
        if generation != self._generation:
            self._discard()
            self._generation = generation

    def run(self, payload: tuple[Any, ...], timeout: float) -> dict[str, Any]:
        try:
            try:
                answer = self._attempt(payload, timeout)
            except BrokenProcessPool:  # it died while idle, or before it could say what it began
                self._discard()
                answer = self._attempt(payload, timeout)
        except BrokenProcessPool as error:
            self._discard()
            raise self._crashed(payload[2], "before it could answer") from error
        except ProcessExpired as error:
            raise self._crashed(payload[2], _how_it_ended(error.exitcode)) from error
        except TimeoutError as error:
            if self._call and not self._call.done():
                self._discard()
            raise self._timed_out(payload[2], timeout) from error
        except CancelledError as error:
            raise _stopping() from error
        finally:
            self._used = time.monotonic()
            self._call = None
        opened: dict[str, Any] = json.loads(answer)
        return opened

    def stop(self) -> None:
        """End the process; a call under way is cancelled."""
        with self._lock:
            if self._call:
                self._call.cancel()
        ending = self._discard()
        if ending:
            ending.join(5)

    def stop_if_idle(self, seconds: float) -> None:
        with self._lock:
            if self._call is None and time.monotonic() - self._used > seconds:
                self._give_up_pool()

    def _attempt(self, payload: tuple[Any, ...], timeout: float) -> str:
        self._asked.value = b""
        with self._lock:
            self._pool = self._pool or self._new_pool()
            try:
                self._call = self._pool.schedule(_run_task, args=payload, timeout=timeout)
            except RuntimeError as error:  # pebble's word for a pool that broke while idle
                raise BrokenProcessPool(str(error)) from error
        return self._call.result(timeout + START_SECONDS)

    def _new_pool(self) -> Any:
        # Read by the interpreter of the new process: UTF-8 whatever the locale.
        os.environ["PYTHONUTF8"] = "1"
        return ProcessPool(
            max_workers=1,
            initializer=_begin,
            initargs=[self._asked],
            context=self._context,
        )

    def _discard(self) -> threading.Thread | None:
        """Give the process up; the thread that waits for its end."""
        with self._lock:
            return self._give_up_pool()

    def _give_up_pool(self) -> threading.Thread | None:
        pool, self._pool = self._pool, None
        if pool is None:
            return None
        pool.stop()
        ending = threading.Thread(target=pool.join, name="plugin-ending", daemon=True)
        ending.start()
        return ending

    def _blamed(self, plugin: str) -> str:
        asked: bytes = self._asked.value
        return asked.decode(errors="ignore") or plugin or "earmark"

    def _crashed(self, plugin: str, how: str) -> PluginCrashed:
        name = self._blamed(plugin)
        hint = "The next call runs in a new process; if it happens again, report it to its author."
        return PluginCrashed(name, f"The plugin “{name}” ended its process {how}.", hint)

    def _timed_out(self, plugin: str, timeout: float) -> PluginTimedOut:
        name = self._blamed(plugin)
        hint = "Its process was stopped; the next call runs in a new one."
        return PluginTimedOut(name, f"The plugin “{name}” did not answer in {timeout:g} s.", hint)


def _opened(answer: dict[str, Any]) -> Any:
    """The value in a worker's answer, or the error it tells of, raised here."""
    error = answer.get("error")
    if error is None:
        return answer["value"]
    if error["plugin"]:
        raise PluginRaised(error["plugin"], error["message"], error["hint"])
    raise EarmarkError(error["message"], error["hint"], code=error["code"], status=error["status"])


def _how_it_ended(exitcode: int) -> str:
    if exitcode < 0:
        return f"by {signal.Signals(-exitcode).name}"
    return f"with exit code {exitcode}"


def _stopping() -> EarmarkError:
    return EarmarkError("Earmark is stopping.", code="stopping", status=503)


# What follows runs inside the worker process.

_roster_text = ""


def _begin(asked: Any) -> None:
    """Make the new process quiet and mortal."""
    share_asked(asked)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # To pebble an exit code of 0 is a worker that ended as it should, so nobody would be told.
    leave = os._exit
    os._exit = lambda status: leave(status or 70)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _run_task(
    function: Callable[..., Any], args: str, plugin: str, roster: str, timeout: float
) -> str:
    global _roster_text
    if roster != _roster_text:
        use_roster(Roster.from_json(roster))
        _roster_text = roster
    _arm(timeout + 10)
    try:
        return _answer(function, args, plugin)
    except EarmarkError as error:
        return _told(error)
    except BaseException as error:
        message = f"Work in a plugin process failed: {describe(error)}"
        return _told(EarmarkError(message, code="worker_failed", status=500))
    finally:
        _arm(0)


def _answer(function: Callable[..., Any], args: str, plugin: str) -> str:
    answered()
    with asking(plugin) if plugin else nullcontext():
        value = json.dumps(function(*json.loads(args)), allow_nan=False)
    if len(value) > ANSWER_LIMIT:
        size, limit = len(value) / 2**20, ANSWER_LIMIT / 2**20
        message = f"It answered with {size:.1f} MiB of JSON; at most {limit:.0f} are taken."
        raise PluginRaised(plugin or "earmark", message)
    return f'{{"value": {value}, "answered": {json.dumps(answered())}}}'


def _told(error: EarmarkError) -> str:
    told: dict[str, Any] = {"message": error.message, "hint": error.hint, "code": error.code}
    plugin = error.plugin if isinstance(error, PluginError) else ""
    told |= {"status": error.status, "plugin": plugin}
    return json.dumps({"error": told, "answered": answered()})


def _arm(seconds: float) -> None:
    """Have the kernel end this process after that time, should even its parent be gone by then.

    Code that never gives the interpreter back (a runaway regular expression) is ended so, too.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(seconds))
