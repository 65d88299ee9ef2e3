"""Viva Engage, formerly Yammer: conversations of communities, announcements and polls.

Responses are read as public clients of its GraphQL service do, the older page (`yj-` classes) as
public userscripts did. The present page's articles are read by the node ids in their links, which
the service's own ids explain.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    enclosing,
    landmarks,
    link_to,
    person,
    poll_of,
    said,
    text_of,
    time_of,
)

from .yammer_json import responses_in
from .yammer_node import node_id
from .yammer_older import older_message


class Yammer(Platform):
    """A thread's number is that of its first message; both look the same in page and response."""

    name, label = "yammer", "Viva Engage (Yammer)"
    matches = ["https://engage.cloud.microsoft/*", "https://*.yammer.com/*"]
    items = [".yj-message-list-item[data-message-id]", 'main [role="article"]']
    empty = ['[role="feed"]:not(:has(*))', ".yj-thread-list:not(:has(*))"]
    responses = ["https://engage.cloud.microsoft/graphql*", "https://*.yammer.com/graphql*"]
    messages = ["https://engage.cloud.microsoft/*/inbox*", "https://*.yammer.com/*/inbox*"]
    level = "unverified"
    built_from = (
        "responses: public clients of the GraphQL service, 2026; the older page: userscripts of "
        "2015 to 2021; the present page: not verified"
    )

    def parse(self, fragment: Fragment, page: Page) -> Items:
        inbox = "/inbox" in page.url
        if fragment.kind == "response":
            yield from responses_in(fragment.json, inbox=inbox)
            return
        marks = landmarks(fragment.soup)
        if ".yj-message-list-item" in marks:
            yield older_message(marks, enclosing(fragment, r'data-thread-id="(\d+)"'))
        elif article := marks.get("[role=article]"):
            item = _present(article, marks.get("[role=radiogroup]"), page)
            item.audience = "private" if inbox else "group"
            if not fragment.parent_ref:
                item.id = item.id or item.root_id
                item.kind = "poll" if item.poll else "post"
            yield item


def _present(article: Element, group: Element | None, page: Page) -> Item:
    author = person(link_to(article, "/users/"))
    if author:
        author.id = node_id("User", author.url)
    moment = article.time
    address = attribute(moment.find_parent("a"), "href") if moment else None
    number = node_id("Message", attribute(article, "id", "data-id")) or node_id("Message", address)
    options = group.select('[role="radio"], label') if group else []
    poll = poll_of((text_of(o), attribute(o, "aria-label") or o.get_text(" ")) for o in options)
    return Item(
        **said(article.select_one("[dir=auto]")),
        id=number,
        author=author,
        published=time_of(moment),
        url=address,
        root_id=node_id("Thread", address) or node_id("Thread", page.url),
        kind="poll" if poll else "comment",
        poll=poll,
    )


register_platforms = registering(Yammer)
