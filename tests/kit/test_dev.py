"""A plugin's module tried while its author writes it, and the package it begins with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from earmark.errors import EarmarkError
from earmark.kit.case import Case
from earmark.kit.check import outcome, shares
from earmark.kit.dev import Trying
from earmark.kit.inside import Inside
from earmark.kit.new import write_project
from earmark.kit.project import sources_at
from earmark.kit.record import Seen

HEARD = Seen(
    "https://mysite.example.org/threads/9",
    b'<article class="comment" data-id="90"><div class="body">Heard today.</div></article>',
    "2026-11-21T12:00:00Z",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package fresh from `earmark plugin new`."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    write_project("mysite", tmp_path)
    yield tmp_path / "earmark-mysite"
    sys.modules.pop("earmark_mysite", None)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def trying(project: Path, said: list[str]) -> Trying:
    return Trying(project / "earmark_mysite.py", lambda _: iter([HEARD]), said.append)


def edit(project: Path, old: str, new: str) -> None:
    module = project / "earmark_mysite.py"
    text = module.read_text(encoding="utf-8")
    assert old in text
    module.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_package_reads_its_case(project: Path) -> None:
    inside = Inside("earmark_mysite")
    [case] = inside.cases
    done = outcome(case, inside.entries, inside.run)
    assert done.lines == []
    assert [item["author"]["handle"] for item in done.items] == ["mira", "deniz"]
    assert shares([done])["parent_id"] == 0.5


@pytest.mark.parametrize("name", ["", "My Site", "../evil", "x" * 60, "9lives", "a b", "päd"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EarmarkError, match="cannot be the name"):
        write_project(name, tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_nothing_is_written_over(project: Path) -> None:
    with pytest.raises(EarmarkError, match="is there already"):
        write_project("mysite", project.parent)


def test_what_was_heard_and_the_cases_are_read(trying: Trying, said: list[str]) -> None:
    assert trying.once()
    assert said == [
        "mysite/a_first_thread: 2 items in 2 pieces",
        "https://mysite.example.org/threads/9: 1 items in 1 pieces",
    ]


def test_after_a_save_the_difference_is_shown(
    trying: Trying, project: Path, said: list[str]
) -> None:
    trying.once()
    said.clear()
    edit(project, '"a.author"', '"a.writer"')
    assert not trying.once()
    assert said[1] == (
        '  ~ 17 “The export is missing a column.”: author was {"handle": "mira"}, is not there'
    )
    said.clear()
    edit(project, '"a.writer"', '"a.author"')
    assert trying.once()
    assert said[1].endswith('author was not there, is {"handle": "mira"}')


def test_print_and_breakpoint_work(
    trying: Trying,
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit(
        project, "        yield Item", "        print('seen', body.get_text())\n        yield Item"
    )
    trying.once()
    assert "seen Heard today." in capsys.readouterr().out
    stopped = []
    monkeypatch.setattr(sys, "breakpointhook", lambda: stopped.append(1))
    edit(project, "print('seen', body.get_text())", "breakpoint()")
    trying.once()
    assert stopped == [1, 1, 1]


def test_an_exception_is_shown_with_its_place_in_the_plugin(
    trying: Trying, project: Path, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project, 'id=comment["data-id"]', 'id=comment["data-nr"]')
    assert not trying.once()
    shown = capsys.readouterr().err
    assert "KeyError" in shown
    assert "earmark_mysite.py" in shown
    assert "inside.py" not in shown
    assert "  ! KeyError: 'data-nr' (earmark_mysite.py, line 22)" in said


def test_a_module_that_cannot_be_loaded_is_told_and_tried_again(
    trying: Trying, project: Path, said: list[str]
) -> None:
    edit(project, "class Mysite", "klass Mysite")
    assert not trying.once()
    assert "SyntaxError" in said[-1]
    assert said[-1].lstrip().startswith("File ")  # nothing of how a module is imported
    assert f'{project / "earmark_mysite.py"}", line 11' in said[-1]
    edit(project, "klass Mysite", "class Mysite")
    assert trying.once()


def test_an_endless_loop_that_is_stopped_says_where_it_was(
    trying: Trying, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project, "        yield Item", "        raise KeyboardInterrupt\n        yield Item")
    with pytest.raises(KeyboardInterrupt):
        trying.once()
    shown = capsys.readouterr().err
    assert shown.splitlines()[1].strip().startswith(f'File "{project / "earmark_mysite.py"}"')


def test_a_parse_that_returns_nothing_is_told(
    trying: Trying, project: Path, said: list[str]
) -> None:
    edit(project, "        comment = fragment", "        return None\n        comment = fragment")
    edit(project, "        yield Item(", "        print(")
    assert not trying.once()
    assert any("parse returned nothing" in line for line in said)


def test_it_waits_for_a_save_and_ends_with_ctrl_c(
    trying: Trying, project: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = iter([lambda: None, lambda: edit(project, '"a.author"', '"a.writer"'), stop])
    monkeypatch.setattr("earmark.kit.dev.time.sleep", lambda _: next(waits)())
    trying.for_ever()
    assert [line for line in said if line.startswith("Waiting")] == [
        "Waiting for earmark_mysite.py to be saved. Stop with Ctrl-C."
    ] * 2
    assert any("is not there" in line for line in said)


def stop() -> None:
    raise KeyboardInterrupt


def test_a_folder_without_a_plugin_is_none(tmp_path: Path) -> None:
    with pytest.raises(EarmarkError, match="neither a plugin's module nor a folder"):
        sources_at(tmp_path)


def test_a_broken_case_is_told_and_stops_no_other(project: Path) -> None:
    inside = Inside("earmark_mysite")
    [case] = inside.cases
    (case.folder / "items.ndjson").unlink()
    [line] = outcome(Case(case.folder), inside.entries, inside.run).lines
    assert "has no readable items.ndjson" in line
