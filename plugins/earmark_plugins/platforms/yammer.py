"""Viva Engage, formerly Yammer: conversations of communities, announcements and polls.

Responses are read as **documented** by public clients of its GraphQL service (2026), the older
page (`yj-` classes) as in public userscripts (2015 to 2021). The present page's markup is
**unverified**: its articles and the node ids in its links, which the service's own ids explain.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, Poll, PollOption, registering
from earmark.markup import (
    attribute,
    enclosing,
    first_attribute,
    first_text,
    found_in,
    said,
    text_of,
    time_of,
)

from .yammer_json import is_inbox, node_id, responses_in

OLDER = ".yj-message-list-item[data-message-id]"


class Yammer(Platform):
    """A thread's number is that of its first message; both look the same in page and response."""

    name, label = "yammer", "Viva Engage (Yammer)"
    matches = ["https://engage.cloud.microsoft/*", "https://*.yammer.com/*"]
    items = [OLDER, 'main [role="article"]']
    empty = ['[role="feed"]:not(:has(*))', ".yj-thread-list:not(:has(*))"]
    responses = ["https://engage.cloud.microsoft/graphql*", "https://*.yammer.com/graphql*"]
    messages = ["https://engage.cloud.microsoft/*/inbox*", "https://*.yammer.com/*/inbox*"]
    level = "unverified"
    built_from = (
        "responses: public clients of the GraphQL service, 2026; the older page: userscripts of "
        "2015 to 2021; the present page: not verified"
    )

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            yield from responses_in(fragment.json, page)
        elif message := fragment.soup.select_one(OLDER):
            yield _older(message, fragment)
        elif article := fragment.soup.select_one('[role="article"]'):
            yield _present(article, fragment, page)


def _older(message: Tag, fragment: Fragment) -> Item:
    thread = enclosing(fragment, r'data-thread-id="(\d+)"')
    number = attribute(message, "data-message-id")
    name = message.select_one(".yj-message-list-item--sender a, .yj-hovercard-link")
    return Item(
        **said(message.select_one(".yj-message-list-item--body-message")),
        id=number,
        kind="post" if number == thread else "comment",
        author=Author(
            id=first_attribute(message, ".yj-message-list-item--avatar", "data-userid"),
            name=text_of(name) or None,
            url=attribute(name, "href"),
        ),
        published=time_of(message.select_one(".yj-message-time time, .yj-message-time")),
        url=first_attribute(message, "a:has(.yj-message-time), .yj-message-time a", "href"),
        root_id=thread,
        parent_id=None if number == thread else thread,
        likes=first_text(message, ".yj-like-count"),
        audience="group",
    )


def _present(article: Tag, fragment: Fragment, page: Page) -> Item:
    user = article.select_one('a[href*="/users/"]')
    moment = article.select_one("time")
    link = moment.find_parent("a", href=True) if moment else None
    address = attribute(link, "href")
    thread = node_id("Thread", address) or node_id("Thread", page.url)
    number = node_id("Message", attribute(article, "id", "data-id")) or node_id("Message", address)
    poll = _poll(article.select_one('[role="radiogroup"]'))
    starts = not fragment.parent_ref
    return Item(
        **said(article.select_one('[dir="auto"]')),
        id=number or (thread if starts else None),
        kind="poll" if poll else "post" if starts else "comment",
        author=Author(
            id=node_id("User", attribute(user, "href")),
            name=text_of(user) or None,
            url=attribute(user, "href"),
        ),
        published=time_of(moment),
        url=address,
        root_id=thread,
        poll=poll,
        audience="private" if is_inbox(page) else "group",
    )


def _poll(group: Tag | None) -> Poll | None:
    if group is None:
        return None
    options = [
        PollOption(text_of(option), share=_share(option))
        for option in group.select('[role="radio"], label')
    ]
    return Poll(options) if options else None


def _share(option: Tag) -> float | None:
    percent = found_in(r"(\d+)\s*%", attribute(option, "aria-label") or option.get_text(" "))
    return int(percent) / 100 if percent else None


register_platforms = registering(Yammer)
