"""Comments of WordPress posts and WooCommerce reviews, on any host.

Built from **real** pages (themes of 2013 to 2023) and the **documented** output of core's comment
walker and comment blocks (a test page of WordPress 6.1); WooCommerce reviews are **unverified**.
Stable hooks: `comment-N` ids, the reply link's `data-postid`, by which the root is known.
Pingbacks and trackbacks are machines telling of links, so they are left out.
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
    Rating,
    attribute,
    enclosing,
    first_text,
    found_in,
    landmarks,
    registering,
    text_of,
)

CONTENT = (".comment-content", ".wp-block-comment-content", ".comment-entry", ".comment_text")
AUTHOR = (
    ".comment-author .fn, .wp-block-comment-author-name, .woocommerce-review__author, .fn,"
    " .comment-author-name, .comment-author"
)
DATE = (
    ".comment-metadata, .commentmetadata, .wp-block-comment-date, .comment-meta, .comment-date,"
    " .woocommerce-review__published-date"
)
NOTHING_LIKE_A_COMMENT = ":not(:has(ol, ul, article, cite, time))"
PARAGRAPHS = ["p", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4"]


class WordPress(Platform):
    """Comment numbers belong to one site. Where a site caps nesting, replies show as siblings."""

    name, label = "wordpress", "WordPress comments"
    markers = [
        'form[action$="/wp-comments-post.php"]',
        '.comment[id^="comment-"] [id^="div-comment-"]',
        '.comment[id^="comment-"] .comment-reply-link',
        '.wp-block-comment-template [id^="comment-"]',
        '.comment[id^="li-comment-"], .review[id^="li-comment-"]',
        'li.comment[id^="comment-"] .comment-author',
    ]
    items = [
        '.comment[id^="comment-"]',
        '.comment[id^="li-comment-"]',
        '.review[id^="li-comment-"]',
    ]
    context = [".wp-block-comments-title", ".comments-title", ".woocommerce-Reviews-title"]
    empty = [
        ".woocommerce-noreviews",
        f"#comments:has(#respond){NOTHING_LIKE_A_COMMENT}",
        f".wp-block-comments:has(#respond){NOTHING_LIKE_A_COMMENT}",
    ]
    level = "real"
    built_from = "pages of themes of 2013 to 2023; blocks from a test page of WordPress 6.1"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        comment = fragment.soup.select_one('[id^="comment-"], [id^="li-comment-"]')
        number = _number(str(comment["id"])) if comment else None
        if comment is None or number is None:
            return
        marks = landmarks(comment)
        content = _content(marks)
        yield Item(
            id=number,
            kind="review" if fragment.selector.startswith(".review") else "comment",
            text=_text(comment, content),
            author=_author(comment),
            published=_published(comment),
            url=f"#comment-{number}",
            root_id=_post(marks),
            parent_id=enclosing(fragment, r' id="(?:li-)?comment-(\d+)"'),
            rating=_rating(marks.get(".star-rating")),
            links=[str(a["href"]) for a in content.find_all("a", href=True)] if content else [],
        )

    def expected(self, page: Page) -> str | None:
        """Only a leading number: “One response to …” may have another in the post's title."""
        titles = (found_in(r"^\W*(\d[\d.,٬]*)", text_of(f.soup)) for f in page.context)
        return next(filter(None, titles), None)


def _content(marks: dict[str, Tag]) -> Tag | None:
    if ".comment-text" in marks and ".description" in marks:  # a shop's review
        return marks[".description"]
    return next((marks[key] for key in CONTENT if key in marks), None)


def _text(comment: Tag, content: Tag | None) -> str:
    if content:
        return text_of(content, drop=".comment-awaiting-moderation, .reply, .sharedaddy")
    body = comment.select_one(".comment-body, [id^=div-comment-]") or comment
    return "\n\n".join(filter(None, map(text_of, body.find_all(PARAGRAPHS, recursive=False))))


def _author(comment: Tag) -> Author | None:
    shown = comment.select_one(AUTHOR)
    name = text_of(shown, drop=".says, time").strip(": \n")
    link = shown.select_one("a[href]") if shown else None
    return Author(name=name, url=str(link["href"]) if link else None) if name else None


def _published(comment: Tag) -> str | None:
    if comment.time and comment.time.has_attr("datetime"):
        return str(comment.time["datetime"])
    shown = comment.select_one(DATE)
    link = shown.select_one("a[href*='#comment-'], a[href*='comment-page']") if shown else None
    return text_of(link or shown, drop=".edit-link, .comment-edit-link, .reply").replace("\n", " ")


def _rating(stars: Tag | None) -> Rating | None:
    found = re.fullmatch(r"\d(?:[.,]\d+)?", first_text(stars, ".rating") or "")
    return Rating(float(found[0].replace(",", ".")), best=5) if found else None


def _post(marks: dict[str, Tag]) -> str | None:
    number = attribute(marks.get(".comment-reply-link"), "data-postid")
    return f"post-{number}" if number else None


def _number(id_: str) -> str | None:
    found = re.fullmatch(r"(?:li-)?comment-(\d+)", id_)
    return found[1] if found else None


register_platforms = registering(WordPress)
