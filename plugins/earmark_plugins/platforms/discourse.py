"""Discourse forums, on any host: the page served to crawlers and the one browsers draw.

Built from a **real** crawler page (2024, shortened), crawler markup quoted in public parsers'
tests (2026) and the **documented** templates of the drawn page (`post.gjs`, 2025 and 2026). Both
carry topic and post number, so `topic/number` is the id; the drawn page's post id is an alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, found_in, registering, text_of

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
        opened = [part.extract() for part in fragment.soup.select(".embedded-posts")]
        said = post.select_one(".cooked, .post") if post else None
        number = str(post["id"]).removeprefix("post_") if post else ""
        topic = _topic(post, page) if post else None
        if post is None or said is None or topic is None or not number.isdecimal():
            return
        yield Item(
            id=f"{topic}/{number}",
            aliases=[f"post:{post['data-post-id']}"] if post.get("data-post-id") else [],
            kind="post" if number == "1" else "comment",
            text=text_of(said, drop=INTERFACE),
            author=_author(post),
            published=_published(post),
            edited=post.select_one(".post-info.edits") is not None,
            url=f"/t/{topic}/{number}",
            root_id=f"{topic}/1",
            parent_id=next((_place(part) for part in opened if "top" in part["class"]), None),
            likes=text_of(post.select_one(".post-likes")) or _like_count(post),
            links=[str(a["href"]) for a in said.select("a[href]:not(.mention, .lightbox)")],
            mentions=[text_of(a).removeprefix("@") for a in said.select("a.mention")],
        )
        for answer in (
            a for part in opened if "bottom" in part["class"] for a in part.select(".reply")
        ):
            yield from _answer(answer, f"{topic}/{number}")


def _answer(answer: Tag, parent: str) -> Iterator[Item]:
    """One of the answers opened under a post; it has a place of its own further down."""
    said, place = answer.select_one(".cooked"), _place(answer)
    if said and place:
        yield Item(
            id=place,
            aliases=[f"post:{answer['data-post-id']}"] if answer.get("data-post-id") else [],
            text=text_of(said, drop=INTERFACE),
            author=_author(answer),
            published=_published(answer),
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


def _author(post: Tag) -> Author | None:
    shown = post.select_one(NAME)
    if shown is None:
        return None
    link = shown.find_parent("a", href=True) or shown.select_one("a[href]")
    handle = re.search(r"/u/([^/?#]+)", str(link["href"])) if link else None
    return Author(
        id=str(post.get("data-user-id") or "") or None,
        handle=handle[1] if handle else text_of(shown),
        name=text_of(post.select_one(".names .full-name")) or None,
        url=str(link["href"]) if link else None,
    )


def _published(post: Tag) -> str | None:
    drawn = post.select_one(".post-date [data-time]")
    if drawn:
        return str(drawn["data-time"])
    infos = post.select_one(".crawler-post-infos")
    time = infos.select_one("time[datetime]") if infos else None
    return str(time["datetime"]) if time else text_of(infos, drop='[itemprop="position"]')


def _like_count(post: Tag) -> str | None:
    """The count is itself a button in the drawn page, so its plain text is taken."""
    button = post.select_one(".like-count")
    return button.get_text(strip=True) if button else None


register_platforms = registering(Discourse)
