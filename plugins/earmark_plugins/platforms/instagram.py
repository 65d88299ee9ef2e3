"""Instagram: captions, comments and replies on posts and reels, polls in stories.

Built from a **real** page of 2019 (`window._sharedData`) and a **real** response of 2022; comments
as drawn now and the comment responses are **documented** (public readers' sources and probes, 2025
and 2026). Stable hooks: `/c/` and `/r/` in comments' addresses, `time`, the avatar beside a text.
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
    Said,
    attribute,
    data_in,
    first_attribute,
    found_in,
    registering,
    said_here,
    text_of,
)

from .instagram_json import SITE, said_in

BESIDE_AN_AVATAR = "div:has(img):not(:has(time)) + div"
COMMENT = f'{BESIDE_AN_AVATAR}:has(a[href*="/c/"])'
CAPTION = f'{BESIDE_AN_AVATAR}:has(time):not(:has(a[href*="/c/"]))'
CODE = r"/(?:p|reel|reels|tv)/([\w-]+)"


class Instagram(Platform):
    """Posts go by the short code of their address, comments by their number."""

    name, label = "instagram", "Instagram"
    matches = [
        f"https://www.instagram.com/{path}"
        for path in ("p/*", "*/p/*", "reel/*", "*/reel/*", "reels/*", "tv/*", "stories/*")
    ]
    items = [COMMENT]
    context = [CAPTION, 'script[type="text/javascript"]']
    empty = ["#loginForm", 'form:has(input[name="username"]):has(input[type="password"])']
    responses = [
        f"https://www.instagram.com/{path}"
        for path in (
            "api/graphql*",
            "graphql/query*",
            "api/v1/media/*",
            "api/v1/feed/reels_media/*",
        )
    ]
    messages = ["https://www.instagram.com/direct/*"]
    level = "real"
    built_from = "a page of 2019, a response of 2022; the present site as public readers have it"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        code = found_in(CODE, page.url)
        if fragment.kind == "response":
            yield from said_in(fragment.json, code)
            return
        script, area = fragment.soup.script, fragment.soup.div
        if script is not None:
            yield from said_in(data_in(script), code)
        elif area is not None and fragment.kind == "element":
            yield from _comment(area)
        elif area is not None and code:
            yield from _caption(area, code)


def _comment(area: Tag) -> Iterator[Item]:
    """A comment beside its author's avatar; the boxes around others hold none themselves."""
    time = area.find("time")
    address = attribute(time.parent, "href") if isinstance(time, Tag) else None
    under = found_in(r"/c/(\d+)", address)
    if address is None or under is None:
        return
    reply = found_in(r"/r/(\d+)", address)
    yield Item(
        id=reply or under,
        kind="reply" if reply else "comment",
        **_said(area),
        author=_author(area),
        published=first_attribute(area, "time", "datetime"),
        url=f"{SITE}{address}",
        parent_id=under if reply else None,
        root_id=found_in(CODE, address),
        likes=_likes(area),
    )


def _caption(area: Tag, code: str) -> Iterator[Item]:
    yield Item(
        id=code,
        kind="post",
        **_said(area),
        author=_author(area),
        published=first_attribute(area, "time", "datetime"),
        url=f"{SITE}/p/{code}/",
    )


def _said(area: Tag) -> Said:
    """The first text that is neither a name, a time nor on a button."""
    texts = (tag for tag in area.find_all(["h1", "span"]) if _is_text(tag))
    return said_here(next(texts, None))


def _is_text(tag: Tag) -> bool:
    if tag.name == "span" and tag.get("dir") != "auto":
        return False
    around = [parent for parent in tag.parents if isinstance(parent, Tag)]
    named = any(p.name in {"a", "button", "h2", "h3"} or p.get("role") == "button" for p in around)
    return not named and tag.find("time") is None and bool(text_of(tag))


def _author(area: Tag) -> Author | None:
    handles = (found_in(r"^/([\w.]+)/?$", str(a["href"])) for a in area.find_all("a", href=True))
    handle = next(filter(None, handles), None)
    return Author(handle=handle, url=f"{SITE}/{handle}/") if handle else None


def _likes(area: Tag) -> str | None:
    """Of the buttons below a comment only the one with the likes has a number."""
    buttons = (t for t in area.find_all(True) if t.name == "button" or t.get("role") == "button")
    labels = (b.get_text(" ", strip=True) for b in buttons)
    return next((label for label in labels if any(c.isdigit() for c in label)), None)


register_platforms = registering(Instagram)
