"""What an agent that is there for months goes through: it comes back, or says why not.

What `person` lives through holds with systemd itself; where it cannot run, with a stand-in that
obeys the unit.
"""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest
from captures import batch, comment, what_became
from processes import wait_until

from earmark import stopped

pytestmark = pytest.mark.timeout(300)

# Found before the tests' installation, as a newer one in its place would be.
SITE_CUSTOMIZE = "import earmark.upgrades\nearmark.upgrades.SECONDS_BETWEEN_LOOKS = 0.1\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of installed packages in front of all others, in which looks follow quickly."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SITE_CUSTOMIZE, encoding="utf-8")
    return folder


def upgrade(site: Path, version: str) -> None:
    info = site / f"earmark-{version}.dist-info"
    info.mkdir()
    text = f"Metadata-Version: 2.1\nName: earmark\nVersion: {version}\n"
    (info / "METADATA").write_text(text, encoding="utf-8")


def notes(person) -> str:
    return (person.home.logs_folder / "agent.log").read_text(encoding="utf-8")


def capture(person, story: int) -> set[str]:
    """What becomes of two comments, which are never sent twice."""
    comments = [comment(story * 10 + n, f"The crash in {story} is back.") for n in (1, 2)]
    sent = batch(story, comments)
    return what_became(lambda: person.ask("POST", "/v1/captures", sent))


def test_a_taken_port_is_named_and_heals_when_the_other_program_goes(person):
    with socket.create_server(("127.0.0.1", person.port)):
        done = person.earmark("service", "install")
        assert done.returncode == 0, done.stderr
        assert f"Port {person.port} is taken by" in done.stdout
        assert f"(process {os.getpid()})" in done.stdout
        assert person.wait_until_it_says_why().code == "port_taken"
        wait_until(lambda: "auto-restart" in person.login.state(), "it waits to try again")
        status = person.earmark("service", "status")
        assert f"Port {person.port} is taken by" in status.stdout
        assert status.returncode == 1
        assert person.home.running() is None
    person.wait_until_it_runs()
    assert not person.home.stopped_file.exists()
    assert person.earmark("service", "status").returncode == 0


def test_it_keeps_trying_for_as_long_as_the_port_is_taken(someone):
    with socket.create_server(("127.0.0.1", someone.port)):
        someone.earmark("service", "install")
        wait_until(lambda: notes(someone).count("port_taken") > 6, "it tries again and again")
    someone.wait_until_it_runs()


def test_killed_it_comes_back_and_nothing_acknowledged_is_lost(person):
    person.earmark("service", "install")
    before = person.wait_until_it_runs()
    assert capture(person, 7) == {"stored"}
    os.kill(before, signal.SIGKILL)
    person.wait_until_it_runs(other_than=before)
    assert len(person.ask("GET", "/v1/items")["items"]) == 2
    assert capture(person, 8) == {"stored"}
    assert "ended without a word" in notes(person)


def test_an_upgrade_puts_the_new_version_in_the_place_of_the_running_one(person, site):
    person.login.give(PYTHONPATH=str(site))
    person.earmark("service", "install")
    before = person.wait_until_it_runs()
    old = person.ask("GET", "/v1/doctor")["version"]
    assert capture(person, 7) == {"stored"}
    upgrade(site, "99.1")
    person.wait_until_it_runs(other_than=before)
    assert person.ask("GET", "/v1/doctor")["version"] == "99.1" != old
    assert len(person.ask("GET", "/v1/items")["items"]) == 2
    assert "99.1 is installed" in notes(person)
    assert not person.home.stopped_file.exists(), "an upgrade is no failure"


def test_an_upgrade_under_an_agent_in_a_terminal_is_said_and_nothing_is_stopped(someone, site):
    someone.login.give(PYTHONPATH=str(site))
    by_hand = someone.begin_agent()
    upgrade(site, "99.1")
    said = someone.read_until(by_hand, "99.1")
    assert "stop it and start it again" in said
    told = [each["code"] for each in someone.ask("GET", "/v1/doctor")["findings"]]
    assert "agent_outdated" in told
    assert someone.earmark("doctor").stdout.count("99.1") == 1
    assert someone.home.running().pid == by_hand.pid
    by_hand.send_signal(signal.SIGTERM)
    by_hand.communicate(timeout=60)
    assert by_hand.returncode == 0


def test_after_a_sleep_it_goes_on_answering_and_capturing(someone):
    by_hand = someone.begin_agent()
    assert capture(someone, 7) == {"stored"}
    everything = [by_hand.pid, *children_of(by_hand.pid)]
    for pid in everything:
        os.kill(pid, signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        someone.ask("GET", "/v1/status", timeout=1)
    for pid in everything:
        os.kill(pid, signal.SIGCONT)
    assert someone.ask("GET", "/v1/status")["ready"]
    assert capture(someone, 8) == {"stored"}
    assert len(someone.ask("GET", "/v1/items")["items"]) == 4


def children_of(pid: int) -> list[int]:
    """Processes that it started, and those that they started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [each for child in map(int, text.split()) for each in (child, *children_of(child))]


def test_the_service_leaves_no_secret_and_no_content_in_the_journal(someone):
    someone.earmark("service", "install")
    before = someone.wait_until_it_runs()
    capture(someone, 7)
    someone.earmark("service", "remove")
    wait_until(lambda: someone.home.running() is None, "it stopped")
    assert before
    journal = someone.login.state_folder / "journal"
    assert journal.read_text(encoding="utf-8") == ""


def test_a_log_that_cannot_be_read_is_said_and_heals_when_it_is_put_right(someone):
    someone.home.prepare()
    someone.home.database.write_text("this is no database\n" * 100, encoding="utf-8")
    someone.earmark("service", "install")
    word = someone.wait_until_it_says_why()
    assert word.code == "not_a_log"
    assert "earmark restore" in word.hint
    status = someone.earmark("service", "status")
    assert word.message in status.stdout
    someone.home.database.unlink()
    someone.wait_until_it_runs()
    assert stopped.read(someone.home) is None


def test_a_crash_is_said_without_the_text_of_its_error(someone, site):
    text = SITE_CUSTOMIZE + (
        "import earmark.store.log as log\n"
        "def broken(*a): raise RuntimeError('what a page said')\n"
        "log.open_writer = broken\n"
    )
    (site / "sitecustomize.py").write_text(text, encoding="utf-8")
    someone.login.give(PYTHONPATH=str(site))
    someone.earmark("service", "install")
    word = someone.wait_until_it_says_why()
    assert word.code == "crash"
    assert "RuntimeError" in word.message
    assert "RuntimeError at sitecustomize.py:4" in notes(someone)
    someone.earmark("service", "remove")
    written = [someone.home.stopped_file, someone.login.state_folder / "journal"]
    for file in [*written, *someone.home.logs_folder.iterdir()]:
        assert "what a page said" not in file.read_text(encoding="utf-8")
