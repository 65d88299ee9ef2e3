"""What WordPress themes draw each in their own way: texts, people, times and stars."""

import re

from bs4 import NavigableString

from earmark import Author, Rating
from earmark.markup import (
    Element,
    attribute,
    elements_called,
    first_element,
    first_mark,
    first_text,
    link_to,
    paragraphs,
    text_of,
)

# From those that say most exactly what they hold to those that hold more.
CONTENT = (".comment-content", ".wp-block-comment-content", ".comment-entry", ".comment_text")
AUTHOR = {
    ".fn", ".wp-block-comment-author-name", ".woocommerce-review__author", ".comment-author-name",
    ".comment-author",
}  # fmt: skip
PLAIN_AUTHOR = (".author", ".author_name", ".w-comments-item-author")
NAMES = ("cite", "h3", "h4", "h5", "h6", "strong", "b")
DATE = (
    ".comment-date", ".comment_date", ".comment-date-time", ".comment-time",
    ".wp-block-comment-date",
)  # fmt: skip
CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?", re.IGNORECASE)
AROUND_DATE = {
    ".comment-metadata", ".commentmetadata", ".comment-meta", ".woocommerce-review__published-date",
}  # fmt: skip
NOT_SAID = {
    ".comment-awaiting-moderation", ".reply", ".comment-reply-link", ".sharedaddy",
    ".comment-likes",
}  # fmt: skip
PARAGRAPHS = {"p", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4"}


def content_in(marks: dict[str, Element]) -> Element | None:
    """The element with somebody's words, where the theme has one."""
    if ".comment-text" in marks and ".description" in marks:  # a shop's review
        return marks[".description"]
    content, words = first_mark(marks, *CONTENT), marks.get(".comment-text")
    return words if words and content and content in words.parents else content


def words_in(comment: Element, content: Element | None, marks: dict[str, Element]) -> str:
    """The text; where nothing marks it, the paragraphs that stand together in the comment."""
    if content:
        return text_of(content, drop=", ".join(NOT_SAID & marks.keys()))
    named = (key for key in marks if key == ".comment-body" or key.startswith("#div-comment-"))
    body, first = marks.get(next(named, ""), comment), first_element(comment, "p")
    return _paragraphs_in(body) or _paragraphs_in(first.parent if first else None)


def _paragraphs_in(body: Element | None) -> str:
    inside = (part for part in (body.contents if body else ()) if isinstance(part, Element))
    said = (part for part in inside if part.name in PARAGRAPHS and not _is_interface(part))
    return paragraphs(*(text_of(part, drop=", ".join(NOT_SAID)) for part in said))


def _is_interface(part: Element) -> bool:
    """Whether it is no paragraph of what is said; some themes sign in one: “Comment by …”."""
    signed = part.find(class_="fn") is not None
    return signed or any(f".{name}" in NOT_SAID for name in part.attrs.get("class", ()))


def author_in(comment: Element, marks: dict[str, Element]) -> Author | None:
    """Whoever wrote it; their link leads to a site of their own."""
    shown = _named_around(marks) or _name_in(comment)
    said = text_of(_name_in(shown) or shown, drop=".says, time").strip(":, \n")
    url = attribute(first_element(shown, "a"), "href") or ""
    return Author(name=said.splitlines()[0], url=None if "#" in url else url) if said else None


def _named_around(marks: dict[str, Element]) -> Element | None:
    """The name itself, else what a theme names after the author; some put only a picture there."""
    places = (marks.get(".fn"), _outermost(marks, AUTHOR), first_mark(marks, *PLAIN_AUTHOR))
    return next(filter(text_of, places), None)


def _name_in(shown: Element | None) -> Element | None:
    """Where a theme writes the date beside the name, the name is set apart."""
    firsts: dict[str, Element] = {}
    for inner in elements_called(shown, *NAMES):
        firsts.setdefault(inner.name, inner)
    fitting = (firsts[name] for name in NAMES if name in firsts)
    return next(filter(text_of, fitting), None)


def published_in(comment: Element, marks: dict[str, Element]) -> str | None:
    """The time for machines, else the link to the comment, which shows it, else what is around."""
    if exact := attribute(first_element(comment, "time"), "datetime"):
        return exact
    shown = first_mark(marks, *DATE) or _outermost(marks, AROUND_DATE)
    link = link_to(shown or comment, "#comment-|comment-page")
    link = None if link is marks.get(".comment-reply-link") else link
    found = text_of(link or shown, drop=".edit-link, .comment-edit-link, .reply")
    if shown or (link and not CLOCK.fullmatch(found)):
        return found.replace("\n", " ")
    return _beside_name(marks, link)


def _beside_name(marks: dict[str, Element], link: Element | None) -> str | None:
    """The words right beside the name, in no element of their own: “said, on May 3 at *3:12*”."""
    shown = _named_around(marks)
    name = _name_in(shown) or shown
    around = name.parent.contents if name and name.parent else ()
    parts = (part for part in around if isinstance(part, NavigableString) or part is link)
    words = " ".join(part.get_text().strip() for part in parts).strip()
    return re.sub(r"^\D*?[,—]\s*", "", words)


def rating_in(marks: dict[str, Element]) -> Rating | None:
    """A review's stars."""
    shown = first_text(marks.get(".star-rating"), ".rating") or ""
    found = re.fullmatch(r"\d(?:[.,]\d+)?", shown)
    return Rating(float(found[0].replace(",", ".")), best=5) if found else None


def _outermost(marks: dict[str, Element], keys: set[str]) -> Element | None:
    """The first in the document: landmarks come in its order."""
    return next((tag for key, tag in marks.items() if key in keys), None)
