"""Discourse forums, on any host: the page served to crawlers and the one browsers draw.

Built from a **real** crawler page (2024, shortened), crawler markup quoted in public parsers'
tests (2026) and the **documented** templates of the drawn page (`post.gjs`, 2025 and 2026). Both
carry topic and post number, so `topic/number` is the id; the drawn page's post id is an alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    found_in,
    landmarks,
    links_in,
    registering,
    text_of,
)

NAME = '.creator [itemprop="name"], .names .username, .names .first.username, .creator b'
INTERFACE = ".cooked-selection-barrier, .lightbox .meta, .quote-controls, .codeblock-button-wrapper"
INTERFACE += ", .badge.clicks, aside.quote > .title"


class Discourse(Platform):
    """Posts stand in one row; what one answers is known only where somebody opened it."""

    name, label = "discourse", "Discourse"
    markers = [
        'meta[name="generator"][content^="Discourse"]',
        '.crawler-post[id^="post_"]',
        'article[data-post-id][id^="post_"]',
    ]
    items = ['.crawler-post[id^="post_"]', 'article[data-post-id][id^="post_"]']
    empty = [
        ".page-not-found",
        ".topic-error",
        "body.navigation-topics",
        "body.navigation-categories",
    ]
    level = "real"
    built_from = "a crawlers' page of 2024; the drawn page from its templates of 2025 and 2026"
    site_time_zone = "UTC"  # only the crawlers' page prints a time without its zone

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        post = fragment.soup.select_one('[id^="post_"]')
        opened = [part.extract() for part in _opened(post)]
        marks = landmarks(post)
        said = marks.get(".cooked") or marks.get(".post")
        number = str(post["id"]).removeprefix("post_") if post else ""
        topic = _topic(post, page) if post else None
        if post is None or said is None or topic is None or not number.isdecimal():
            return
        yield Item(
            id=f"{topic}/{number}",
            aliases=[f"post:{post['data-post-id']}"] if post.get("data-post-id") else [],
            kind="post" if number == "1" else "comment",
            text=text_of(said, drop=INTERFACE),
            author=_author(post, marks),
            published=_published(marks),
            edited=".edits" in marks,
            url=f"/t/{topic}/{number}",
            root_id=f"{topic}/1",
            parent_id=next((_place(part) for part in opened if "top" in part["class"]), None),
            likes=text_of(marks.get(".post-likes") or marks.get(".like-count")) or None,
            links=links_in(said, drop="a.mention, a.lightbox"),
            mentions=[text_of(a).removeprefix("@") for a in _of_class(said, "a", "mention")],
        )
        below = (part for part in opened if "bottom" in part["class"])
        for answer in (reply for part in below for reply in part.select(".reply")):
            yield from _answer(answer, f"{topic}/{number}")


def _opened(post: Tag | None) -> list[Tag]:
    """What somebody opened above the post (what it answers) and below it (its answers)."""
    return _of_class(post, "section", "embedded-posts") if post else []


def _of_class(area: Tag, name: str, css_class: str) -> list[Tag]:
    return [tag for tag in area.find_all(name) if css_class in tag.attrs.get("class", ())]


def _answer(answer: Tag, parent: str) -> Iterator[Item]:
    """One of the answers opened under a post; it has a place of its own further down."""
    marks = landmarks(answer)
    said, place = marks.get(".cooked"), _place(answer)
    if said and place:
        yield Item(
            id=place,
            aliases=[f"post:{answer['data-post-id']}"] if answer.get("data-post-id") else [],
            text=text_of(said, drop=INTERFACE),
            author=_author(answer, marks),
            published=_published(marks),
            url=f"/t/{place}",
            root_id=f"{place.split('/')[0]}/1",
            parent_id=parent,
        )


def _place(opened: Tag) -> str | None:
    """Topic and number of the last post linked by its arrow, the nearest to where it is opened."""
    links = [str(a["href"]) for a in opened.select("a.arrow[href]")]
    return found_in(r"/t/(?:[^/?#]+/)?(\d+/\d+)(?:[?#]|$)", links[-1]) if links else None


def _topic(post: Tag, page: Page) -> str | None:
    if post.get("data-topic-id"):
        return str(post["data-topic-id"])
    found = re.search(r"/t/(?:[^/?#]+/)?(\d+)", page.url)
    return found[1] if found else None


def _author(post: Tag, marks: dict[str, Tag]) -> Author | None:
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


def _published(marks: dict[str, Tag]) -> str | None:
    if drawn := attribute(marks.get(".relative-date"), "data-time"):
        return drawn
    infos = marks.get(".crawler-post-infos")
    time = infos.select_one("time[datetime]") if infos else None
    return str(time["datetime"]) if time else text_of(infos, drop='[itemprop="position"]')


register_platforms = registering(Discourse)
