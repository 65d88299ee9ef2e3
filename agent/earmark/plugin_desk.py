"""What plugins there are while the agent runs: found, enabled, switched off, gone."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from . import plugins as installed
from .errors import EarmarkError
from .logs import Fact, note_error
from .model import Json
from .plugins import OURS, Plugins, PluginSource, State, last_written
from .policy import Policies
from .switches import Switches

logger = logging.getLogger(__name__)

LOOK_SECONDS = 20.0


class PluginDesk:
    """Keeps `plugins` as the person, the organisation and the installed packages have it."""

    def __init__(self, plugins: Plugins, switches: Switches, policy: Policies) -> None:
        self.plugins = plugins
        self._switches = switches
        self._policy = policy
        self._seen: object = None
        self._written: dict[PluginSource, int] = {}
        self._looking = threading.Lock()

    def look(self) -> bool:
        """Look for what was installed, saved, removed, chosen or forbidden; whether anything was.

        Blocks while new ones are tried.
        """
        with self._looking:
            sources = installed.discover()
            states = [self._switches.state(source) for source in sources]
            allowed = self._policy.effective().plugins
            seen = (sources, states, allowed)
            if not self._saved_since(sources, states) and seen == self._seen:
                return False
            self.plugins.use(sources, allowed, self._switches.state)
            self._seen = seen
            return True

    def _saved_since(self, sources: Sequence[PluginSource], states: Sequence[State]) -> bool:
        """Have others' plugins whose files were saved since the last look tried anew."""
        used = [each for each, state in zip(sources, states, strict=True) if state == "on"]
        now = {each: last_written(each) for each in used if each.distribution != OURS}
        before, self._written = self._written, now
        saved = [source for source in now if before.get(source, 0) not in (0, now[source])]
        for source in saved:
            self.plugins.try_again(source.name)
        return bool(saved)

    def switch(self, name: str, on: bool) -> Json:
        """Enable a plugin or switch it off, at once; how it stands afterwards.

        Raises EarmarkError for one that is not there (404) or not allowed (403). Blocks.
        """
        source = next((each for each in installed.discover() if each.name == name), None)
        if source is None:
            raise no_such_plugin(name)
        installed.refuse_forbidden(name, self._policy.effective().plugins if on else None)
        self._switches.set(source, "on" if on else "off")
        self.plugins.try_again(name)
        self._seen = None
        self.look()
        return next(row for row in described(self.plugins) if row["name"] == name)


def no_such_plugin(name: str) -> EarmarkError:
    """What is said of a plugin that is not installed here."""
    return EarmarkError(
        f"No plugin “{name}” is installed here.",
        "Look at `earmark plugin list`; install packages beside Earmark.",
        code="no_such_plugin",
        status=404,
    )


@asynccontextmanager
async def watching(desk: PluginDesk) -> AsyncIterator[None]:
    """Look again and again, in the background, while the context lasts."""
    task = asyncio.create_task(_watch(desk))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _watch(desk: PluginDesk) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            if await asyncio.to_thread(desk.look):
                logger.info("The installed plugins changed: %d are there.", len(desk.plugins.found))
        except Exception as error:
            logger.error("Plugins could not be looked for: %s", Fact(note_error(error)))


def described(plugins: Plugins) -> list[Json]:
    """Every plugin that is there, in order of precedence, as every interface shows it.

    `{name, label, kind, version, distribution, state, problem, hint, platforms}`; state: on, off,
    new, left out. Of what is not in use nothing is known but its package.
    """
    return [_described(source, plugins) for source in plugins.found]


def _described(source: PluginSource, plugins: Plugins) -> Json:
    problem = next((each for each in plugins.problems if each.plugin == source.name), None)
    platforms = [
        _platform(entry, plugins.files[source.name])
        for entry in plugins.entries
        if plugins.plugin_of(entry["name"]) == source.name
    ]
    state = plugins.states[source.name]
    used = source in plugins.sources
    return {
        "name": source.name,
        "label": ", ".join(platform["label"] for platform in platforms),
        "kind": ", ".join(_kinds(source.name, plugins, bool(platforms))) if used else "",
        "version": source.version,
        "distribution": source.distribution,
        "state": "left out" if state == "on" and not used else state,
        "problem": problem.message if problem else "",
        "hint": problem.hint if problem else "",
        "platforms": platforms,
    }


def _platform(entry: Json, file: Path) -> Json:
    kept = {key: entry[key] for key in ("name", "label", "level", "built_from")}
    return kept | {"cases": len(cases_beside(file, entry["name"]))}


def cases_beside(file: Path, platform: str) -> list[Path]:
    """The folders of the cases that lie beside a plugin's module, by name."""
    return sorted(about.parent for about in file.parent.glob(f"cases/{platform}/*/page.json"))


def _kinds(name: str, plugins: Plugins, is_platform: bool) -> Iterable[str]:
    """What the plugin does, by the hooks it answers."""
    answered = {
        "platform": is_platform,
        "language": name in dict(plugins.languages),
        "tags": name in plugins.taggers,
        "sentiment": name in plugins.sentiment,
        "listener": name in plugins.listeners,
    }
    return [kind for kind, answers in answered.items() if answers]
