"""Batches as the extension would send them, of made-up Hacker News comments."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

CAPTURED = "2026-11-20T10:00:00.000Z"
COMMENT = """<tr class="athing comtr" id="{id}"><td><table><tr>
<td class="ind" indent="0"><img src="s.gif" height="1" width="0"></td>
<td class="default"><div><span class="comhead">
<a href="user?id=reader{id}" class="hnuser">reader{id}</a>
<span class="age" title="2026-11-20T09:00:00 1795165200">
<a href="item?id={id}">1 hour ago</a></span>
</span></div><div class="comment"><div class="commtext c00">{text}</div></div></td>
</tr></table></td></tr>"""


def comment(number: int, text: str) -> str:
    """The markup of one top-level comment."""
    return COMMENT.format(id=number, text=text)


def batch(story: int, comments: list[str]) -> dict[str, Any]:
    """One batch of a fresh visit to a story's page; all its ids are new."""
    url = f"https://news.ycombinator.com/item?id={story}"
    page = {
        "url": url,
        "top_url": url,
        "visit": str(uuid.uuid4()),
        "title": "A made-up thread",
        "captured_at": CAPTURED,
    }
    fragments = [fragment(url, markup, order) for order, markup in enumerate(comments)]
    return {"batch": str(uuid.uuid4()), "sent_at": CAPTURED, "page": page, "fragments": fragments}


def fragment(url: str, markup: str, order: int) -> dict[str, Any]:
    """One element of that page."""
    return {
        "id": str(uuid.uuid4()),
        "ref": f"r{order}",
        "kind": "element",
        "selector": "tr.comtr",
        "url": url,
        "markup": markup,
        "order": order,
        "outline": 0,
        "complete": True,
        "captured_at": CAPTURED,
    }


def what_became(send: Callable[[], Any]) -> set[str]:
    """What becomes of a batch's pieces; sent again while any is queued, as browsers do.

    So an agent answers where reading takes it more than five seconds, as on a busy machine.
    """
    statuses = {"queued"}
    while "queued" in statuses:
        statuses = {result["status"] for result in send()["results"]}
    return statuses
