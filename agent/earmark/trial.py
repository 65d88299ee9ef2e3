"""Tries one plugin: what it registers, all of its declarations checked; for a worker process."""

from __future__ import annotations

import re
from typing import get_args
from zoneinfo import ZoneInfo

from .errors import EarmarkError
from .model import Json
from .parse.selectors import check_selector, split_outline
from .parse.urls import UrlPattern
from .platform import Level, Platform
from .registry import LoadedPlugin, PluginSource

EVERY_OTHER_SITE = "webpage"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_SELECTORS = ("markers", "items", "context", "fallback", "empty")
_PATTERNS = ("matches", "responses", "messages")


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
    registered: Json = {"platforms": platforms, "languages": languages}
    return registered | {"hooks": sorted(plugin.hooks), "file": plugin.file}


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
