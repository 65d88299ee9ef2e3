"""Jive communities (Jive-n, Jive-x, formerly SBS), on any host: discussions with their replies.

Which answers are marked correct or helpful is shown, but there is no field to keep it in.
"""

from earmark import Author, Fragment, Item, Items, Page, Platform, parse_count, registering
from earmark.markup import (
    Element,
    attribute,
    found_in,
    landmarks,
    link_to,
    of_class,
    person,
    said,
    text_of,
    titled,
)

ORIGINAL = ".j-op > .j-thread-post, .jive-thread-post"
TOTALS = ".jive-thread-info strong, strong.reply-inhead"


class Jive(Platform):
    """Ids are those of messages; what a reply answers is the link beside its author's name."""

    name, label = "jive", "Jive"
    markers = ["#jive-thread-messages-container", ".jive-thread-message"]
    items = [".jive-thread-message"]
    context = [ORIGINAL, TOTALS]
    empty = [".jive-discussion-replies:not(:has(*))", "form#jive-login-form, #jive-login-formblock"]
    level = "documented"
    built_from = "templates of Jive 5 to 8 and public crawlers, 2010 to 2019"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        marks, soup = landmarks(fragment.soup), fragment.soup
        anchors = [a["name"] for a in soup.find_all("a") if a.get("name")]
        item = _entry(soup, marks)
        if fragment.selector == ORIGINAL:
            area = soup.header or marks.get(".jive-thread-post-subject-content")
            heading = (area.h1 or area.h2) if area else None
            # Two anchors lead the first post: the thread's number and the message's.
            item.id = str(anchors[:2][-1]) if anchors else None
            item.aliases = [f"thread:{anchors[0]}"] if anchors else []
            item.kind, item.views = "post", text_of(marks.get(".jive-content-footer-item"))
            item.text = titled(text_of(heading), item.text)
            item.url = attribute(heading.a, "href") if heading else None
            yield item
        elif ".jive-rendered-content" in marks:  # else a hidden one, to hold what answers it
            named = attribute(marks.get(".jive-thread-message"), "id")
            item.id = found_in(r"^thread-message-(\d+)$", named) or next(map(str, anchors), None)
            item.url = f"/message/{item.id}#{item.id}"
            replied = link_to(marks.get(".j-thread-replyto"), "")
            item.parent_id = found_in(r"#(\d+)$", attribute(replied, "href"))
            if item.id:
                yield item

    def expected(self, page: Page) -> int | None:
        totals = (f.soup for f in page.context if f.selector == TOTALS)
        return next((parse_count(text_of(soup), page.lang) for soup in totals), None)


def _entry(soup: Element, marks: dict[str, Element]) -> Item:
    return Item(
        **said(marks.get(".jive-rendered-content")),
        author=_author(soup, marks.get(".j-post-author")),
        published=_published(marks),
        likes=text_of(marks.get(".jive-acclaim-likedlink")) or None,
    )


def _author(soup: Element, line: Element | None) -> Author | None:
    link = next(filter(text_of, of_class(soup, "a", "jive-username-link")), None)
    author = person(link, name=text_of(line.strong) or None if line else None)
    if author:
        author.id = attribute(link, "data-userid")
        author.handle = attribute(link, "data-username")
    return author


def _published(marks: dict[str, Element]) -> str | None:
    """The line with the author's name goes on with the time, and with what is answered."""
    shown = text_of(marks.get(".j-post-author"), drop="strong, a, .j-thread-replyto")
    subject = marks.get(".jive-thread-post-subject-content")
    older = marks.get(".jive-thread-reply-date") or (subject.h3 if subject else None)
    return shown or text_of(older) or None


register_platforms = registering(Jive)
