"""`earmark reparse` and `earmark import`, with a running agent and without one."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from cli_process import Command

from earmark.cli.import_files import folder_as_tar
from earmark.cli.runs import Progress

ITEM = {"platform": "forum", "id": "1", "kind": "comment", "text": "Works", "state": "open"}
ITEM |= {"id_source": "native", "note": "ask", "tags": [{"name": "mine", "by": "you"}]}
ITEM |= {"first_seen": "2026-01-01T00:00:00Z", "last_seen": "2026-01-01T00:00:00Z"}
ITEM |= {"sightings": 2, "revision": 3}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.ndjson"
    lines = [json.dumps(ITEM | {"id": str(n)}, separators=(",", ":")) for n in (3, 2, 1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_export_comes_back_whole_once_and_can_be_undone(earmark: Command, export: Path) -> None:
    first = earmark("import", str(export))
    assert first.returncode == 0, first.stderr
    assert "3 new, 0 updated, 0 seen before, 0 not understood." in first.stdout
    assert "earmark import --undo 1" in first.stderr
    assert earmark("export").stdout == export.read_text(encoding="utf-8")
    again = json.loads(earmark("import", "--json", str(export)).stdout)
    assert (again["told"]["new"], again["told"]["seen"], again["undoable"]) == (0, 3, False)
    assert "3 taken away again" in earmark("import", "--undo").stderr
    assert earmark("export").stdout == ""
    assert "no import that can be undone" in earmark("import", "--undo").stderr


def test_a_running_agent_is_asked(earmark: Command, agent: Any, export: Path) -> None:
    assert earmark("import", "--dry-run", str(export)).returncode == 0
    assert earmark("export").stdout == ""
    assert earmark("import", str(export)).returncode == 0
    assert earmark("export").stdout == export.read_text(encoding="utf-8")
    shown = earmark("reparse", "--json")
    assert json.loads(shown.stdout)["is_empty"] is True


def test_a_saved_page_is_heard_read_again_and_unheard(earmark: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<ul><li itemscope itemtype="https://schema.org/Comment"><i itemprop="author">Mina</i>'
        '<p itemprop="text">Works well</p></li></ul>',
        encoding="utf-8",
    )
    done = earmark("import", "--url", "https://forum.example.org/t/1", str(page))
    assert "1 new" in done.stdout, done.stderr
    told = earmark("reparse", stdin=b"y\n")
    assert "Nothing would change." in told.stdout
    assert "1 taken away again" in earmark("import", "--undo", "1").stderr
    assert earmark("export").stdout == ""


def test_what_cannot_be_taken_in_is_said_in_words(earmark: Command, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("A,B\n1,2\n", encoding="utf-8")
    done = earmark("import", str(table))
    assert done.returncode == 1
    assert "--column text=NAME" in done.stderr
    empty = tmp_path / "empty.ndjson"
    empty.write_text("nope\n", encoding="utf-8")
    assert earmark("import", str(empty)).returncode == 3
    assert earmark("import").returncode == 2


def test_a_folder_is_sent_as_one_archive_without_its_links(tmp_path: Path) -> None:
    folder = tmp_path / "Takeout"
    (folder / "Posts").mkdir(parents=True)
    (folder / "Posts" / "a.html").write_bytes(b"A" * 700)
    (folder / "b.json").write_bytes(b"")
    (folder / "c.jpg").write_bytes(b"x")
    (folder / "d.html").symlink_to("/etc/passwd")
    archive = tmp_path / "a.tar"
    archive.write_bytes(b"".join(folder_as_tar(folder)))
    with tarfile.open(archive) as opened:
        assert [(m.name, m.size) for m in opened] == [("Posts/a.html", 700), ("b.json", 0)]


def test_progress_is_told_from_two_seconds_on(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    progress = Progress("Reading", lambda: now)
    progress.show({"done": 1, "total": 10})
    assert capsys.readouterr().err == ""
    now = 2.0
    for done in (5, 5, 6):
        progress.show({"done": done, "total": 10})
    assert capsys.readouterr().err == "Reading: 5 of 10\nReading: 6 of 10\n"
