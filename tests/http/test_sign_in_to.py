"""A sign-in link may lead to a page of the inbox, and to nothing else."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from raw_client import Client
from test_sign_in import new_link, press, signed_in, window

__all__ = ["window"]

SETUP = "/setup/extension?browser=firefox"


async def test_it_leads_to_the_page_it_names(agent: Any, owner: Client, window: Client) -> None:
    path = f"{await new_link(owner)}?to={quote(SETUP, safe='')}"
    shown = await window.get(path)
    assert f'action="{path}"' in shown.body.decode()
    pressed = await press(window, path)
    assert pressed.header("Location") == f"http://earmark.localhost:{agent.port}{SETUP}"


async def test_who_is_signed_in_already_goes_straight_there(owner: Client, window: Client) -> None:
    inside = signed_in(window, await press(window, await new_link(owner)))
    path = f"{await new_link(owner)}?to={quote(SETUP, safe='')}"
    answer = await inside.get(path)
    assert (answer.status, answer.header("Location")) == (303, SETUP)


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/%2fevil.example",
        "/setup//evil.example",
        "setup",
        "/setup\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/setup#x",
        "",
    ],
)
async def test_anything_else_leads_to_the_first_page(
    agent: Any, owner: Client, window: Client, page: str
) -> None:
    pressed = await press(window, f"{await new_link(owner)}?to={quote(page, safe='')}")
    assert pressed.header("Location") == f"http://earmark.localhost:{agent.port}/"
