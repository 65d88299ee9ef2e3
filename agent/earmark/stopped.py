"""Why the agent is not running: what the person, `earmark doctor` and the service's status read.

A kill or a power cut leaves no word; the next start says so in the agent's log.
"""

from __future__ import annotations

import contextlib
import errno
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from .errors import EarmarkError
from .settings import AlreadyRunning, Home, write_private

NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
SQLITE_NO_SPACE = "database or disk is full"


@dataclass(frozen=True)
class Stopped:
    """An end by an error: when (UTC, ISO 8601), its stable code, and what to do, in words."""

    at: str
    code: str
    message: str
    hint: str


def read(home: Home) -> Stopped | None:
    """Why the agent of `home` ended last; None where it runs, or ended because it was told to."""
    try:
        return Stopped(**json.loads(home.stopped_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forget(home: Home) -> None:
    """The agent runs: what ended an earlier one is over."""
    home.stopped_file.unlink(missing_ok=True)


@contextlib.contextmanager
def explained(home: Home) -> Iterator[None]:
    """Leave a word in the home when what runs inside ends by an error, which goes on its way.

    A full disk is raised in words: what the system says of it is said by many different errors.
    """
    try:
        yield
    except AlreadyRunning:
        raise
    except Exception as error:
        word = in_words(error)
        _leave_word(home, word)
        if word.code == "disk_full":
            raise word from error
        raise


def in_words(error: Exception) -> EarmarkError:
    """`error` as a person may read it; nothing of a page is in it."""
    if _is_about_space(error):
        return EarmarkError(
            "The disk is full.",
            "Free some space. The service starts by itself then; else run: earmark start",
            code="disk_full",
        )
    if isinstance(error, EarmarkError):
        return error
    return EarmarkError(
        f"The agent ended by an error of its own ({type(error).__name__}).",
        "Nothing acknowledged was lost. Start it again: earmark start. "
        "Where it happened stands in the agent's log.",
        code="crash",
    )


def _is_about_space(error: BaseException) -> bool:
    chain = [error]
    for each in chain:
        following = each.__cause__ or each.__context__
        if following is not None and following not in chain:
            chain.append(following)
    return any(map(_says_no_space, chain))


def _says_no_space(error: BaseException) -> bool:
    no_room = isinstance(error, OSError) and error.errno in NO_SPACE
    return no_room or SQLITE_NO_SPACE in str(error)


def _leave_word(home: Home, error: EarmarkError) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    word = Stopped(now, error.code, error.message, error.hint)
    # The home itself may be what is wrong; the error is on its way to the terminal in any case.
    with contextlib.suppress(OSError):
        if home.path.is_dir() and not home.is_held():
            write_private(home.stopped_file, json.dumps(asdict(word), ensure_ascii=False))
