"""Reddit: old.reddit.com (also served elsewhere to those who chose it) and the present site.

Built from **documented** structure: `.thing` elements and `shreddit-` elements as quoted in public
parsers' tests (2025 and 2026), and a small made-up page. Stable hooks: the elements' attributes.
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
    items = [".thing.comment[data-fullname]", "shreddit-comment[thingid]"]
    context = [".thing.link", "shreddit-post"]

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        thing = fragment.soup.select_one(".thing, shreddit-post, shreddit-comment")
        if thing is None:
            return
        newer = thing.name != "div"
        if fragment.kind == "context":
            item = _newer_link(thing) if newer else _link(thing)
        else:
            item = _newer_comment(thing) if newer else _comment(thing)
            item.parent_id = item.parent_id or _parent(thing, fragment, page)
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


def _comment(thing: Tag) -> Item:
    said = thing.select_one(".usertext-body .md")
    return Item(
        id=_attribute(thing, "data-fullname"),
        text=text_of(said),
        author=_author(thing),
        published=_published(thing),
        edited=thing.select_one(".edited-timestamp") is not None,
        url=_permalink(thing),
        root_id=_link_id(thing),
        likes=_score(thing),
        links=[str(a["href"]) for a in said.select("a[href]")] if said else [],
    )


def _newer_link(thing: Tag) -> Item:
    body = thing.select_one('[slot="text-body"]')
    said = text_of(body, drop="[slot=read-more]")
    link = _attribute(thing, "content-href")
    return Item(
        id=_link_id(thing),
        kind="post",
        text="\n\n".join(filter(None, [_attribute(thing, "post-title"), said])),
        author=_author(thing),
        published=_attribute(thing, "created-timestamp"),
        url=_permalink(thing),
        likes=_attribute(thing, "score"),
        replies=_attribute(thing, "comment-count"),
        links=[link] if link else [],
    )


def _newer_comment(thing: Tag) -> Item:
    said = thing.select_one('[slot="comment"]')
    time = thing.select_one('[slot="commentMeta"] time[datetime]')
    return Item(
        id=_attribute(thing, "thingid"),
        text=text_of(said),
        author=_author(thing),
        published=_attribute(thing, "created") or (str(time["datetime"]) if time else None),
        url=_permalink(thing),
        root_id=_link_id(thing),
        parent_id=_attribute(thing, "parentid"),
        likes=_attribute(thing, "score"),
        links=[str(a["href"]) for a in said.select("a[href]")] if said else [],
    )


def _author(thing: Tag) -> Author | None:
    handle = _attribute(thing, "data-author") or _attribute(thing, "author")
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
    path = _path(thing)
    return f"https://www.reddit.com{path}" if path and path.startswith("/") else None


def _path(thing: Tag) -> str | None:
    return _attribute(thing, "data-permalink") or _attribute(thing, "permalink")


def _link_id(thing: Tag) -> str | None:
    found = re.search(r"/comments/(\w+)", _path(thing) or "")
    return f"t3_{found[1]}" if found else None


def _parent(thing: Tag, fragment: Fragment, page: Page) -> str | None:
    """The comment around this one, or the link where the page starts at the top of the thread."""
    around = (re.search(r'(?:data-fullname|thingid)="(t1_\w+)"', t) for t in fragment.ancestors)
    enclosing = next((found[1] for found in around if found), None)
    return enclosing or (_link_id(thing) if _is_whole(page) else None)


def _is_whole(page: Page) -> bool:
    """Whether the page starts at the top of the thread: a single comment's page does not."""
    return re.search(r"/comments/\w+(?:/[^/]*)?/?(?:[?#]|$)", page.url) is not None


def _attribute(thing: Tag, name: str) -> str | None:
    return str(thing.get(name) or "") or None


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Reddit)
