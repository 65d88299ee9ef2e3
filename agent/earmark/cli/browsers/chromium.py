"""Chromium and its relatives, steered over the debugging pipe.

Branded Chrome takes no extension from its command line any more, but every one of them takes it
over the pipe. A pipe also reaches nobody else on this machine, which a debugging port would.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import signal
from pathlib import Path

from earmark.model import Json

from .installed import Browser
from .replies import Replies
from .trial import START_SECONDS, STOP_SECONDS, BrowserFailed, Cookie

FLAGS = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
    "--enable-unsafe-extension-debugging",
)
# Where the browser reads and writes, by its own convention.
BROWSER_READS, BROWSER_WRITES = 3, 4
LARGEST_MESSAGE = 1 << 26


class ChromiumTrial:
    """A Chromium-family browser on its own profile; `await ChromiumTrial.start(…)`."""

    def __init__(self, pid: int, browser_writes: int, browser_reads: int) -> None:
        self.pid = pid
        self._inlet = browser_reads
        self._outlet = browser_writes
        self._replies = Replies(self._send)
        self._empty_tabs: list[str] = []
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, browser: Browser, profile: Path, *, headless: bool) -> ChromiumTrial:
        """Start `browser` on the empty folder `profile`; BrowserFailed if it does not come up."""
        trial = cls(*_spawn(browser.program, _arguments(profile, headless), profile))
        try:
            async with asyncio.timeout(START_SECONDS):
                await trial._find_first_tab()
        except BaseException as error:
            await trial.close()
            if isinstance(error, TimeoutError | BrowserFailed):
                raise BrowserFailed(
                    f"{browser.kind.label} did not start.", _last_words(profile)
                ) from error
            raise
        return trial

    async def load_extension(self, folder: Path) -> None:
        """Have the unpacked extension in `folder` running."""
        await self._replies.ask("Extensions.loadUnpacked", path=str(folder))

    async def give_cookie(self, cookie: Cookie) -> None:
        """Have the browser send `cookie` to its host."""
        given: Json = {
            "domain": cookie.host,
            "name": cookie.name,
            "value": cookie.value,
            "path": "/",
        }
        given |= {"httpOnly": True, "sameSite": "Strict"}
        await self._replies.ask("Storage.setCookies", cookies=[given])

    async def open(self, url: str) -> None:
        """Show `url` in a tab of its own; the empty one of the start goes."""
        await self._replies.ask("Target.createTarget", url=url)
        while self._empty_tabs:
            await self._replies.ask("Target.closeTarget", targetId=self._empty_tabs.pop())

    async def closed(self) -> None:
        """Return when the person has closed the browser."""
        await self._replies.ended.wait()

    async def close(self) -> None:
        """Close it, by force where it does not go."""
        if not self._replies.ended.is_set():
            with contextlib.suppress(BrowserFailed):
                await self._replies.ask("Browser.close")
        await self._leave()
        self._reading.cancel()
        os.close(self._inlet)

    async def _find_first_tab(self) -> None:
        targets = (await self._replies.ask("Target.getTargets"))["targetInfos"]
        self._empty_tabs = [each["targetId"] for each in targets if each["type"] == "page"]

    async def _leave(self) -> None:
        with contextlib.suppress(TimeoutError, ChildProcessError):
            async with asyncio.timeout(STOP_SECONDS):
                while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
                    await asyncio.sleep(0.05)
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.killpg(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    async def _send(self, message: Json) -> None:
        os.write(self._inlet, json.dumps(message).encode("utf-8") + b"\0")

    async def _read(self) -> None:
        reader = asyncio.StreamReader(limit=LARGEST_MESSAGE)
        pipe = os.fdopen(self._outlet, "rb", buffering=0)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        try:
            with contextlib.suppress(asyncio.IncompleteReadError):
                while True:
                    message = await reader.readuntil(b"\0")
                    self._replies.received(json.loads(message[:-1]))
        finally:
            self._replies.end()
            transport.close()


def _arguments(profile: Path, headless: bool) -> list[str]:
    chosen = ["--headless"] if headless else []
    if os.geteuid() == 0:
        chosen.append("--no-sandbox")  # Chromium's own sandbox refuses to start as root
    return [f"--user-data-dir={profile}", *FLAGS, *chosen, "about:blank"]


def _spawn(program: Path, arguments: list[str], profile: Path) -> tuple[int, int, int]:
    """Start it with pipes where it expects them: its pid, the end we read, the end we write."""
    reads, we_write = (_out_of_the_way(end) for end in os.pipe())
    we_read, writes = (_out_of_the_way(end) for end in os.pipe())
    log = _out_of_the_way(os.open(_log_file(profile), os.O_WRONLY | os.O_CREAT, 0o600))
    dup = os.POSIX_SPAWN_DUP2
    try:
        pid = os.posix_spawn(
            program,
            [str(program), *arguments],
            os.environ,
            file_actions=[
                (dup, reads, BROWSER_READS),
                (dup, writes, BROWSER_WRITES),
                (dup, log, 1),
                (dup, log, 2),
            ],
            setpgroup=0,  # Ctrl-C reaches us alone, so that we close it in order
        )
    finally:
        for end in (reads, writes, log):
            os.close(end)
    return pid, we_read, we_write


def _out_of_the_way(descriptor: int) -> int:
    """The same file under a number that collides with none of the browser's."""
    try:
        return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    finally:
        os.close(descriptor)


def _log_file(profile: Path) -> Path:
    return profile / "browser.log"


def _last_words(profile: Path) -> str:
    text = _log_file(profile).read_text(encoding="utf-8", errors="replace")
    return "It said: " + " / ".join(text.strip().splitlines()[-3:]) if text.strip() else ""
