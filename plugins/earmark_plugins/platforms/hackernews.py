"""Hacker News: stories, Ask HN texts and their comments. Rows are known by their ids."""

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    first_mark,
    found_in,
    landmarks,
    links_in,
    paragraphs,
    text_of,
)

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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        marks = landmarks(fragment.soup)
        number = attribute(marks.get(".athing") or marks.get(".comtr"), "id")
        if number is None:
            return
        item = _entry(number, marks)
        if title := first_mark(marks, *TITLES):
            yield _story(item, title, marks)
        elif ".commtext" in marks:  # deleted or flagged: nothing is said any more
            on_top = fragment.kind == "element" and fragment.outline == 0
            item.parent_id = _parent(marks.get(".navs")) or (_number(page.url) if on_top else None)
            item.root_id = _number(next(iter(links_in(marks.get(".onstory"))), None))
            yield item


def _entry(number: str, marks: dict[str, Element]) -> Item:
    body = first_mark(marks, ".commtext", ".toptext")
    return Item(
        id=number,
        text=text_of(body, drop=".reply"),
        author=_author(marks),
        published=_published(marks),
        url=f"{SITE}item?id={number}",
        likes=text_of(marks.get(".score")) or None,
        links=links_in(body, drop=".reply"),
    )


def _story(item: Item, title: Element, marks: dict[str, Element]) -> Item:
    line = first_mark(marks, ".subline", ".subtext")
    counted = [a for a in line.find_all("a") if "comment" in a.get_text()] if line else []
    item.kind, item.replies = "post", text_of(counted[0]) if counted else None
    item.text = paragraphs(text_of(title if title.name == "a" else title.a), item.text)
    item.links = [*links_in(title.parent)[:1], *item.links]
    return item


def _parent(navs: Element | None) -> str | None:
    links = navs.find_all("a") if navs else []
    return _number(next((attribute(a, "href") for a in links if a.get_text() == "parent"), None))


def _number(address: str | None) -> str | None:
    """Comments link their parent, as `#id` on a story's page and as `item?id=` on their own."""
    return found_in(r"(?:#|[?&]id=)(\d+)$", address)


def _author(marks: dict[str, Element]) -> Author | None:
    handle = text_of(marks.get(".hnuser"))
    return Author(id=handle, handle=handle, url=f"{SITE}user?id={handle}") if handle else None


def _published(marks: dict[str, Element]) -> str | None:
    moment = (attribute(marks.get(".age"), "title") or "").split(" ")[0]
    return f"{moment}Z" if moment else text_of(marks.get(".age")) or None


register_platforms = registering(HackerNews)
