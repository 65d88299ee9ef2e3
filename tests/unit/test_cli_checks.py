"""Each thing that doctor looks at, made wrong."""

from __future__ import annotations

import shutil
import socket
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from earmark.cli import checks
from earmark.plugins import PluginProblem
from earmark.settings import Home
from earmark.store import raw
from earmark.store.log import open_log


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.delenv("EARMARK_STORE", raising=False)
    home = Home(tmp_path / "home")
    home.prepare()
    return home


@pytest.fixture
def log(home):
    log = open_log(home.database)
    yield log
    log.close()


def test_a_disk_that_is_nearly_full_is_told(home, monkeypatch):
    (before,) = checks.check_disk(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10 * 1024**2))
    (after,) = checks.check_disk(home)
    assert after.is_problem
    assert "10 MB" in after.message
    assert before.check == after.check == "disk"


async def test_who_holds_the_port_is_told_when_no_agent_runs(home, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setattr(checks, "DEFAULT_PORT", other.getsockname()[1])
        finding, told = await checks.ask_agent(home)
    assert "holds its port" in finding.message
    assert "--port" in finding.fix
    assert told == {}


async def test_an_agent_that_does_not_answer_is_a_problem(home, unused_tcp_port):
    with home.lock():
        home.announce(unused_tcp_port, "secret")
        finding, _ = await checks.ask_agent(home)
    assert finding.is_problem


async def test_a_command_that_holds_the_home_is_waited_for(home):
    with home.lock("earmark restore"):
        finding, _ = await checks.ask_agent(home)
    assert "Wait" in finding.fix


def test_a_plugin_that_the_agent_set_aside_is_told_beside_one_that_fails_now():
    now = SimpleNamespace(problems=[PluginProblem("a", "raised", "Update it.")], sources=[])
    told = {"plugins": [{"plugin": "b", "message": "hung three times"}]}
    found = {each.message: each.fix for each in checks.check_plugins(now, told)}
    assert found["a is left out: raised"] == "Update it."
    assert "b" in found["b is left out: hung three times"]


def paired(days_ago: float, seen_days_ago: float) -> dict[str, str]:
    now = datetime.now(UTC)

    def moment(days: float) -> str:
        return (now - timedelta(days=days)).isoformat().replace("+00:00", "Z")

    return {
        "id": "1b4e28ba-2fa1-4d2e-883f-0016d3cca427",
        "name": "Firefox",
        "paired_at": moment(days_ago),
        "last_seen": moment(seen_days_ago),
    }


@pytest.mark.parametrize(
    ("browser", "says"),
    [
        (paired(30, 30), "not seen since"),
        (paired(30, 10), "was last seen"),
    ],
)
def test_a_browser_that_went_silent_is_told(log, browser, says):
    log.table("browsers").insert(browser)
    (finding,) = checks.check_browsers(log)
    assert finding.is_problem
    assert says in finding.message


def test_a_browser_that_was_here_lately_is_in_order(log):
    log.table("browsers").insert(paired(30, 1))
    (finding,) = checks.check_browsers(log)
    assert not finding.is_problem


def test_without_a_paired_browser_the_way_to_pair_is_told(log):
    (finding,) = checks.check_browsers(log)
    assert "earmark pair" in finding.fix


def test_pages_that_were_not_understood_are_counted_by_host(log):
    page = {"url": "https://news.ycombinator.com/item?id=1"}
    fragments = [{"id": f"f{number}", "kind": "element", "markup": "<p>"} for number in range(3)]

    def lose(connection):
        moment = "2026-11-20T10:00:00Z"
        raw.keep(connection, "b", page, fragments, "hackernews", moment)
        said = (raw.NOT_UNDERSTOOD, [], "no comment in it")
        raw.finish(connection, [raw.Outcome(each["id"], *said) for each in fragments])

    log.write(lose).result()
    (finding,) = checks.check_understood(log)
    assert finding.is_problem
    for word in ("3 pieces", "news.ycombinator.com", "hackernews", "no comment in it"):
        assert word in finding.message
