"""What a `.thing` of old Reddit and a `shreddit-` element of the present one say of themselves."""

import re

from earmark import Author, Item
from earmark.markup import (
    Element,
    Said,
    attribute,
    elements_called,
    first_mark,
    paragraphs,
    said,
    text_of,
    with_classes,
)

SITE = "https://www.reddit.com"
GONE = {"[deleted]", "[removed]"}
MORE = "[slot=read-more]"
PERMALINK = ("data-permalink", "permalink")
USER = re.compile(r"(?<![\w/])/?u/([\w-]{3,20})")


def entry(thing: Element, marks: dict[str, Element]) -> Item:
    """The link or comment with these landmarks, without its place in the thread."""
    path = attribute(thing, *PERMALINK) or ""
    scores = with_classes(thing, "score", "unvoted") if ".score" in marks else []
    score = next(iter(scores), None)
    exact = attribute(thing, "created-timestamp", "created")
    times = elements_called(thing, "time")
    said_at = next((t for t in times if "edited-timestamp" not in t.get("class", ())), None)
    return Item(
        **_said(thing, marks),
        id=attribute(thing, "data-fullname", "thingid"),
        author=_author(thing),
        published=exact or attribute(said_at, "datetime") or attribute(thing, "data-timestamp"),
        edited=".edited-timestamp" in marks,
        url=f"{SITE}{path}" if path.startswith("/") else None,
        likes=attribute(thing, "data-score", "score")
        or attribute(score, "title")
        or text_of(score),
        replies=attribute(thing, "data-comments-count", "comment-count"),
        media=_pictures(thing),
    )


def _said(thing: Element, marks: dict[str, Element]) -> Said:
    """A title may be a link of its own; people are mentioned as `u/name`, and `#` begins titles."""
    title = marks.get(".title")
    title = title.a or title if title else None
    body = first_mark(marks, "[slot=text-body]", "[slot=comment]", ".md")
    spoken = said(body, drop=MORE if MORE in marks else "")
    spoken["text"] = paragraphs(attribute(thing, "post-title") or text_of(title), spoken["text"])
    linked = attribute(thing, "content-href") or attribute(title, "href")
    spoken["links"] = [*filter(None, [linked]), *spoken["links"]]
    spoken["mentions"], spoken["hashtags"] = USER.findall(spoken["text"]), []
    return spoken


def _pictures(thing: Element) -> list[str]:
    """Pictures and GIFs; behind those of a gallery lie blurred ones, for looks."""
    figures = elements_called(thing, "figure")
    images = (image for figure in figures for image in figure.find_all("img", src=True))
    return [str(image["src"]) for image in images if image.get("role") != "presentation"]


def _author(thing: Element) -> Author | None:
    handle = attribute(thing, "data-author", "author")
    if not handle or handle in GONE:
        return None
    number = attribute(thing, "data-author-fullname")
    return Author(id=number, handle=handle, url=f"{SITE}/user/{handle}")
