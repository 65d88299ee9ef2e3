"""What people entered lies in one private file, whose name tells its content."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from earmark.enrich.knowledge import Knowledge, KnowledgeGone, knowledge_at, write_knowledge
from earmark.entered import Entered

ACME = {"handle": "acme"}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = write_knowledge(tmp_path / "k", Knowledge(accounts=[ACME], rules=[{"name": "نام"}]))
    assert knowledge_at(path).accounts == [ACME]
    assert knowledge_at(path).rules == [{"name": "نام"}]
    assert knowledge_at(path) is knowledge_at(path), "read once"


def test_nothing_entered_needs_no_file(tmp_path: Path) -> None:
    assert write_knowledge(tmp_path / "k", Knowledge()) == ""
    assert knowledge_at("") == Knowledge()


def test_the_same_is_the_same_file_and_a_change_replaces_it(tmp_path: Path) -> None:
    first = write_knowledge(tmp_path, Knowledge(terms=[ACME]))
    assert write_knowledge(tmp_path, Knowledge(terms=[ACME])) == first
    second = write_knowledge(tmp_path, Knowledge(terms=[{"handle": "other"}]))
    assert [str(each) for each in tmp_path.iterdir()] == [second]
    with pytest.raises(KnowledgeGone):
        knowledge_at(first)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = Path(write_knowledge(tmp_path / "k", Knowledge(terms=[ACME])))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_file_follows_what_is_entered(tmp_path: Path) -> None:
    accounts: list[dict[str, str]] = []
    entered = Entered(tmp_path, accounts=lambda: accounts)
    assert entered.path() == ""
    accounts = [ACME]
    first = entered.path()
    assert knowledge_at(first).accounts == [ACME]
    assert entered.path() == first
    Path(first).unlink()
    assert Path(entered.path()).exists(), "deleted by somebody else, it is written again"
    accounts = []
    assert entered.path() == ""


def test_what_stayed_as_it_was_is_not_read_again(tmp_path: Path) -> None:
    said = {"id": 1, "kind": "word", "phrase": "sick", "strength": 2}
    term = {"id": 1, "name": "Acme", "kind": "brand", "ours": True}
    first = knowledge_at(write_knowledge(tmp_path, Knowledge(terms=[term])))
    watch, corrected = first.watch, first.corrected
    second = knowledge_at(write_knowledge(tmp_path, Knowledge(terms=[term], corrections=[said])))
    assert second.watch is watch
    assert second.corrected is not corrected
    third = knowledge_at(write_knowledge(tmp_path, Knowledge(corrections=[said])))
    assert third.watch is not watch
    assert third.corrected is second.corrected
