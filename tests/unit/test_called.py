"""Commands that people are told to type work where they are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from earmark.called import earmark_command, with_called


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An interpreter with the `earmark` script beside it, in a folder of an odd name."""
    programs = tmp_path / "my tools" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "earmark"):
        (programs / name).touch(mode=0o755)
    monkeypatch.setattr(sys, "executable", str(programs / "python"))
    monkeypatch.setenv("PATH", "/nowhere")
    earmark_command.cache_clear()
    yield programs
    earmark_command.cache_clear()


def test_a_command_that_is_not_on_the_path_is_told_whole_and_quoted(installation):
    assert earmark_command() == f"'{installation}/earmark'"
    assert with_called("Run `earmark start`.") == f"Run `'{installation}/earmark' start`."


def test_in_the_folder_of_the_installation_the_short_way_is_told(installation):
    assert earmark_command(installation.parent) == "bin/earmark"
    assert earmark_command(Path("/elsewhere")) == earmark_command()


def test_a_command_on_the_path_is_told_by_its_name(installation, monkeypatch):
    monkeypatch.setenv("PATH", str(installation))
    assert earmark_command() == "earmark"


def test_another_installation_on_the_path_is_not_meant(installation, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "earmark").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(other))
    assert earmark_command() != "earmark"


def test_without_a_script_the_module_is_run(installation):
    (installation / "earmark").unlink()
    assert earmark_command() == f"'{installation}/python' -m earmark"


def test_the_name_alone_is_no_command(installation):
    assert with_called("An `earmark` and earmark start stay.") == (
        "An `earmark` and earmark start stay."
    )
