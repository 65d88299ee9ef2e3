"""Everything that doctor tells of, made really so: by code, what makes it so in a house."""

from __future__ import annotations

import contextlib
import shutil
import socket
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from house import BROWSER, DAY, House

from earmark import plugins, stopped
from earmark.errors import EarmarkError
from earmark.health import port_owner
from earmark.keeping.choices import Choices
from earmark.plugins import PluginSource
from earmark.store import page_health, raw
from earmark.store.page_health import Spot
from earmark.web.serve import PortTaken

Provoker = Callable[[House, pytest.MonkeyPatch], Awaitable[None]]
PROVOKED: dict[str, Provoker] = {}
FORUM = "https://forum.example/t/1"


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
    wobbly = PluginSource("wobbly", "no_module_of_that_name", "earmark", "1")
    monkeypatch.setattr(plugins, "discover", lambda *_: [wobbly])


@provokes("pieces_not_understood")
async def odd_page(house: House, _: Any) -> None:
    keep_fragment(house, "2026-03-22T12:00:00Z", "no comment in it")


def heard_on(house: House, day: str, **fields: int) -> None:
    """Ten items of a made-up forum on that day, so many with each field."""
    spot = Spot(FORUM, "forum", f"visit {day}", f"{day}T12:00:00Z")
    heard = page_health.Heard(items=10, new=10, fields=fields)
    house.log.write(lambda conn: page_health.note_heard(conn, spot, heard)).result()


def silent_on(house: House, day: str) -> None:
    spot = Spot(FORUM, "forum", f"visit {day}", f"{day}T12:00:00Z")
    house.log.write(
        lambda conn: page_health.note_report(conn, spot, 0, False, keep_page=True)
    ).result()


@provokes("site_changed")
async def silent_site(house: House, _: Any) -> None:
    heard_on(house, "2026-03-20", text=10)
    silent_on(house, "2026-03-22")


@provokes("site_never_heard")
async def always_silent_site(house: House, _: Any) -> None:
    silent_on(house, "2026-03-22")


@provokes("site_gives_less")
async def site_without_authors(house: House, _: Any) -> None:
    heard_on(house, "2026-03-20", text=10, author=10)
    heard_on(house, "2026-03-22", text=10, author=2)


def compared_on(house: House, day: str, *differs: str) -> None:
    spot = Spot(FORUM, "forum", f"visit {day}", f"{day}T12:00:00Z")
    told = {"differs": list(differs), "agrees": ["text"]}
    house.log.write(lambda conn: page_health.note_compared(conn, spot, told)).result()


@provokes("site_read_otherwise")
async def site_with_wrong_authors(house: House, _: Any) -> None:
    heard_on(house, "2026-03-20", text=10)
    compared_on(house, "2026-03-20")
    heard_on(house, "2026-03-22", text=10)
    compared_on(house, "2026-03-22", "author", "comments")


@provokes("site_always_read_otherwise")
async def site_that_was_never_right(house: House, _: Any) -> None:
    heard_on(house, "2026-03-22", text=10)
    compared_on(house, "2026-03-22", "author")


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
