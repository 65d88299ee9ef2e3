"""Invision Community 4 and 5 and its ancestor IP.Board 3 (as forum.softpedia.com), on any host.

Built from **documented** structure: Invision's templates of versions 4 and 5 and public parsers'
test pages (2019 to 2026); for version 3 public parsers and a user script for forum.softpedia.com
(2012 to 2024). Stable hooks: `data-quotedata`, `data-role`, microdata, post ids. Posts stand in one
row and do not say what they answer; polls are not read.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    dig,
    first_mark,
    found_in,
    landmarks,
    said,
    text_of,
    time_of,
)

from .invision_data import author, quote_data, root

BODY = ("[data-role=commentContent]", "[itemprop=commentText]", ".entry-content")
USER = (".cAuthorPane_author", ".cAuthorPane", ".ipsEntry__username", ".vcard", ".author")
LIKES = ("[data-role=reactCountText]", "[data-role=reactCount]", ".reputation")
QUOTES = "blockquote.ipsQuote, blockquote.ipsBlockquote, .citation, div.blockquote"
INTERFACE = f"{QUOTES}, [data-excludequote], p.edit"


class Invision(Platform):
    """Post numbers are unique in a community; the topic, `topic-N`, is the root."""

    name, label = "invision", "Invision Community"
    markers = [
        'article[id^="elComment_"]',
        '.post_block.hentry[id^="post_id_"]',
        "body[data-pageapp] #elError",
    ]
    items = ['article[id^="elComment_"]', '.post_block.hentry[id^="post_id_"]']
    empty = ["body[data-pageapp] #elError"]
    level = "documented"
    built_from = "Invision's templates, public parsers and a user script, 2012 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        post = fragment.soup.select_one('article[id^="elComment_"], .post_block[id]')
        number = found_in(r"_(\d+)$", attribute(post, "id"))
        marks = landmarks(post)
        body = first_mark(marks, *BODY)
        if post is None or body is None or number is None:
            return
        data = quote_data(marks.get(f"#comment-{number}_wrap"))
        words, link = said(body, drop=INTERFACE), _permalink(post)
        named = [a for a in body.find_all("a") if a.has_attr("data-mentionid")]
        if named:
            words["mentions"] = [text_of(a)[1:] for a in named if not a.find_parent("blockquote")]
        yield Item(
            id=number,
            kind="post"
            if post.has_attr("data-ips-first-post")
            or text_of(marks.get(".post_id") or link) == "#1"
            else "comment",
            author=author(first_mark(marks, *USER), data),
            published=str(dig(data, "timestamp") or "")
            or time_of(marks.get(".published") or post.time),
            edited=".edit" in marks
            or any(t.has_attr("data-excludequote") for t in body.find_all(True)),
            url=attribute(link, "href") or f"#{post['id']}",
            root_id=root(data, page),
            likes=text_of(first_mark(marks, *LIKES)) or None,
            **words,
        )


def _permalink(post: Element) -> Element | None:
    links = (a for a in post.find_all("a") if a.has_attr("href"))
    return next(
        (a for a in links if "findComment" in a["href"] or a.has_attr("data-entry-pid")), None
    )


register_platforms = registering(Invision)
