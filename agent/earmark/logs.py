"""What the agent notes about its own running, in `<home>/logs/agent.log`.

Five files of a million bytes at most. No page content, no secrets, no names of folders: an error
is noted by its type and the places in the code, because its text may quote a page.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
import traceback
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from .errors import EarmarkError
from .service import under_service
from .settings import PRIVATE_FILE, PRIVATE_FOLDER, Home

BYTES_A_FILE = 1_000_000
OLDER_FILES = 4
OURS = "earmark"
# Of what is put into a note, these alone are kept: names, numbers and versions.
NAME = re.compile(r"[\w.+-]{1,64}", re.ASCII)


class Fact(str):
    """Words for a note that are the agent's own: nothing of a page or a plugin is in them."""

    __slots__ = ()


def log_file(home: Home) -> Path:
    """Where the agent of `home` notes what it does; older notes end in .1 to .4."""
    return home.logs_folder / "agent.log"


@contextlib.contextmanager
def kept_in(home: Home) -> Iterator[logging.Logger]:
    """Note what is logged in the home's log file, as long as the context lasts.

    The terminal shows what it shows without it. Call it with the home's lock held.
    """
    handler = _Notes(home)
    root, ours = logging.getLogger(), logging.getLogger(OURS)
    level = ours.level
    terminal = _terminal()
    ours.setLevel(logging.INFO)
    for each in (handler, *terminal):
        root.addHandler(each)
    try:
        yield ours
    finally:
        for each in (handler, *terminal):
            root.removeHandler(each)
        ours.setLevel(level)
        handler.close()


def _terminal() -> list[logging.Handler]:
    """With any handler at the root, Python drops the one that writes warnings to the terminal.

    Under the service there is no terminal, but a journal that keeps what is said: tracebacks
    quote pages.
    """
    if under_service() or logging.getLogger().handlers or logging.lastResort is None:
        return []
    return [logging.lastResort]


@contextlib.contextmanager
def end_noted() -> Iterator[None]:
    """Note how what runs inside ends; an error goes on its way, and is told by who gets it."""
    ours = logging.getLogger(OURS)
    try:
        yield
    except Exception as error:
        code = getattr(error, "code", "crash")
        ours.info("Ended by an error: %s, %s", code, Fact(note_error(error)))
        raise
    ours.info("Stopped, as it was told to.")


def note_error(error: BaseException) -> str:
    """`error` by its type and where it went through our code, newest place first."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {where}" if where else type(error).__name__


class _Line(logging.Formatter):
    """`2026-11-22T03:00:00Z INFO agent: words`, one line a record whatever is in it."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self.folders = {str(home.path): "HOME-FOLDER", str(Path.home()): "~"}

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        name = record.name.removeprefix(f"{OURS}.")
        line = f"{at:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {name}: {self._words(record)}"
        return "".join(map(_visible, line))

    def _words(self, record: logging.LogRecord) -> str:
        # Libraries quote what they work on (addresses, markup); only that they spoke is noted.
        ours = record.name.split(".")[0] == OURS
        words = _safe_message(record) if ours else f"said something in {record.module}"
        if record.exc_info and record.exc_info[1]:
            words = f"{words if ours else ''} {note_error(record.exc_info[1])}".strip()
        for folder, shown in self.folders.items():
            words = words.replace(folder, shown) if len(folder) > 1 else words
        return words


def _safe_message(record: logging.LogRecord) -> str:
    """Its own words, with what may come from a page or a plugin's error left out."""
    if not isinstance(record.args, tuple):
        return str(record.msg)
    return str(record.msg) % tuple(map(_safe, record.args)) if record.args else str(record.msg)


def _safe(value: object) -> object:
    if isinstance(value, BaseException):
        return note_error(value)
    if isinstance(value, int | float | Fact) or (isinstance(value, str) and NAME.fullmatch(value)):
        return value
    return "…"


def _visible(sign: str) -> str:
    """Signs that would start a line, steer a terminal or cannot be written, as escapes."""
    if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return sign
    return sign.encode("unicode_escape").decode("ascii")


class _Notes(RotatingFileHandler):
    """The rotating file, private to its owner; a full disk is told once and stops nothing."""

    def __init__(self, home: Home) -> None:
        try:
            home.logs_folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            home.logs_folder.chmod(PRIVATE_FOLDER)
        except OSError as error:
            raise EarmarkError(
                f"{home.logs_folder} cannot be used: {error.strerror}.",
                "It is a folder of the agent's own notes: move away what is in its place.",
                code="logs_folder",
            ) from error
        self.told = False
        path = log_file(home)
        super().__init__(
            path, maxBytes=BYTES_A_FILE, backupCount=OLDER_FILES, encoding="utf-8", delay=True
        )
        self.setFormatter(_Line(home))

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(
            self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE
        )
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        # Foreign libraries' small talk is not kept.
        if record.name.split(".")[0] == OURS or record.levelno >= logging.WARNING:
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        if not self.told:
            self.told = True
            error = sys.exc_info()[1]
            print(f"earmark: {self.baseFilename} cannot be written: {error}", file=sys.stderr)

    def close(self) -> None:
        # What still waits to be written there was told of when it was tried.
        with contextlib.suppress(OSError):
            super().close()
