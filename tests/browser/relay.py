"""Stands between the browsers and an agent, passes every byte on and keeps it.

So a test can show that a request really reached the agent, and what exactly was answered, also
where the browser hides both from the page.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
ANSWER = re.compile(rb"HTTP/1\.1 (\d{3}) ")
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")
MAX_HEAD = 1024 * 1024


@dataclass
class Exchange:
    """One request as it was sent, and the answer to it."""

    method: str
    target: str
    headers: dict[str, str]  # names in lower case
    status: int
    answer: bytes

    @property
    def is_whole(self) -> bool:
        """Whether all of the answer is there."""
        head, _, body = self.answer.partition(HEAD_END)
        length = LENGTH.search(head)
        return self.method == "HEAD" or length is None or len(body) >= int(length[1])


@dataclass
class Conversation:
    """What went over one connection."""

    asked: bytearray = field(default_factory=bytearray)
    answered: bytearray = field(default_factory=bytearray)

    def exchanges(self) -> Iterator[Exchange]:
        """The requests that were answered; the n-th answer is the n-th request's."""
        starts = [*ANSWER.finditer(bytes(self.answered))]
        ends = [found.start() for found in starts[1:]] + [len(self.answered)]
        for (method, target, headers), found, end in zip(
            self._requests(), starts, ends, strict=False
        ):
            answer = bytes(self.answered[found.start() : end])
            yield Exchange(method, target, headers, int(found[1]), answer)

    def _requests(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        asked = bytes(self.asked)
        while HEAD_END in asked:
            head, _, rest = asked.partition(HEAD_END)
            line, *lines = head.decode("latin-1").split("\r\n")
            headers = dict(read_header(each) for each in lines)
            method, target, _ = line.split(" ", 2)
            yield method, target, headers
            asked = rest[int(headers.get("content-length", "0")) :]


def read_header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


class Relay:
    """Listens at `port`, passes on to `agent_port`.

    `pages["host:port/path"] = html` is answered here, as by a site before it rebinds its name.
    """

    def __init__(self, agent_port: int) -> None:
        self.agent_port = agent_port
        self.pages: dict[str, str] = {}
        self._conversations: list[Conversation] = []
        self._news = threading.Condition(threading.RLock())
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        started = asyncio.start_server(self._converse, "127.0.0.1", 0, limit=MAX_HEAD)
        self._server = asyncio.run_coroutine_threadsafe(started, self._loop).result(20)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def exchanges(self, mark: str) -> list[Exchange]:
        """What was asked with `mark` in its address, and answered."""
        with self._news:
            return [
                each
                for conversation in self._conversations
                for each in conversation.exchanges()
                if mark in each.target and each.is_whole
            ]

    def wait_for(self, mark: str, seconds: float = 20) -> list[Exchange]:
        """The same, once one of them was answered with more than where to ask instead."""
        with self._news:
            self._news.wait_for(
                lambda: any(each.status // 100 != 3 for each in self.exchanges(mark)), seconds
            )
        return self.exchanges(mark)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(HEAD_END)
            if html := self.pages.get(address_in(head)):
                await answer_with(html, writer)
            else:
                await self._pass_on(head, reader, writer)
        writer.close()

    async def _pass_on(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        from_agent, to_agent = await asyncio.open_connection("127.0.0.1", self.agent_port)
        conversation = Conversation()
        with self._news:
            self._conversations.append(conversation)
        self._keep(conversation.asked, head)
        to_agent.write(head)
        pumps = [
            asyncio.ensure_future(self._pump(reader, to_agent, conversation.asked)),
            asyncio.ensure_future(self._pump(from_agent, writer, conversation.answered)),
        ]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        to_agent.close()
        writer.close()
        await asyncio.gather(*pumps, return_exceptions=True)

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, kept: bytearray
    ) -> None:
        while data := await source.read(65536):
            self._keep(kept, data)
            target.write(data)
            await target.drain()

    def _keep(self, kept: bytearray, data: bytes) -> None:
        with self._news:
            kept += data
            self._news.notify_all()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)


def address_in(head: bytes) -> str:
    """Host, port and path of a request."""
    line, *lines = head.decode("latin-1").split("\r\n")
    path = line.split(" ")[1].partition("?")[0]
    return dict(read_header(each) for each in lines).get("host", "") + path


async def answer_with(html: str, writer: asyncio.StreamWriter) -> None:
    body = html.encode()
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()
