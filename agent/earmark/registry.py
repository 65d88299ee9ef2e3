"""The plugins of one process: imported when first asked for, each alone, and blamed by name.

Worker processes live by this; the main process uses it for the few hooks that must run there.
"""

from __future__ import annotations

import ctypes
import difflib
import importlib.metadata
import json
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import pluggy

from . import hookspecs
from .errors import EarmarkError, PluginRaised
from .platform import Platform

GROUP = "earmark"


@dataclass(frozen=True)
class PluginSource:
    """Where a plugin comes from: its entry point's name and value, and who installed it."""

    name: str
    module: str
    distribution: str = ""
    version: str = ""


@dataclass(frozen=True)
class Roster:
    """The plugins a process may import, and what each is there for, by source name.

    `platforms` maps a platform's name to its plugin; `languages` holds (plugin, weight).
    """

    sources: list[PluginSource] = field(default_factory=list)
    platforms: dict[str, str] = field(default_factory=dict)
    languages: list[tuple[str, float]] = field(default_factory=list)
    taggers: list[str] = field(default_factory=list)
    sentiment: list[str] = field(default_factory=list)

    def to_json(self) -> str:
        """The roster as it crosses to a worker."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Roster:
        """The inverse of `to_json`."""
        data = json.loads(text)
        data["sources"] = [PluginSource(**source) for source in data["sources"]]
        data["languages"] = [(plugin, weight) for plugin, weight in data["languages"]]
        return cls(**data)


class LoadedPlugin:
    """One imported plugin with a plugin manager of its own, so that nobody else is called with it.

    Raises EarmarkError when a hook is misspelt or not marked, and whatever its import raises.
    """

    def __init__(self, source: PluginSource) -> None:
        self.source = source
        module = importlib.metadata.EntryPoint(source.name, source.module, GROUP).load()
        self.file = str(getattr(module, "__file__", None) or "")
        self._manager = pluggy.PluginManager(GROUP)
        self._manager.add_hookspecs(hookspecs)
        known = {name for name in vars(self._manager.hook) if not name.startswith("_")}
        try:
            self._manager.register(module, source.name)
            self._manager.check_pending()
        except pluggy.PluginValidationError as error:
            raise _bad_hook(str(error), known) from error
        called = self._manager.get_hookcallers(module) or []
        self.hooks = {caller.name for caller in called}
        _refuse_unmarked(module, known - self.hooks)
        if not self.hooks:
            raise EarmarkError(
                "It answers no hook.", "Put @hookimpl before each function that Earmark shall call."
            )
        self.platforms = self._registered_platforms()

    def ask(self, hook: str, **arguments: Any) -> Any:
        """The answer to `hook`; None without one."""
        answers = getattr(self._manager.hook, hook)(**arguments)
        return answers[0] if answers else None

    def _registered_platforms(self) -> list[type[Platform]]:
        registered: list[type[Platform]] = []
        self.ask("register_platforms", register=registered.append)
        for platform in registered:
            if not (isinstance(platform, type) and issubclass(platform, Platform)):
                raise EarmarkError(
                    f"It registers {platform!r}, which is no class derived from Platform.",
                    "Call register(YourPlatform) with the class itself.",
                )
        return registered


class Registry:
    """The plugins on a roster, each imported when it is first asked for.

    A plugin that fails to import raises PluginRaised with its name.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._sources = {source.name: source for source in roster.sources}
        self._loaded: dict[str, LoadedPlugin] = {}
        self._platforms: dict[str, Platform] = {}

    def plugin(self, name: str) -> LoadedPlugin:
        """The plugin with that entry-point name."""
        if name not in self._loaded:
            with asking(name):
                self._loaded[name] = LoadedPlugin(self._sources[name])
        return self._loaded[name]

    def platform(self, name: str) -> Platform:
        """The one instance of the platform with that name in this process."""
        if name not in self._platforms:
            owner = self.roster.platforms.get(name)
            if owner is None:
                raise EarmarkError(
                    f"No plugin reads the platform “{name}”.",
                    "Look at `earmark plugin list`.",
                    code="no_such_platform",
                    status=404,
                )
            classes = {cls.name: cls for cls in self.plugin(owner).platforms}
            with asking(owner):
                self._platforms[name] = classes[name]()
        return self._platforms[name]


_registry = Registry(Roster())
# The plugin being asked; workers share theirs with the main process, which reads it after a death.
_asked: Any = ctypes.create_string_buffer(200)
_answered: set[str] = set()


def registry() -> Registry:
    """The plugins of this process."""
    return _registry


def use_roster(roster: Roster) -> None:
    """Make `roster` the plugins of this process."""
    global _registry
    _registry = Registry(roster)


def share_asked(buffer: Any) -> None:
    """Write the name of the plugin being asked into `buffer` (200 bytes, shared) from now on."""
    global _asked
    _asked = buffer


def answered() -> list[str]:
    """The plugins that answered without failing since this was last called."""
    names = sorted(_answered)
    _answered.clear()
    return names


@contextmanager
def asking(plugin: str) -> Iterator[None]:
    """Blame `plugin` for what happens inside: its exceptions, and its hanging or dying.

    EarmarkErrors pass; any other exception becomes PluginRaised.
    """
    before = _asked.value
    _asked.value = plugin.encode()[:199]
    try:
        yield
        _answered.add(plugin)
    except EarmarkError:
        raise
    except BaseException as error:
        raise PluginRaised(plugin, f"The plugin “{plugin}” raised {describe(error)}") from error
    finally:
        _asked.value = before


def describe(error: BaseException) -> str:
    """An exception in one line of at most 300 characters, with the place it was raised at."""
    words = traceback.format_exception_only(error)[-1].split()
    text = "".join(sign if sign.isprintable() else " " for sign in " ".join(words))[:300]
    if isinstance(error, SyntaxError) and error.filename:  # the frames are those of the import
        return f"{text} ({error.filename}, line {error.lineno})"
    frames = traceback.extract_tb(error.__traceback__)
    return f"{text} ({frames[-1].filename}, line {frames[-1].lineno})" if frames else text


def _bad_hook(message: str, known: Iterable[str]) -> EarmarkError:
    name = message.split("'")[1] if "unknown hook" in message else ""
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"Did you mean {near[0]}?" if near else "docs/plugins.md lists the hooks and arguments."
    told = f"“{name}” is no hook of Earmark." if name else " ".join(message.split())
    return EarmarkError(told, hint)


def _refuse_unmarked(module: Any, unanswered: set[str]) -> None:
    for name in sorted(unanswered):
        if callable(getattr(module, name, None)):
            raise EarmarkError(
                f"{name} is not marked as a hook, so it would never be called.",
                "Put @hookimpl before it.",
            )
