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
    first_attribute,
    first_text,
    found_in,
    registering,
    said,
    text_of,
    time_of,
)

BODY = '[id^="post_message_"] blockquote, [id^="post_message_"], .js-post__content-text'
USER = "a.bigusername, .username_container .username, .author a, .author .username"
TIME = ".postdate, .b-post__timestamp time, td.thead:has(a[name])"
PLACE = '.postcounter, .b-post__count, [id^="postcount"]'
EDITED = ".lastedited, .smallfont > em"
INTERFACE = (
    '.bbcode_container:has(.bbcode_quote), [id^="post_message_"] > div:has(td.alt2),'
    ' .bbcode_description, [id^="post_message_"] .smallfont'
)
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
        body = post.select_one(BODY) if post else None
        if post is None or body is None or number is None:
            return
        place = first_text(post, PLACE)
        yield Item(
            id=number,
            kind="post" if place in ("1", "#1") else "comment",
            author=_author(post.select_one(USER)),
            published=_published(post.select_one(TIME)),
            edited=post.select_one(EDITED) is not None,
            url=_permalink(post, number),
            root_id=_thread(page),
            likes=first_text(post, ".votecount"),
            **said(body, drop=INTERFACE),
        )


def _author(user: Tag | None) -> Author | None:
    if user is None:
        return None
    link = attribute(user, "href")
    number = found_in(r"(?:member\.php\?(?:[^#]*\bu=)?|/member/)(\d+)", link)
    return Author(id=number, handle=text_of(user), url=link)


def _published(shown: Tag | None) -> str | None:
    """Version 3 puts the time after an anchor, into the head of the post's table."""
    return time_of(shown) if shown is None or shown.name == "time" else text_of(shown, "a[href]")


def _permalink(post: Tag, number: str) -> str:
    link = first_attribute(post, ".postcounter, .b-post__count, [id^=postcount]", "href")
    return link if link and number in link else f"#post{number}"


def _thread(page: Page) -> str | None:
    number = found_in(r"(?:[?&]t=|showthread\.php\?|/)(\d+)(?=-|&|#|$)", page.url)
    return f"thread-{number}" if number else None


register_platforms = registering(VBulletin)
