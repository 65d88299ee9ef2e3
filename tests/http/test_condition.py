"""What an extension says of itself, and what is remembered of browsers that were turned away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from raw_client import BROWSER, EXTENSION, Client

from earmark.called import earmark_command
from earmark.web.credentials import Credentials

STRANGER = "7d3c2a9e-1111-4222-8333-444455556666"


def at(clock: Any, seconds: float = 0) -> str:
    moment = datetime.fromtimestamp(clock(), UTC) + timedelta(seconds=seconds)
    return moment.isoformat().replace("+00:00", "Z")


def told(clock: Any, **more: Any) -> dict[str, Any]:
    """What an extension that is well would send."""
    return {
        "sent_at": at(clock),
        "extension": "0.1.0",
        "temporary": False,
        "browser": {"name": "Firefox", "version": "153.0"},
        "language": "fa",
        "sites": ["https://*.reddit.com/*"],
        "not_granted": [],
        "trouble": [],
        "waiting": 0,
        "dropped": 0,
        **more,
    }


async def listed(owner: Client) -> dict[str, Any]:
    (browser,) = (await owner.get("/v1/browsers")).json["browsers"]
    return browser


async def test_the_condition_is_kept_with_the_browser(
    owner: Client, browser: Client, clock: Any
) -> None:
    body = told(clock, trouble=[{"code": "plan_refused", "detail": "no such selector"}])
    answer = await browser.post("/v1/condition", body)
    assert answer.json == {
        "extension": "0",
        "policy": {},
        "start": f"{earmark_command()} start",
    }
    kept = await listed(owner)
    assert kept["condition"] == body
    assert kept["condition_at"] == at(clock)
    assert kept["clock_skew"] == 0


async def test_it_is_there_again_after_a_restart(agent: Any, browser: Client, clock: Any) -> None:
    await browser.post("/v1/condition", told(clock, waiting=3))
    (again,) = Credentials(agent.log).browsers()
    assert again.condition
    assert again.condition["waiting"] == 3


async def test_pairing_again_forgets_what_was_said_before(
    agent: Any, owner: Client, browser: Client, clock: Any
) -> None:
    await browser.post("/v1/condition", told(clock))
    agent.credentials.pair(agent.credentials.new_code(agent.port), BROWSER, EXTENSION, "Anew")
    assert "condition" not in await listed(owner)


@pytest.mark.parametrize("ahead", [600, -600])
async def test_how_far_the_clocks_are_apart_is_noted(
    owner: Client, browser: Client, clock: Any, ahead: int
) -> None:
    await browser.post("/v1/condition", told(clock, sent_at=at(clock, ahead)))
    assert (await listed(owner))["clock_skew"] == ahead


async def test_the_answer_says_what_the_organisation_allows(
    agent: Any, browser: Client, clock: Any
) -> None:
    agent.policy.path.write_text('{"retention_days": 90}', encoding="utf-8")
    answer = await browser.post("/v1/condition", told(clock, policy={"messages": False}))
    assert answer.json["policy"] == {"retention_days": 90, "messages": False}


async def test_only_a_paired_browser_tells_how_it_is_doing(
    anyone: Client, owner: Client, inbox: Client, clock: Any
) -> None:
    for client, status in ((anyone, 401), (owner, 403), (inbox, 403)):
        assert (await client.post("/v1/condition", told(clock))).status == status


@pytest.mark.parametrize(
    "odd",
    [
        {"sent_at": None},
        {"sent_at": "yesterday"},
        {"extension": None},
        {"extension": ""},
        {"sites": "all"},
        {"sites": [1]},
        {"temporary": "yes"},
        {"waiting": -1},
        {"trouble": [{"detail": "no code"}]},
        {"browser": "Firefox"},
    ],
)
async def test_what_is_no_condition_is_refused(
    browser: Client, owner: Client, clock: Any, odd: dict[str, Any]
) -> None:
    answer = await browser.post("/v1/condition", told(clock, **odd))
    assert (answer.status, answer.error) == (400, "malformed")
    assert "condition" not in await listed(owner)


async def test_a_condition_that_would_fill_the_log_is_refused(
    browser: Client, owner: Client, clock: Any
) -> None:
    answer = await browser.post("/v1/condition", told(clock, policy={"x": "y" * 70_000}))
    assert (answer.status, answer.error) == (413, "too_large")
    assert "condition" not in await listed(owner)


async def turned_away(owner: Client) -> list[dict[str, str]]:
    return (await owner.get("/v1/doctor")).json["turned_away"]


async def test_a_refused_token_is_remembered_without_the_token(
    agent: Any, owner: Client, clock: Any
) -> None:
    stranger = Client(agent.port, Authorization="Bearer made-up-token", Origin=EXTENSION)
    for _ in range(3):
        await stranger.get("/v1/plan")
    assert await turned_away(owner) == [
        {"at": at(clock), "why": "token_refused", "origin": EXTENSION}
    ]


async def test_a_browser_that_is_unknown_is_remembered(owner: Client, anyone: Client) -> None:
    known = anyone.as_(Sec_Fetch_Site="none")
    await known.get(f"/v1/status?nonce=1&browser={STRANGER}")
    (entry,) = await turned_away(owner)
    assert entry["why"] == "unknown_browser"


async def test_programs_that_are_turned_away_are_no_browsers(owner: Client, anyone: Client) -> None:
    await anyone.get("/v1/plan", Authorization="Bearer made-up-token")
    await anyone.get(f"/v1/status?nonce=1&browser={STRANGER}")
    assert await turned_away(owner) == []


async def test_a_paired_browser_is_not_remembered(owner: Client, browser: Client) -> None:
    await browser.get("/v1/plan")
    await browser.get(f"/v1/status?nonce=1&browser={BROWSER}")
    assert await turned_away(owner) == []


async def test_pairing_it_ends_the_matter(agent: Any, owner: Client) -> None:
    await Client(agent.port, Authorization="Bearer old", Origin=EXTENSION).get("/v1/plan")
    agent.credentials.pair(agent.credentials.new_code(agent.port), BROWSER, EXTENSION)
    assert await turned_away(owner) == []


async def test_after_a_day_it_is_forgotten_and_only_so_many_are_kept(
    agent: Any, owner: Client, clock: Any
) -> None:
    for number in range(30):
        agent.credentials.turned_away.note("token_refused", f"moz-extension://{number}")
    assert [e["origin"] for e in await turned_away(owner)][0::19] == [
        "moz-extension://10",
        "moz-extension://29",
    ]
    clock.pass_(25 * 3600)
    assert await turned_away(owner) == []
