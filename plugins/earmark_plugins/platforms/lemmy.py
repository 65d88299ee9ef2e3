"""Lemmy: posts and their comments, on any host that runs lemmy-ui.

Built from **documented** structure: lemmy-ui's own sources (2023 to 2026) and the public API's
objects, versions 3 and 4. Stable hooks: `comment-N` ids, `/u/` links, `moment-time`'s hint, which
has the time in full. In responses texts are Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    dig,
    first_attribute,
    found_in,
    landmarks,
    objects_with,
    registering,
    said,
    said_as,
    text_of,
)

COMMENTS = 'a[href*="scrollToComments=true"]'
ENGLISH = re.compile(
    r"(\w+ \d+)\w\w, (\d{4}) at (\d+:\d\d:\d\d [AP]M) GMT([+-]\d\d:\d\d)"
)  # as dates are written out where the interface is English
LINK = re.compile(r"\]\((https?://[^)\s]+)\)")


class Lemmy(Platform):
    """Numbers belong to one instance; the post, `post/N`, is the root."""

    name, label = "lemmy", "Lemmy"
    markers = ['article.comment-node[id^="comment-"]', ".post .post-listing"]
    items = ["li.comment:has(> article[id])"]
    context = [".post .post-listing"]
    empty = [f'.post .post-listing {COMMENTS}[title^="0 "]']
    responses = ["*://*/api/v3/comment/list*", "*://*/api/v4/comment/list*"]
    audience = "public"
    level = "documented"
    built_from = "lemmy-ui's own sources and the public API, 2023 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            for view in objects_with(fragment.json, "creator"):
                yield from _told(view)
        elif fragment.kind == "context":
            yield from _post(fragment.soup, page)
        else:
            yield from _drawn(fragment, page)


def _drawn(fragment: Fragment, page: Page) -> Iterator[Item]:
    article = fragment.soup.article
    number = found_in(r"^comment-(\d+)$", attribute(article, "id"))
    marks = landmarks(article)
    body, time = marks.get(".comment-content"), marks.get(".moment-time")
    if article is None or body is None or "text-muted" in body["class"]:  # deleted or removed
        return
    votes = _votes(article)
    yield Item(
        id=number,
        kind="reply" if fragment.parent_ref else "comment",
        author=_author(article),
        published=_published(time),
        edited=time is not None and "fst-italic" in time["class"],
        url=f"/comment/{number}",
        root_id=_root(page),
        likes=votes[0] if votes else None,
        dislikes=votes[1] if votes[1:] else None,
        **said(body),
    )


def _post(listing: Tag, page: Page) -> Iterator[Item]:
    marks = landmarks(listing)
    title, words = marks.get(".post-title"), said(marks.get("#postContent"))
    words["text"] = "\n\n".join(filter(None, [text_of(title), words["text"]]))
    votes = _votes(listing)
    yield Item(
        id=_root(page),
        kind="post",
        author=_author(listing),
        published=_published(marks.get(".moment-time")),
        url=f"/{_root(page)}",
        likes=votes[0] if votes else None,
        dislikes=votes[1] if votes[1:] else None,
        replies=first_attribute(listing, COMMENTS, "title"),
        **words,
    )


def _votes(area: Tag) -> list[str]:
    """Those for it, and where the instance takes them, those against it."""
    return [
        text_of(button) for button in area.find_all("button") if button.has_attr("aria-pressed")
    ]


def _author(area: Tag) -> Author | None:
    links = (a for a in area.find_all("a") if "/u/" in str(a.get("href")))
    link = next(links, None)
    url = attribute(link, "href")
    handle, name = found_in(r"/u/([^/?#]+)", url), text_of(link)
    shown = None if name.startswith("@") else name
    return Author(handle=handle, name=shown or None, url=url) if handle else None


def _published(time: Tag | None) -> datetime | str | None:
    """What the hint says was first: a later line tells of the edit."""
    hint = attribute(time, "data-tippy-content")
    if hint is None:
        return text_of(time)
    line = hint.splitlines()[0]
    if found := ENGLISH.search(line):
        return datetime.strptime(" ".join(found.groups()), "%B %d %Y %I:%M:%S %p %z")
    return line.partition(": ")[2] or line


def _root(page: Page) -> str | None:
    number = found_in(r"/post/(\d+)", page.url)
    return f"post/{number}" if number else None


def _told(view: dict[str, Any]) -> Iterator[Item]:
    comment, person = view.get("comment") or {}, view["creator"]
    path = str(comment.get("path") or "").split(".")[1:]
    if not path or comment.get("deleted") or comment.get("removed"):
        return
    counts = view.get("counts") or comment
    words = said_as(comment.get("content"))
    words["links"] = LINK.findall(words["text"])
    name, host = dig(person, "name"), found_in(r"//([^/]+)/", dig(person, "actor_id"))
    yield Item(
        id=comment.get("id"),
        kind="reply" if path[1:] else "comment",
        author=Author(
            handle=name if dig(person, "local") is not False else f"{name}@{host}",
            name=dig(person, "display_name"),
            url=dig(person, "actor_id") or dig(person, "ap_id"),
        ),
        published=comment.get("published_at") or _in_utc(comment.get("published")),
        edited=bool(comment.get("updated_at") or comment.get("updated")),
        url=f"/comment/{comment.get('id')}",
        root_id=f"post/{comment.get('post_id')}",
        parent_id=path[-2] if path[1:] else None,
        likes=counts.get("upvotes"),
        dislikes=counts.get("downvotes"),
        replies=counts.get("child_count"),
        **words,
    )


def _in_utc(moment: str | None) -> str | None:
    """Until 2023 the API left the zone out."""
    return f"{moment}Z" if moment and not re.search(r"Z$|[+-]\d\d:\d\d$", moment) else moment


register_platforms = registering(Lemmy)
