"""`earmark extension`: the extension in the person's own browser, for good."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import click

from earmark.extension.prepared import leave_code, take_code_away
from earmark.extension.unpacked import Place, place_of, unpack
from earmark.model import Json
from earmark.settings import Home

from .agent_client import AgentClient, NotRunning
from .browsers.installed import NAMES, Browser, every_browser, own_browser
from .browsers.steps import steps
from .here import here
from .homes import with_home
from .opener import has_display, open_in_browser
from .signals import stop_signal, until
from .streams import printable

LOOK_SECONDS = 1.0
FRESH = 0.75  # of a code's life: then the next one takes its place


@click.command()
@click.option("--browser", "name", type=click.Choice(NAMES), help="Default: the one you use.")
@click.option("--no-wait", is_flag=True, help="Do not wait until the browser is connected.")
@with_home
def extension(home: Home, name: str | None, no_wait: bool) -> None:
    """Put the extension into the browser you use every day.

    Unpacks it into a folder of your home, says how to load it in your browser, shows the same
    with pictures in the inbox where the agent runs, and waits until the browser is connected.
    Updates of Earmark renew the folder at the same place.

    \b
    Examples:
      earmark extension
      earmark extension --browser firefox
    """
    browser = own_browser(name or "")
    place = place_of(home, browser.work_folder())
    unpack(place, firefox=browser.kind.engine == "gecko")
    _explain(browser, place)
    if no_wait:
        click.echo(f"\nThen connect it with the code that this shows: {here()} pair")
    else:
        asyncio.run(_connect(home, browser, place, asked=bool(name)))


def _explain(browser: Browser, place: Place) -> None:
    others = {each.kind.name for each in every_browser()} - {browser.kind.name}
    for other in sorted(others):
        click.echo(f"For your other browser: {here()} extension --browser {other}")
    if confined := browser.work_folder():
        click.echo(
            f"This {browser.kind.label} can read few folders: the extension is in one of its own,\n"
            f"{confined}."
        )
    click.echo(f"\n{steps(browser, place)}\n")


async def _connect(home: Home, browser: Browser, place: Place, *, asked: bool) -> None:
    stop = stop_signal()
    connecting = Connecting(home, browser, place, asked=asked)
    await until(stop, connecting.done())
    if not connecting.paired:
        click.echo(
            f"\nNot connected yet. The extension stays in {place.extension};\n"
            f"go on at any time with: {here()} extension"
        )


class Connecting:
    """Waits until a browser has paired, with a code ready for it in the extension's folder.

    asked: the browser was named by the person, so pages are opened in it. paired: the name of the
    browser that did.
    """

    def __init__(self, home: Home, browser: Browser, place: Place, *, asked: bool) -> None:
        self.home = home
        self.browser = browser
        self.place = place
        self.paired = ""
        self._asked = asked
        self._shown = False

    async def done(self) -> None:
        """Return when the browser has paired; an agent that is away is waited for."""
        try:
            while not self.paired:
                await self._agent_is_there()
                await self._pair()
        finally:
            take_code_away(self.place.extension)
        if sys.stdout.isatty():
            click.echo()
        click.echo(f"paired: {printable(self.paired)}; press Earmark's icon on a site to hear it.")

    async def _agent_is_there(self) -> None:
        if self.home.running() is None:
            click.echo(
                f"Earmark is not running. In another terminal: {here()} start\n"
                "This goes on as soon as it does."
            )
        while self.home.running() is None:
            await asyncio.sleep(LOOK_SECONDS)

    async def _pair(self) -> None:
        try:
            async with AgentClient(self.home) as agent:
                known = await _browsers(agent)
                await self._show_pictures(agent)
                self.paired = await self._new_browser(agent, known)
        except NotRunning:
            click.echo("The agent has stopped.")

    async def _show_pictures(self, agent: AgentClient) -> None:
        """Open the page of the inbox that shows the same, once."""
        if self._shown:
            return
        self._shown = True
        link = await agent.sign_in_link(f"/setup/extension?browser={self.browser.kind.name}")
        opened = has_display() and await asyncio.to_thread(self._open, link)
        if not opened:
            click.echo(f"The same with pictures, within a minute, at:\n  {link}")

    def _open(self, link: str) -> bool:
        if not self._asked:
            return open_in_browser(link)
        return _open_with(self.browser, link)

    async def _new_browser(self, agent: AgentClient, known: dict[str, str]) -> str:
        """The name of the first browser that pairs from now on."""
        renew = 0.0
        while True:
            if time.monotonic() >= renew or not self.place.prepared.exists():
                code = await agent.pairing_code()
                leave_code(self.place.extension, code["code"])
                renew = time.monotonic() + FRESH * float(code["expires_in"])
                self._say_code(code["code"])
            await asyncio.sleep(LOOK_SECONDS)
            now = await _browsers(agent)
            if new := sorted(now.keys() - known.keys()):
                return now[new[0]]

    def _say_code(self, code: str) -> None:
        told = f"Waiting for {self.browser.kind.label} … Pairing code, if it asks: {code}"
        if sys.stdout.isatty():
            click.echo(f"\r{told} ", nl=False)  # the next code takes this one's place
        else:
            click.echo(told)


async def _browsers(agent: AgentClient) -> dict[str, str]:
    """The names of the paired browsers, by who they are and when they paired."""
    found: list[Json] = (await agent.get("/v1/browsers"))["browsers"]
    return {f"{each['paired_at']} {each['id']}": each.get("name") or each["id"] for each in found}


def _open_with(browser: Browser, link: str) -> bool:
    """Open the page in this very browser; False where that is not to be had."""
    command = [str(browser.program), link]
    if sys.platform == "darwin":
        command = ["open", "-a", browser.kind.mac, link]
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


COMMANDS = {"extension": extension}
