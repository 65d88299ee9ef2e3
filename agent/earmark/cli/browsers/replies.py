"""Matches answers to questions on a connection that carries JSON both ways."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from earmark.model import Json

from .trial import ANSWER_SECONDS, BrowserFailed


class Replies:
    """Numbers what is asked of a browser and hands each answer to whoever asked.

    send: puts one message on the wire.
    """

    def __init__(self, send: Callable[[Json], Awaitable[None]]) -> None:
        self._send = send
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._count = 0
        self.ended = asyncio.Event()

    async def ask(self, method: str, **params: object) -> Json:
        """The result of `method`; BrowserFailed where the browser refuses or goes silent."""
        if self.ended.is_set():
            raise BrowserFailed("The browser was closed.")
        self._count += 1
        answer = self._waiting[self._count] = asyncio.get_running_loop().create_future()
        try:
            await self._send({"id": self._count, "method": method, "params": params})
            message = await asyncio.wait_for(answer, ANSWER_SECONDS)
        except (TimeoutError, OSError) as error:
            raise BrowserFailed(f"The browser did not answer {method}.") from error
        if "error" in message:
            raise BrowserFailed(f"The browser refused {method}: {_reason(message)}")
        result: Json = message.get("result", {})
        return result

    def received(self, message: Json) -> None:
        """Hand an answer to whoever waits for it; events, which nobody waits for, are let go."""
        waiting = self._waiting.pop(message.get("id", 0), None)
        if waiting and not waiting.done():
            waiting.set_result(message)

    def end(self) -> None:
        """The connection is gone: nothing more will be answered."""
        self.ended.set()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the browser is gone"))
        self._waiting.clear()


def _reason(message: Json) -> str:
    error = message["error"]
    return str(error.get("message") if isinstance(error, dict) else message.get("message", error))
