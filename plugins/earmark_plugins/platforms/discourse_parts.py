"""What Discourse posts show alike, drawn for crawlers and for browsers."""

import re

from earmark import Author
from earmark.markup import Element, attribute, found_in, text_of

NAME = '.creator [itemprop="name"], .names .username, .names .first.username, .creator b'
INTERFACE = ".cooked-selection-barrier, .lightbox .meta, .quote-controls, .codeblock-button-wrapper"
INTERFACE += ", .badge.clicks, aside.quote > .title"


def place_of(opened: Element) -> str | None:
    """Topic and number of the last post linked by its arrow, the nearest to where it is opened."""
    links = [str(a["href"]) for a in opened.select("a.arrow[href]")]
    return found_in(r"/t/(?:[^/?#]+/)?(\d+/\d+)(?:[?#]|$)", links[-1]) if links else None


def author_in(post: Element, marks: dict[str, Element]) -> Author | None:
    shown = post.select_one(NAME)
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


def published_in(marks: dict[str, Element]) -> str | None:
    if drawn := attribute(marks.get(".relative-date"), "data-time"):
        return drawn
    infos = marks.get(".crawler-post-infos")
    time = infos.select_one("time[datetime]") if infos else None
    return str(time["datetime"]) if time else text_of(infos, drop='[itemprop="position"]')
