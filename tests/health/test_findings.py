"""Every message of doctor, provoked by making the thing really so."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from house import House
from wrongs import PROVOKED, old_token, other_program, service_without_program, take_port

from earmark.cli import looking
from earmark.health import port_owner
from earmark.health.finding import Finding, say
from earmark.health.messages import MESSAGES
from earmark.web.i18n import UI_LANGUAGES, words_in

WELL = {
    "home_private",
    "disk_roomy",
    "agent_running",
    "service_active",
    "log_readable",
    "plugins_ready",
    "browser_well",
}


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


def test_fields_are_called_as_people_call_them() -> None:
    values = {"host": "forum.example", "platform": "forum", "fields": ["author", "comments"]}
    finding = Finding("site_always_read_otherwise", values)
    assert "the author and how many comments there are" in say(finding, words_in("en")).message
    assert "kaç yorum olduğu" in say(finding, words_in("tr")).message
