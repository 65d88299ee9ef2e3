"""Messages in chats, as Telegram's two web apps draw them."""

from earmark import Author, Item, Page
from earmark.markup import (
    Element,
    attribute,
    first_attribute,
    first_text,
    found_in,
    said,
    text_of,
)


def message_in_k(area: Element) -> Item:
    """Peers below zero are groups and channels, others people; only a first bubble has a name."""
    peer = attribute(area, "data-peer-id") or ""
    name = area.select_one(".name .peer-title[data-peer-id], .name[data-peer-id]")
    body = area.select_one(".translatable-message") or area.select_one(".message")
    answered = first_attribute(area, ".reply[data-reply-to-mid]", "data-reply-to-mid")
    return Item(
        id=f"{peer}/{area['data-mid']}" if peer else None,
        kind="message",
        **said(body, drop=".time, .reactions, .reply, .web"),
        author=Author(id=attribute(name, "data-peer-id"), name=text_of(name)) if name else None,
        published=attribute(area, "data-timestamp"),
        edited=area.select_one(".time .edited, .time-edited") is not None,
        parent_id=f"{peer}/{answered}" if answered else None,
        audience="group" if peer.startswith("-") else "private" if peer else "unknown",
        views=first_text(area, ".time .post-views"),
    )


def message_in_a(area: Element, page: Page) -> Item:
    """The chat is named by the page's address alone."""
    peer = found_in(r"#(-?\d+)", page.url)
    name = first_text(area, ".message-title .sender-title", ".message-title-name")
    return Item(
        id=f"{peer}/{area['data-message-id']}" if peer else None,
        kind="message",
        **said(area.select_one(".text-content"), drop=".MessageMeta, .Reactions, .EmbeddedMessage"),
        author=Author(name=name) if name else None,
        published=first_attribute(area, ".message-time[title]", "title")
        or first_text(area, ".message-time"),
        audience="unknown" if not peer else "group" if peer.startswith("-") else "private",
        views=first_text(area, ".message-views"),
    )
