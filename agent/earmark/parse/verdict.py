"""Whether a page was understood: heard, rightly empty, or changed under the plugin's feet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from bs4 import BeautifulSoup

from ..model import Json
from .choose import EVERY_OTHER_SITE

Verdict = Literal["heard", "empty", "changed"]
# Fields whose share among a platform's items is watched; the others depend on what people do.
WATCHED = ("text", "author", "published", "url", "parent_id", "root_id", "rating")
FEWEST = 5  # items: shares of fewer say nothing
LOST_BELOW = 0.5  # of the share that was usual


def verdict(entry: Json, items: Sequence[Json], *, looks_empty: bool) -> Verdict:
    """What a page gave, once all of it was read.

    `entry` is the plan's, `items` what was read, `looks_empty` whether the page carries one of the
    signs by which the platform says that there is nothing. A post alone is no answer to whether
    its comments are understood, unless it says that it has none.
    """
    if any(is_comment(item) for item in items):
        return "heard"
    posts = [item for item in items if item["kind"] == "post"]
    has_none = bool(posts) and all(post.get("replies") == 0 for post in posts)
    return "empty" if looks_empty or has_none or is_any_site(entry) else "changed"


def is_comment(item: Json) -> bool:
    """Whether an item is more than what surrounds the comments: the post, its poll."""
    return item.get("_source") != "context" or item["kind"] not in ("post", "poll")


def looks_empty(soup: BeautifulSoup, entry: Json) -> bool:
    """Whether the page carries a sign of having no comments, or of not showing them."""
    signs = entry.get("empty") or []
    return bool(signs) and soup.select_one(", ".join(signs)) is not None


def is_any_site(entry: Json) -> bool:
    """Whether nothing is known of how the site's pages look."""
    return bool(entry["name"] == EVERY_OTHER_SITE)


def fields_of(items: Sequence[Json]) -> dict[str, int]:
    """How many of the items have each watched field."""
    return {name: sum(1 for item in items if item.get(name)) for name in WATCHED}


def lost_fields(
    usual: Mapping[str, int], of: int, now: Mapping[str, int], of_now: int
) -> list[str]:
    """The fields that fewer than half as many items have as was usual.

    `usual` and `now` count items with each field, among `of` and `of_now` items.
    """
    if of < FEWEST or of_now < FEWEST:
        return []
    shares = {name: (count / of, now.get(name, 0) / of_now) for name, count in usual.items()}
    return [name for name, (before, after) in shares.items() if after < LOST_BELOW * before]
