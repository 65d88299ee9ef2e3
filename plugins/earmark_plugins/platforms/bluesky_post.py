"""A post as Bluesky's web app draws it, by the names of its parts and the addresses of posts."""

import re

from earmark import Author, Item, Items, Page
from earmark.markup import (
    Element,
    as_typed,
    attribute,
    first_mark,
    found_in,
    landmarks,
    said_here,
    text_of,
)

from .bluesky_json import SITE

DIRECTION_MARKS = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u200e\u200f"


def post_in(area: Element, handle: str, page: Page, *, is_asked: bool) -> Items:
    """What `handle` wrote; the post that was asked for has no link to itself."""
    marks, here = landmarks(area), found_in(r"/post/(\w+)", page.url)
    links = [a for a in area.find_all("a") if str(a.get("href")).startswith("/profile/")]
    base = f"/profile/{handle}"
    own = [a for a in links if re.fullmatch(rf"{re.escape(base)}/post/\w+", str(a["href"]))]
    link = None if is_asked else next(iter(own), None)
    key = found_in(r"/post/(\w+)", attribute(link, "href")) or here
    body = marks.get("[data-testid=postText]")
    when = attribute(link, "data-tooltip", "aria-label") or text_of(link) or _moment(area, body)
    if key is None:
        return
    yield Item(
        id=f"{handle}/{key}",
        kind="comment" if here and key != here else "post",
        **said_here(as_typed(body)),
        author=Author(handle=handle, name=_name(links), url=f"{SITE}{base}"),
        published=when,
        url=f"{SITE}{base}/post/{key}",
        likes=_count(marks, "likeCount"),
        shares=_count(marks, "repostCount"),
        replies=attribute(marks.get("[data-testid=replyBtn]"), "aria-label"),
        media=[str(i["src"]) for i in area.find_all("img") if "/img/feed_" in str(i.get("src"))],
    )


def _count(marks: dict[str, Element], name: str) -> str | None:
    """In words where the post is the page's own, else beside the button."""
    return (
        text_of(first_mark(marks, f"[data-testid={name}-expanded]", f"[data-testid={name}]"))
        or None
    )


def _name(links: list[Element]) -> str | None:
    names = (text_of(a).strip(DIRECTION_MARKS) for a in links)
    return next((name for name in names if name and not name.startswith("@")), None)


def _moment(area: Element, body: Element | None) -> str | None:
    """The post whose page it is shows its time in full, without a link, above its counts."""
    said = {id(tag) for tag in body.find_all(True)} if body else set()
    outside = (t for t in area.find_all("div") if t is not body and id(t) not in said)
    shown = (text_of(tag).replace("·", " ") for tag in outside if tag.find(True) is None)
    return next((t for t in shown if len(t) < 40 and t[-4:].isdigit() and ":" in t), None)
