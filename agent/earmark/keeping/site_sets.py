"""Sets of sites to choose from in one go, and how well each is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ..model import Json
from .sites import covers

FILE = Path(__file__).with_name("site_sets.json")
EVERY_OTHER_SITE = "webpage"
READ_BY_PLUGIN, UNVERIFIED, AS_PAGE_TELLS = "plugin", "unverified", "as_page_tells"
_HOST = re.compile(r"[a-z*]+://(?P<host>(?:\*\.)?[^*/:]+)")


def sets_for(entries: Iterable[Json]) -> list[Json]:
    """The sets, `[{name, sites: [{site, label, read}]}]`.

    `entries` are those of the capture plan. `read` is `plugin` where a platform's addresses lie on
    the site, `unverified` where that platform was built without a page of the site, else
    `as_page_tells`: then only what the page marks up itself is heard.
    """
    hosts = hosts_of(entries)
    return [
        {"name": each["name"], "sites": [site | read_by(site, hosts) for site in each["sites"]]}
        for each in site_sets()
    ]


def label_of(site: str) -> str:
    """The name of a site in the sets; empty for any other."""
    return _labels().get(site, "")


@cache
def site_sets() -> tuple[Json, ...]:
    """The sets as the file has them."""
    return tuple(json.loads(FILE.read_text(encoding="utf-8")))


@cache
def _labels() -> dict[str, str]:
    return {site["site"]: site["label"] for each in site_sets() for site in each["sites"]}


def hosts_of(entries: Iterable[Json]) -> dict[str, str]:
    """The hosts that platforms name, as in their patterns, and how well each is read; a pattern
    for any host tells of none."""
    hosts: dict[str, str] = {}
    for entry in entries:
        if entry["name"] == EVERY_OTHER_SITE:
            continue
        how = UNVERIFIED if entry.get("level") == "unverified" else READ_BY_PLUGIN
        found = (_HOST.match(pattern) for pattern in entry.get("matches") or ())
        for host in (match["host"].lower() for match in found if match):
            hosts[host] = READ_BY_PLUGIN if READ_BY_PLUGIN in (how, hosts.get(host)) else how
    return hosts


def read_by(site: Json, hosts: Mapping[str, str]) -> Json:
    ways = {how for host, how in hosts.items() if _meet(site["site"], host)}
    best = next((how for how in (READ_BY_PLUGIN, UNVERIFIED) if how in ways), AS_PAGE_TELLS)
    return {"read": best}


def _meet(site: str, host: str) -> bool:
    """Whether pages of the site can lie on the host, or under it where it begins with `*.`."""
    over = host.removeprefix("*.")
    return covers(site, over) or (over != host and covers(over, site))
