"""Captions and comments as Instagram draws them: by addresses, times and places."""

from earmark import Author, Item, Items
from earmark.markup import Element, Said, attribute, found_in, said_here, text_of

from .instagram_post import SITE

CODE = r"/(?:p|reel|reels|tv)/([\w-]+)"


def comment_in(area: Element) -> Items:
    """A comment beside its author's avatar; the boxes around others hold none themselves."""
    time = area.find("time")
    address = attribute(time.parent, "href") if isinstance(time, Element) else None
    under = found_in(r"/c/(\d+)", address)
    if address is None or under is None:
        return
    reply = found_in(r"/r/(\d+)", address)
    yield Item(
        id=reply or under,
        kind="reply" if reply else "comment",
        **_said(area),
        author=_author(area),
        published=attribute(area.time, "datetime"),
        url=f"{SITE}{address}",
        parent_id=under if reply else None,
        root_id=found_in(CODE, address),
        likes=_likes(area),
    )


def caption_in(area: Element, code: str) -> Items:
    """The post with this short code, by its caption."""
    yield Item(
        id=code,
        kind="post",
        **_said(area),
        author=_author(area),
        published=attribute(area.time, "datetime"),
        url=f"{SITE}/p/{code}/",
    )


def _said(area: Element) -> Said:
    """The first text that is neither a name, a time nor on a button."""
    texts = (tag for tag in area.find_all(["h1", "span"]) if _is_text(tag))
    return said_here(next(texts, None))


def _is_text(tag: Element) -> bool:
    if tag.name == "span" and tag.get("dir") != "auto":
        return False
    around = [parent for parent in tag.parents if isinstance(parent, Element)]
    named = any(p.name in {"a", "button", "h2", "h3"} or p.get("role") == "button" for p in around)
    return not named and tag.find("time") is None and bool(text_of(tag))


def _author(area: Element) -> Author | None:
    handles = (found_in(r"^/([\w.]+)/?$", attribute(a, "href")) for a in area.find_all("a"))
    handle = next(filter(None, handles), None)
    return Author(handle=handle, url=f"{SITE}/{handle}/") if handle else None


def _likes(area: Element) -> str | None:
    """Of the buttons below a comment only the one with the likes has a number."""
    buttons = (t for t in area.find_all(True) if t.name == "button" or t.get("role") == "button")
    labels = (b.get_text(" ", strip=True) for b in buttons)
    return next((label for label in labels if any(c.isdigit() for c in label)), None)
