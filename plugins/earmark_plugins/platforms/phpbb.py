"""phpBB 3 forums in prosilver and the styles derived from it, on any host.

Built from **documented** structure: phpBB's own template `viewtopic_body.html` (3.1 to 3.3) and
quotes of the 3.0 one; subsilver2 is not read. Stable hooks: post ids, `datetime`, profile links.
Posts stand in one row and do not say what they answer.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    first_attribute,
    first_mark,
    first_text,
    found_in,
    landmarks,
    link_to,
    member,
    numbered,
    paragraphs,
    poll_in,
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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        post = fragment.soup.select_one(".post[id]")
        number = found_in(r"^p(\d+)$", attribute(post, "id"))
        if post and number:
            yield _post(post, number, _topic(page))
        elif poll := fragment.soup.select_one("form.topic_poll"):
            yield from _poll(poll, _topic(page))

    def expected(self, page: Page) -> str | None:
        shown = (f.soup.select_one(".pagination") for f in page.context)
        return next((text for tag in shown if (text := text_of(tag, drop="a"))), None)


def _post(post: Element, number: str, topic: str | None) -> Item:
    marks = landmarks(post)
    subject = text_of(post.h3)
    opens = ".first" in marks and bool(subject) and not subject.startswith("Re: ")
    words = said(marks.get(".content"), drop=INTERFACE)
    if opens:
        words["text"] = paragraphs(subject, words["text"])
    return Item(
        id=number,
        kind="post" if opens else "comment",
        author=member(first_mark(marks, ".username", ".username-coloured"), r"[?&;]u=(\d+)"),
        published=_published(marks.get(".author")),
        edited=_is_edit(marks.get(".notice")),
        url=attribute(link_to(marks.get(".author"), "#p"), "href") or f"#p{number}",
        root_id=topic,
        **words,
    )


def _is_edit(notice: Element | None) -> bool:
    """A notice also tells of a deletion, and, after empty lines, that somebody bumped the topic."""
    if notice is None or "post_deleted_msg" in notice["class"]:
        return False
    first = notice.find(True)
    return not (isinstance(first, Element) and first.name == "br" and not _said_before(first))


def _said_before(tag: Element) -> bool:
    return any(str(before).strip() for before in tag.previous_siblings)


def _published(line: Element | None) -> str | None:
    """“by somebody » Mon Nov 01, 2010 3:04 pm”, since 3.2 with a time for machines."""
    time = attribute(line.time, "datetime") if line else None
    return time or text_of(line).rpartition("»")[2].strip()


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
