"""What Discourse posts show alike, drawn for crawlers and for browsers."""

import re

from earmark import Author, Page
from earmark.markup import Element, attribute, first_mark, found_in, landmarks, text_of

INTERFACE = {
    ".cooked-selection-barrier": ".cooked-selection-barrier",
    ".lightbox": ".lightbox .meta",
    ".quote-controls": ".quote-controls",
    ".codeblock-button-wrapper": ".codeblock-button-wrapper",
    ".clicks": ".badge.clicks",
    ".quote": "aside.quote",
}


def place_of(opened: Element) -> str | None:
    """Topic and number of the last post linked by its arrow, the nearest to where it is opened."""
    links = [str(a["href"]) for a in opened.select("a.arrow[href]")]
    return found_in(r"/t/(?:[^/?#]+/)?(\d+/\d+)(?:[?#]|$)", links[-1]) if links else None


def interface_in(marks: dict[str, Element]) -> str:
    """What in the text is not said; only what is there is worth seeking."""
    return ", ".join(css for mark, css in INTERFACE.items() if mark in marks)


def author_in(post: Element, marks: dict[str, Element]) -> Author | None:
    shown = _name(marks)
    if shown is None:
        return None
    link = shown.find_parent("a", href=True) or shown.select_one("a[href]")
    handle = re.search(r"/u/([^/?#]+)", str(link["href"])) if link else None
    return Author(
        id=str(post.get("data-user-id") or "") or None,
        handle=handle[1] if handle else text_of(shown),
        name=text_of(marks.get(".full-name")) or None,
        url=str(link["href"]) if link else None,
    )


def _name(marks: dict[str, Element]) -> Element | None:
    around = first_mark(marks, ".creator", ".names")
    named = first_mark(landmarks(around), "[itemprop=name]", ".username")
    return named or (around.b if around else None)


def published_in(marks: dict[str, Element]) -> str | None:
    if drawn := attribute(marks.get(".relative-date"), "data-time"):
        return drawn
    infos = marks.get(".crawler-post-infos")
    time = infos.select_one("time[datetime]") if infos else None
    return str(time["datetime"]) if time else text_of(infos, drop='[itemprop="position"]')


def topic_of(post: Element, page: Page) -> str | None:
    if post.get("data-topic-id"):
        return str(post["data-topic-id"])
    found = re.search(r"/t/(?:[^/?#]+/)?(\d+)", page.url)
    return found[1] if found else None
