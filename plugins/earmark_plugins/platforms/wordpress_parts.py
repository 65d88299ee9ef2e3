"""What WordPress themes draw each in their own way: texts, people, times and stars."""

import re

from earmark import Author, Rating
from earmark.markup import (
    Element,
    attribute,
    first_element,
    first_mark,
    first_text,
    link_to,
    paragraphs,
    text_of,
)

CONTENT = (".comment-content", ".wp-block-comment-content", ".comment-entry", ".comment_text")
AUTHOR = {
    ".fn", ".wp-block-comment-author-name", ".woocommerce-review__author", ".comment-author-name",
    ".comment-author",
}  # fmt: skip
DATE = {
    ".comment-metadata", ".commentmetadata", ".wp-block-comment-date", ".comment-meta",
    ".comment-date", ".woocommerce-review__published-date",
}  # fmt: skip
NOT_SAID = {".comment-awaiting-moderation", ".reply", ".sharedaddy"}
PARAGRAPHS = {"p", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4"}


def content_in(marks: dict[str, Element]) -> Element | None:
    """The element with somebody's words, where the theme has one."""
    if ".comment-text" in marks and ".description" in marks:  # a shop's review
        return marks[".description"]
    return first_mark(marks, *CONTENT)


def words_in(comment: Element, content: Element | None, marks: dict[str, Element]) -> str:
    """The text; where nothing marks it, the paragraphs right in the comment's body."""
    if content:
        return text_of(content, drop=", ".join(NOT_SAID & marks.keys()))
    named = (key for key in marks if key == ".comment-body" or key.startswith("#div-comment-"))
    body = marks.get(next(named, ""), comment)
    inside = (part for part in body.contents if isinstance(part, Element))
    return paragraphs(*(text_of(part) for part in inside if part.name in PARAGRAPHS))


def author_in(marks: dict[str, Element]) -> Author | None:
    """Whoever wrote it; their link leads to a site of their own."""
    shown = _outermost(marks, AUTHOR)
    name = text_of(shown, drop=".says, time").strip(": \n")
    url = attribute(first_element(shown, "a"), "href")
    return Author(name=name, url=url) if name else None


def published_in(comment: Element, marks: dict[str, Element]) -> str | None:
    """The time for machines, else the link to the comment, which shows it, else what is around."""
    if exact := attribute(first_element(comment, "time"), "datetime"):
        return exact
    shown = _outermost(marks, DATE)
    link = link_to(shown, "#comment-|comment-page")
    return text_of(link or shown, drop=".edit-link, .comment-edit-link, .reply").replace("\n", " ")


def rating_in(marks: dict[str, Element]) -> Rating | None:
    """A review's stars."""
    shown = first_text(marks.get(".star-rating"), ".rating") or ""
    found = re.fullmatch(r"\d(?:[.,]\d+)?", shown)
    return Rating(float(found[0].replace(",", ".")), best=5) if found else None


def _outermost(marks: dict[str, Element], keys: set[str]) -> Element | None:
    """The first in the document: landmarks come in its order."""
    return next((tag for key, tag in marks.items() if key in keys), None)
