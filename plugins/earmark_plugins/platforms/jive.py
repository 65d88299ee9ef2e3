"""Jive communities (Jive-n, Jive-x, formerly SBS), on any host: discussions with their replies.

Built from **documented** structure: the discussion templates of Jive 5 to 8 as public
customisations carry them, and selectors of public crawlers for older and newer releases (2010 to
2019). Which answers are marked correct or helpful is shown, but there is no field to keep it in.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, parse_count, registering
from earmark.markup import attribute, first_attribute, first_text, found_in, person, said, text_of

ORIGINAL = ".j-op > .j-thread-post, .jive-thread-post"
TOTALS = ".jive-thread-info strong, strong.reply-inhead"
OLDER_TIME = ".jive-thread-reply-date, .jive-thread-post-subject-content h3"


class Jive(Platform):
    """Ids are those of messages; what a reply answers is the link beside its author's name."""

    name, label = "jive", "Jive"
    markers = ["#jive-thread-messages-container", ".jive-thread-message"]
    items = [".jive-thread-message"]
    context = [ORIGINAL, TOTALS]
    empty = [".jive-discussion-replies:not(:has(*))", "form#jive-login-form, #jive-login-formblock"]
    level = "documented"
    built_from = "templates of Jive 5 to 8 and public crawlers, 2010 to 2019"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "context" and fragment.selector == ORIGINAL:
            yield from _original(fragment.soup)
        elif message := fragment.soup.select_one(".jive-thread-message"):
            yield from _reply(message)

    def expected(self, page: Page) -> int | None:
        totals = (f.soup for f in page.context if f.selector == TOTALS)
        return next((parse_count(text_of(soup), page.lang) for soup in totals), None)


def _original(soup: Tag) -> Iterator[Item]:
    """Two anchors lead the first post: the thread's number and the message's."""
    anchors = [attribute(anchor, "name", "id") for anchor in soup.select("a[name], a[id]")[:2]]
    body = said(soup.select_one(".jive-rendered-content"))
    title = first_text(soup, "header h1", ".jive-thread-post-subject-content h2")
    body["text"] = "\n\n".join(filter(None, [title, body["text"]]))
    yield Item(
        **body,
        id=anchors[-1] if anchors else None,
        aliases=[f"thread:{anchors[0]}"] if anchors and anchors[0] else [],
        kind="post",
        author=_author(soup),
        published=_published(soup),
        url=first_attribute(soup, "header h1 a[href], h2 a[href]", "href"),
        likes=first_text(soup, ".jive-acclaim-likedlink"),
        views=first_text(soup, ".jive-content-footer-item"),
    )


def _reply(message: Tag) -> Iterator[Item]:
    """One reply; a hidden one leaves an empty shell so that what answers it has a place."""
    number = found_in(r"^thread-message-(\d+)$", attribute(message, "id"))
    number = number or first_attribute(message, "a[name]", "name")
    body = message.select_one(".jive-rendered-content")
    if body is None or number is None:
        return
    answered = first_attribute(message, ".j-thread-replyto a[href]", "href")
    yield Item(
        **said(body),
        id=number,
        author=_author(message),
        published=_published(message),
        url=f"/message/{number}#{number}",
        parent_id=found_in(r"#(\d+)$", answered),
        likes=first_text(message, ".jive-acclaim-likedlink"),
    )


def _author(element: Tag) -> Author | None:
    link = next(filter(text_of, element.select("a.jive-username-link")), None)
    author = person(link, name=first_text(element, ".j-post-author strong"))
    if author:
        author.id = attribute(link, "data-userid")
        author.handle = attribute(link, "data-username")
    return author


def _published(element: Tag) -> str | None:
    """The line with the author's name goes on with the time, and with what is answered."""
    shown = text_of(element.select_one(".j-post-author"), drop="strong, a, .j-thread-replyto")
    return shown or first_text(element, OLDER_TIME)


register_platforms = registering(Jive)
