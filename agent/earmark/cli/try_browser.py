"""`earmark try`: a throw-away browser with the extension in it, already paired."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import click

from earmark.errors import EarmarkError
from earmark.extension.files import source_folder
from earmark.extension.prepared import match_pattern, prepare_extension
from earmark.settings import Home

from .agent_client import AgentClient
from .browsers.installed import NAMES, Browser, find_browser
from .browsers.trial import BrowserFailed, TrialBrowser
from .homes import with_home
from .local_agent import agent_at
from .signals import stop_signal, until

PAIRING_SECONDS = 60.0
POLL_SECONDS = 0.2
SESSION_NAME = "earmark try"


@click.command("try")
@click.argument("url", required=False)
@click.option("--browser", "name", type=click.Choice(NAMES), help="Default: the first there is.")
@click.option("--headless", is_flag=True, help="For machines without a display: no window.")
@with_home
def try_(home: Home, url: str | None, name: str | None, headless: bool) -> None:
    """Hear a first thread in a browser of its own.

    Opens a browser with an empty, throw-away profile, the extension loaded and already paired,
    on URL (default: a sample thread on this machine), and your inbox beside it. Your own browser
    is not touched. Starts the agent if none is running. What is heard goes into your log.

    \b
    Examples:
      earmark try
      earmark try --browser firefox https://news.ycombinator.com/news
    """
    site = [match_pattern(url)] if url else []
    asyncio.run(_try(home, find_browser(name or ""), url, site, headless=headless))


async def _try(
    home: Home, browser: Browser, url: str | None, site: list[str], *, headless: bool
) -> None:
    stop = stop_signal()
    async with agent_at(home), AgentClient(home) as agent:
        page = url or f"{agent.agent.url}/sample"
        sites = list(dict.fromkeys([*site, match_pattern(agent.agent.url)]))
        with _work_folder(browser) as work:
            await until(stop, _in_browser(agent, browser, work, page, sites, headless=headless))
    click.echo(f"The browser and its profile are gone; what it heard is in {home.path}.")


async def _in_browser(
    agent: AgentClient, browser: Browser, work: Path, page: str, sites: list[str], *, headless: bool
) -> None:
    """One trial, from an empty folder until the browser is closed."""
    paired = ""
    try:
        async with _started(browser, work / "profile", headless=headless) as window:
            paired = await _pair(agent, window, work / "extension", sites)
            inbox, session = await agent.sign_in(SESSION_NAME)
            await window.give_cookie(session)
            await window.open(inbox)
            await window.open(page)
            _explain(browser, page, inbox)
            await window.closed()
    finally:
        await _forget(agent, paired)


async def _forget(agent: AgentClient, paired: str) -> None:
    """Revoke what went with the profile; where the agent went first, nothing is to be done."""
    with contextlib.suppress(EarmarkError):
        if paired:
            await agent.delete(f"/v1/browsers/{paired}")
        for session in (await agent.get("/v1/sessions"))["sessions"]:
            if session["client"] == SESSION_NAME:
                await agent.delete(f"/v1/sessions/{session['id']}")


@contextlib.asynccontextmanager
async def _started(
    browser: Browser, profile: Path, *, headless: bool
) -> AsyncIterator[TrialBrowser]:
    profile.mkdir()
    click.echo(f"Starting {browser.kind.label} with an empty profile …")
    window = await _start(browser, profile, headless=headless)
    try:
        yield window
    finally:
        await window.close()


async def _start(browser: Browser, profile: Path, *, headless: bool) -> TrialBrowser:
    if not browser.kind.takes_extension:
        raise BrowserFailed(
            f"On Windows {browser.kind.label} takes no extension from another program.",
            "Use Firefox: earmark try --browser firefox",
        )
    if browser.kind.engine == "gecko":
        from .browsers.firefox import FirefoxTrial

        return await FirefoxTrial.start(browser, profile, headless=headless)
    from .browsers.chromium import ChromiumTrial

    return await ChromiumTrial.start(browser, profile, headless=headless)


async def _pair(agent: AgentClient, window: TrialBrowser, folder: Path, sites: list[str]) -> str:
    """Load the extension and wait until it has paired; its id as a browser."""
    before = await _browsers(agent)
    code = (await agent.pairing_code())["code"]
    prepare_extension(source_folder(), folder, code, sites)
    await window.load_extension(folder)
    try:
        async with asyncio.timeout(PAIRING_SECONDS):
            while not (new := await _browsers(agent) - before):
                await asyncio.sleep(POLL_SECONDS)
    except TimeoutError as error:
        raise BrowserFailed(
            f"The extension did not report within {PAIRING_SECONDS:.0f} seconds.",
            "See `earmark doctor`; another browser can be tried with --browser.",
        ) from error
    return new.pop()


async def _browsers(agent: AgentClient) -> set[str]:
    return {each["id"] for each in (await agent.get("/v1/browsers"))["browsers"]}


def _explain(browser: Browser, page: str, inbox: str) -> None:
    click.echo(
        f"{browser.kind.label} is open, with the extension loaded and paired. It has two tabs:\n"
        f"  the page   {page}\n"
        "             Earmark's icon in the tool bar says how many comments it heard there.\n"
        f"  the inbox  {inbox}\n"
        "             Each comment arrives there as it is heard.\n"
        "Close the browser, or press Ctrl-C here, to end the trial."
    )


@contextlib.contextmanager
def _work_folder(browser: Browser) -> Iterator[Path]:
    """A private folder, gone afterwards, that the browser is able to read."""
    work = tempfile.TemporaryDirectory(prefix="earmark-try-", dir=browser.work_folder())
    with work as folder:
        yield Path(folder)


COMMANDS = {"try": try_}
