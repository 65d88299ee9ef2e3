"""Which platform reads a page: its address decides, then what the page carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from bs4 import BeautifulSoup

from ..model import Json
from .urls import UrlPattern

EVERY_OTHER_SITE = "webpage"


def choose_platform(entries: Iterable[Json], url: str, markers: Collection[str]) -> Json | None:
    """The plan entry that reads `url`, or None.

    `entries` stand in order of precedence; `markers` names the platforms whose marker the page
    carries. An address that matches outranks every marker; `webpage` takes what is left.
    """
    entries = list(entries)
    named = [entry for entry in entries if entry["name"] != EVERY_OTHER_SITE]
    rest = [entry for entry in entries if entry["name"] == EVERY_OTHER_SITE]
    by_url = (entry for entry in named if _matches(entry, url))
    by_marker = (entry for entry in named if entry.get("markers") and entry["name"] in markers)
    by_default = (entry for entry in rest if _matches(entry, url))
    return next(by_url, None) or next(by_marker, None) or next(by_default, None)


def platform_of(entries: Iterable[Json], page: Json) -> str:
    """The name of the platform that reads a page as received; empty where none does."""
    entry = choose_platform(entries, page["url"], page.get("markers", []))
    return str(entry["name"]) if entry else ""


def markers_of(soup: BeautifulSoup, entries: Iterable[Json]) -> list[str]:
    """The names of the platforms whose marker the page carries."""
    return [
        entry["name"]
        for entry in entries
        if entry.get("markers") and soup.select_one(", ".join(entry["markers"]))
    ]


def _matches(entry: Json, url: str) -> bool:
    return any(_compiled(pattern).matches(url) for pattern in entry.get("matches") or ())


@lru_cache(maxsize=2000)
def _compiled(pattern: str) -> UrlPattern:
    return UrlPattern(pattern)
