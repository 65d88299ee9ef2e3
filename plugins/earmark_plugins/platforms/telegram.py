"""Telegram: public channel pages and embeds on t.me, and chats in the two web apps.

Built from **real** pages of t.me (2023). The web apps (`/k/` and `/a/`) are **documented**: their
public readers' selectors (2025 and 2026). Stable hooks: `data-post`, `time[datetime]`, `data-mid`,
`data-timestamp`, `data-message-id`. Reactions are not read.
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
    said_here,
    text_of,
)

ON_THE_WEB = ".tgme_widget_message[data-post]"
PART = ".tgme_widget_message"
IN_K, IN_A = ".bubble[data-mid]", ".Message[data-message-id]"


class Telegram(Platform):
    """What is on t.me everybody can read; all that the web apps show counts as messages."""

    name, label = "telegram", "Telegram"
    matches = ["https://t.me/s/*", "https://t.me/*/*", "https://telegram.me/s/*",
               "https://web.telegram.org/*"]  # fmt: skip
    items = [ON_THE_WEB, IN_K, IN_A]
    empty = [
        ".tgme_widget_message_error",
        ".tgme_channel_history:not(:has(*))",
        "#auth-pages",
        "#auth-qr-form",
    ]
    messages = ["https://web.telegram.org/*"]
    level = "real"
    built_from = "t.me of 2023; the web apps as public readers have them"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        area = fragment.soup.div
        if area is None:
            return
        if fragment.selector == ON_THE_WEB:
            yield _post(area)
        elif fragment.selector == IN_K:
            yield _in_k(area)
        else:
            yield _in_a(area, page)


def _post(area: Tag) -> Item:
    """A channel's post, or a public group's message."""
    parts = landmarks(area)
    link = parts.get(f"{PART}_owner_name") or parts.get(f"{PART}_author_name")
    poll = _poll(parts.get(f"{PART}_poll"), text_of(parts.get(f"{PART}_voters")) or None)
    date = parts.get(f"{PART}_date")
    answered = attribute(parts.get(f"{PART}_reply"), "href")
    styles = (str(tag["style"]) for tag in area.find_all(["a", "i", "div"], style=True))
    return Item(
        id=str(area["data-post"]),
        kind="poll" if poll else "post",
        **said_here(parts.get(".js-message_text") or parts.get(f"{PART}_poll_question")),
        author=_author(link),
        published=attribute(date.time, "datetime") if date else None,
        edited="edited" in text_of(parts.get(f"{PART}_meta")).split(),
        url=f"https://t.me/{area['data-post']}",
        parent_id=found_in(r"t\.me/(\w+/\d+)", answered),
        audience="public",
        views=text_of(parts.get(f"{PART}_views")) or None,
        poll=poll,
        media=[url for s in styles if (url := found_in(r"url\('?(https:[^')]+/file/[^')]+)", s))],
    )


def _author(link: Tag | None) -> Author | None:
    url = attribute(link, "href")
    handle = found_in(r"t\.me/(\w+)$", url)
    return Author(handle=handle, name=text_of(link) or None, url=url) if link is not None else None


def _poll(area: Tag | None, votes: str | None) -> Poll | None:
    if area is None:
        return None
    options = []
    for option in area.select(".tgme_widget_message_poll_option"):
        percent = found_in(r"(\d+)", first_text(option, ".tgme_widget_message_poll_option_percent"))
        label = first_text(option, ".tgme_widget_message_poll_option_text") or ""
        options.append(PollOption(label, share=int(percent) / 100 if percent else None))
    return Poll(options=options, votes=votes)


def _in_k(area: Tag) -> Item:
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


def _in_a(area: Tag, page: Page) -> Item:
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


register_platforms = registering(Telegram)
