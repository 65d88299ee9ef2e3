"""XenForo forums 1 and 2, on any host.

Built from a **real** page of XenForo 2 (2021); XenForo 1, polls and likes from **documented**
templates (as public parsers and themes quote them, 2013 to 2025). Stable hooks: post ids,
`data-author`, `data-user-id`, `datetime`. Posts stand in one row and do not say what they answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    Poll,
    PollOption,
    attribute,
    enclosing,
    first_text,
    found_in,
    landmarks,
    registering,
    said,
    text_of,
    time_of,
)

NOT_SAID_HERE = ".bbCodeBlock--quote, .bbCodeQuote, .bbCodeBlock-title"


class XenForo(Platform):
    """Post numbers are unique in a forum; the thread, `thread-N`, is the root."""

    name, label = "xenforo", "XenForo"
    markers = [
        'html#XF[data-template^="thread_view"]',
        'html#XF[data-template="login"]',
        'html#XF[data-template="error"]',
        '#messageList > .message[id^="post-"]',
        "html#XenForo form#pageLogin",
    ]
    items = ['article.message[data-content^="post-"]', 'li.message[id^="post-"][data-author]']
    context = [".block-container:has(.pollResult)"]
    empty = [
        'html[data-template="login"]',
        'html[data-template="error"]',
        "html#XenForo form#pageLogin",
    ]
    level = "real"
    built_from = "a page of XenForo 2 of 2021; XenForo 1 from its documented templates"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        thread = _thread(fragment, page)
        post = fragment.soup.select_one(".message[data-author], .message[data-content]")
        number = found_in(r"post-(\d+)$", attribute(post, "data-content", "id"))
        if fragment.kind == "context":
            yield from _poll(fragment.soup, thread)
        elif post and number:
            yield _post(post, number, thread, page)


def _post(post: Tag, number: str, thread: str | None, page: Page) -> Item:
    marks = landmarks(post)
    body = marks.get(".bbWrapper") or marks.get(".messageText")
    for part in body.select(NOT_SAID_HERE) if body else ():
        part.extract()
    words = said(body)
    words["mentions"] = [text_of(a).removeprefix("@") for a in _all(body, "a", "username")]
    words["links"] = [_based(link, page) for link in words["links"]]
    link, time, place = _placed(marks)
    images = (attribute(image, "data-url", "src") for image in _all(body, "img", "bbImage"))
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


def _placed(marks: dict[str, Tag]) -> tuple[str | None, Tag | None, str]:
    """The post's address, its time and its place in the thread, “#1”."""
    if old := marks.get(".datePermalink"):
        return attribute(old, "href"), old.abbr or old.span, text_of(marks.get(".postNumber"))
    head, end = marks.get(".message-attribution"), marks.get(".message-attribution-opposite")
    links = (str(a.get("href")) for a in head.find_all("a")) if head else ()
    places = end.find_all("li") if end else []
    return (
        next((link for link in links if "/post-" in link), None),
        head.time if head else None,
        text_of(places[-1]) if places else "",
    )


def _author(post: Tag, user: Tag | None, page: Page) -> Author | None:
    link = attribute(user, "href")
    handle = attribute(post, "data-author") or text_of(user)
    if not handle:
        return None
    key = attribute(user, "data-user-id") or found_in(r"members/(?:[^/]*\.)?(\d+)", link)
    return Author(
        id=None if key == "0" else key, handle=handle, url=_based(link, page) if link else None
    )


def _likes(bar: Tag | None) -> int | None:
    """The first few who liked are named, the others counted: “A, B and 5 others”."""
    if bar is None:
        return None
    others = re.search(r"\d+", text_of(bar, drop="bdi, a.username"))
    return len(bar.select("bdi, a.username")) + (int(others[0]) if others else 0)


def _poll(block: Tag, thread: str | None) -> Iterator[Item]:
    results = block.select(".pollResult")
    options = [
        PollOption(label, votes=first_text(result, ".pollResult-votes"))
        for result in results
        if (label := first_text(result, ".pollResult-response"))
    ]
    if options and thread:
        question = first_text(block, ".block-header") or ""
        yield Item(
            id=f"{thread}/poll", kind="poll", text=question, root_id=thread, poll=Poll(options)
        )


def _thread(fragment: Fragment, page: Page) -> str | None:
    number = enclosing(fragment, r'data-lb-id="thread-(\d+)"')
    number = number or found_in(r"[/?](?:threads|t)/(?:[^/?#]*\.)?(\d+)", page.url)
    return f"thread-{number}" if number else None


def _based(href: str, page: Page) -> str:
    """XenForo 1 writes addresses from the forum's own folder, which its `base` names."""
    folder = found_in(r"^(https?://[^?#]*?/)(?:index\.php\?)?threads/", page.url)
    return urljoin(page.url if href[0] == "#" else folder or page.url, href)


def _all(body: Tag | None, name: str, css_class: str) -> list[Tag]:
    tags = body.find_all(name) if body else ()
    return [tag for tag in tags if css_class in tag.attrs.get("class", ())]


register_platforms = registering(XenForo)
