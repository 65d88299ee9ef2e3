"""What YouTube's page and its responses spell alike: people, words, times and addresses."""

import re
from urllib.parse import parse_qs, unquote

from earmark import Author
from earmark.markup import (
    Element,
    Said,
    address_parts,
    as_typed,
    attribute,
    first_mark,
    found_in,
    said,
    text_of,
)

ROOT = r"(?:/post/|[?&]lb=|[?&]v=|/shorts/|/live/)([\w-]+)"
_EDITED = re.compile(r"\s*[(（].*[)）]\s*$")


def author(marks: dict[str, Element]) -> Author | None:
    """Whoever wrote a comment or a post, or owns the video; most show their handle for a name."""
    place = first_mark(marks, "#author-text", "#channel-name")
    link = place.a if place and place.name != "a" else place
    if link is None:
        return None
    url, shown = attribute(link, "href"), text_of(link)
    handle = shown[1:] if shown.startswith("@") else found_in(r"^/@([^/?]+)", unquote(url or ""))
    return Author(
        id=found_in(r"/channel/(UC[\w-]+)", url),
        handle=handle,
        name=None if shown.startswith("@") else shown,
        url=url,
        followers=text_of(marks.get("#owner-sub-count")) or None,
    )


def words(marks: dict[str, Element]) -> Said:
    """The text as typed, with its links as they lead off the site."""
    spoken = said(as_typed(marks.get("#content-text")))
    spoken["links"] = list(map(outward, spoken["links"]))
    return spoken


def when(shown: str | None) -> tuple[str | None, bool]:
    """The time, and whether the word for “edited” stood behind it in brackets."""
    time = _EDITED.sub("", shown or "")
    return time or None, time != (shown or "")


def permalink(root: str | None, key: str | None) -> str | None:
    """A comment's address without what follows where it was clicked."""
    if not root or not key:
        return None
    is_video = len(root) == 11
    return f"/watch?v={root}&lc={key}" if is_video else f"/post/{root}?lc={key}"


def outward(url: str) -> str:
    """Where a link leads: those off the site pass through a page that asks first."""
    parts = address_parts(url)
    if parts.path == "/redirect":
        return next(iter(parse_qs(parts.query).get("q", [])), url)
    return url
