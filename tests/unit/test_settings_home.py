"""The home folder: private, held by one, and found again after any kind of end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from earmark.errors import EarmarkError
from earmark.settings import AlreadyRunning, Home, write_private

HOLDER = """
import sys
from earmark.settings import Home
home = Home(sys.argv[1])
with home.lock():
    home.announce(50123, "secret")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("EARMARK_HOME", raising=False)
    monkeypatch.delenv("EARMARK_STORE", raising=False)
    return Home(tmp_path / "home")


def start_holder(home: Home) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_environment_names_the_home_and_an_argument_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("EARMARK_HOME", str(tmp_path / "named"))
    assert Home().path == tmp_path / "named"
    assert Home(tmp_path / "given").path == tmp_path / "given"


def test_without_the_environment_the_home_is_the_user_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("EARMARK_HOME", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *a, **k: tmp_path / "data")
    assert Home().path == tmp_path / "data"


@pytest.mark.parametrize("store", ["{}/x.db", "sqlite:///{}/x.db", "sqlite+pysqlite:///{}/x.db"])
def test_a_store_is_a_path_or_a_sqlite_address(store, tmp_path):
    assert Home(tmp_path, store.format(tmp_path)).database == tmp_path / "x.db"


@pytest.mark.parametrize(
    ("store", "says"),
    [
        ("postgresql://h/db", "postgresql"),
        ("mysql+pymysql://h/db", "mysql"),
        ("sqlite://", "memory"),
        ("sqlite:///:memory:", "memory"),
        ("://nothing", "not a database address"),
    ],
)
def test_another_engine_is_refused_in_words(store, says, tmp_path):
    with pytest.raises(EarmarkError, match=says) as caught:
        Home(tmp_path, store)
    assert caught.value.hint


def test_the_home_and_its_files_are_private_whatever_the_umask(home):
    before = os.umask(0)
    try:
        with home.lock():
            home.announce(47650, "secret")
            assert mode(home.path) == 0o700
            assert {mode(path) for path in home.path.iterdir()} == {0o600}
    finally:
        os.umask(before)


def test_a_home_of_ours_that_was_opened_to_others_is_closed_again(home):
    with home.lock():
        pass
    home.database.touch()
    home.path.chmod(0o755)
    home.database.chmod(0o644)
    assert home.not_private() == [home.path, home.database]
    home.prepare()
    assert home.not_private() == []


def test_a_folder_of_other_things_that_others_read_is_left_as_it_is(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(EarmarkError, match="holds other files"):
        Home(tmp_path).prepare()
    assert mode(tmp_path) == 0o755


def test_a_file_in_place_of_the_home_is_an_error_in_words(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(EarmarkError, match="cannot be made"):
        Home(tmp_path / "file").prepare()


def test_a_home_nobody_holds_has_no_agent(home):
    assert home.running() is None
    assert not home.is_held()


def test_a_second_process_is_told_who_holds_the_home(home):
    with home.lock():
        told = home.announce(47651, "secret")
        assert home.running() == told
        with pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}") as caught, home.lock():
            pass
        assert caught.value.agent == told
        assert caught.value.agent.url == "http://127.0.0.1:47651"
    assert home.running() is None
    assert not home.agent_file.exists()


def test_an_agent_that_is_still_starting_holds_the_home_but_has_no_address(home):
    with home.lock("earmark restore"):
        assert home.is_held()
        assert home.running() is None
        with pytest.raises(AlreadyRunning, match="earmark restore") as caught, home.lock():
            pass
        assert caught.value.agent is None


def test_another_process_holds_the_home_until_it_is_killed(home):
    process = start_holder(home)
    agent = home.running()
    assert agent is not None
    assert (agent.pid, agent.port, agent.control_secret) == (process.pid, 50123, "secret")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert home.agent_file.exists(), "killed: it could not tidy up"
    assert home.running() is None
    with home.lock():
        assert not home.agent_file.exists()


def test_looking_whether_the_home_is_held_does_not_let_go_of_it(home):
    with home.lock():
        assert home.is_held()
        assert home.is_held()
        with pytest.raises(AlreadyRunning), home.lock():
            pass


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pid": 1}', "\x00\xff"])
def test_a_damaged_agent_file_is_no_agent(home, text):
    with home.lock():
        home.agent_file.write_text(text, encoding="utf-8")
        assert home.running() is None


def test_the_address_of_a_process_that_does_not_hold_the_lock_counts_for_nothing(home):
    with home.lock():
        home.announce(47650, "secret")
        old = json.loads(home.agent_file.read_text(encoding="utf-8"))
        home.agent_file.write_text(json.dumps({**old, "pid": old["pid"] + 1}), encoding="utf-8")
        assert home.running() is None


def test_a_private_file_is_replaced_whole(tmp_path):
    path = tmp_path / "agent.json"
    write_private(path, "ilk")
    write_private(path, "ikinci ı")
    assert path.read_text(encoding="utf-8") == "ikinci ı"
    assert list(tmp_path.iterdir()) == [path]
