"""phpBB 3 forums in prosilver and the styles derived from it, on any host.

Built from **documented** structure: phpBB's own template `viewtopic_body.html` (3.1 to 3.3) and
quotes of the 3.0 one; subsilver2 is not read. Stable hooks: post ids, `datetime`, profile links.
Posts stand in one row and do not say what they answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    first_attribute,
    first_text,
    found_in,
    registering,
    said,
    text_of,
)

TOPIC = r"(?:[?&]t=|topic|-t)(\d+)"
USER = ".postprofile :is(.username, .username-coloured), .author :is(.username, .username-coloured)"
INTERFACE = "blockquote, .codebox > p, .codebox > dt, .attachbox, .inline-attachment"
EDITED = ".notice:not(.post_deleted_msg, :has(> br:first-child))"  # a bump begins with empty lines


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
    level = "documented"
    built_from = "phpBB's own templates, 3.0 to 3.3"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        post = fragment.soup.select_one(".post[id]")
        number = found_in(r"^p(\d+)$", attribute(post, "id"))
        if post and number:
            yield _post(post, number, _topic(page))
        elif poll := fragment.soup.select_one("form.topic_poll"):
            yield from _poll(poll, _topic(page))

    def expected(self, page: Page) -> str | None:
        shown = (f.soup.select_one(".pagination") for f in page.context)
        return next((text for tag in shown if (text := text_of(tag, drop="a"))), None)


def _post(post: Tag, number: str, topic: str | None) -> Item:
    subject = first_text(post, ".postbody h3")
    opens = bool(subject and post.select_one("h3.first") and not re.match(r"Re: ", subject))
    words = said(post.select_one(".content"), drop=INTERFACE)
    if opens:
        words["text"] = f"{subject}\n\n{words['text']}"
    return Item(
        id=number,
        kind="post" if opens else "comment",
        author=_author(post.select_one(USER)),
        published=_published(post.select_one("p.author")),
        edited=post.select_one(EDITED) is not None,
        url=first_attribute(post, 'p.author a[href*="#p"]', "href") or f"#p{number}",
        root_id=topic,
        **words,
    )


def _author(user: Tag | None) -> Author | None:
    if user is None:
        return None
    link = attribute(user, "href")
    return Author(id=found_in(r"[?&;]u=(\d+)", link), handle=text_of(user), url=link)


def _published(line: Tag | None) -> str | None:
    """“by somebody » Mon Nov 01, 2010 3:04 pm”, since 3.2 with a time for machines."""
    return first_attribute(line, "time", "datetime") or text_of(line).rpartition("»")[2].strip()


def _poll(form: Tag, topic: str | None) -> Iterator[Item]:
    options = [
        PollOption(label, votes=first_text(option, ".resultbar:not(.hidden)"))
        for option in form.select("dl[data-poll-option-id]")
        if (label := first_text(option, "dt"))
    ]
    if options and topic:
        question = first_text(form, ".poll-title, h2") or ""
        votes = first_text(form, ".poll_total_votes:not(.hidden) .poll_total_vote_cnt")
        poll = Poll(options, votes=votes)
        yield Item(id=f"{topic}/poll", kind="poll", text=question, root_id=topic, poll=poll)


def _topic(page: Page) -> str | None:
    """By the address, or where that names a post only, by the title's own link."""
    links = (first_attribute(f.soup, ".topic-title a", "href") for f in page.context)
    numbers = (found_in(TOPIC, address) for address in (page.url, *links))
    return next((f"topic-{number}" for number in numbers if number), None)


register_platforms = registering(PhpBB)
