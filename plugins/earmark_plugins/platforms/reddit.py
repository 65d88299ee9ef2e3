"""Reddit, in the markup of old.reddit.com (also served elsewhere to those who chose it).

Built from **documented** structure: `.thing` elements quoted in public parsers' tests (2026), and a
small made-up page in that structure. Stable hooks: the `data-` attributes. The newer site is not
read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, hookimpl, text_of

GONE = {"[deleted]", "[removed]"}


class Reddit(Platform):
    """Ids are fullnames (`t3_` a link, `t1_` a comment), the same on every Reddit host."""

    name, label = "reddit", "Reddit"
    matches = ["https://*.reddit.com/r/*/comments/*", "https://*.reddit.com/user/*/comments/*"]
    items = [".thing.comment[data-fullname]"]
    context = [".thing.link"]

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        thing = fragment.soup.select_one(".thing")
        if thing is None:
            return
        item = _link(thing) if fragment.kind == "context" else _comment(thing, fragment, page)
        if item.text and item.text not in GONE and item.id:
            yield item


def _link(thing: Tag) -> Item:
    title = thing.select_one("a.title")
    body = text_of(thing.select_one(".usertext-body .md"))
    return Item(
        id=_attribute(thing, "data-fullname") or _link_id(thing),
        kind="post",
        text="\n\n".join(filter(None, [text_of(title), body])),
        author=_author(thing),
        published=_published(thing),
        edited=thing.select_one(".edited-timestamp") is not None,
        url=_permalink(thing),
        likes=_attribute(thing, "data-score") or _score(thing),
        replies=_attribute(thing, "data-comments-count"),
        links=[str(a["href"]) for a in thing.select("a.title[href], .md a[href]")],
    )


def _comment(thing: Tag, fragment: Fragment, page: Page) -> Item:
    said = thing.select_one(".usertext-body .md")
    return Item(
        id=_attribute(thing, "data-fullname"),
        text=text_of(said),
        author=_author(thing),
        published=_published(thing),
        edited=thing.select_one(".edited-timestamp") is not None,
        url=_permalink(thing),
        root_id=_link_id(thing),
        parent_id=_enclosing_comment(fragment) or (_link_id(thing) if _is_whole(page) else None),
        likes=_score(thing),
        links=[str(a["href"]) for a in said.select("a[href]")] if said else [],
    )


def _author(thing: Tag) -> Author | None:
    handle = _attribute(thing, "data-author")
    if not handle or handle in GONE:
        return None
    return Author(
        id=_attribute(thing, "data-author-fullname"),
        handle=handle,
        url=f"https://www.reddit.com/user/{handle}",
    )


def _published(thing: Tag) -> str | None:
    time = thing.select_one("time[datetime]:not(.edited-timestamp)")
    return str(time["datetime"]) if time else _attribute(thing, "data-timestamp")


def _score(thing: Tag) -> str | None:
    score = thing.select_one(".score.unvoted")
    return None if score is None else str(score.get("title") or text_of(score))


def _permalink(thing: Tag) -> str | None:
    path = _attribute(thing, "data-permalink")
    return f"https://www.reddit.com{path}" if path and path.startswith("/") else None


def _link_id(thing: Tag) -> str | None:
    found = re.search(r"/comments/(\w+)", _attribute(thing, "data-permalink") or "")
    return f"t3_{found[1]}" if found else None


def _enclosing_comment(fragment: Fragment) -> str | None:
    found = (re.search(r'data-fullname="(t1_\w+)"', tag) for tag in fragment.ancestors)
    return next((match[1] for match in found if match), None)


def _is_whole(page: Page) -> bool:
    """Whether the page starts at the top of the thread: a single comment's page does not."""
    return re.search(r"/comments/\w+(?:/[^/]*)?/?(?:[?#]|$)", page.url) is not None


def _attribute(thing: Tag, name: str) -> str | None:
    return str(thing.get(name) or "") or None


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Reddit)
