"""The video whose page it is on TikTok: its description, and the parts beside that."""

import re

from earmark import Author, Item, Items, Page
from earmark.markup import Element, said_here, text_of

from .tiktok_json import SITE

VIDEO = re.compile(r"/@([\w.]+)/(?:video|photo)/(\d+)")
SHOWN = ("browser-nickname", "like-count", "comment-count", "share-count")


def video_of(page: Page, area: Element) -> Items:
    """The video, described in `area`."""
    named = VIDEO.search(page.url)
    name, _, when = (shown_beside(page, "browser-nickname") or "").rpartition("·")
    if named:
        yield Item(
            id=named[2],
            kind="post",
            **said_here(area),
            author=Author(handle=named[1], name=name.strip() or None, url=f"{SITE}/@{named[1]}"),
            published=time_shown(when.strip(), page),
            url=f"{SITE}{named[0]}",
            likes=shown_beside(page, "like-count"),
            replies=shown_beside(page, "comment-count"),
            shares=shown_beside(page, "share-count"),
        )


def time_shown(shown: str, page: Page) -> str | None:
    """Days of the present year are shown as month and day alone, “11-20”."""
    day = re.fullmatch(r"(\d{1,2})-(\d{1,2})", shown)
    return f"{page.captured_at[:4]}-{day[1]:>02}-{day[2]:>02}" if day else shown or None


def shown_beside(page: Page, hook: str) -> str | None:
    """What stands in a part of the page beside the description."""
    parts = (f for f in page.context if f.selector == f'[data-e2e="{hook}"]')
    return next((text_of(part.soup.body) for part in parts), None)
