"""Every message of doctor, provoked by making the thing really so."""

from __future__ import annotations

import contextlib
import shutil
import socket
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from house import BROWSER, DAY, House

from earmark import plugins, stopped
from earmark.choices import Choices
from earmark.cli import looking
from earmark.errors import EarmarkError
from earmark.health import port_owner
from earmark.health.finding import Finding, say
from earmark.health.messages import MESSAGES
from earmark.plugins import PluginSource
from earmark.store import raw
from earmark.web.i18n import UI_LANGUAGES, words_in
from earmark.web.serve import PortTaken

WELL = {
    "home_private",
    "disk_roomy",
    "agent_running",
    "service_active",
    "log_readable",
    "plugins_ready",
    "browser_well",
}
Provoker = Callable[[House, pytest.MonkeyPatch], Awaitable[None]]
PROVOKED: dict[str, Provoker] = {}


def provokes(code: str) -> Callable[[Provoker], Provoker]:
    def note(provoker: Provoker) -> Provoker:
        assert code not in PROVOKED
        PROVOKED[code] = provoker
        return provoker

    return note


def reported(code: str, **changes: Any) -> None:
    """`code` is told once the extension reports `changes`."""

    async def provoke(house: House, _: pytest.MonkeyPatch) -> None:
        await house.report(**changes)

    provokes(code)(provoke)


# --- home and disk


@provokes("home_missing")
async def no_home(house: House, _: Any) -> None:
    await house.stop()
    shutil.rmtree(house.home.path)


@provokes("home_not_private")
async def open_home(house: House, _: Any) -> None:
    house.home.path.chmod(0o755)


@provokes("disk_low")
async def full_disk(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10 * 1024**2))


# --- the agent


@provokes("agent_not_running")
async def not_started(house: House, _: Any) -> None:
    await house.stop()


@provokes("agent_starting")
async def not_ready_yet(house: House, _: Any) -> None:
    await house.stop()
    house.open.enter_context(house.home.lock())


@provokes("home_held")
async def restoring(house: House, _: Any) -> None:
    await house.stop()
    house.open.enter_context(house.home.lock("earmark restore"))


@provokes("agent_unreachable")
async def hung(house: House, _: Any) -> None:
    await house.stop()
    house.open.enter_context(house.home.lock())
    house.home.announce(house.port, "secret")


@provokes("agent_outdated")
async def upgraded(house: House, _: Any) -> None:
    house.agent.version = "0.0.9"


def take_port(house: House) -> None:
    house.open.enter_context(socket.create_server(("127.0.0.1", house.port)))


@provokes("port_taken")
async def other_program(house: House, _: Any) -> None:
    await house.stop()
    take_port(house)


@provokes("port_taken_by_earmark")
async def other_earmark(house: House, _: Any) -> None:
    await house.stop()
    other = House(house.folder / "next-door", house.port)
    await other.start(house.port)
    house.guests.append(other)


