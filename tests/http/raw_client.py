"""Speaks HTTP byte by byte, so that a test can send what no library would."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

BROWSER = "0b5e8f2c-3c56-4b1f-9d2a-5a7c2f1e9d44"
EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return found[0] if found else None

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        return str(self.json["error"]["code"])


async def send_bytes(
    port: int,
    data: bytes,
    host: str = "127.0.0.1",
    *,
    without_body: bool = False,
    or_nothing: bool = False,
) -> Answer:
    """The answer to exactly these bytes; the connection is closed after it.

    `or_nothing`: a connection closed without an answer is fine as well (status 0).
    """
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(data)
        await writer.drain()
        if or_nothing:
            writer.write_eof()
        return await read_answer(reader, without_body=without_body)
    except (asyncio.IncompleteReadError, ConnectionError):
        if not or_nothing:
            raise
        return Answer(0, [], b"")
    finally:
        writer.close()


async def read_answer(reader: asyncio.StreamReader, *, without_body: bool = False) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = [(key, value.strip()) for key, _, value in (line.partition(":") for line in head[1:])]
    headers = [(key, value) for key, value in headers if key]
    answer = Answer(int(head[0].split()[1]), headers, b"")
    if without_body:
        return answer
    if length := answer.header("Content-Length"):
        answer.body = await reader.readexactly(int(length))
    elif answer.header("Transfer-Encoding") == "chunked":
        answer.body = await _read_chunks(reader)
    return answer


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    return body


def request_bytes(
    method: str, target: str, headers: list[tuple[str, str]], body: bytes = b""
) -> bytes:
    lines = [f"{method} {target} HTTP/1.1"] + [f"{key}: {value}" for key, value in headers]
    if body and not any(key.lower() == "transfer-encoding" for key, _ in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


class Client:
    """One agent's port, with the headers a well-behaved caller would send unless told otherwise.

    A header given as None is left out.
    """

    def __init__(self, port: int, **headers: str | None) -> None:
        self.port = port
        self.headers: dict[str, str | None] = {"Host": f"127.0.0.1:{port}"} | headers

    def as_(self, **headers: str | None) -> Client:
        client = Client(self.port)
        client.headers = self.headers | _named(headers)
        return client

    async def send(
        self, method: str, target: str, value: Any = None, body: bytes = b"", **headers: str | None
    ) -> Answer:
        sent = dict(self.headers)
        if value is not None:
            body = json.dumps(value).encode()
            sent["Content-Type"] = "application/json"
        sent |= _named(headers)
        pairs = [(key, each) for key, each in sent.items() if each is not None]
        return await send_bytes(self.port, request_bytes(method, target, pairs, body))

    async def get(self, target: str, **headers: str | None) -> Answer:
        return await self.send("GET", target, **headers)

    async def post(self, target: str, value: Any = None, **headers: str | None) -> Answer:
        return await self.send("POST", target, value, **headers)

    async def ask(self, method: str, target: str, value: Any = None) -> Any:
        """The JSON of an answer that must be a good one."""
        answer = await self.send(method, target, {} if value is None else value)
        assert answer.status < 300, answer.body
        return answer.json


def _named(headers: dict[str, str | None]) -> dict[str, str | None]:
    """`Sec_Fetch_Site` stands for `Sec-Fetch-Site`."""
    return {key.replace("_", "-"): value for key, value in headers.items()}
