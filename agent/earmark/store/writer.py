"""One thread writes: jobs queue up and share a transaction, each inside a savepoint of its own."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from ..errors import EarmarkError

Result = TypeVar("Result")
Work = Callable[[sa.Connection], Result]

# One commit at most for so many jobs: bounds how long the first of them waits.
GROUP = 64

LOGGER = logging.getLogger(__name__)


class LogClosed(EarmarkError):
    """The log was closed, so nothing more can be stored."""

    code = "log_closed"
    status = 503


class TransactionLost(RuntimeError):
    """The database ended the transaction under a job; nothing of the group was stored."""


@dataclass(slots=True)
class Job:
    """Work to do and the future of whoever waits for it."""

    work: Work[Any]
    future: Future[Any]
    result: Any = None
    error: BaseException | None = None

    def resolve(self) -> None:
        if self.future.cancelled():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Writer:
    """The thread that owns the writing connection.

    `watermark` reads a number that grows when something worth telling was written; after a
    commit that raised it, `tell` is called in the writer thread with the new number.
    """

    def __init__(
        self, engine: sa.Engine, watermark: Work[int], tell: Callable[[int], None]
    ) -> None:
        self._engine = engine
        self._watermark = watermark
        self._tell = tell
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._connection: sa.Connection | None = None
        with engine.connect() as connection:
            self._mark = watermark(connection)
        self._thread = threading.Thread(target=self._run, name="earmark-writer", daemon=True)
        self._thread.start()

    @property
    def connection(self) -> sa.Connection | None:
        """The open transaction, when called from inside a job; else None."""
        return self._connection if threading.current_thread() is self._thread else None

    def submit(self, work: Work[Result]) -> Future[Result]:
        """Queue work; the future resolves after the commit that holds it, or with its error."""
        future: Future[Result] = Future()
        with self._closing:
            if self._closed:
                raise LogClosed("The log is closed.", "Start Earmark again.")
            self._jobs.put(Job(work, future))
        return future

    def call(self, work: Work[Result]) -> Result:
        """Do work and wait; inside a job, it joins the job's transaction at once."""
        connection = self.connection
        if connection is None:
            if threading.current_thread() is self._thread:
                raise RuntimeError("a commit callback must not wait for the writer it runs in")
            return self.submit(work).result()
        with connection.begin_nested():
            return work(connection)

    def close(self) -> None:
        """Finish the queued jobs and end the thread; calling it twice is harmless."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            group = [job]
            last = self._commit_group(group)
            for done in group:
                done.resolve()
            if last:
                return

    def _commit_group(self, group: list[Job]) -> bool:
        """Run the first job and those that queue up meanwhile; True when the queue was closed."""
        last = False
        mark = self._mark
        try:
            with self._engine.begin() as connection:
                self._connection = connection
                last = self._run_group(connection, group)
                mark = self._watermark(connection)
        except Exception as error:  # the whole group was rolled back; each job hears why
            for job in group:
                job.error = job.error or error
        else:
            self._announce(mark)
        finally:
            self._connection = None
        return last

    def _run_group(self, connection: sa.Connection, group: list[Job]) -> bool:
        run_job(connection, group[0])
        while len(group) < GROUP and not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                return True
            group.append(job)
            run_job(connection, job)
        return False

    def _announce(self, mark: int) -> None:
        if mark == self._mark:
            return
        self._mark = mark
        try:
            self._tell(mark)
        except Exception:
            LOGGER.exception("a listener for commits failed; the commit stands")


def run_job(connection: sa.Connection, job: Job) -> None:
    """Run one job in a savepoint; its error stays with it unless the transaction is lost."""
    if not job.future.set_running_or_notify_cancel():
        return
    try:
        with connection.begin_nested():
            job.result = job.work(connection)
    except BaseException as error:
        job.error = error
    if not connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
        raise TransactionLost("the database rolled the transaction back") from job.error
