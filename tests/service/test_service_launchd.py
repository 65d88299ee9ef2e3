"""launchd: the property list says what is meant, and a stand-in that obeys it does it."""

from __future__ import annotations

import plistlib
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from logins import Login, Mac, logged_in
from person import Person

from earmark.service.command import StartCommand
from earmark.service.launchd import properties

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def mac(tmp_path: Path) -> Iterator[Login]:
    yield from logged_in(Mac(tmp_path))


@pytest.fixture
def ann(mac, home, free_port) -> Iterator[Person]:
    person = Person(mac, home, free_port)
    mac.unit.parent.mkdir(parents=True)
    mac.unit.write_bytes(plistlib.dumps(properties(StartCommand(str(home.path), free_port))))
    yield person
    person.stop_all()


@pytest.mark.parametrize("path", ["/Users/Ayşe/100% $HOME", '/Users/گزارش & <co>/"it\'s"'])
def test_the_property_list_comes_back_as_it_was_meant(path):
    command = StartCommand(path, 47651, path + "/x.sqlite3")
    read = plistlib.loads(plistlib.dumps(properties(command)))
    assert read == properties(command)
    assert StartCommand.read(read["ProgramArguments"]) == command
    assert read["KeepAlive"] == {"SuccessfulExit": False}, (
        "an upgrade ends with a code that is none"
    )


def test_it_is_installed_runs_comes_back_and_is_removed(ann):
    done = ann.earmark("service", "install")
    assert done.returncode == 0, done.stderr
    before = ann.wait_until_it_runs()
    assert before == ann.login.service_pid()
    assert ann.ask("GET", "/v1/service")["kind"] == "launchd"
    assert ann.earmark("service", "install").returncode == 0, "twice is harmless"
    assert ann.wait_until_it_runs() == before
    ann.login.power_off()
    ann.login.log_in()
    after = ann.wait_until_it_runs(other_than=before)
    status = ann.earmark("service", "status")
    assert (status.returncode, f"process {after}" in status.stdout) == (0, True), status.stdout
    done = ann.earmark("service", "remove")
    assert done.returncode == 0, done.stderr
    assert ann.home.running() is None
    assert not ann.login.unit.exists()
    assert ann.earmark("service", "remove").returncode == 0


def test_a_taken_port_heals_and_an_agent_in_the_terminal_is_waited_for(ann):
    with socket.create_server(("127.0.0.1", ann.port)):
        ann.earmark("service", "install")
        assert ann.wait_until_it_says_why().code == "port_taken"
    ann.wait_until_it_runs()
    ann.earmark("service", "remove")
    by_hand = ann.begin_agent()
    assert "takes over" in ann.earmark("service", "install").stdout
    by_hand.send_signal(signal.SIGTERM)
    by_hand.communicate(timeout=60)
    assert ann.wait_until_it_runs(other_than=by_hand.pid) == ann.login.service_pid()


def test_without_a_screen_it_says_what_to_do_instead(ann):
    (ann.login.state_folder / "down").touch()
    done = ann.earmark("service", "install")
    assert done.returncode == 1
    assert "-m earmark start --no-open" in done.stderr
