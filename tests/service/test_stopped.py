"""Why it does not run is left in the home, in words, and is gone once it runs."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from earmark import stopped
from earmark.agent import running
from earmark.errors import EarmarkError
from earmark.settings import AlreadyRunning, Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare()
    return home


def end_by(home: Home, error: Exception) -> stopped.Stopped | None:
    with pytest.raises(Exception), stopped.explained(home):  # noqa: B017, PT011
        raise error
    return stopped.read(home)


def test_an_error_for_people_is_kept_as_it_is(home):
    word = end_by(home, EarmarkError("It broke.", "Mend it.", code="broken"))
    assert word
    assert (word.code, word.message, word.hint) == ("broken", "It broke.", "Mend it.")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", word.at)
    assert home.stopped_file.stat().st_mode & 0o777 == 0o600


def test_an_error_of_our_own_is_told_by_its_kind_alone(home):
    word = end_by(home, ValueError("what a page said"))
    assert word
    assert word.code == "crash"
    assert "ValueError" in word.message
    assert "page" not in home.stopped_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_called_that_whoever_said_it(home, number):
    word = end_by(home, OSError(number, os.strerror(number)))
    assert word
    assert word.code == "disk_full"


def test_a_full_disk_is_found_behind_other_errors(home):
    def fail() -> None:
        try:
            raise sqlite3.OperationalError("database or disk is full")
        except sqlite3.OperationalError as error:
            raise EarmarkError("The log cannot be opened.") from error

    with pytest.raises(EarmarkError, match="The disk is full") as raised, stopped.explained(home):
        fail()
    assert "earmark start" in raised.value.hint


def test_a_chain_of_errors_that_bites_its_tail_is_read_to_its_end(home):
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    word = end_by(home, first)
    assert word
    assert word.code == "crash"


def test_being_the_second_is_no_failure(home):
    assert end_by(home, AlreadyRunning(home.path, "The agent", None)) is None


def test_nothing_is_said_of_a_home_in_which_an_agent_runs_by_now(home):
    with home.lock():
        assert end_by(home, EarmarkError("Too late.")) is None


async def test_it_is_forgotten_once_the_agent_runs(home):
    assert end_by(home, EarmarkError("It broke."))
    async with running(home, 0):
        assert stopped.read(home) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"at": 1}', "\udcff"])
def test_a_word_that_cannot_be_read_is_none(home, text):
    home.stopped_file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert stopped.read(home) is None


def test_a_log_on_a_full_disk_is_said_in_words(home, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    small = tmp_path / "small"
    small.mkdir()
    script = 'mount -t tmpfs -o size=64k tmpfs "$SMALL" && exec "$@"'
    command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh"]
    start = [sys.executable, "-m", "earmark", "start", "--no-open", "--port", "0"]
    place = ["--home", str(home.path), "--store", str(small / "log.sqlite3")]
    done = subprocess.run(
        [*command, *start, *place],
        env=os.environ | {"SMALL": str(small)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    if "permission denied" in done.stderr:
        pytest.skip("no disk can be mounted in this container")
    assert done.returncode == 1
    assert "The disk is full." in done.stderr
    word = stopped.read(home)
    assert word
    assert word.code == "disk_full"
