"""One post of a XenForo thread, in the markup of either generation."""

import re

from earmark import Author, Item, Page
from earmark.markup import (
    Element,
    address_parts,
    attribute,
    found_in,
    landmarks,
    of_class,
    said,
    text_of,
    time_of,
)

NOT_SAID_HERE = ".bbCodeBlock--quote, .bbCodeQuote, .bbCodeBlock-title"


def post_in(post: Element, number: str, thread: str | None, page: Page) -> Item:
    marks = landmarks(post)
    body = marks.get(".bbWrapper") or marks.get(".messageText")
    for part in body.select(NOT_SAID_HERE) if body else ():
        part.extract()
    words = said(body)
    words["mentions"] = [text_of(a).removeprefix("@") for a in of_class(body, "a", "username")]
    words["links"] = [_based(link, page) for link in words["links"]]
    link, time, place = _placed(marks)
    images = (attribute(image, "data-url", "src") for image in of_class(body, "img", "bbImage"))
    return Item(
        id=number,
        kind="post" if place == "#1" else "comment",
        author=_author(post, marks.get(".username"), page),
        published=time_of(time),
        edited=".message-lastEdit" in marks or ".editDate" in marks,
        url=_based(link or f"#post-{number}", page),
        root_id=thread,
        likes=_likes(marks.get(".reactionsBar-link") or marks.get(".LikeText")),
        media=[_based(image, page) for image in images if image],
        **words,
    )


def _placed(marks: dict[str, Element]) -> tuple[str | None, Element | None, str]:
    """The post's address, its time and its place in the thread, “#1”."""
    if old := marks.get(".datePermalink"):
        return attribute(old, "href"), old.abbr or old.span, text_of(marks.get(".postNumber"))
    head, end = marks.get(".message-attribution"), marks.get(".message-attribution-opposite")
    links = (str(a.get("href")) for a in head.find_all("a")) if head else ()
    ends = map(text_of, end.find_all("li")) if end else ()
    return (
        next((link for link in links if "/post-" in link), None),
        head.time if head else None,
        next((place for place in ends if place.startswith("#")), ""),
    )


def _author(post: Element, user: Element | None, page: Page) -> Author | None:
    link = attribute(user, "href")
    handle = attribute(post, "data-author") or text_of(user)
    if not handle:
        return None
    key = attribute(user, "data-user-id") or found_in(r"members/(?:[^/]*\.)?(\d+)", link)
    return Author(
        id=None if key == "0" else key, handle=handle, url=_based(link, page) if link else None
    )


def _likes(bar: Element | None) -> int | None:
    """The first few who liked are named, the others counted: “A, B and 5 others”."""
    if bar is None:
        return None
    others = re.search(r"\d+", text_of(bar, drop="bdi, a.username"))
    return len(bar.select("bdi, a.username")) + (int(others[0]) if others else 0)


def _based(href: str, page: Page) -> str:
    """XenForo 1 writes addresses from the forum's own folder, which its `base` names."""
    folder = found_in(r"^(https?://[^?#]*?/)(?:index\.php\?)?threads/", page.url)
    base = page.url if href.startswith("#") else folder or page.url
    return address_parts(href, base).geturl()
