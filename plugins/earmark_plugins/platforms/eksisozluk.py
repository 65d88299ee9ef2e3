"""Ekşi Sözlük: a topic's entries, and an entry's own page.

Built from a **real** topic's entries (2018, shortened) and **documented** structure: attributes
that public readers took in 2026 (`h1#title`, `li[data-id]`). Stable hooks: the entries' attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    first_attribute,
    first_text,
    found_in,
    hookimpl,
    said,
    text_of,
)

SITE = "https://eksisozluk.com"


class EksiSozluk(Platform):
    """Entries answer the topic, never each other. Entries and topics are numbered apart."""

    name, label = "eksisozluk", "Ekşi Sözlük"
    matches = [f"{SITE}/*--*", f"{SITE}/entry/*"]
    items = ["li[data-id][data-author]"]
    context = ["h1#title[data-id]"]
    empty = ['#title[data-not-found="true"]', "#entry-item-list:not(:has(*))"]
    site_time_zone = "Europe/Istanbul"
    level = "real"
    built_from = "a topic of 2018; public readers' attributes of 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "context":
            yield from _topic(fragment.soup.h1)
        elif entry := fragment.soup.li:
            yield _entry(entry, page)


def _topic(title: Tag | None) -> Iterator[Item]:
    if title is None:
        return
    number, slug = attribute(title, "data-id"), attribute(title, "data-slug")
    yield Item(
        id=f"topic/{number}",
        kind="post",
        text=attribute(title, "data-title") or text_of(title),
        url=f"{SITE}/{slug}--{number}" if slug else None,
        audience="public",
    )


def _entry(entry: Tag, page: Page) -> Item:
    root = _topic_of(page)
    written, changed = _dates(first_text(entry, "a.entry-date"))
    return Item(
        **said(entry.select_one(".content"), drop=".read-more-link-wrapper"),
        id=attribute(entry, "data-id"),
        author=_author(entry),
        published=written,
        edited=changed,
        url=f"{SITE}/entry/{entry['data-id']}",
        parent_id=root,
        root_id=root,
        likes=attribute(entry, "data-favorite-count"),
        replies=attribute(entry, "data-comment-count"),
        audience="public",
    )


def _topic_of(page: Page) -> str | None:
    """From the address, or from the title where the address is an entry's own."""
    titled = (first_attribute(f.soup, "h1[data-id]", "data-id") for f in page.context)
    number = found_in(r"--(\d+)", page.url) or next(titled, None)
    return f"topic/{number}" if number else None


def _dates(shown: str | None) -> tuple[str | None, bool]:
    """When it was written, and whether it was changed: “18.12.2005 12:10 ~ 12:11”."""
    written, tilde, _ = (shown or "").partition("~")
    return written.strip() or None, bool(tilde)


def _author(entry: Tag) -> Author:
    return Author(
        id=attribute(entry, "data-author-id"),
        handle=attribute(entry, "data-author"),
        url=first_attribute(entry, "a.entry-author", "href"),
    )


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(EksiSozluk)
