"""Talks to the running agent, with the control secret from its home."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp

from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.settings import Home, RunningAgent

from .browsers.trial import Cookie

FORM = "application/x-www-form-urlencoded"
TIMEOUT = aiohttp.ClientTimeout(total=60, connect=5)
UNHURRIED = aiohttp.ClientTimeout(total=None, connect=5, sock_read=60)


class NotRunning(EarmarkError):
    """No agent holds this home."""

    code = "not_running"
    status = 503

    def __init__(self, home: Home) -> None:
        super().__init__("Earmark is not running.", "Start it with: earmark start")
        self.home = home


class AgentClient:
    """HTTP to the agent of one home; `async with AgentClient(home) as agent: await agent.get(…)`.

    Every call raises EarmarkError: NotRunning, or what the agent answered. Proxy settings of the
    environment are never asked: the agent is on this machine.
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self.agent = self._running()

    def _running(self) -> RunningAgent:
        agent = self.home.running()
        if agent is None:
            raise NotRunning(self.home)
        return agent

    async def __aenter__(self) -> AgentClient:
        headers = {"Authorization": f"Bearer {self.agent.control_secret}"}
        self._session = aiohttp.ClientSession(headers=headers, timeout=TIMEOUT, trust_env=False)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def get(self, path: str) -> Json:
        """The JSON object that `GET path` answers."""
        return await self._ask("GET", path)

    async def post(self, path: str, body: Json | None = None) -> Json:
        """The JSON object that `POST path` answers."""
        return await self._ask("POST", path, json=body or {})

    async def patch(self, path: str, body: Json) -> Json:
        """The JSON object that `PATCH path` answers."""
        return await self._ask("PATCH", path, json=body)

    async def put(self, path: str, body: Json) -> Json:
        """The JSON object that `PUT path` answers."""
        return await self._ask("PUT", path, json=body)

    async def send(self, path: str, query: Json, pieces: AsyncIterator[bytes]) -> Json:
        """The JSON object that is answered to a file, sent piece by piece however long it takes."""
        headers = {"Content-Type": "application/octet-stream"}
        options = {"data": pieces, "headers": headers, "timeout": UNHURRIED}
        return await self._ask("POST", f"{path}?{urlencode(query)}", **options)

    async def delete(self, path: str) -> Json:
        """The JSON object that `DELETE path` answers."""
        return await self._ask("DELETE", path)

    async def pairing_code(self) -> Json:
        """A new pairing code: `{code, expires_in}`, seconds."""
        return await self.post("/v1/pairing-codes")

    async def sign_in_link(self, page: str = "") -> str:
        """An address that signs one browser in to the inbox; good once, for a minute.

        page: where in the inbox it leads, path and query; by default the first page.
        """
        url = str((await self.post("/v1/sign-in-links"))["url"])
        return f"{url}?{urlencode({'to': page})}" if page else url

    async def sign_in(self, name: str) -> tuple[str, Cookie]:
        """The inbox's address, and the cookie of a new session there that is listed as `name`."""
        link = urlsplit(await self.sign_in_link())
        inbox = f"{link.scheme}://{link.netloc}"
        headers = {"Host": link.netloc, "Origin": inbox, "User-Agent": name, "Content-Type": FORM}
        # The agent is asked at its number: not every system resolves *.localhost.
        async with self._session.post(
            self.agent.url + link.path, headers=headers, allow_redirects=False
        ) as response:
            if not response.cookies:
                raise _as_error(None, response.status)
            (cookie,) = response.cookies.values()
        return f"{inbox}/", Cookie(link.hostname or "", cookie.key, cookie.value)

    async def _ask(self, method: str, path: str, **options: Any) -> Json:
        url = self.agent.url + path
        try:
            async with self._session.request(method, url, **options) as response:
                answer = await response.json()
                if response.status >= 400:
                    raise _as_error(answer, response.status)
                return dict(answer)
        except aiohttp.ClientConnectionError as error:
            raise NotRunning(self.home) from error
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise EarmarkError(
                f"The agent at {self.agent.url} did not answer as Earmark does.",
                "Stop it (Ctrl-C where it runs) and start it again: earmark start",
            ) from error


def _as_error(answer: Any, status: int) -> EarmarkError:
    error = answer.get("error", {}) if isinstance(answer, dict) else {}
    return EarmarkError(
        error.get("message", f"The agent answered with status {status}."),
        error.get("hint", ""),
        code=error.get("code", ""),
        status=status,
    )
