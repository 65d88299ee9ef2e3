"""A signed-in client of the inbox, and what tests look at in its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from inbox_box import made_up, served_inbox
from raw_client import Answer, Client

__all__ = ["made_up", "running_inbox", "soup", "submit", "texts"]


@asynccontextmanager
async def running_inbox(folder: Path) -> AsyncIterator[Any]:
    """A served inbox; `client` is signed in to it."""
    async with served_inbox(folder) as agent:
        host = agent.origin.removeprefix("http://")
        agent.client = Client(agent.port, Cookie="=".join(agent.cookie)).as_(
            Host=host, Sec_Fetch_Site="same-origin", Origin=agent.origin
        )
        yield agent


async def soup(agent: Any, target: str, **headers: str | None) -> BeautifulSoup:
    """A page of the inbox, parsed; fails unless it was found."""
    answer = await agent.client.get(target, **headers)
    assert answer.status == 200, answer.body.decode()
    return BeautifulSoup(answer.body.decode(), "html.parser")


async def submit(agent: Any, target: str, **form: str | list[str]) -> Answer:
    """Send a form as a browser does; a list is a field that is there several times."""
    kind = "application/x-www-form-urlencoded"
    body = urlencode(form, doseq=True).encode()
    return await agent.client.send("POST", target, body=body, Content_Type=kind)


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    """The text of each match, with spaces as one sees them."""
    return [" ".join(tag.get_text().split()) for tag in soup.select(selector)]
