"""phpBB 3 forums in prosilver and the styles derived from it, on any host.

Built from **documented** structure: phpBB's own template `viewtopic_body.html` (3.1 to 3.3) and
quotes of the 3.0 one; subsilver2 is not read. Stable hooks: post ids, `datetime`, profile links.
Posts stand in one row and do not say what they answer.
"""

from __future__ import annotations

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
    landmarks,
    registering,
    said,
    text_of,
)

TOPIC = r"(?:[?&]t=|topic|-t)(\d+)"
INTERFACE = "blockquote, .codebox > p, .codebox > dt, .attachbox, .inline-attachment"


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
    marks = landmarks(post)
    subject = text_of(post.h3)
    opens = ".first" in marks and bool(subject) and not subject.startswith("Re: ")
    words = said(marks.get(".content"), drop=INTERFACE)
    if opens:
        words["text"] = f"{subject}\n\n{words['text']}"
    return Item(
        id=number,
        kind="post" if opens else "comment",
        author=_author(marks.get(".username") or marks.get(".username-coloured")),
        published=_published(marks.get(".author")),
        edited=_is_edit(marks.get(".notice")),
        url=_permalink(marks.get(".author")) or f"#p{number}",
        root_id=topic,
        **words,
    )


def _permalink(line: Tag | None) -> str | None:
    links = (str(a.get("href")) for a in line.find_all("a")) if line else ()
    return next((link for link in links if "#p" in link), None)


def _is_edit(notice: Tag | None) -> bool:
    """A notice also tells of a deletion, and, after empty lines, that somebody bumped the topic."""
    if notice is None or "post_deleted_msg" in notice["class"]:
        return False
    first = notice.find(True)
    return not (isinstance(first, Tag) and first.name == "br" and not _said_before(first))


def _said_before(tag: Tag) -> bool:
    return any(str(before).strip() for before in tag.previous_siblings)


def _author(user: Tag | None) -> Author | None:
    if user is None:
        return None
    link = attribute(user, "href")
    return Author(id=found_in(r"[?&;]u=(\d+)", link), handle=text_of(user), url=link)


def _published(line: Tag | None) -> str | None:
    """“by somebody » Mon Nov 01, 2010 3:04 pm”, since 3.2 with a time for machines."""
    time = attribute(line.time, "datetime") if line else None
    return time or text_of(line).rpartition("»")[2].strip()


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
