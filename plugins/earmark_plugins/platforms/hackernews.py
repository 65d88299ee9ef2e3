"""Hacker News: stories, Ask HN texts and their comments.

Built from **documented** structure: rows quoted in public parsers' tests (2022 and February 2026),
and a small made-up page in that structure. Stable hooks: row ids, `.hnuser`, `.age[title]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, registering
from earmark.markup import text_of

SITE = "https://news.ycombinator.com/"


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
        row = fragment.soup.select_one("tr.comtr" if fragment.kind == "element" else "tr.athing")
        if row is None or not row.get("id"):
            return
        if fragment.kind == "element":
            parent = _page_item(page) if fragment.outline == 0 else None
            yield from _comment(row, row, parent)
        elif fragment.soup.select_one(".titleline, a.titlelink, a.storylink"):
            yield _story(row, fragment.soup)
        else:
            yield from _comment(row, fragment.soup, None)


def _story(row: Tag, soup: Tag) -> Item:
    title = soup.select_one(".titleline > a, a.titlelink, a.storylink")
    replies = [a for a in soup.select(".subtext a, .subline a") if "comment" in a.get_text()]
    body = text_of(soup.select_one(".toptext"))
    return Item(
        id=str(row["id"]),
        kind="post",
        text="\n\n".join(filter(None, [text_of(title), body])),
        author=_author(soup),
        published=_published(soup),
        url=f"{SITE}item?id={row['id']}",
        likes=text_of(soup.select_one(".score")) or None,
        replies=text_of(replies[0]) if replies else None,
        links=[str(a["href"]) for a in soup.select(".titleline > a[href], .toptext a[href]")],
    )


def _comment(row: Tag, area: Tag, parent: str | None) -> Iterator[Item]:
    """The comment in `area`; `parent` is what it answers where it links no parent itself."""
    said = area.select_one(".commtext")
    if said is None:  # deleted or flagged: nothing is said any more
        return
    head = area.select_one(".comhead") or area
    yield Item(
        id=str(row["id"]),
        text=text_of(said, drop=".reply"),
        author=_author(head),
        published=_published(head),
        url=f"{SITE}item?id={row['id']}",
        parent_id=_parent_in(head) or parent,
        root_id=_item_id(head.select_one(".onstory a[href]")),
        likes=text_of(head.select_one(".score")) or None,
        links=[str(a["href"]) for a in said.select("a[href]") if not a.find_parent(class_="reply")],
    )


def _page_item(page: Page) -> str | None:
    """The id of the story or comment whose page this is."""
    return next(iter(parse_qs(urlsplit(page.url).query).get("id", [])), None)


def _parent_in(area: Tag) -> str | None:
    """Comments link their parent, as `#id` on a story's page and as `item?id=` on their own."""
    links = (a for a in area.select(".navs a[href]") if a.get_text(strip=True) == "parent")
    return _item_id(next(links, None))


def _item_id(link: Tag | None) -> str | None:
    found = re.search(r"(?:#|[?&]id=)(\d+)$", str(link["href"])) if link else None
    return found[1] if found else None


def _author(area: Tag) -> Author | None:
    user = area.select_one("a.hnuser")
    if user is None:
        return None
    handle = user.get_text(strip=True)
    return Author(id=handle, handle=handle, url=f"{SITE}user?id={handle}")


def _published(area: Tag) -> str | None:
    age = area.select_one(".age")
    if age is None:
        return None
    moment = str(age.get("title") or "").split(" ")[0]
    return f"{moment}Z" if moment else text_of(age)


register_platforms = registering(HackerNews)
