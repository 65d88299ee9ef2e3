"""Ekşi Sözlük: a topic's entries, and an entry's own page.

Built from a **real** topic's entries (2018, shortened) and **documented** structure: attributes
that public readers took in 2026 (`h1#title`, `li[data-id]`). Stable hooks: the entries' attributes.
"""

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import Element, answering, attribute, found_in, landmarks, said, text_of

SITE = "https://eksisozluk.com"


class EksiSozluk(Platform):
    """Entries answer the topic, never each other. Entries and topics are numbered apart."""

    name, label = "eksisozluk", "Ekşi Sözlük"
    matches = [f"{SITE}/*--*", f"{SITE}/entry/*"]
    items = ["li[data-id][data-author]"]
    context = ["h1#title[data-id]"]
    empty = ['#title[data-not-found="true"]', "#entry-item-list:not(:has(*))"]
    site_time_zone = "Europe/Istanbul"
    audience = "public"
    level = "real"
    built_from = "a topic of 2018; public readers' attributes of 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "context":
            yield from _topic(fragment.soup.h1)
        elif entry := fragment.soup.li:
            yield _entry(entry, page)


def _topic(title: Element | None) -> Items:
    if title is None:
        return
    number, slug = attribute(title, "data-id"), attribute(title, "data-slug")
    yield Item(
        id=f"topic/{number}",
        kind="post",
        text=attribute(title, "data-title") or text_of(title),
        url=f"{SITE}/{slug}--{number}" if slug else None,
    )


def _entry(entry: Element, page: Page) -> Item:
    marks = landmarks(entry)
    written, changed = _dates(text_of(marks.get(".entry-date")))
    return Item(
        **said(marks.get(".content"), drop=".read-more-link-wrapper"),
        **answering(_topic_of(page), "comment"),
        id=attribute(entry, "data-id"),
        author=Author(
            id=attribute(entry, "data-author-id"),
            handle=attribute(entry, "data-author"),
            url=attribute(marks.get(".entry-author"), "href"),
        ),
        published=written,
        edited=changed,
        url=f"{SITE}/entry/{entry['data-id']}",
        likes=attribute(entry, "data-favorite-count"),
        replies=attribute(entry, "data-comment-count"),
    )


def _topic_of(page: Page) -> str | None:
    """From the address, or from the title where the address is an entry's own."""
    titled = (attribute(f.soup.h1, "data-id") for f in page.context)
    number = found_in(r"--(\d+)", page.url) or next(titled, None)
    return f"topic/{number}" if number else None


def _dates(shown: str) -> tuple[str | None, bool]:
    """When it was written, and whether it was changed: “18.12.2005 12:10 ~ 12:11”."""
    written, tilde, _ = shown.partition("~")
    return written.strip() or None, bool(tilde)


register_platforms = registering(EksiSozluk)
