"""`earmark service`: there after one command, gone after another, and honest in between.

What `person` types holds with systemd itself; where it cannot run, with a stand-in that obeys
the same unit.
"""

from __future__ import annotations

import signal
import sys

import pytest
from processes import wait_until

from earmark.service.unit_file import quoted

pytestmark = pytest.mark.timeout(300)


def test_installed_it_runs_at_once_and_status_says_all_there_is(person):
    done = person.earmark("service", "install")
    assert done.returncode == 0, done.stderr
    agent = person.home.running()
    assert agent is not None
    assert f"process {agent.pid}, port {person.port}" in done.stdout
    assert "log in" in done.stdout
    assert person.login.service_pid() == agent.pid
    status = person.earmark("service", "status")
    assert status.returncode == 0, status.stdout
    assert "starts when you log in" in status.stdout
    assert f"process {agent.pid}" in status.stdout
    assert str(person.home.logs_folder / "agent.log") in status.stdout


def test_it_starts_again_with_the_next_login(person):
    person.earmark("service", "install")
    before = person.wait_until_it_runs()
    person.login.power_off()
    assert person.home.running() is None
    person.login.log_in()
    assert person.wait_until_it_runs(other_than=before) == person.login.service_pid()


def test_installing_twice_changes_nothing(someone):
    someone.earmark("service", "install")
    agent, unit = someone.wait_until_it_runs(), someone.login.unit.read_text("utf-8")
    again = someone.earmark("service", "install")
    assert again.returncode == 0, again.stderr
    assert someone.wait_until_it_runs() == agent
    assert someone.login.unit.read_text("utf-8") == unit


def test_an_older_unit_is_replaced_and_what_runs_is_started_anew(person):
    unit = person.login.unit
    unit.write_text(unit.read_text("utf-8").replace("RestartSec=15", "RestartSec=14"), "utf-8")
    person.login.systemctl("daemon-reload")
    person.login.systemctl("start", "earmark.service")
    before = person.wait_until_it_runs()
    assert person.earmark("service", "install").returncode == 0
    assert person.wait_until_it_runs(other_than=before) == person.login.service_pid()


def test_removed_it_is_stopped_and_not_started_again_and_the_log_stays(person):
    person.earmark("service", "install")
    person.wait_until_it_runs()
    done = person.earmark("service", "remove")
    assert done.returncode == 0, done.stderr
    assert person.home.running() is None
    assert not person.login.unit.exists()
    assert person.home.database.exists()
    assert "not installed" in person.earmark("service", "status").stdout.lower()
    assert person.earmark("service", "remove").returncode == 0, "once more is harmless"
    person.login.power_off()
    person.login.log_in()
    assert person.login.service_pid() == 0


def test_it_takes_over_when_the_agent_in_the_terminal_stops(person):
    by_hand = person.begin_agent()
    done = person.earmark("service", "install")
    assert done.returncode == 0, done.stderr
    assert f"process {by_hand.pid}" in done.stdout
    assert "takes over" in done.stdout
    assert person.home.running().pid == by_hand.pid
    status = person.earmark("service", "status")
    assert "takes over" in status.stdout
    assert status.returncode == 0, "waiting is as it should be"
    by_hand.send_signal(signal.SIGTERM)
    by_hand.communicate(timeout=60)
    pid = person.wait_until_it_runs(other_than=by_hand.pid)
    assert pid == person.login.service_pid()
    assert person.home.running().port == person.port, "the port that browsers are paired with"


def test_a_waiting_service_can_be_removed(someone):
    by_hand = someone.begin_agent()
    someone.earmark("service", "install")
    wait_until(someone.login.service_pid, "the service waits")
    assert someone.earmark("service", "remove").returncode == 0
    assert someone.home.running().pid == by_hand.pid
    assert someone.login.service_pid() == 0


def test_the_inbox_can_install_it_and_its_agent_survives_removing_it(someone):
    by_hand = someone.begin_agent()
    told = someone.ask("POST", "/v1/service", {})
    assert told == someone.ask("GET", "/v1/service")
    assert told == {
        "kind": "systemd",
        "installed": True,
        "enabled": True,
        "active": True,
        "waiting": True,
    }
    by_hand.send_signal(signal.SIGTERM)
    by_hand.communicate(timeout=60)
    pid = someone.wait_until_it_runs(other_than=by_hand.pid)
    assert someone.ask("POST", "/v1/service", {})["waiting"] is False
    told = someone.ask("DELETE", "/v1/service")
    assert (told["installed"], told["enabled"]) == (False, False)
    assert someone.home.running().pid == pid, "it does not saw off the branch it sits on"


def test_a_program_that_is_gone_is_named(someone):
    someone.earmark("service", "install")
    someone.wait_until_it_runs()
    text = someone.login.unit.read_text("utf-8")
    gone = str(someone.home.path.parent / "gone" / "python")
    broken = text.replace(quoted(sys.executable), quoted(gone))
    someone.login.unit.write_text(broken, "utf-8")
    someone.login.systemctl("daemon-reload")
    someone.login.systemctl("restart", "earmark.service")
    status = someone.earmark("service", "status")
    assert status.returncode == 1
    assert gone in status.stdout
    assert "earmark service install" in status.stdout
    assert someone.earmark("service", "install").returncode == 0
    someone.wait_until_it_runs()
