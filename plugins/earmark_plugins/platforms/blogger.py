"""Comments of Blogger blogs, on any host.

Built from a **real** page with threaded comments (2020) and, for themes that list them flat, from
the **documented** comment block of Blogger's classic layouts. Stable hooks: `cN` ids, and
permalinks, whose `showComment` is the moment in milliseconds. The article itself is not read.
"""

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import Element, attribute, first_attribute, found_in, said, text_of

PERMALINK = 'a[href*="showComment="]'


class Blogger(Platform):
    """Comment numbers are Blogger's own; the root is the article's path."""

    name, label = "blogger", "Blogger"
    markers = [
        '#comments > a[name="comments"]',
        '.comment-thread li.comment[id^="c"] .comment-block',
        "dl#comments-block",
    ]
    items = ['li.comment[id^="c"]', "dl#comments-block:has(dt)"]
    context = ["#comments > h4", "#comments > h3"]
    empty = [
        "#comments-block:not(:has(*))",
        "#comment-holder:not(:has(*))",
        "#top-ra:not(:has(*))",
        "#comments:not(:has(.comments-content, .comment-thread, dl, li))",
    ]
    level = "real"
    built_from = "a page of 2020; flat lists from the documented classic layouts"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        for head in fragment.soup.select("dl#comments-block > dt[id]"):
            user, body = head.select_one("a[href]"), _after(head, "comment-body")
            yield from _comment(head, user, body, _after(head, "comment-footer"))
        for comment in fragment.soup.select("li.comment[id]"):
            user, body = comment.select_one("cite.user"), comment.select_one(".comment-content")
            for item in _comment(comment, user, body, comment.select_one(".comment-header")):
                item.kind = "reply" if fragment.parent_ref else "comment"
                yield item

    def expected(self, page: Page) -> str | None:
        return next((text_of(fragment.soup) for fragment in page.context), None)


def _comment(
    marked: Element, user: Element | None, body: Element | None, place: Element | None
) -> Items:
    """What stands in `body`, if somebody's words still do."""
    number = found_in(r"^c(\d+)$", attribute(marked, "id"))
    if number is None or body is None or body.select_one(".deleted-comment"):
        return
    link = first_attribute(place, PERMALINK, "href")
    yield Item(
        id=number,
        author=_author(user),
        published=found_in(r"showComment=(\d+)", link),
        url=link,
        root_id=found_in(r"://[^/]+/([^?#]+)", link),
        **said(body),
    )


def _after(head: Element, css_class: str) -> Element | None:
    found = head.find_next_sibling("dd", css_class)
    return found if isinstance(found, Element) else None


def _author(user: Element | None) -> Author | None:
    """Flat lists run an unlinked name into “said…”, so that only linked ones can be read there."""
    link = attribute(user, "href") or first_attribute(user, "a[href]", "href")
    name = text_of(user)
    return Author(id=found_in(r"/profile/(\d+)", link), name=name, url=link) if name else None


register_platforms = registering(Blogger)
