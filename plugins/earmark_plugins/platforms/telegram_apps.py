"""Messages in chats, as Telegram's two web apps draw them."""

from earmark import Author, Item, Page, parse_count
from earmark.markup import (
    Element,
    attribute,
    elements_called,
    first_mark,
    found_in,
    landmarks,
    named,
    of_class,
    said,
    text_of,
)


def message_in_k(area: Element) -> Item:
    """Peers below zero are groups and channels, others people; only a first bubble has a name."""
    peer = attribute(area, "data-peer-id") or ""
    marks = landmarks(area)
    head = marks.get(".name")
    own = head is not None and head.has_attr("data-peer-id")
    name = head if own else landmarks(head).get(".peer-title")
    body = first_mark(marks, ".translatable-message", ".message")
    answered = attribute(marks.get(".reply"), "data-reply-to-mid")
    return Item(
        id=f"{peer}/{area['data-mid']}" if peer else None,
        kind="message",
        **said(body, drop=".time, .reactions, .reply, .web"),
        author=Author(id=attribute(name, "data-peer-id"), name=text_of(name)) if name else None,
        published=attribute(area, "data-timestamp"),
        edited=".edited" in marks or ".time-edited" in marks,
        parent_id=f"{peer}/{answered}" if answered else None,
        audience="group" if peer.startswith("-") else "private" if peer else "unknown",
        likes=_reactions(area),
        views=text_of(marks.get(".post-views")) or None,
    )


def _reactions(area: Element) -> int | None:
    """How many reacted: a number for each sign, or up to three faces."""
    signs = list(elements_called(area, "reaction-element"))
    counters = (next(iter(of_class(sign, "span", "reaction-counter")), None) for sign in signs)
    faces = (len(of_class(sign, "div", "stacked-avatars-avatar-container")) for sign in signs)
    counts = (parse_count(text_of(c)) or n for c, n in zip(counters, faces, strict=True))
    return sum(counts) if signs else None


def message_in_a(area: Element, page: Page) -> Item:
    """The chat is named by the page's address alone."""
    peer = found_in(r"#(-?\d+)", page.url)
    marks = landmarks(area)
    time = marks.get(".message-time")
    return Item(
        id=f"{peer}/{area['data-message-id']}" if peer else None,
        kind="message",
        **said(marks.get(".text-content"), drop=".MessageMeta, .Reactions, .EmbeddedMessage"),
        author=named(text_of(first_mark(marks, ".sender-title", ".message-title-name"))),
        published=attribute(time, "title") or text_of(time) or None,
        audience="unknown" if not peer else "group" if peer.startswith("-") else "private",
        views=text_of(marks.get(".message-views")) or None,
    )