@provokes("port_taken_by_unknown")
async def nameless_program(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.stop()
    take_port(house)
    monkeypatch.setattr(port_owner, "PROC", house.folder / "no-proc")


async def ended_by(house: House, error: Exception) -> None:
    await house.stop()
    with contextlib.suppress(EarmarkError, type(error)), stopped.explained(house.home):
        raise error


@provokes("stopped_port_taken")
async def ended_by_a_taken_port(house: House, _: Any) -> None:
    await ended_by(house, PortTaken(house.port))


@provokes("stopped_disk_full")
async def ended_by_a_full_disk(house: House, _: Any) -> None:
    await ended_by(house, OSError(28, "No space left on device"))


@provokes("stopped_crash")
async def ended_by_a_bug(house: House, _: Any) -> None:
    await ended_by(house, RuntimeError("a bug"))


@provokes("stopped")
async def ended_by_something_else(house: House, _: Any) -> None:
    await ended_by(house, EarmarkError("The log is locked.", "Close the other program."))


# --- the service


@provokes("service_not_installed")
async def without_service(house: House, _: Any) -> None:
    house.unit.unlink()


@provokes("service_elsewhere")
async def service_of_another_home(house: House, _: Any) -> None:
    text = house.unit.read_text(encoding="utf-8")
    house.unit.write_text(text.replace(str(house.home.path), "/srv/other"), encoding="utf-8")


@provokes("service_not_enabled")
async def service_disabled(house: House, _: Any) -> None:
    house.service(UnitFileState="disabled")


@provokes("service_not_active")
async def service_asleep(house: House, _: Any) -> None:
    house.service(ActiveState="inactive", MainPID="0")


@provokes("service_broken")
async def service_without_program(house: House, _: Any) -> None:
    house.service(program=str(house.folder / "gone" / "python"))


# --- the log


async def after_the_agent(house: House, statement: str) -> None:
    await house.stop()
    with contextlib.closing(sqlite3.connect(house.home.database)) as database, database:
        database.execute(statement)


@provokes("log_too_old")
async def old_log(house: House, _: Any) -> None:
    await after_the_agent(house, "UPDATE alembic_version SET version_num = '0000'")


@provokes("log_too_new")
async def new_log(house: House, _: Any) -> None:
    await after_the_agent(house, "UPDATE alembic_version SET version_num = '9999'")


@provokes("log_unreadable")
async def broken_log(house: House, _: Any) -> None:
    await house.stop()
    house.home.database.write_bytes(b"no database at all" * 300)


def keep_fragment(house: House, received_at: str, error: str = "") -> None:
    page = {"url": "https://news.ycombinator.com/item?id=1"}
    fragment = {"id": "f1", "kind": "element", "markup": "<p>"}

    def keep(connection: Any) -> None:
        raw.keep(connection, "b", page, [fragment], "hackernews", received_at)
        status = raw.NOT_UNDERSTOOD if error else "unchanged"
        raw.finish(connection, [raw.Outcome("f1", status, [], error)])

    house.log.call(keep)


@provokes("clock_set_back")
async def from_the_future(house: House, _: Any) -> None:
    hour_ahead = datetime.fromtimestamp(house.clock() + 3600, UTC)
    keep_fragment(house, hour_ahead.isoformat())


reported("clock_skew", ahead=-600)


# --- plugins


@provokes("plugin_left_out")
async def broken_plugin(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    wobbly = PluginSource("wobbly", "no_module_of_that_name", "wobbly", "1")
    monkeypatch.setattr(plugins, "discover", lambda *_: [wobbly])


@provokes("pieces_not_understood")
async def odd_page(house: House, _: Any) -> None:
    keep_fragment(house, "2026-03-22T12:00:00Z", "no comment in it")


# --- the organisation


def write_policy(house: House, text: str) -> None:
    house.agent.policy.path.write_text(text, encoding="utf-8")


@provokes("policy_in_force")
async def with_policy(house: House, _: Any) -> None:
    write_policy(house, '{"retention_days": 90}')


@provokes("policy_not_understood")
async def odd_policy(house: House, _: Any) -> None:
    write_policy(house, '{"retention_days": "ninety"}')


@provokes("policy_forbids_sites")
async def site_not_allowed(house: House, _: Any) -> None:
    write_policy(house, '{"allowed_sites": ["discourse.example"]}')
    Choices(house.log).change({"sites": [{"site": "reddit.com", "keep": "everything"}]})


# --- browsers


@provokes("no_browser")
async def unpaired(house: House, _: Any) -> None:
    house.agent.credentials.unpair(BROWSER)


@provokes("extension_never_seen")
async def paired_and_gone(house: House, _: Any) -> None:
    house.later = -DAY
    house.pair()
    house.later = 0


@provokes("browser_silent")
async def away_on_holiday(house: House, _: Any) -> None:
    house.later = -30 * DAY
    house.pair()
    house.later = -10 * DAY
    await house.report()
    house.later = 0


@provokes("extension_never_reported")
async def older_extension(house: House, _: Any) -> None:
    house.later = -DAY
    house.pair()
    house.later = 0
    await house.ask("/v1/plan")


reported("extension_temporary", temporary=True)
reported("extension_outdated", extension="0.0.1")
reported("extension_to_reload", extension="0.0.9", on_disk="0.1.0")
reported("browser_too_old", browser={"name": "Firefox", "version": "115.2"})
reported("plan_refused", trouble=[{"code": "plan_refused", "detail": "no such selector: `:has`"}])
reported("extension_trouble", trouble=[{"code": "storage_refused"}])
reported("no_site_allowed", sites=["http://127.0.0.1/*"])
reported("sites_not_allowed", not_granted=["reddit.com", "news.ycombinator.com"])
reported("comments_lost", dropped=12)

OLD_FIREFOX = "#!/bin/sh\necho Mozilla Firefox 102.3esr\n"


@provokes("installed_browser_too_old")
async def old_browser_and_no_other(house: House, _: Any) -> None:
    house.agent.credentials.unpair(BROWSER)
    house.program("firefox", OLD_FIREFOX)


@provokes("spare_browser_too_old")
async def old_browser_beside_a_good_one(house: House, _: Any) -> None:
    house.program("firefox", OLD_FIREFOX)


@provokes("token_refused")
async def old_token(house: House, _: Any) -> None:
    await house.ask("/v1/plan", Authorization="Bearer of-another-agent")


@provokes("browser_unknown")
async def stranger(house: House, _: Any) -> None:
    await house.ask("/v1/status?nonce=1&browser=7d3c2a9e-1111-4222-8333-444455556666")


# --- the tests


async def test_where_all_is_well_nothing_is_to_be_put_right(house: House) -> None:
    found = await house.look()
    assert {each.code for each in found} == WELL
    assert not any(each.fix for each in found)


@pytest.mark.parametrize("code", PROVOKED)
async def test_what_is_wrong_is_told(
    code: str, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await PROVOKED[code](house, monkeypatch)
    told = {each.code: each for each in await house.look()}
    assert code in told
    assert told[code].problem == bool(told[code].fix) == bool(MESSAGES[code].fix)
    for language in UI_LANGUAGES:
        said = say(Finding(code, told[code].values), words_in(language))
        assert "%(" not in said.message + said.fix


def test_every_message_is_provoked() -> None:
    assert PROVOKED.keys() | WELL == MESSAGES.keys()
    assert not PROVOKED.keys() & WELL


@pytest.mark.parametrize("code", [code for code in MESSAGES if MESSAGES[code].fix])
def test_a_fix_is_something_to_do(code: str) -> None:
    assert MESSAGES[code].fix.endswith((".", "`"))
    assert MESSAGES[code].fix.count("`") % 2 == 0


async def test_what_is_not_wrong_is_not_told(house: House) -> None:
    """The same facts on the good side of each border."""
    await house.report(ahead=-100, browser={"name": "Firefox", "version": "142"})
    house.program("firefox", "#!/bin/sh\necho Mozilla Firefox 142.0\n")
    house.program("chromium", "#!/bin/sh\nexit 1\n")
    assert {each.code for each in await house.look()} == WELL


async def test_a_browser_that_was_paired_just_now_is_not_blamed_yet(house: House) -> None:
    house.pair()
    assert {each.code for each in await house.look()} == WELL


async def test_the_program_at_the_port_is_named(house: House) -> None:
    await other_program(house, None)
    (said,) = [each for each in await house.look() if each.code == "port_taken"]
    assert str(house.port) in said.message
    assert "(process " in said.message


async def test_an_agent_that_hangs_is_not_waited_for_long(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "PATIENCE_SECONDS", 0.1)
    await house.stop()
    take_port(house)  # and nobody answers there
    house.open.enter_context(house.home.lock())
    house.home.announce(house.port, "secret")
    told = {each.code for each in await house.look()}
    assert {"agent_unreachable", "log_readable", "browser_well"} <= told


async def test_without_an_agent_the_log_tells_the_same_of_browsers(house: House) -> None:
    await house.report(temporary=True, not_granted=["reddit.com"])
    running = [each for each in await house.look() if each.check in ("browsers", "sites")]
    await house.stop()
    alone = [each for each in await house.look() if each.check in ("browsers", "sites")]
    assert alone == running
    assert len(running) == 2


async def test_the_page_of_problems_tells_of_the_service_as_well(house: House) -> None:
    assert 'data-code="service_active"' in await house.page("/problems")
    await service_without_program(house, None)
    assert 'data-code="service_broken"' in await house.page("/problems")


async def test_a_browser_that_was_let_in_again_is_not_told(house: House) -> None:
    await old_token(house, None)
    house.pair()
    assert "token_refused" not in {each.code for each in await house.look()}


async def test_what_came_from_outside_can_not_move_the_sentence(house: House) -> None:
    await house.report(trouble=[{"code": "plan_refused", "detail": "\u202egnp.exe`rm`\n\x1b[2J"}])
    (said,) = [each for each in await house.look("fa") if each.code == "plan_refused"]
    assert "\u202e" not in said.message
    assert "\n" not in said.message
    assert "`" not in said.message
    assert said.fix.count("\u2066") == said.fix.count("`") // 2 == 1


async def test_an_agent_of_another_version_may_know_what_we_do_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = MESSAGES["log_readable"]
    await house.look()
    monkeypatch.delitem(looking.MESSAGES, "log_readable")
    monkeypatch.setattr(
        "earmark.web.api_doctor.say", lambda *_: SimpleNamespace(as_json=lambda: foreign)
    )
    foreign = {
        "code": "log_readable",
        "check": known.check,
        "problem": False,
        "values": {},
        "message": "As the agent says it.",
        "fix": "",
    }
    assert "As the agent says it." in {each.message for each in await house.look()}


def test_who_listens_is_found_where_there_is_no_proc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lsof = tmp_path / "lsof"
    lsof.write_text("#!/bin/sh\nprintf 'p812\\ncpostgres\\nf7\\n'\n", encoding="utf-8")
    lsof.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(port_owner, "PROC", tmp_path / "no-proc")
    assert port_owner.owner_of(47650) == "postgres (process 812)"
