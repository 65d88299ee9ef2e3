"""Finds plugins and tries each by itself; a broken one is named and left out, the rest go on."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
import re
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, get_args
from zoneinfo import ZoneInfo

from .errors import EarmarkError
from .model import Json
from .parse.selectors import check_selector, split_outline
from .parse.urls import UrlPattern
from .platform import Level, Platform
from .registry import GROUP, LoadedPlugin, PluginSource, Roster, asking
from .workers import PluginWorkers

__all__ = ["PluginProblem", "PluginSource", "Plugins", "discover", "load"]

logger = logging.getLogger(__name__)

TRIAL_SECONDS = 20.0
OURS = "earmark"
EVERY_OTHER_SITE = "webpage"
MAIN_PROCESS_HOOKS = {"item_stored", "register_exporters", "register_commands"}
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_SELECTORS = ("markers", "items", "context", "fallback", "empty")
_PATTERNS = ("matches", "responses", "messages")


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
) -> Plugins:
    """Try each of `sources` in a worker process, and let `workers` use those that are good.

    allowed: the names an organisation allows, None for all; nothing of the others is run.
    Blocks until all were tried. Nothing a plugin does makes this fail: see `Plugins.problems`.
    """
    plugins = Plugins(workers)
    for source in sources:
        try:
            _refuse_forbidden(source.name, allowed)
            tried = workers.call_sync(
                try_plugin, asdict(source), timeout=TRIAL_SECONDS, plugin=source.name
            )
            plugins.add(source, tried)
        except EarmarkError as error:
            plugins.blame(source.name, error)
    workers.use(plugins.roster)
    return plugins


class Plugins:
    """The plugins that passed their trial, and what is wrong with the others."""

    def __init__(self, workers: PluginWorkers) -> None:
        self.sources: list[PluginSource] = []
        self.languages: list[tuple[str, float]] = []
        self.taggers: list[str] = []
        self.sentiment: list[str] = []
        self.listeners: list[str] = []
        self.exporters: dict[str, Callable[..., Any]] = {}
        self._workers = workers
        self._owners: dict[str, str] = {}
        self._entries: list[Json] = []
        self._here: dict[str, LoadedPlugin] = {}
        self._problems: dict[str, PluginProblem] = {}
        self._telling = threading.Lock()

    @property
    def entries(self) -> list[Json]:
        """The platforms as entries of the capture plan, in order of precedence."""
        return sorted(self._entries, key=lambda entry: entry["name"] == EVERY_OTHER_SITE)

    @property
    def problems(self) -> list[PluginProblem]:
        """What is wrong, with plugins that rest for now included."""
        resting = {
            name: PluginProblem(name, error.message, error.hint)
            for name, error in self._workers.resting.now().items()
        }
        return list((self._problems | resting).values())

    @property
    def roster(self) -> Roster:
        """What the worker processes need to know of all this."""
        return Roster(self.sources, self._owners, self.languages, self.taggers, self.sentiment)

    def plugin_of(self, platform: str) -> str:
        """The name of the plugin that registered `platform`; `platform` itself when none did."""
        return self._owners.get(platform, platform)

    def reader_of(self, platform: str) -> Json:
        """`{plugin, version}` of what reads the platform now; empty where nothing does."""
        plugin = self._owners.get(platform)
        versions = {source.name: source.version for source in self.sources}
        return {"plugin": plugin, "version": versions[plugin]} if plugin else {}

    def plan(self) -> Json:
        """The capture plan, as `GET /v1/plan` answers it."""
        return self._plan

    @cached_property
    def _plan(self) -> Json:
        text = json.dumps(self.entries, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return {"plan": digest[:16], "api": 1, "platforms": self.entries}

    def add(self, source: PluginSource, tried: Json) -> None:
        """Take in a plugin that passed its trial. Raises EarmarkError when it clashes."""
        for entry in tried["platforms"]:
            self._refuse_double(entry["name"])
        if MAIN_PROCESS_HOOKS & set(tried["hooks"]):
            self._import_here(source)
        self.sources.append(source)
        self._entries += tried["platforms"]
        self._owners |= {entry["name"]: source.name for entry in tried["platforms"]}
        self.languages += [(source.name, weight) for _, weight in tried["languages"]]
        if "suggest_tags" in tried["hooks"]:
            self.taggers.append(source.name)
        if "judge_sentiment" in tried["hooks"]:
            self.sentiment.append(source.name)

    def blame(self, plugin: str, error: EarmarkError) -> None:
        """Note what went wrong with `plugin`, the latest only."""
        logger.warning("plugin %s: %s", plugin, error.message)
        self._problems[plugin] = PluginProblem(plugin, error.message, error.hint)

    def tell(self, item: Json, change: str) -> None:
        """Ask every `item_stored` hook, each with a copy; `problems` names one that raises."""
        text = json.dumps(item)
        with self._telling:
            for name in self.listeners:
                self._ask_here(name, "item_stored", item=json.loads(text), change=change)

    def add_commands(self, cli: Any) -> None:
        """Let plugins add their commands to the click group `cli`."""
        for name in self._here:
            self._ask_here(name, "register_commands", cli=cli)

    def _import_here(self, source: PluginSource) -> None:
        with asking(source.name):
            plugin = LoadedPlugin(source)
        self._here[source.name] = plugin
        if "item_stored" in plugin.hooks:
            self.listeners.append(source.name)
        self._ask_here(source.name, "register_exporters", register=self.exporters.setdefault)

    def _ask_here(self, name: str, hook: str, **arguments: Any) -> None:
        try:
            with asking(name):
                self._here[name].ask(hook, **arguments)
        except EarmarkError as error:
            self.blame(name, error)

    def _refuse_double(self, platform: str) -> None:
        if platform in self._owners:
            raise EarmarkError(
                f"The platform “{platform}” is already read by “{self._owners[platform]}”.",
                "Give the platform another name, or remove one of the two plugins.",
            )


def _refuse_forbidden(plugin: str, allowed: Collection[str] | None) -> None:
    if allowed is not None and plugin not in allowed:
        raise EarmarkError(
            "Your organisation does not allow this plugin.",
            "Ask whoever looks after this computer, or remove the plugin.",
            code="plugin_not_allowed",
        )


def try_plugin(source: Json) -> Json:
    """Import one plugin and describe what it registers; runs in a worker process.

    Raises EarmarkError that says what is wrong with its declarations.
    """
    plugin = LoadedPlugin(PluginSource(**source))
    languages: list[tuple[str, float]] = []
    plugin.ask("register_languages", register=lambda name, weight: languages.append((name, weight)))
    for name, weight in languages:
        _check_weight(name, weight, plugin.hooks)
    platforms = [plan_entry(platform) for platform in plugin.platforms]
    return {"hooks": sorted(plugin.hooks), "platforms": platforms, "languages": languages}


def _check_weight(name: str, weight: float, hooks: set[str]) -> None:
    if not (isinstance(weight, int | float) and 0 < weight <= 10):
        raise EarmarkError(f"The detector “{name}” has the weight {weight!r}.", "Use 0 to 10.")
    if "detect_languages" not in hooks:
        raise EarmarkError(
            f"It registers the detector “{name}” but cannot detect.", "Add detect_languages."
        )


def plan_entry(platform: type[Platform]) -> Json:
    """The capture plan's entry for one platform, all of it checked."""
    if not isinstance(platform.name, str) or not _NAME.fullmatch(platform.name):
        raise EarmarkError(
            f"{platform.__name__} has the name {platform.name!r}.",
            "Set name to lower-case letters, digits, - or _, beginning with a letter.",
        )
    platform()  # an abstract method left out is better told now
    entry: Json = {"name": platform.name, "label": platform.label or platform.name}
    entry |= {key: _strings(platform, key) for key in (*_SELECTORS, *_PATTERNS)} | {
        "outline": platform.outline
    }
    entry |= {"level": _level(platform), "built_from": str(platform.built_from)}
    _check_addresses(platform, entry)
    for selector in (css for key in _SELECTORS for css in entry[key]):
        check_selector(selector)
    if platform.outline:
        check_selector(split_outline(platform.outline)[0])
    if platform.site_time_zone:
        ZoneInfo(platform.site_time_zone)
    return entry


def _level(platform: type[Platform]) -> str:
    if platform.level not in get_args(Level):
        raise EarmarkError(
            f"{platform.__name__} has the level {platform.level!r}.",
            f"Say what it was built from: {', '.join(get_args(Level))}.",
        )
    return platform.level


def _strings(platform: type[Platform], key: str) -> list[str]:
    value = getattr(platform, key)
    if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
        raise EarmarkError(f"{platform.__name__}.{key} is {value!r}.", "Make it a list of strings.")
    return list(value)


def _check_addresses(platform: type[Platform], entry: Json) -> None:
    for pattern in (each for key in _PATTERNS for each in entry[key]):
        UrlPattern(pattern)
    if not entry["matches"] and not entry["markers"] and platform.name != EVERY_OTHER_SITE:
        raise EarmarkError(
            f"{platform.__name__} has neither matches nor markers, so no page would be its own.",
            "Give URL match patterns, or CSS that only its pages match.",
        )


def _distribution(point: importlib.metadata.EntryPoint) -> tuple[str, str]:
    found = point.dist
    return (found.name, found.version) if found else ("", "")
