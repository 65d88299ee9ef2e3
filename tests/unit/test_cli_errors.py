"""How a command says that something went wrong."""

from __future__ import annotations

import errno
import sys
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result

from earmark.cli import app
from earmark.errors import EarmarkError


@pytest.fixture
def fail(monkeypatch):
    """Runs a command that raises the given error."""

    def run(error: BaseException) -> Result:
        def callback() -> None:
            raise error

        family = SimpleNamespace(COMMANDS={"fail": click.Command("fail", callback=callback)})
        monkeypatch.setitem(sys.modules, "earmark.cli.failing", family)
        monkeypatch.setattr(app, "FAMILIES", {"fail": "failing"})
        return CliRunner().invoke(app.cli, ["fail"], prog_name="earmark")

    monkeypatch.delenv("EARMARK_DEBUG", raising=False)
    return run


def test_an_error_is_its_words_and_then_what_to_do(fail):
    result = fail(EarmarkError("The log is full.", "Make room."))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "earmark: The log is full.\n  Make room.\n"


def test_a_hint_of_several_lines_keeps_its_columns(fail):
    result = fail(EarmarkError("Wrong.", "lang:fa since:x\n        ^^^^^^^"))
    assert result.stderr.splitlines()[1:] == ["  lang:fa since:x", "          ^^^^^^^"]


def test_an_error_cannot_steer_the_terminal(fail):
    assert "\x1b" not in fail(EarmarkError("\x1b[2J", "\x1b]0;x\x07")).stderr


def test_a_fault_of_ours_is_one_line(fail):
    result = fail(ValueError("seven"))
    assert result.exit_code == 1
    assert result.stderr.startswith("earmark: ValueError: seven\n")
    assert "EARMARK_DEBUG" in result.stderr


def test_a_fault_of_ours_is_raised_for_whoever_looks_for_it(fail, monkeypatch):
    error = ValueError("seven")
    monkeypatch.setenv("EARMARK_DEBUG", "1")
    assert fail(error).exception is error


def test_a_reader_that_went_away_is_no_error_in_words(fail):
    result = fail(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert (result.stdout, result.stderr) == ("", "")
