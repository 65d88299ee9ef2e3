"""`earmark start`: one agent a home, found again, stopped in order, and back after any end."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest
from cli_process import read_until
from terminal import terminal

SIGN_IN = "http://earmark.localhost:{port}/sign-in/"


def test_start_says_where_the_inbox_is_and_how_to_go_on(start, earmark, free_port):
    _, said = start("--no-open")
    assert f"http://earmark.localhost:{free_port}/" in said
    assert "earmark extension" in said
    assert "earmark try" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_end_leaves_nothing_behind(agent, earmark, number):
    assert earmark.home.running().pid == agent.pid
    agent.send_signal(number)
    said, _ = agent.communicate(timeout=30)
    assert agent.returncode == 0
    assert "Traceback" not in said
    assert not earmark.home.agent_file.exists()
    assert not earmark.home.is_held()


def test_a_second_start_shows_the_inbox_of_the_first_and_succeeds(agent, earmark, free_port):
    again = earmark("start")
    assert again.returncode == 0, again.stderr
    assert f"process {agent.pid}" in again.stdout
    assert SIGN_IN.format(port=free_port) in again.stdout
    assert agent.poll() is None


def test_a_second_start_while_the_first_is_starting_waits_for_it(earmark, free_port):
    first = earmark.begin("start", "--no-open", "--port", str(free_port))
    second = earmark.begin("start", "--no-open", "--port", str(free_port))
    try:
        for process in (first, second):
            read_until(process, "Your inbox:")
        running = earmark.home.running().pid
        follower = second if running == first.pid else first
        assert follower.wait(timeout=30) == 0
    finally:
        for process in (first, second):
            process.terminate()
            process.communicate(timeout=30)


def test_a_proxy_does_not_stand_between_a_command_and_the_agent(agent, earmark):
    nowhere = "http://127.0.0.1:9"
    done = earmark("pair", HTTP_PROXY=nowhere, http_proxy=nowhere, ALL_PROXY=nowhere)
    assert done.returncode == 0, done.stderr


def desktop(seen: Path) -> dict[str, str]:
    """The settings of one whose browser writes down what it is to open."""
    browser = seen.with_name("browser")
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}\n', encoding="utf-8")
    browser.chmod(0o755)
    return {"DISPLAY": ":99", "BROWSER": f"{browser} %s"}


def test_the_inbox_opens_in_the_browser_of_the_desktop(start, tmp_path, free_port):
    seen = tmp_path / "seen"
    with terminal() as typed:
        start(stdin=typed, **desktop(seen))
    assert seen.read_text(encoding="utf-8").startswith(SIGN_IN.format(port=free_port))


def test_where_nobody_is_at_a_terminal_no_browser_opens(start, tmp_path, free_port):
    _, said = start(**desktop(tmp_path / "seen"))
    assert SIGN_IN.format(port=free_port) in said
    assert not (tmp_path / "seen").exists()


def test_no_open_leaves_the_browser_alone(start, tmp_path, free_port):
    with terminal() as typed:
        _, said = start("--no-open", stdin=typed, **desktop(tmp_path / "seen"))
    assert not (tmp_path / "seen").exists()
    assert SIGN_IN.format(port=free_port) in said


def test_a_taken_port_is_an_error_that_names_its_owner(earmark):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = earmark("start", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken by" in done.stderr
    assert f"(process {os.getpid()})" in done.stderr
    assert "Traceback" not in done.stderr
    assert not earmark.home.is_held()


def test_an_agent_that_was_killed_can_be_started_again(agent, start, earmark):
    agent.kill()
    agent.communicate()
    assert earmark.home.agent_file.exists()
    assert earmark("pair").returncode == 1, "the old address counts for nothing"
    again, _ = start("--no-open")
    assert earmark.home.running().pid == again.pid
    assert earmark("pair").returncode == 0


def test_another_engine_is_refused_before_anything_is_made(earmark):
    done = earmark("start", "--store", "postgresql://localhost/earmark")
    assert done.returncode == 1
    assert "postgresql" in done.stderr
    assert not earmark.home.path.exists()


def test_the_log_may_live_elsewhere_and_reading_commands_find_it(start, earmark, tmp_path):
    elsewhere = tmp_path / "elsewhere.sqlite3"
    start("--no-open", "--store", f"sqlite:///{elsewhere}")
    assert elsewhere.stat().st_mode & 0o777 == 0o600
    done = earmark("export")
    assert done.returncode == 0, done.stderr
    assert not earmark.home.database.exists()


def test_a_pairing_code_is_all_that_pair_prints_on_standard_output(agent, earmark, free_port):
    done = earmark("pair")
    assert done.returncode == 0
    (code,) = done.stdout.split()
    assert code.startswith(f"{free_port}-")
    assert "two minutes" in done.stderr or "120 seconds" in done.stderr


def test_pair_without_an_agent_says_how_to_start_one(earmark):
    done = earmark("pair")
    assert done.returncode == 1
    assert "earmark start" in done.stderr
    assert "Traceback" not in done.stderr
