"""Where it cannot be installed it says why, and what to do instead."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from terminal import terminal

from earmark.service.command import StartCommand, lasting
from earmark.service.desk import autostart
from earmark.settings import Home

pytestmark = pytest.mark.timeout(300)


def without_a_manager(someone) -> None:
    (someone.login.state_folder / "down").touch()


def test_without_a_user_manager_it_gives_the_command_for_the_desktops_autostart(someone):
    without_a_manager(someone)
    done = someone.earmark("service", "install")
    assert done.returncode == 1
    assert "No medium found" in done.stderr
    assert f"{sys.executable} -P -m earmark start --no-open --home" in done.stderr
    assert "Traceback" not in done.stderr
    status = someone.earmark("service", "status")
    assert status.returncode == 0, "a computer without one is not broken"
    assert f"{sys.executable} -P -m earmark start --no-open" in status.stdout


def test_without_systemctl_it_does_too(someone):
    someone.login.environment["PATH"] = str(someone.login.folder)
    done = someone.earmark("service", "install")
    assert done.returncode == 1
    assert "-m earmark start --no-open" in done.stderr


def test_over_http_the_answer_has_what_to_do_instead(someone):
    without_a_manager(someone)
    someone.begin_agent()
    told = someone.ask("GET", "/v1/service")
    assert (told["kind"], told["installed"]) == ("", False)
    assert "-m earmark start --no-open" in told["instead"]


def test_on_windows_the_startup_folder_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "win32")
    assert "shell:startup" in autostart(Home(tmp_path / "a b"))
    assert f'"{tmp_path / "a b"}"' in autostart(Home(tmp_path / "a b"))


def test_a_service_of_another_folder_is_named_and_left_alone(someone, tmp_path):
    unit = someone.login.unit.read_text("utf-8")
    theirs, someone.home = someone.home, Home(tmp_path / "other")
    for verb in ("install", "remove"):
        done = someone.earmark("service", verb)
        assert done.returncode == 1
        assert str(theirs.path) in done.stderr
        assert "earmark service remove --home" in done.stderr
    assert str(theirs.path) in someone.earmark("service", "status").stdout
    assert someone.login.unit.read_text("utf-8") == unit


def test_what_the_manager_refuses_is_said_in_its_own_words(someone):
    someone.login.units.joinpath("default.target.wants").write_text("in the way", "utf-8")
    done = someone.earmark("service", "install")
    assert done.returncode == 1
    assert "systemctl --user enable earmark.service" in done.stderr


def test_a_manager_that_reads_other_folders_is_noticed_and_nothing_is_left(someone, tmp_path):
    someone.login.environment["XDG_CONFIG_HOME"] = str(tmp_path / "config")
    done = someone.earmark("service", "install")
    assert done.returncode == 1
    assert "XDG_CONFIG_HOME" in done.stderr
    assert not list((tmp_path / "config").rglob("*.service"))


def test_only_the_persons_own_manager_is_asked_and_lingering_is_left_alone(someone):
    someone.earmark("service", "install")
    someone.earmark("service", "remove")
    calls = (someone.login.state_folder / "calls").read_text("utf-8").splitlines()
    assert {json.loads(call)[0] for call in calls} == {"--user"}
    assert not any("linger" in call for call in calls)


@pytest.mark.parametrize(
    ("prefix", "stays"),
    [("home/me/app/.venv", True), ("cache/archive-v0/abc", False), ("pipx/.cache/abc", False)],
)
def test_an_installation_in_a_cache_is_told_from_one_that_stays(tmp_path, prefix, stays):
    place = tmp_path / prefix
    place.mkdir(parents=True)
    # Environments that `uv` makes carry the mark themselves, and stay.
    tagged = place if stays else tmp_path / "cache"
    tagged.mkdir(exist_ok=True)
    (tagged / "CACHEDIR.TAG").touch()
    assert lasting(place) is stays


def test_it_starts_what_runs_now_on_the_port_browsers_are_paired_with(tmp_path):
    home = Home(tmp_path / "home", str(tmp_path / "elsewhere.sqlite3"))
    installed = StartCommand(str(home.path), 47777)
    assert StartCommand.of(home, installed).port == 47777
    assert StartCommand.of(home, None).store == str(tmp_path / "elsewhere.sqlite3")
    with home.lock():
        home.announce(47888, "secret")
        mine = Path(home.agent_file).read_text("utf-8")
        command = StartCommand.of(home, installed)
    assert "secret" in mine
    assert command.port == 47888
    assert "secret" not in " ".join(command.arguments)


def test_at_a_terminal_start_offers_it_once_there_is_something_to_offer(someone):
    someone.login.unit.unlink()
    with terminal() as typed:
        someone.begin_agent(stdin=typed)
        assert "service install" in someone.said
        someone.stop_all()
        without_a_manager(someone)
        someone.begin_agent(stdin=typed)
        assert "service install" not in someone.said


def test_start_offers_nothing_that_is_there_already(someone):
    with terminal() as typed:
        someone.begin_agent(stdin=typed)
    assert "service install" not in someone.said
