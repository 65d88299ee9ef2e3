"""Signing in to the inbox by a one-use link."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from raw_client import Answer, Client

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def window(agent: Any) -> Client:
    """A browser that has not signed in, as it opens an address itself."""
    return Client(agent.port, Host=f"earmark.localhost:{agent.port}").as_(
        Sec_Fetch_Site="none", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document"
    )


async def new_link(owner: Client) -> str:
    url = urlsplit((await owner.post("/v1/sign-in-links", {})).json["url"])
    assert url.netloc == f"earmark.localhost:{owner.port}"
    return url.path


async def press(window: Client, path: str, **headers: str | None) -> Answer:
    origin = f"http://earmark.localhost:{window.port}"
    sent = {"Origin": origin, "Sec-Fetch-Site": "same-origin", "Content-Type": FORM} | headers
    return await window.send("POST", path, **sent)


def signed_in(window: Client, answer: Answer) -> Client:
    cookie = (answer.header("Set-Cookie") or "").partition(";")[0]
    return window.as_(Cookie=cookie, Sec_Fetch_Site="same-origin")


async def test_the_link_shows_a_button_and_the_button_signs_in(
    owner: Client, window: Client
) -> None:
    path = await new_link(owner)
    shown = await window.get(path)
    assert shown.status == 200
    assert b"<button" in shown.body
    pressed = await press(window, path)
    assert pressed.status == 303
    assert (await signed_in(window, pressed).get("/v1/plan")).status == 200


async def test_the_cookie_is_kept_from_scripts_and_other_sites(
    owner: Client, window: Client
) -> None:
    cookie = (await press(window, await new_link(owner))).header("Set-Cookie") or ""
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert attributes == {"httponly", "samesite=strict", "path=/", "max-age=2592000"}


async def test_looking_at_the_link_uses_nothing_up(owner: Client, window: Client) -> None:
    path = await new_link(owner)
    for _ in range(3):
        assert (await window.get(path)).status == 200
    assert (await press(window, path)).status == 303


async def test_the_link_works_once(owner: Client, window: Client) -> None:
    path = await new_link(owner)
    await press(window, path)
    again = await press(window, path)
    assert again.status == 403
    assert again.header("Set-Cookie") is None
    assert (await window.get(path)).status == 403


async def test_the_link_lasts_a_minute(owner: Client, window: Client, clock: Any) -> None:
    path = await new_link(owner)
    clock.pass_(61)
    assert (await window.get(path)).status == 403
    assert (await press(window, path)).status == 403


@pytest.mark.parametrize(
    "origin", [None, "null", "https://page.example", "http://127.0.0.1:{port}"]
)
async def test_only_the_page_of_the_link_can_press_its_button(
    owner: Client, window: Client, origin: str | None
) -> None:
    path = await new_link(owner)
    forged = await press(window, path, Origin=origin and origin.format(port=window.port))
    assert forged.status == 403
    assert forged.header("Set-Cookie") is None
    assert (await press(window, path)).status == 303


async def test_the_link_works_under_the_inbox_name_only(owner: Client, window: Client) -> None:
    path = await new_link(owner)
    other = window.as_(Host=f"127.0.0.1:{window.port}")
    moved = await other.get(path)
    assert moved.status == 307
    assert moved.header("Location") == f"http://earmark.localhost:{window.port}{path}"


async def test_who_is_signed_in_goes_straight_on(owner: Client, window: Client) -> None:
    inside = signed_in(window, await press(window, await new_link(owner)))
    assert (await inside.get(await new_link(owner))).header("Location") == "/"


async def test_a_session_ends_after_thirty_days_without_use(
    owner: Client, window: Client, clock: Any
) -> None:
    inside = signed_in(window, await press(window, await new_link(owner)))
    clock.pass_(30 * 24 * 3600 + 1)
    assert (await inside.get("/v1/plan")).status == 401


async def test_a_session_that_is_used_stays_open(owner: Client, window: Client, clock: Any) -> None:
    inside = signed_in(window, await press(window, await new_link(owner)))
    for _ in range(4):
        clock.pass_(20 * 24 * 3600)
        assert (await inside.get("/v1/plan")).status == 200
    clock.pass_(30 * 24 * 3600 + 1)
    assert (await inside.get("/v1/plan")).status == 401


async def test_the_browser_keeps_a_used_session_as_long_as_the_agent_does(
    owner: Client, window: Client, clock: Any
) -> None:
    first = await press(window, await new_link(owner))
    inside = signed_in(window, first)
    assert (await inside.get("/v1/plan")).header("Set-Cookie") is None
    for target in ("/v1/plan", "/", "/?ui=fa"):
        clock.pass_(61)
        renewed = await inside.get(target)
        given = [value for name, value in renewed.headers if name == "Set-Cookie"]
        assert given[-1] == first.header("Set-Cookie"), target


async def test_signing_out_renews_nothing(owner: Client, window: Client, clock: Any) -> None:
    inside = signed_in(window, await press(window, await new_link(owner)))
    (session,) = (await inside.get("/v1/sessions")).json["sessions"]
    clock.pass_(61)
    origin = f"http://earmark.localhost:{window.port}"
    out = await inside.send("DELETE", f"/v1/sessions/{session['id']}", Origin=origin)
    assert out.status == 200
    assert out.header("Set-Cookie") is None


async def test_a_session_is_listed_and_can_be_ended(owner: Client, window: Client) -> None:
    inside = signed_in(window, await press(window, await new_link(owner)))
    (session,) = (await inside.get("/v1/sessions")).json["sessions"]
    assert session["current"] is True
    assert "key_hash" not in session
    assert (await owner.send("DELETE", f"/v1/sessions/{session['id']}")).status == 200
    assert (await inside.get("/v1/plan")).status == 401


async def test_a_made_up_cookie_opens_nothing(window: Client) -> None:
    for cookie in (f"earmark_{window.port}=", f"earmark_{window.port}=x", "earmark=x", ";;=;"):
        assert (await window.get("/v1/plan", Cookie=cookie)).status == 401
