"""XenForo forums 1 and 2, on any host.

Built from a **real** page of XenForo 2 (2021); XenForo 1, polls and likes from **documented**
templates (as public parsers and themes quote them, 2013 to 2025). Stable hooks: post ids,
`data-author`, `data-user-id`, `datetime`. Posts stand in one row and do not say what they answer.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import Element, attribute, enclosing, first_text, found_in, numbered, poll_in

from .xenforo_post import post_in


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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        thread = _thread(fragment, page)
        post = fragment.soup.select_one(".message[data-author], .message[data-content]")
        number = found_in(r"post-(\d+)$", attribute(post, "data-content", "id"))
        if fragment.kind == "context":
            yield from _poll(fragment.soup, thread)
        elif post and number:
            yield post_in(post, number, thread, page)


def _poll(block: Element, thread: str | None) -> Items:
    poll = poll_in(block, ".pollResult", ".pollResult-response", votes=".pollResult-votes")
    if poll and thread:
        question = first_text(block, ".block-header") or ""
        yield Item(id=f"{thread}/poll", kind="poll", text=question, root_id=thread, poll=poll)


def _thread(fragment: Fragment, page: Page) -> str | None:
    named = enclosing(fragment, r'data-lb-id="(thread-\d+)"')
    return named or numbered("thread-", r"[/?](?:threads|t)/(?:[^/?#]*\.)?(\d+)", page.url)


register_platforms = registering(XenForo)
