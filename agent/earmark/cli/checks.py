"""What can be wrong with an installation of Earmark, one check each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.plugins import Plugins
from earmark.settings import DEFAULT_PORT, Home
from earmark.store import raw
from earmark.store.log import Log
from earmark.web.port_owner import owner_of

from .agent_client import AgentClient

LOW_DISK_BYTES = 500 * 1024 * 1024
SILENT_DAYS = 7


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `fix` says what to do; without one it is in order."""

    check: str
    message: str
    fix: str = ""

    @property
    def is_problem(self) -> bool:
        return bool(self.fix)


def check_home(home: Home) -> Iterator[Finding]:
    """The folder is there, and nobody else can read it."""
    if not home.path.is_dir():
        yield Finding("home", f"There is no home folder yet at {home.path}.", "Run: earmark start")
        return
    for path in home.not_private():
        mode = "700" if path.is_dir() else "600"
        yield Finding(
            "home", f"Others on this computer can read {path}.", f"Run: chmod {mode} '{path}'"
        )
    if not home.not_private():
        yield Finding("home", f"{home.path} is yours alone.")


def check_disk(home: Home) -> Iterator[Finding]:
    """There is room for what will be heard."""
    existing = next(path for path in (home.path, *home.path.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    told = f"{free // 1024**2} MB free where the log is kept."
    if free < LOW_DISK_BYTES:
        yield Finding("disk", told, "Make room, or move the folder and name it with EARMARK_HOME.")
    else:
        yield Finding("disk", told)


async def ask_agent(home: Home) -> tuple[Finding, Json]:
    """Whether an agent runs and answers, and what it tells of itself.

    If none runs, the port it would take is looked at.
    """
    running = home.running()
    if running is None:
        return _not_running(home), {}
    try:
        async with AgentClient(home) as agent:
            told = await agent.get("/v1/doctor")
    except EarmarkError as error:
        return Finding("agent", error.message, error.hint or "Start it again: earmark start"), {}
    return Finding("agent", f"It runs (process {running.pid}) on port {running.port}."), told


def _not_running(home: Home) -> Finding:
    if home.is_held():
        return Finding("agent", "Another command of Earmark is at work.", "Wait until it is done.")
    if owner := owner_of(DEFAULT_PORT):
        return Finding(
            "agent",
            f"Earmark is not running, and {owner} holds its port {DEFAULT_PORT}.",
            "Stop that program, or choose another port: earmark start --port 47651",
        )
    return Finding("agent", "Earmark is not running.", "Run: earmark start")


def check_plugins(loaded: Plugins, told: Json) -> Iterator[Finding]:
    """Every plugin can be used, now and by the agent that told of itself."""
    problems = {problem["plugin"]: problem for problem in told.get("plugins", [])}
    problems |= {problem.plugin: asdict(problem) for problem in loaded.problems}
    for name, problem in problems.items():
        yield Finding(
            "plugins",
            f"{name} is left out: {problem['message']}",
            problem.get("hint") or f"Update or remove the plugin “{name}”.",
        )
    if not problems:
        yield Finding("plugins", f"{len(loaded.sources)} plugins are in use.")


def check_browsers(log: Log) -> Iterator[Finding]:
    """A browser is paired, and its extension has been here lately."""
    browsers = log.table("browsers").all()
    if not browsers:
        yield Finding(
            "browsers",
            "No browser is paired.",
            "Run `earmark pair` and type the code in the extension's settings, or: earmark try",
        )
    for browser in browsers:
        yield _seen_lately(browser, datetime.now(UTC))


def _seen_lately(browser: Json, now: datetime) -> Finding:
    name = browser.get("name") or browser["id"]
    last = datetime.fromisoformat(browser["last_seen"])
    if browser["last_seen"] == browser["paired_at"] and now - last > timedelta(hours=1):
        told = f"{name} was paired on {last:%Y-%m-%d} and not seen since."
    elif now - last > timedelta(days=SILENT_DAYS):
        told = f"{name} was last seen on {last:%Y-%m-%d}."
    else:
        return Finding("browsers", f"{name} was last seen on {last:%Y-%m-%d}.")
    return Finding(
        "browsers",
        told,
        "Open that browser and look at Earmark's icon; remove it in the inbox if it is gone.",
    )


def check_understood(log: Log) -> Iterator[Finding]:
    """What was heard was also read."""
    for lost in raw.not_understood(log):
        yield Finding(
            "reading",
            f"{lost['count']} pieces of {lost['host']} were kept but not understood by "
            f"{lost['platform'] or 'any plugin'}, last on {lost['last'][:10]}: {lost['error']}",
            "The site may have changed: update Earmark or the plugin. Nothing is lost.",
        )
