"""vBulletin forums 3, 4 and 5, on any host.

Built from **real** pages of version 4 (2016 and 2020); 3 and 5 as public parsers quote them.
Stable hooks: post ids, `member.php` links, `data-node-id`. Posts stand in one row and do not say
what they answer; comments under posts and edited marks of version 5 are not read, nor is the time
where a changed theme moves it among the facts about the author.
"""

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    first_mark,
    found_in,
    landmarks,
    member,
    numbered,
    said,
    text_of,
    time_of,
)

INTERFACE = (
    '.bbcode_container:has(.bbcode_quote), [id^="post_message_"] > div:has(td.alt2),'
    ' .bbcode_description, [id^="post_message_"] .smallfont'
)
QUOTING = {".bbcode_container", ".smallfont", ".alt2"}  # classes without which nothing is dropped
THREAD = r"(?:[?&]t=|showthread\.php\?|/)(\d+)(?=-|&|#|$)"
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
    level = "real"
    built_from = "pages of version 4 of 2016 and 2020; 3 and 5 as public parsers quote them"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        post = fragment.soup.select_one('table[id^="post"], li[id^="post_"], li.b-post')
        number = found_in(r"(\d+)$", attribute(post, "data-node-id", "id"))
        marks = landmarks(post)
        body = marks.get(f"#post_message_{number}") or marks.get(".js-post__content-text")
        if post is None or body is None or number is None:
            return
        counter = first_mark(marks, ".postcounter", ".b-post__count", f"#postcount{number}")
        # Version 3 puts the time after an anchor, into the head of the post's table.
        head = first_mark(marks, ".postdate", ".b-post__timestamp", ".thead")
        yield Item(
            id=number,
            kind="post" if text_of(counter) in ("1", "#1") else "comment",
            author=_author(first_mark(marks, ".bigusername", ".username_container", ".author")),
            published=time_of(head.time or head) if head else None,
            edited=".lastedited" in marks or _edited_long_ago(post),
            url=_permalink(counter, number),
            root_id=numbered("thread-", THREAD, page.url),
            likes=text_of(marks.get(".votecount")) or None,
            **said(body, drop=INTERFACE if marks.keys() & QUOTING else ""),
        )


def _author(place: Element | None) -> Author | None:
    """Versions 4 and 5 put a box around the name."""
    if place is None:
        return None
    user = place if place.name == "a" else place.a or place
    return member(user, r"(?:member\.php[?/](?:[^#]*\bu=)?|\bmembers?/)(\d+)")


def _edited_long_ago(post: Element) -> bool:
    """Version 3 says so in small italics behind the text."""
    parents = (tag.parent for tag in post.find_all("em"))
    return any("smallfont" in parent.attrs.get("class", ()) for parent in parents if parent)


def _permalink(counter: Element | None, number: str) -> str:
    link = attribute(counter, "href")
    return link if link and number in link else f"#post{number}"


register_platforms = registering(VBulletin)
