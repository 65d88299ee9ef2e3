"""Basecamp: messages, to-dos and other records with their comments, chats and pings."""

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    Said,
    attribute,
    first_mark,
    found_in,
    landmarks,
    said,
    text_of,
    time_of,
    titled,
)

MENTION = 'bc-attachment[content-type="application/vnd.basecamp.mention"]'


class Basecamp(Platform):
    """Everything is a recording with a number of its own; comments hang on one other recording."""

    name, label = "basecamp", "Basecamp"
    matches = [
        f"https://{host}.basecamp.com/*/{part}/*"
        for host in ("3", "app")
        for part in ("buckets", "circles")
    ]
    items = ["article.thread-entry[data-recording-id]", ".chat-line"]
    context = ["article.recordable"]
    empty = ["#comments .thread__entries:not(:has(*))", ".chat__lines:not(:has(*))"]
    messages = ["https://3.basecamp.com/*/circles/*", "https://app.basecamp.com/*/circles/*"]
    audience = "members"
    level = "documented"
    built_from = "public readers of the page and of its export, 2019 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        marks = landmarks(fragment.soup)
        element = first_mark(marks, ".thread-entry", ".chat-line", ".recordable")
        if element is None:
            return
        above = found_in(r"/buckets/\d+/\w+/(\d+)", page.url)
        item = _entry(element, marks)
        if fragment.kind == "context":
            heading = element.find(["h1", "h2", "h3"])
            item.text = titled(heading.get_text(" ", strip=True) if heading else None, item.text)
            item.kind, item.id, item.url = "post", item.id or above, page.url
        elif ".thread-entry" in marks:
            item.url = f"#__recording_{item.id}"
            item.parent_id = item.root_id = attribute(element, "data-parent-id") or above
        elif "/circles/" in page.url:
            item.kind, item.audience = "message", "private"
        yield item


def _entry(element: Element, marks: dict[str, Element]) -> Item:
    shown = time_of(element.time) or text_of(marks.get(".thread-entry__metadata__time"))
    return Item(
        **_said(marks.get(".formatted_content")),
        id=attribute(element, "data-recording-id"),
        author=_author(element, marks),
        published=attribute(element, "data-datetime") or shown or None,
        likes=len(element.find_all(class_="boost")) or None,
    )


def _said(body: Element | None) -> Said:
    """People are mentioned by a picture and a name without a sign; only the name is text."""
    people = body.select(MENTION) if body and body.find("bc-attachment") else []
    names = [attribute(person.img, "alt") for person in people]
    for person in people:
        person.replace_with(text_of(person))
    spoken = said(body)
    spoken["mentions"] = [name for name in names if name]
    return spoken


def _author(element: Element, marks: dict[str, Element]) -> Author | None:
    """Titles of pictures go on after the name: “Ada Lund, Baker at Example”."""
    written = marks.get(".thread-entry__author")
    picture = first_mark(marks, ".avatar", ".chat-line__author")
    name = text_of(written.strong or written) if written else None
    name = name or (attribute(picture, "alt", "title") or "").split(",")[0] or None
    creator = attribute(element, "data-creator-id")
    number = creator or attribute(picture, "data-avatar-for-person-id")
    return Author(id=number, name=name) if name or number else None


register_platforms = registering(Basecamp)
