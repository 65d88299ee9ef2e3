"""Short ways to save made-up items in a log."""

from __future__ import annotations

from itertools import count
from typing import Any

from saving import save_items

from earmark.store import queries
from earmark.store.log import Log

Json = dict[str, Any]
NUMBERS = count()


def make_page(host: str = "forum.example.org", visit: str = "v1", **more: Any) -> Json:
    return {"visit": visit, "url": f"https://{host}/thread/1", "title": "A thread", **more}


def make_fragment(ref: str = "", **more: Any) -> Json:
    number = next(NUMBERS)
    return {"id": f"f{number}", "ref": ref or f"r{number}", "kind": "element", **more}


def make_item(id: str | None = "1", text: str = "It works well", **more: Any) -> Json:
    """A parsed item as the reader gives it."""
    item = {
        "platform": "forum",
        "kind": "comment",
        "text": text,
        "author": {"handle": "mina", "name": "Mina Sample"},
        "page_url": "https://forum.example.org/thread/1",
        "_source": "element",
        "_complete": True,
        "_native": id is not None,
        "_fragment_selector": ".comment",
        **more,
    }
    return item if id is None else {"id": id, **item}


class Saver:
    """Saves items as one fragment after another, in visits to one made-up page."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def __call__(
        self,
        *items: Json,
        page: Json | None = None,
        at: str = "2026-03-01T10:00:00Z",
        **fragment: Any,
    ) -> list[Json]:
        seen_on, piece = page or make_page(), make_fragment(**fragment)
        saved = self.log.write(lambda conn: save_items(conn, seen_on, piece, items, at))
        return saved.result(timeout=20)

    def changes(self, *items: Json, **more: Any) -> list[str]:
        return [each["change"] for each in self(*items, **more)]

    def get(self, id: str = "1", platform: str = "forum") -> Json:
        found = queries.get(self.log, platform, id)
        assert found is not None
        return found

    def all(self) -> list[Json]:
        return list(self.log.table("items"))
