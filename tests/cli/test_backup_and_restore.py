"""The whole log as one file, and back."""

from __future__ import annotations

import pytest
from cli_process import item, objects


def test_a_backup_can_be_restored_and_the_log_before_it_is_kept(earmark, log_of, tmp_path):
    log_of(item(1, "first"))
    saved = tmp_path / "saved.sqlite3"
    assert earmark("backup", str(saved)).returncode == 0
    assert saved.stat().st_mode & 0o777 == 0o600
    log_of(item(2, "second"))
    done = earmark("restore", str(saved))
    assert done.returncode == 0, done.stderr
    assert [each["id"] for each in objects(earmark("export").stdout)] == ["1"]
    assert "kept as" in done.stderr


def test_a_backup_can_be_made_while_the_agent_runs_but_not_restored(agent, earmark, tmp_path):
    saved = tmp_path / "saved.sqlite3"
    assert earmark("backup", str(saved)).returncode == 0
    done = earmark("restore", str(saved))
    assert done.returncode == 1
    assert f"process {agent.pid}" in done.stderr
    assert agent.poll() is None


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 100])
def test_what_is_no_backup_is_refused_and_the_log_stays(earmark, log_of, tmp_path, content):
    log_of(item(1, "first"))
    false = tmp_path / "false.sqlite3"
    false.write_bytes(content)
    done = earmark("restore", str(false))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert [each["id"] for each in objects(earmark("export").stdout)] == ["1"]
