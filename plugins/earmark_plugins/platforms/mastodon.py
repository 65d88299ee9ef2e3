"""Mastodon and its kin, on any host: what the web apps draw, and the API they ask.

Built from **documented** structure: the public sources of Mastodon's web app and of Pleroma-FE
(2024 to 2026), Mastodon's older public pages, and the API's documentation. Stable hooks:
`data-id`, `time[datetime]`, addresses of posts. Misskey's hashed class names give no hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from earmark import (
    Audience,
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    Poll,
    PollOption,
    Said,
    attribute,
    dig,
    enclosing,
    first_attribute,
    first_text,
    found_in,
    landmarks,
    objects_with,
    registering,
    said,
    text_of,
)  # fmt: skip

STATUS, OLDER, FOCUS = ".status[data-id]", ".entry .status", ".detailed-status"
PLEROMA = "article.Status"
AUDIENCES: dict[str, Audience] = {
    "public": "public", "unlisted": "public", "local": "members", "private": "private",
    "direct": "private",
}  # fmt: skip


class Mastodon(Platform):
    """Ids are the host's own; the page shows that a post answers one, the API which."""

    name, label = "mastodon", "Mastodon"
    markers = [
        "#mastodon",
        'meta[name="generator"][content^="Mastodon"]',
        ".activity-stream .entry",
        "article.Status .status-container",
    ]
    items = [STATUS, OLDER, PLEROMA]
    context = [FOCUS]
    empty = [".empty-column-indicator", ".error-column", ".regeneration-indicator"]
    responses = ["https://*/api/v1/statuses/*"]
    level = "documented"
    built_from = "the web apps' public sources, 2024 to 2026, and the API's documentation"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        area = fragment.soup.find(["article", "div"])
        if fragment.kind == "response":
            yield from _in_response(fragment.json, fragment.url)
        elif not isinstance(area, Tag):
            return
        elif fragment.selector == PLEROMA:
            yield from _in_pleroma(area)
        else:
            yield from _status(area, fragment)


def _status(area: Tag, fragment: Fragment) -> Iterator[Item]:
    parts = landmarks(area)
    link = parts.get(".status__relative-time") or parts.get(".detailed-status__datetime")
    key = attribute(area, "data-id") or found_in(r"/(\d+)$", attribute(link, "href"))
    if key is None:
        return
    around = enclosing(fragment, r'class="([^"]*(?:status__wrapper|entry)[^"]*)"')
    classes = f"{around} {' '.join(filter(None, area.get_attribute_list('class')))}"
    visible = found_in(r"status(?:__wrapper)?-(public|unlisted|private|direct)", classes)
    answers = found_in(r"((?:status__wrapper|status|entry)-reply)", classes)
    poll = _poll(parts.get(".poll"))
    yield Item(
        id=key,
        kind="poll" if poll else "reply" if answers else "post",
        **_said(parts.get(".status__content")),
        author=_author(parts),
        published=attribute(link.time, "datetime") if link else None,
        edited=".status__edited" in parts or ".detailed-status__edited" in parts,
        url=attribute(link, "href"),
        audience=AUDIENCES.get(visible or "", "unknown"),
        likes=text_of(parts.get(".detailed-status__favorites")) or None,
        shares=text_of(parts.get(".detailed-status__reblogs")) or None,
        poll=poll,
        media=[
            str(a["href"])
            for a in area.find_all("a", class_="media-gallery__item-thumbnail", href=True)
        ],
    )


def _said(body: Tag | None) -> Said:
    """Links to people and hashtags are marked as such; what remains leads elsewhere."""
    if body is not None:
        for button in body.find_all(class_="status__content__read-more-button"):
            button.extract()
    spoken = said(body)
    marked = body.find_all("a", class_=["mention", "hashtag", "mention-link"]) if body else []
    named = {str(link.get("href")) for link in marked}
    spoken["links"] = [link for link in spoken["links"] if link not in named]
    return spoken


def _author(parts: dict[str, Tag]) -> Author | None:
    link = parts.get(".status__display-name") or parts.get(".detailed-status__display-name")
    handle = text_of(parts.get(".display-name__account"))
    if link is None or not handle:
        return None
    return Author(
        id=attribute(link, "data-hover-card-account"),
        handle=handle.lstrip("@"),
        name=text_of(parts.get(".display-name__html") or parts.get(".p-name")) or None,
        url=attribute(link, "href"),
    )


def _poll(area: Tag | None) -> Poll | None:
    """Shares are shown to those who voted, and to all once it is over."""
    if area is None:
        return None
    options = []
    for option in area.select(".poll__option"):
        share = found_in(r"(\d+)", first_text(option, ".poll__number"))
        label = first_text(option, ".poll__option__text") or ""
        options.append(PollOption(label, share=int(share) / 100 if share else None))
    closes = first_attribute(area, ".poll__footer time", "datetime")
    return Poll(options=options, votes=first_text(area, ".poll__footer > span"), closes=closes)


def _in_pleroma(area: Tag) -> Iterator[Item]:
    parts = landmarks(area)
    link = parts.get(".timeago") or parts.get(".timeago-link")
    key = found_in(r"/notice/([\w-]+)", attribute(link, "href"))
    account = parts.get(".account-name")
    if key is None or account is None:
        return
    yield Item(
        id=key,
        kind="reply" if ".reply-to" in parts or ".reply-to-no-popover" in parts else "post",
        **_said(parts.get(".text")),
        author=Author(
            handle=text_of(account).lstrip("@"),
            name=text_of(parts.get(".status-username")) or None,
            url=attribute(account, "href"),
        ),
        published=attribute(link.time, "datetime") if link else None,
        edited=".heading-edited-row" in parts,
        url=attribute(link, "href"),
    )


def _in_response(data: Any, url: str) -> Iterator[Item]:
    """A post, or what is above and below one: the topmost is the root."""
    asked = found_in(r"/statuses/(\w+)/context", url)
    root = dig(data, "ancestors", 0, "id") or asked
    for status in objects_with(data, "in_reply_to_id"):
        if isinstance(status.get("content"), str) and not status.get("reblog"):
            yield _from_json(status, root)


def _from_json(status: dict[str, Any], root: str | None) -> Item:
    account, parent, poll = (
        status.get("account") or {},
        status["in_reply_to_id"],
        status.get("poll"),
    )
    spoken = _said(BeautifulSoup(status["content"], "lxml").body)
    spoken["mentions"] = [person["acct"] for person in status.get("mentions") or []]
    spoken["hashtags"] = [tag["name"] for tag in status.get("tags") or []]
    return Item(
        id=status["id"],
        kind="poll" if poll else "reply" if parent else "post",
        **spoken,
        author=Author(
            id=account.get("id"),
            handle=account.get("acct"),
            name=account.get("display_name") or None,
            url=account.get("url"),
            followers=account.get("followers_count"),
        ),
        published=status.get("created_at"),
        edited=bool(status.get("edited_at")),
        url=status.get("url"),
        parent_id=parent,
        root_id=root if parent else None,
        audience=AUDIENCES.get(str(status.get("visibility")), "unknown"),
        likes=status.get("favourites_count"),
        replies=status.get("replies_count"),
        shares=status.get("reblogs_count"),
        poll=_poll_of(poll) if poll else None,
        media=[media["url"] for media in status.get("media_attachments") or []],
    )


def _poll_of(poll: dict[str, Any]) -> Poll:
    options = [PollOption(o["title"], votes=o.get("votes_count")) for o in poll["options"]]
    return Poll(options=options, votes=poll.get("votes_count"), closes=poll.get("expires_at"))


register_platforms = registering(Mastodon)
