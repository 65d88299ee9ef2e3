"""phpBB 3 forums in prosilver and the styles derived from it, on any host.

Built from **real** pages (3.0 of 2016, 3.1 of 2020) and the **documented** template
`viewtopic_body.html` (3.1 to 3.3), from which polls and edits are known; subsilver2 is not read.
Stable hooks: post ids, `datetime`, profile links. Posts stand in one row and do not say what they
answer.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    first_attribute,
    first_text,
    found_in,
    numbered,
    poll_in,
    text_of,
)

from .phpbb_post import post_in

TOPIC = r"(?:[?&]t=|topic|-t)(\d+)"


class PhpBB(Platform):
    """Post numbers are unique in a forum; the topic, `topic-N`, is the root."""

    name, label = "phpbb", "phpBB"
    markers = [
        'body#phpbb .post[id^="p"] .postbody',
        "body#phpbb.section-viewtopic form#login",
        "body#phpbb.section-viewtopic div#message.panel",
    ]
    items = ['.post[id^="p"]:has(.postbody)']
    context = ["form.topic_poll", ".topic-title", ".pagination"]
    empty = ["body#phpbb form#login", "body#phpbb div#message.panel"]
    level = "real"
    built_from = "pages of 3.0 (2016) and 3.1 (2020); phpBB's own templates up to 3.3"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        post = fragment.soup.select_one(".post[id]")
        number = found_in(r"^p(\d+)$", attribute(post, "id"))
        if post and number:
            yield post_in(post, number, _topic(page))
        elif poll := fragment.soup.select_one("form.topic_poll"):
            yield from _poll(poll, _topic(page))

    def expected(self, page: Page) -> str | None:
        shown = (f.soup.select_one(".pagination") for f in page.context)
        return next((text for tag in shown if (text := text_of(tag, drop="a"))), None)


def _poll(form: Element, topic: str | None) -> Items:
    poll = poll_in(
        form,
        "dl[data-poll-option-id]",
        "dt",
        votes=".resultbar:not(.hidden)",
        total=".poll_total_votes:not(.hidden) .poll_total_vote_cnt",
    )
    if poll and topic:
        question = first_text(form, ".poll-title, h2") or ""
        yield Item(id=f"{topic}/poll", kind="poll", text=question, root_id=topic, poll=poll)


def _topic(page: Page) -> str | None:
    """By the address, or where that names a post only, by the title's own link."""
    links = (first_attribute(f.soup, ".topic-title a", "href") for f in page.context)
    return numbered("topic-", TOPIC, page.url, *links)


register_platforms = registering(PhpBB)
