"""The questions asked of plugins, in the order they are asked.

Each plugin is called alone and blamed by name; docs/plugins.md has an example of each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pluggy

from .model import Json, Sentiment, Tag, WordFeeling
from .platform import Platform

hookspec = pluggy.HookspecMarker("earmark")
hookimpl = pluggy.HookimplMarker("earmark")


@hookspec
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    """Name the platforms this plugin reads; called once, when the plugin is loaded."""


@hookspec
def register_languages(register: Callable[[str, float], None]) -> None:
    """Name this plugin's language detector and its weight in the vote; called once at loading."""


@hookspec
def detect_languages(texts: list[str], hints: list[Json]) -> list[dict[str, float]]:  # type: ignore[empty-body]
    """Probabilities by BCP 47 tag, one mapping a text (empty: no opinion); called per batch."""


@hookspec
def find_second_languages(texts: list[str], tags: list[str]) -> list[dict[str, float]]:  # type: ignore[empty-body]
    """What share of each text's letters is not in the language that its tag names; per batch."""


@hookspec
def suggest_tags(items: list[Json]) -> list[list[Tag]]:  # type: ignore[empty-body]
    """Tags for each item, each with its reason; called per batch, after language."""


@hookspec
def judge_sentiment(  # type: ignore[empty-body]
    items: list[Json], words: tuple[WordFeeling, ...]
) -> list[Sentiment | None]:
    """The feeling of each item, None for no opinion; called per batch, after tags.

    `words` are those of which a person said what they feel like; a hook without it is asked, too.
    """


@hookspec
def item_stored(item: Json, change: str) -> None:
    """Look at an item after its commit; `change` is `new`, `edited`, `updated` or `seen`."""


@hookspec
def register_exporters(register: Callable[[str, Callable[..., Any]], None]) -> None:
    """Name formats for `earmark export`; an exporter takes items and a text stream."""


@hookspec
def register_commands(cli: Any) -> None:
    """Add commands to `earmark`; called once with the click group, before arguments are read."""


def registering(*platforms: type[Platform]) -> Callable[[Callable[[type[Platform]], None]], None]:
    """The hook of a plugin that has these platforms: `register_platforms = registering(Mine)`."""

    @hookimpl
    def register_platforms(register: Callable[[type[Platform]], None]) -> None:
        for platform in platforms:
            register(platform)

    return register_platforms
