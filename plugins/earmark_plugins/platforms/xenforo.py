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
    first_attribute,
    first_text,
    found_in,
    registering,
    said,
    text_of,
    time_of,
)

TIME = ".message-attribution-main time, .messageMeta .DateTime"
LIKES = ".reactionsBar-link, .LikeText"
MENTIONED = "a.username:not(.bbCodeBlock--quote *, .bbCodeQuote *)"
INTERFACE = ".bbCodeBlock--quote, .bbCodeQuote, .bbCodeBlock-title, .message-lastEdit"


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
    body = post.select_one(".message-body .bbWrapper, .messageText")
    words = said(body, drop=INTERFACE)
    words["mentions"] = [text_of(a).removeprefix("@") for a in _all(body, MENTIONED)]
    words["links"] = [_based(link, page) for link in words["links"]]
    link = first_attribute(post, '.message-attribution a[href*="/post-"], a.datePermalink', "href")
    place = first_text(post, ".message-attribution-opposite li:last-child", ".postNumber")
    return Item(
        id=number,
        kind="post" if place == "#1" else "comment",
        author=_author(post, page),
        published=time_of(post.select_one(TIME)),
        edited=post.select_one(".message-lastEdit, .editDate") is not None,
        url=_based(link or f"#post-{number}", page),
        root_id=thread,
        likes=_likes(post.select_one(LIKES)),
        media=[
            _based(str(a.get("data-url") or a.get("src")), page) for a in _all(body, "img.bbImage")
        ],
        **words,
    )


def _author(post: Tag, page: Page) -> Author | None:
    user = post.select_one(".message-name .username, .userText .username")
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


def _all(body: Tag | None, selector: str) -> list[Tag]:
    return list(body.select(selector)) if body else []


register_platforms = registering(XenForo)
