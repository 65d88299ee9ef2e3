"""The pages that a person heard, as the raw archive has them, for an author to try a plugin on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..model import Json
from ..parse.saved_page import forwards
from ..parse.urls import UrlPattern
from ..store.heard_pages import newest_pages
from ..store.log import Log
from ..store.unread import heard_of_page
from .heard_page import put_together
from .record import Seen

MOST_PAGES = 50


def heard_at(log: Log, url: str) -> Seen | None:
    """The page at that address as it was last heard, by whichever plugin; None if never."""
    for known, platform in newest_pages(log):
        if known == url:
            return next(_seen(log, url, platform), None)
    return None


def heard_by(log: Log, entries: Sequence[Json]) -> Iterator[Seen]:
    """The newest pages and responses that belong to these plan entries."""
    patterns = [UrlPattern(pattern) for entry in entries for pattern in entry["matches"]]
    names = {entry["name"] for entry in entries}
    ours = (
        (url, platform)
        for url, platform in newest_pages(log)
        if platform in names or any(pattern.matches(url) for pattern in patterns)
    )
    for _, (url, platform) in zip(range(MOST_PAGES), ours, strict=False):
        for seen in _seen(log, url, platform):
            if not seen.response or any(forwards(entry, seen.response) for entry in entries):
                yield seen


def _seen(log: Log, url: str, platform: str) -> Iterator[Seen]:
    """The page, then each response that it got."""
    heard = heard_of_page(log, url, platform)
    if heard is None:
        return
    page, fragments = heard
    when = str(page["captured_at"])
    if any(each.get("markup") for each in fragments):
        yield Seen(url, put_together(page, fragments).encode("utf-8", "replace"), when)
    for each in fragments:
        if each.get("kind") == "response":
            content = json.dumps(each.get("json"), ensure_ascii=False).encode("utf-8", "replace")
            yield Seen(url, content, when, str(each.get("url") or url))
