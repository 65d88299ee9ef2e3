"""vBulletin forums 3, 4 and 5, on any host.

Built from **documented** structure: what public parsers, extensions and archives quote of the three
(2010 to 2025). Stable hooks: post ids, `member.php` links, `data-node-id`. Posts stand in one row
and do not say what they answer; comments under posts of version 5
and its edited marks are not read.
"""

from __future__ import annotations

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
    registering,
    said,
    text_of,
    time_of,
)

INTERFACE = (
    '.bbcode_container:has(.bbcode_quote), [id^="post_message_"] > div:has(td.alt2),'
    ' .bbcode_description, [id^="post_message_"] .smallfont'
)
QUOTING = {".bbcode_container", ".smallfont", ".alt2"}  # classes without which nothing is dropped
WALL = '.standard_error form[action*="login.php"], .panelsurround form[action*="login.php"]'


class VBulletin(Platform):
    """Post numbers are unique in a forum; the thread, `thread-N`, is the root."""

    name, label = "vbulletin", "vBulletin"
    markers = [
        'table[id^="post"] [id^="post_message_"]',
        '#posts > li[id^="post_"] [id^="post_message_"]',
        "li.b-post[data-node-id] .js-post__content-text",
        WALL,
    ]
    items = [
        'table[id^="post"]:has([id^="post_message_"])',
        'li[id^="post_"]:has([id^="post_message_"])',
        "li.b-post[data-node-id]",
    ]
    empty = [WALL]
    level = "documented"
    built_from = "markup of versions 3 to 5 as public parsers quote it, 2010 to 2025"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        post = fragment.soup.select_one('table[id^="post"], li[id^="post_"], li.b-post')
        number = found_in(r"(\d+)$", attribute(post, "data-node-id", "id"))
        marks = landmarks(post)
        body = marks.get(f"#post_message_{number}") or marks.get(".js-post__content-text")
        if post is None or body is None or number is None:
            return
        counter = _first(marks, ".postcounter", ".b-post__count", f"#postcount{number}")
        yield Item(
            id=number,
            kind="post" if text_of(counter) in ("1", "#1") else "comment",
            author=_author(_first(marks, ".bigusername", ".username_container", ".author")),
            published=_published(_first(marks, ".postdate", ".b-post__timestamp", ".thead")),
            edited=".lastedited" in marks or _edited_long_ago(post),
            url=_permalink(counter, number),
            root_id=_thread(page),
            likes=text_of(marks.get(".votecount")) or None,
            **said(body, drop=INTERFACE if marks.keys() & QUOTING else ""),
        )


def _first(marks: dict[str, Tag], *keys: str) -> Tag | None:
    return next((marks[key] for key in keys if key in marks), None)


def _author(place: Tag | None) -> Author | None:
    """Versions 4 and 5 put a box around the name."""
    if place is None:
        return None
    user = place if place.name == "a" else place.a or place
    link = attribute(user, "href")
    number = found_in(r"(?:member\.php\?(?:[^#]*\bu=)?|/member/)(\d+)", link)
    return Author(id=number, handle=text_of(user), url=link)


def _published(shown: Tag | None) -> str | None:
    """Version 3 puts the time after an anchor, into the head of the post's table."""
    return time_of(shown.time or shown) if shown else None


def _edited_long_ago(post: Tag) -> bool:
    """Version 3 says so in small italics behind the text."""
    parents = (tag.parent for tag in post.find_all("em"))
    return any("smallfont" in parent.attrs.get("class", ()) for parent in parents if parent)


def _permalink(counter: Tag | None, number: str) -> str:
    link = attribute(counter, "href")
    return link if link and number in link else f"#post{number}"


def _thread(page: Page) -> str | None:
    number = found_in(r"(?:[?&]t=|showthread\.php\?|/)(\d+)(?=-|&|#|$)", page.url)
    return f"thread-{number}" if number else None


register_platforms = registering(VBulletin)
