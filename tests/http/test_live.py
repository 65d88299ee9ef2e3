"""Live events: resumed where a listener left off, and never a burden on the agent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from raw_client import BROWSER, Client, request_bytes

from earmark.web import live


class Stream:
    """A listener that reads one event after the other."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self.reader = reader
        self.text = ""

    async def next(self) -> dict[str, str]:
        """The next block of fields; comments stand under the empty name."""
        while "\n\n" not in self.text:
            size = int(await self.reader.readline(), 16)
            if not size:
                raise EOFError
            self.text += (await self.reader.readexactly(size)).decode()
            await self.reader.readline()
        block, _, self.text = self.text.partition("\n\n")
        return dict(line.split(": ", 1) for line in block.splitlines())

    async def until(self, field: str) -> dict[str, str]:
        while field not in (block := await self.next()):
            pass
        return block


@asynccontextmanager
async def listening(client: Client, **headers: str) -> AsyncIterator[Stream]:
    sent = {key: each for key, each in client.headers.items() if each is not None}
    sent |= {key.replace("_", "-"): each for key, each in headers.items()}
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    try:
        writer.write(request_bytes("GET", "/v1/events", list(sent.items())))
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        assert " 200 " in head
        assert "text/event-stream" in head
        assert "no-store" in head
        yield Stream(reader)
    finally:
        writer.close()


def data_of(block: dict[str, str]) -> Any:
    return json.loads(block["data"])


async def test_a_stored_item_is_told(browser: Client, stored: Any) -> None:
    async with listening(browser) as stream:
        await stream.until("id")
        number = await stored("a1", "first words")
        block = await stream.until("data")
    assert data_of(block) == {"change": number, "platform": "forum", "id": "a1", "kind": "new"}
    assert block["id"] == str(number)


async def test_a_listener_resumes_where_it_left_off(browser: Client, stored: Any) -> None:
    first = await stored("a1", "one")
    await stored("a2", "two")
    await stored("a3", "three")
    async with listening(browser, Last_Event_ID=str(first)) as stream:
        told = [data_of(await stream.until("data"))["id"] for _ in range(2)]
    assert told == ["a2", "a3"]


async def test_a_new_listener_starts_from_now(browser: Client, stored: Any) -> None:
    await stored("a1", "before")
    async with listening(browser) as stream:
        await stream.until("id")
        await stored("a2", "after")
        assert data_of(await stream.until("data"))["id"] == "a2"


async def test_whoever_comes_from_another_log_is_told_to_reset(
    browser: Client, stored: Any
) -> None:
    await stored("a1", "one")
    async with listening(browser, Last_Event_ID="999999") as stream:
        assert (await stream.until("event"))["event"] == "reset"


async def test_whoever_missed_too_much_is_told_to_reset(
    browser: Client, stored: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_MISSED", 2)
    first = await stored("a1", "one")
    for number in range(3):
        await stored(f"b{number}", "more")
    async with listening(browser, Last_Event_ID=str(first)) as stream:
        assert (await stream.until("event"))["event"] == "reset"
        await stored("c1", "and on")
        assert data_of(await stream.until("data"))["id"] == "c1"


async def test_a_silent_stream_gives_signs_of_life(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
    async with listening(browser) as stream:
        await stream.until("")
        await stream.until("")


async def test_a_revoked_browser_hears_no_more(browser: Client, agent: Any, stored: Any) -> None:
    async with listening(browser) as stream:
        await stream.until("id")
        agent.credentials.unpair(BROWSER)
        await stored("a1", "secret")
        with pytest.raises((EOFError, asyncio.IncompleteReadError)):
            await stream.until("data")


async def test_listeners_are_let_go_when_the_agent_stops(browser: Client, agent: Any) -> None:
    async with listening(browser) as stream:
        await stream.until("id")
        await agent.stop()
        with pytest.raises((EOFError, asyncio.IncompleteReadError)):
            await stream.until("data")


async def test_listening_needs_a_credential(anyone: Client) -> None:
    assert (await anyone.get("/v1/events")).status == 401


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "٣", "9" * 30])
async def test_a_position_is_a_number(browser: Client, number: str) -> None:
    assert (await browser.get("/v1/events", Last_Event_ID=number)).status == 400


async def test_a_listener_that_does_not_read_is_dropped(
    browser: Client, stored: Any, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SLOWEST_SECONDS", 0.05)
    monkeypatch.setattr(live, "event", lambda change: b"data: " + b"x" * 4_000_000 + b"\n\n")
    async with listening(browser) as stream:
        await stream.until("id")
        for number in range(8):
            await stored(f"a{number}", "more than it takes")
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await stream.reader.readexactly(8 * 4_000_000)
    assert (await browser.get("/v1/plan")).status == 200
