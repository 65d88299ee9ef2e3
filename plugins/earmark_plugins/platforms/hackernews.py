"""Hacker News: stories, Ask HN texts and their comments.

Built from **documented** structure: rows quoted in public parsers' tests (2022 and February 2026),
and a small made-up page in that structure. Stable hooks: row ids, `.hnuser`, `.age[title]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, registering
from earmark.markup import attribute, found_in, landmarks, links_in, text_of

SITE = "https://news.ycombinator.com/"
TITLES = (".titleline", ".titlelink", ".storylink")


class HackerNews(Platform):
    """Times are exact: the title of `.age` is UTC, since 2024 with the Unix time behind it."""

    name, label = "hackernews", "Hacker News"
    matches = ["https://news.ycombinator.com/item*"]
    items = ["tr.comtr"]
    context = ["table.fatitem"]
    empty = ["table.comment-tree:not(:has(*))"]
    outline = "td.ind img@width"
    audience = "public"
    level = "documented"
    built_from = "rows quoted in public parsers' tests, 2022 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        marks = landmarks(fragment.soup)
        number = attribute(marks.get(".athing") or marks.get(".comtr"), "id")
        if number is None:
            return
        if title := next((marks[name] for name in TITLES if name in marks), None):
            yield _story(number, title, marks)
        elif ".commtext" in marks:  # deleted or flagged: nothing is said any more
            on_top = fragment.kind == "element" and fragment.outline == 0
            yield _comment(number, marks, _number(page.url) if on_top else None)


def _story(number: str, title: Tag, marks: dict[str, Tag]) -> Item:
    link = title if title.name == "a" else title.find("a")
    line = marks.get(".subline") or marks.get(".subtext")
    counted = [a for a in line.find_all("a") if "comment" in a.get_text()] if line else []
    body = marks.get(".toptext")
    return Item(
        id=number,
        kind="post",
        text="\n\n".join(filter(None, [link.get_text().strip() if link else "", text_of(body)])),
        author=_author(marks),
        published=_published(marks),
        url=f"{SITE}item?id={number}",
        likes=text_of(marks.get(".score")) or None,
        replies=text_of(counted[0]) if counted else None,
        links=[*links_in(title.parent)[:1], *links_in(body)],
    )


def _comment(number: str, marks: dict[str, Tag], parent: str | None) -> Item:
    """A comment; `parent` is what it answers where it links no parent itself."""
    navs = marks.get(".navs")
    above = (
        next((a for a in navs.find_all("a") if a.get_text() == "parent"), None) if navs else None
    )
    story = links_in(marks.get(".onstory"))
    return Item(
        id=number,
        text=text_of(marks[".commtext"], drop=".reply"),
        author=_author(marks),
        published=_published(marks),
        url=f"{SITE}item?id={number}",
        parent_id=_number(attribute(above, "href")) or parent,
        root_id=_number(next(iter(story), None)),
        likes=text_of(marks.get(".score")) or None,
        links=links_in(marks[".commtext"], drop=".reply"),
    )


def _number(address: str | None) -> str | None:
    """Comments link their parent, as `#id` on a story's page and as `item?id=` on their own."""
    return found_in(r"(?:#|[?&]id=)(\d+)$", address)


def _author(marks: dict[str, Tag]) -> Author | None:
    handle = text_of(marks.get(".hnuser"))
    return Author(id=handle, handle=handle, url=f"{SITE}user?id={handle}") if handle else None


def _published(marks: dict[str, Tag]) -> str | None:
    moment = (attribute(marks.get(".age"), "title") or "").split(" ")[0]
    return f"{moment}Z" if moment else text_of(marks.get(".age")) or None


register_platforms = registering(HackerNews)
