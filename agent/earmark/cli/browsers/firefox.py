"""Firefox, steered over WebDriver BiDi: takes an unsigned extension until it is closed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from pathlib import Path

import aiohttp

from earmark.model import Json

from .installed import Browser
from .replies import Replies
from .trial import START_SECONDS, STOP_SECONDS, BrowserFailed, Cookie

# A profile that is gone in a minute needs no welcome, no updates and no reports.
PREFERENCES: dict[str, bool | int | str] = {
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "termsofuse.bypassNotification": True,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class FirefoxTrial:
    """Firefox on its own profile; `await FirefoxTrial.start(…)`."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._said: deque[str] = deque(maxlen=3)
        self._replies = Replies(self._send)
        self._empty_tabs: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._http = aiohttp.ClientSession(trust_env=False)

    @classmethod
    async def start(cls, browser: Browser, profile: Path, *, headless: bool) -> FirefoxTrial:
        """Start `browser` on the empty folder `profile`; BrowserFailed if it does not come up."""
        _write_preferences(profile)
        trial = cls(await _spawn(browser.program, profile, headless))
        try:
            async with asyncio.timeout(START_SECONDS):
                await trial._connect()
        except BaseException as error:
            await trial.close()
            if isinstance(error, TimeoutError | BrowserFailed | aiohttp.ClientError):
                raise BrowserFailed(
                    f"{browser.kind.label} did not start.", " / ".join(trial._said)
                ) from error
            raise
        return trial

    async def load_extension(self, folder: Path) -> None:
        """Have the unpacked extension in `folder` running."""
        data = {"type": "path", "path": str(folder)}
        await self._replies.ask("webExtension.install", extensionData=data)

    async def give_cookie(self, cookie: Cookie) -> None:
        """Have the browser send `cookie` to its host."""
        value = {"type": "string", "value": cookie.value}
        given: Json = {"domain": cookie.host, "name": cookie.name, "value": value, "path": "/"}
        given |= {"httpOnly": True, "sameSite": "strict"}
        await self._replies.ask("storage.setCookie", cookie=given)

    async def open(self, url: str) -> None:
        """Show `url` in a tab of its own; the empty one of the start goes."""
        tab = await self._replies.ask("browsingContext.create", type="tab")
        # "none": a page that never finishes loading is still shown.
        await self._replies.ask(
            "browsingContext.navigate", context=tab["context"], url=url, wait="none"
        )
        while self._empty_tabs:
            await self._replies.ask("browsingContext.close", context=self._empty_tabs.pop())

    async def closed(self) -> None:
        """Return when the person has closed the browser."""
        await self._replies.ended.wait()

    async def close(self) -> None:
        """Close it, by force where it does not go."""
        if self._tasks and not self._replies.ended.is_set():
            with contextlib.suppress(BrowserFailed):
                await self._replies.ask("browser.close")
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        for task in self._tasks:
            task.cancel()
        await self._http.close()

    async def _connect(self) -> None:
        address = await self._address()
        self._tasks.append(asyncio.create_task(self._drain()))
        self._socket = await self._http.ws_connect(f"{address}/session", max_msg_size=0)
        self._tasks.append(asyncio.create_task(self._read()))
        await self._replies.ask("session.new", capabilities={})
        tabs = (await self._replies.ask("browsingContext.getTree"))["contexts"]
        self._empty_tabs = [each["context"] for each in tabs]

    async def _address(self) -> str:
        """Where it listens, as it says on stderr."""
        while line := await self._line():
            if found := ADDRESS.search(line):
                return found.group(1)
        raise BrowserFailed("Firefox ended before it was ready.")

    async def _line(self) -> str:
        assert self._process.stderr is not None
        line = (await self._process.stderr.readline()).decode("utf-8", "replace")
        if line.strip():
            self._said.append(line.strip())
        return line

    async def _drain(self) -> None:
        """Keep its stderr from filling up, which would stop it."""
        while await self._line():
            pass

    async def _send(self, message: Json) -> None:
        await self._socket.send_json(message)

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                self._replies.received(json.loads(message.data))
        finally:
            self._replies.end()


async def _spawn(program: Path, profile: Path, headless: bool) -> Process:
    arguments = ["--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    arguments += ["--headless"] if headless else []
    return await asyncio.create_subprocess_exec(
        program,
        *arguments,
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=PIPE,
        env={**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1"},
        start_new_session=True,  # Ctrl-C reaches us alone, so that we close it in order
    )


def _write_preferences(profile: Path) -> None:
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in PREFERENCES.items()
    ]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
