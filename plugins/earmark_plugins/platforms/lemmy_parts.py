"""What Lemmy draws alike on posts and comments: votes, people and times."""

import re
from datetime import datetime

from earmark import Author
from earmark.markup import Element, attribute, found_in, text_of

ENGLISH = re.compile(
    r"(\w+ \d+)\w\w, (\d{4}) at (\d+:\d\d:\d\d [AP]M) GMT([+-]\d\d:\d\d)"
)  # as dates are written out where the interface is English


def votes_in(area: Element) -> list[str]:
    """Those for it, and where the instance takes them, those against it."""
    return [
        text_of(button) for button in area.find_all("button") if button.has_attr("aria-pressed")
    ]


def pictures_in(body: Element) -> list[str]:
    """The pictures in what is said; an instance's own emoji are drawn as pictures too."""
    images = (image for image in body.find_all("img") if "icon-emoji" not in image.get("class", ()))
    return [str(image["src"]) for image in images if image.has_attr("src")]


def author_in(area: Element) -> Author | None:
    links = (a for a in area.find_all("a") if "/u/" in str(a.get("href")))
    link = next(links, None)
    url = attribute(link, "href")
    handle, name = found_in(r"/u/([^/?#]+)", url), text_of(link)
    shown = None if name.startswith("@") else name
    return Author(handle=handle, name=shown or None, url=url) if handle else None


def published_in(time: Element | None) -> datetime | str | None:
    """What the hint says was first: a later line tells of the edit."""
    hint = attribute(time, "data-tippy-content")
    if hint is None:
        return text_of(time)
    line = hint.splitlines()[0]
    if found := ENGLISH.search(line):
        return datetime.strptime(" ".join(found.groups()), "%B %d %Y %I:%M:%S %p %z")
    return line.partition(": ")[2] or line
