"""Basecamp: messages, to-dos and other records with their comments, chats and pings.

Built from **documented** structure: `recordable` and `thread-entry` articles as public readers of
the page and of its export use them (2019 to 2026), mentions as in the API's guide (2026).
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, registering
from earmark.markup import (
    Said,
    attribute,
    first_attribute,
    first_text,
    found_in,
    said,
    text_of,
    time_of,
)

BODY = ".formatted_content"
MENTION = 'bc-attachment[content-type="application/vnd.basecamp.mention"]'


class Basecamp(Platform):
    """Everything is a recording with a number of its own; comments hang on one other recording."""

    name, label = "basecamp", "Basecamp"
    matches = [
        "https://3.basecamp.com/*/buckets/*",
        "https://app.basecamp.com/*/buckets/*",
        "https://3.basecamp.com/*/circles/*",
        "https://app.basecamp.com/*/circles/*",
    ]
    items = ["article.thread-entry[data-recording-id]", ".chat-line"]
    context = ["article.recordable"]
    empty = ["#comments .thread__entries:not(:has(*))", ".chat__lines:not(:has(*))"]
    messages = ["https://3.basecamp.com/*/circles/*", "https://app.basecamp.com/*/circles/*"]
    level = "documented"
    built_from = "public readers of the page and of its export, 2019 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "context":
            article = fragment.soup.select_one("article.recordable")
            yield from _recording(article, page) if article else ()
        elif entry := fragment.soup.select_one("article.thread-entry"):
            yield _comment(entry, page)
        elif line := fragment.soup.select_one(".chat-line"):
            yield _line(line, page)


def _recording(article: Tag, page: Page) -> Iterator[Item]:
    spoken = _said(article)
    title = first_text(article, "h1, h2, h3")
    spoken["text"] = "\n\n".join(filter(None, [title, spoken["text"]]))
    yield Item(
        **spoken,
        id=attribute(article, "data-recording-id") or _record(page),
        kind="post",
        author=_author(article),
        published=time_of(article.select_one("time[datetime]")),
        url=page.url,
        likes=_boosts(article),
        audience="members",
    )


def _comment(entry: Tag, page: Page) -> Item:
    number = attribute(entry, "data-recording-id")
    parent = attribute(entry, "data-parent-id") or _record(page)
    return Item(
        **_said(entry),
        id=number,
        author=_author(entry),
        published=time_of(entry.select_one("time[datetime]"))
        or first_text(entry, ".thread-entry__metadata__time"),
        url=f"#__recording_{number}",
        parent_id=parent,
        root_id=parent,
        likes=_boosts(entry),
        audience="members",
    )


def _line(line: Tag, page: Page) -> Item:
    ping = "/circles/" in page.url
    return Item(
        **_said(line),
        id=attribute(line, "data-recording-id"),
        kind="message" if ping else "comment",
        author=_author(line),
        published=attribute(line, "data-datetime") or time_of(line.select_one("time[datetime]")),
        audience="private" if ping else "members",
    )


def _said(element: Tag) -> Said:
    """People are mentioned by a picture and a name without a sign; only the name is text."""
    body = element.select_one(BODY)
    people = body.select(MENTION) if body else []
    names = [first_attribute(person, "img[alt]", "alt") for person in people]
    for person in people:
        person.replace_with(text_of(person))
    spoken = said(body)
    spoken["mentions"] = [name for name in names if name]
    return spoken


def _author(element: Tag) -> Author | None:
    """Titles of pictures go on after the name: “Ada Lund, Baker at Example”."""
    picture = "img[data-avatar-for-person-id]"
    titled = first_attribute(element, "img.avatar, .chat-line__author", "alt", "title")
    name = first_text(element, ".thread-entry__author strong", ".thread-entry__author")
    name = name or (titled or "").split(",")[0]
    person = attribute(element, "data-creator-id") or first_attribute(
        element, picture, "data-avatar-for-person-id"
    )
    return Author(id=person, name=name or None) if name or person else None


def _boosts(element: Tag) -> int | None:
    return len(element.select(".boost")) or None


def _record(page: Page) -> str | None:
    return found_in(r"/buckets/\d+/\w+/(\d+)", page.url)


register_platforms = registering(Basecamp)
