"""The command itself: help, exit codes, and nothing in the way of anything else."""

from __future__ import annotations

import threading

import pytest


def test_help_names_every_command_and_where_to_begin(earmark):
    done = earmark("--help")
    assert done.returncode == 0, done.stderr
    for name in ("start", "try", "pair", "doctor", "parse", "detect", "search", "export"):
        assert f"  {name} " in done.stdout
    assert "earmark start" in done.stdout


@pytest.mark.parametrize(
    "name", ["start", "try", "pair", "doctor", "parse", "detect", "search", "export", "backup"]
)
def test_each_command_shows_an_example(earmark, name):
    done = earmark(name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"earmark {name}" in done.stdout.partition("Example")[2]


def test_the_version_is_that_of_the_package(earmark):
    from importlib.metadata import version

    assert earmark("--version").stdout == f"earmark {version('earmark')}\n"


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["start", "--port", "many"], ["export", "--x"]]
)
def test_a_wrong_call_is_exit_code_2_and_no_traceback(earmark, arguments):
    done = earmark(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["search", "export", "backup"])
def test_without_a_log_a_command_says_how_to_begin(earmark, name):
    done = earmark(name, "word")
    assert done.returncode == 1
    assert "earmark start" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_ours_is_one_line_and_a_traceback_only_when_asked_for(earmark):
    earmark.home.prepare()
    earmark.home.database.mkdir()
    done = earmark("backup", "x.sqlite3")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_commands_that_run_side_by_side_do_not_disturb_the_agent(agent, earmark):
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(earmark("pair").returncode))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [0, 0, 0, 0]
