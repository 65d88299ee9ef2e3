"""Finds plugins and tries each by itself; a broken one is named and left out, the rest go on.

Which of them are used may change while Earmark runs: `Plugins.use` puts another set in place of
the one before, in one step.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.util
import json
import logging
import site
import sys
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from .errors import EarmarkError
from .model import Json
from .registry import GROUP, LoadedPlugin, PluginSource, Roster, asking
from .trial import EVERY_OTHER_SITE, plan_entry, try_plugin
from .workers import PluginWorkers

__all__ = ["PluginProblem", "PluginSource", "Plugins", "discover", "load", "plan_entry"]

logger = logging.getLogger(__name__)

TRIAL_SECONDS = 20.0
OURS = "earmark"
MAIN_PROCESS_HOOKS = {"item_stored", "register_exporters", "register_commands"}
# on: in use, if it can be; off: switched off; new: nobody said yet, and nothing of it was run.
State = Literal["on", "off", "new"]


@dataclass(frozen=True)
class PluginProblem:
    """What is wrong with a plugin, and what to do about it."""

    plugin: str
    message: str
    hint: str = ""


def discover(
    only: Iterable[str] | None = None, extra: Iterable[PluginSource] = ()
) -> list[PluginSource]:
    """The installed plugins in order of precedence: `extra`, other packages', then ours.

    `only` keeps those names. Two packages that use one name both stay, the later under
    `name (package)`.
    """
    points = importlib.metadata.entry_points(group=GROUP)
    found = dict.fromkeys(
        PluginSource(point.name, point.value, *_distribution(point)) for point in points
    )
    ordered = sorted(found, key=lambda s: (s.distribution == OURS, s.distribution, s.name))
    named: dict[str, PluginSource] = {}
    for source in [*extra, *ordered]:
        name = source.name
        if name in named:
            name = f"{name} ({source.distribution})"
        named[name] = PluginSource(name, source.module, source.distribution, source.version)
    wanted = None if only is None else set(only)
    return [s for s in named.values() if wanted is None or s.name in wanted]


def load(
    sources: Iterable[PluginSource],
    workers: PluginWorkers,
    allowed: Collection[str] | None = None,
    wanted: Callable[[PluginSource], State] = lambda _: "on",
) -> Plugins:
    """Try each of `sources` in a worker process, and let `workers` use those that are good.

    allowed: the names an organisation allows, None for all; nothing of the others is run, nor of
    what is not wanted. Blocks until all were tried. Nothing a plugin does makes this fail: see
    `Plugins.problems`.
    """
    plugins = Plugins(workers)
    plugins.use(sources, allowed, wanted)
    return plugins


class InUse:
    """One set of plugins that passed their trial, in order of precedence."""

    def __init__(self) -> None:
        self.sources: list[PluginSource] = []
        self.languages: list[tuple[str, float]] = []
        self.taggers: list[str] = []
        self.sentiment: list[str] = []
        self.listeners: list[str] = []
        self.exporters: dict[str, Callable[..., Any]] = {}
        self.owners: dict[str, str] = {}
        self.files: dict[str, Path] = {}
        self.here: dict[str, LoadedPlugin] = {}
        self._entries: list[Json] = []

    @cached_property
    def entries(self) -> list[Json]:
        return sorted(self._entries, key=lambda entry: entry["name"] == EVERY_OTHER_SITE)

    @cached_property
    def plan(self) -> Json:
        text = json.dumps(self.entries, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return {"plan": digest[:16], "api": 1, "platforms": self.entries}

    def add(self, source: PluginSource, tried: Json, here: LoadedPlugin | None) -> None:
        """Take in a plugin; `here` is it where the main process asks it as well."""
        self.sources.append(source)
        self.files[source.name] = Path(tried["file"])
        package = source.distribution or source.name
        told = {} if package == OURS else {"package": package}  # a person is asked for its sites
        self._entries += [entry | told for entry in tried["platforms"]]
        self.owners |= {entry["name"]: source.name for entry in tried["platforms"]}
        self.languages += [(source.name, weight) for _, weight in tried["languages"]]
        if "suggest_tags" in tried["hooks"]:
            self.taggers.append(source.name)
        if "judge_sentiment" in tried["hooks"]:
            self.sentiment.append(source.name)
        if here:
            self.here[source.name] = here
            if "item_stored" in here.hooks:
                self.listeners.append(source.name)

    def refuse_double(self, tried: Json) -> None:
        """Raise EarmarkError where a platform of this plugin is read by another already."""
        for name in (entry["name"] for entry in tried["platforms"]):
            if name in self.owners:
                raise EarmarkError(
                    f"The platform “{name}” is already read by “{self.owners[name]}”.",
                    "Give the platform another name, or remove one of the two plugins.",
                )


class Plugins:
    """The plugins that are used now, and what is wrong with the others.

    `found` are all that are there, used or not; `states` says of each what is wanted of it.
    """

    def __init__(self, workers: PluginWorkers) -> None:
        self.found: list[PluginSource] = []
        self.states: dict[str, State] = {}
        self._workers = workers
        self._now = InUse()
        self._tried: dict[PluginSource, Json | EarmarkError] = {}
        self._imported: dict[PluginSource, LoadedPlugin] = {}
        self._left_out: dict[str, PluginProblem] = {}
        self._blamed: dict[str, PluginProblem] = {}
        self._telling = threading.Lock()
        self._using = threading.Lock()

    @property
    def sources(self) -> list[PluginSource]:
        return self._now.sources

    @property
    def languages(self) -> list[tuple[str, float]]:
        """The detectors, as (plugin, weight)."""
        return self._now.languages

    @property
    def taggers(self) -> list[str]:
        return self._now.taggers

    @property
    def sentiment(self) -> list[str]:
        return self._now.sentiment

    @property
    def listeners(self) -> list[str]:
        return self._now.listeners

    @property
    def exporters(self) -> dict[str, Callable[..., Any]]:
        return self._now.exporters

    @property
    def files(self) -> dict[str, Path]:
        """Where the module of each plugin in use lies."""
        return self._now.files

    @property
    def entries(self) -> list[Json]:
        """The platforms as entries of the capture plan, in order of precedence."""
        return self._now.entries

    @property
    def problems(self) -> list[PluginProblem]:
        """What is wrong, with plugins that rest for now included."""
        resting = {
            name: PluginProblem(name, error.message, error.hint)
            for name, error in self._workers.resting.now().items()
        }
        return list((self._left_out | self._blamed | resting).values())

    @property
    def roster(self) -> Roster:
        """What the worker processes need to know of all this."""
        now = self._now
        return Roster(now.sources, now.owners, now.languages, now.taggers, now.sentiment)

    def plugin_of(self, platform: str) -> str:
        """The name of the plugin that registered `platform`; `platform` itself when none did."""
        return self._now.owners.get(platform, platform)

    def reader_of(self, platform: str) -> Json:
        """`{plugin, version}` of what reads the platform now; empty where nothing does."""
        plugin = self._now.owners.get(platform)
        versions = {source.name: source.version for source in self._now.sources}
        return {"plugin": plugin, "version": versions[plugin]} if plugin else {}

    def plan(self) -> Json:
        """The capture plan, as `GET /v1/plan` answers it."""
        return self._now.plan

    # -- what is used ------------------------------------------------------------------------

    def use(
        self,
        sources: Iterable[PluginSource],
        allowed: Collection[str] | None = None,
        wanted: Callable[[PluginSource], State] = lambda _: "on",
    ) -> None:
        """Use these instead of those before; parameters as for `load`. Blocks while it tries."""
        with self._using:
            found = list(sources)
            states = {source.name: wanted(source) for source in found}
            on = [source for source in found if states[source.name] == "on"]
            self._forget({*self._tried} - {*on})
            self._make_importable(source for source in on if source not in self._tried)
            now, left_out = InUse(), dict[str, PluginProblem]()
            for source in on:
                try:
                    refuse_forbidden(source.name, allowed)
                    self._add(now, source)
                except EarmarkError as error:
                    left_out[source.name] = _problem(source.name, error)
            self.found, self.states = found, states
            self._now, self._left_out = now, left_out
            self._workers.use(self.roster)

    def try_again(self, name: str) -> None:
        """Have the plugin of that name tried as if it was new, when next it is used."""
        with self._using:
            self._forget({source for source in self._tried if source.name == name})

    def _make_importable(self, fresh: Iterable[PluginSource]) -> None:
        """Have what came since the start found, here and in worker processes, by starting anew."""
        others = [source for source in fresh if source.distribution not in ("", OURS)]
        for source in others:
            make_importable(source)
        if others and self._tried:
            self._workers.renew()

    def _forget(self, sources: Collection[PluginSource]) -> None:
        """Forget what is used no more; worker processes that know it end after their work."""
        for source in sources:
            self._tried.pop(source)
            self._blamed.pop(source.name, None)
            if self._imported.pop(source, None):
                _forget_modules(source)
        if sources:
            self._workers.renew()

    def _add(self, now: InUse, source: PluginSource) -> None:
        tried = self._trial(source)
        now.refuse_double(tried)
        here = self._import_here(source) if MAIN_PROCESS_HOOKS & {*tried["hooks"]} else None
        now.add(source, tried, here)
        if here:
            with asking(source.name):
                here.ask("register_exporters", register=now.exporters.setdefault)

    def _trial(self, source: PluginSource) -> Json:
        if source not in self._tried:
            self._tried[source] = self._tried_now(source)
        tried = self._tried[source]
        if isinstance(tried, EarmarkError):
            raise tried
        return tried

    def _tried_now(self, source: PluginSource) -> Json | EarmarkError:
        try:
            tried: Json = self._workers.call_sync(
                try_plugin, asdict(source), timeout=TRIAL_SECONDS, plugin=source.name
            )
        except EarmarkError as error:
            logger.warning("plugin %s: %s", source.name, error.message)
            return error
        return tried

    def _import_here(self, source: PluginSource) -> LoadedPlugin:
        if source not in self._imported:
            with asking(source.name):
                self._imported[source] = LoadedPlugin(source)
        return self._imported[source]

    # -- what they are asked in this process -----------------------------------------------------

    def blame(self, plugin: str, error: EarmarkError) -> None:
        """Note what went wrong with `plugin`, the latest only."""
        logger.warning("plugin %s: %s", plugin, error.message)
        self._blamed[plugin] = _problem(plugin, error)

    def tell(self, item: Json, change: str) -> None:
        """Ask every `item_stored` hook, each with a copy; `problems` names one that raises."""
        text = json.dumps(item)
        with self._telling:
            now = self._now
            for name in now.listeners:
                self._ask(now.here[name], "item_stored", item=json.loads(text), change=change)

    def add_commands(self, cli: Any) -> None:
        """Let plugins add their commands to the click group `cli`."""
        for plugin in self._now.here.values():
            self._ask(plugin, "register_commands", cli=cli)

    def _ask(self, plugin: LoadedPlugin, hook: str, **arguments: Any) -> None:
        name = plugin.source.name
        try:
            with asking(name):
                plugin.ask(hook, **arguments)
        except EarmarkError as error:
            self.blame(name, error)


def make_importable(source: PluginSource) -> None:
    """Have this process find a package that was installed since it started.

    An editable install names its folder in a `.pth` file, which Python reads only when it starts.
    """
    importlib.invalidate_caches()
    try:
        files = importlib.metadata.files(source.distribution) or ()
    except importlib.metadata.PackageNotFoundError:
        return  # removed since it was found: trying it will say so
    for file in files:
        if file.suffix == ".pth" and len(file.parts) == 1:
            path = Path(str(file.locate()))
            site.addpackage(str(path.parent), path.name, None)


def last_written(source: PluginSource) -> int:
    """When the newest file of its module or package was written, in ns; 0 where none is found.

    Nothing of it is run.
    """
    found = importlib.util.find_spec(_top(source))
    if found is None or not found.origin:
        return 0
    file = Path(found.origin)
    files = file.parent.rglob("*.py") if found.submodule_search_locations else [file]
    try:
        return max((each.stat().st_mtime_ns for each in files), default=0)
    except OSError:  # an editor replaces a file by taking it away first
        return 0


def _top(source: PluginSource) -> str:
    return source.module.partition(":")[0].partition(".")[0]


def _forget_modules(source: PluginSource) -> None:
    top = _top(source)
    for name in [name for name in sys.modules if name == top or name.startswith(f"{top}.")]:
        del sys.modules[name]


def _problem(plugin: str, error: EarmarkError) -> PluginProblem:
    return PluginProblem(plugin, error.message, error.hint)


def refuse_forbidden(plugin: str, allowed: Collection[str] | None) -> None:
    """Raise EarmarkError where an organisation allows other plugins only."""
    if allowed is not None and plugin not in allowed:
        raise EarmarkError(
            "Your organisation does not allow this plugin.",
            "Ask whoever looks after this computer, or remove the plugin.",
            code="plugin_not_allowed",
            status=403,
        )


def _distribution(point: importlib.metadata.EntryPoint) -> tuple[str, str]:
    found = point.dist
    return (found.name, found.version) if found else ("", "")
