"""LinkedIn: posts in the feed and on their pages, comments and replies.

Built from the feed's **documented** structure of October 2026 (a page copied in structure),
comments as public readers found them after August 2026 (`replaceableComment_urn:li:comment:…`,
replies inside their parent) and the older `comments-comment-entity` markup that some still get.
Stable hooks: URNs, `data-testid`, `role=listitem`, profile addresses. Polls are not read.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    Said,
    attribute,
    data_in,
    dig,
    first_text,
    found_in,
    landmarks,
    objects_with,
    registering,
    said,
    said_as,
    text_of,
)

SITE = "https://www.linkedin.com"
COMMENT = '[componentkey^="replaceableComment_urn:li:comment:"]'
COMMENT_BY_ID = 'div[id^="replaceableComment_urn:li:comment:"]:not([componentkey])'
OLDER_COMMENT = "article.comments-comment-entity[data-id]"
FOCUS = '[componentkey^="update-card-focus"]'  # the post whose page it is
POST = f'[role="listitem"]:not({FOCUS}):has([data-testid="expandable-text-box"])'
OLDER_POST = 'div[data-urn^="urn:li:activity:"]'
POST_URN = r"((?:activity|ugcPost|share)[:-]\d+)"
HANDLE = r"/(?:in|company)/([^/?#]+)"
EDITED = {"edited", "düzenlendi", "ویرایش شده", "editat", "bearbeitet", "editado", "modifié"}
LONGEST_TIME = 20
OF_COMMENTS = ("comment", "yorum", "نظر", "comentari", "kommentar", "коммента", "تعليق", "コメント")


class LinkedIn(Platform):
    """A post's page names it by number; in the feed most posts show only a hash of that."""

    name, label = "linkedin", "LinkedIn"
    matches = [
        f"{SITE}/{path}" for path in ("feed*", "posts/*", "pulse/*", "in/*/recent-activity/*",
                                      "company/*/posts*", "groups/*", "search/results/content*")
    ]  # fmt: skip
    items = [COMMENT, COMMENT_BY_ID, OLDER_COMMENT, POST, OLDER_POST]
    context = [FOCUS, 'script[type="application/ld+json"]']
    empty = ['form[action*="login-submit"]', '[data-test-id="cold-join"]', ".authwall-join-form"]
    messages = [f"{SITE}/messaging/*"]
    level = "documented"
    built_from = "the feed of October 2026, comments as public readers had them in August 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        area = fragment.soup.select_one("div, article, li, script")
        if area is None:
            return
        if area.name == "script":
            yield from _linked(data_in(area), page)
        elif fragment.selector in {COMMENT, COMMENT_BY_ID, OLDER_COMMENT}:
            yield from _comment(area, fragment)
        else:
            yield from _post(area, page)


def _comment(area: Tag, fragment: Fragment) -> Iterator[Item]:
    urn = attribute(area, "componentkey", "data-id", "id") or ""
    kind, post, key = (found_in(rf"\((?:urn:li:)?{part}\)", urn) for part in (
        r"(\w+):\d+,\d+", r"\w+:(\d+),\d+", r"\w+:\d+,(\d+)"))  # fmt: skip
    parts = landmarks(area)
    links = (a for a in area.find_all("a", href=True) if found_in(HANDLE, str(a["href"])))
    link = next((a for a in links if text_of(a)), None)
    body = area.find(attrs={"data-testid": "expandable-text-box"})
    body = body or parts.get(".comments-comment-item__main-content")
    if key is None or not isinstance(body, Tag):
        return
    around = (found_in(r"urn:li:comment:\([^,]+,(\d+)\)", tag) for tag in fragment.ancestors)
    parent = next((number for number in around if number and number != key), None)
    yield Item(
        id=key,
        kind="reply" if parent else "comment",
        **_said(body),
        author=_author(link, text_of(parts.get(".comments-comment-meta__description-title"))),
        published=text_of(area.time) or _time_beside(area),
        edited=".comments-comment-meta__data--edited" in parts,
        url=f"{SITE}/feed/update/urn:li:{kind}:{post}/?commentUrn="
        + quote(f"urn:li:comment:({kind}:{post},{key})", safe=":(),"),
        parent_id=parent,
        root_id=post,
        likes=_likes(area, parts, ".comments-comment-social-bar__reactions-count--cr"),
        replies=text_of(parts.get(".comments-comment-social-bar__replies-count--cr")) or None,
    )


def _post(area: Tag, page: Page) -> Iterator[Item]:
    parts = landmarks(area)
    body = area.find(attrs={"data-testid": "expandable-text-box"})
    body = body or parts.get(".update-components-text")
    if not isinstance(body, Tag):
        return
    head = _author_link(area, body)
    lines = [text_of(p) for p in head.parent.select("p")] if head and head.parent else []
    told = lines[-1] if lines else text_of(parts.get(".update-components-actor__sub-description"))
    shown, *more = [part.strip() for part in (told or "").split("•")]
    urn = _urn(area, page)
    hashed = found_in(r"^expanded([\w-]{43})", attribute(area, "componentkey"))
    yield Item(
        id=urn.partition(":")[2] or hashed,
        aliases=[hash_of(urn)] if urn.startswith("activity:") else [],
        kind="post",
        **_said(body),
        author=_author(head, lines[0] if lines else None),
        published=shown or None,
        edited=any(part.casefold() in EDITED for part in more),
        url=f"{SITE}/feed/update/urn:li:{urn}/" if urn else None,
        likes=_likes(area, parts, ".social-details-social-counts__reactions-count"),
        replies=_comment_count(area),
    )


def _author_link(area: Tag, body: Tag) -> Tag | None:
    """The last profile before the text: one further up only liked the post or commented on it."""
    last = None
    for tag in area.find_all(True):
        if tag is body:
            break
        if tag.name == "a" and found_in(HANDLE, str(tag.get("href") or "")):
            last = tag
    return last


def _urn(area: Tag, page: Page) -> str:
    """By itself, by a link to it, or by the page's address where the page is the post's own."""
    addresses = " ".join(str(a["href"]) for a in area.find_all("a", href=True))
    link = found_in(r"/feed/update/urn:li:(activity:\d+)", addresses)
    named = found_in(POST_URN, attribute(area, "data-urn")) or link
    own = str(area.get("componentkey") or "").startswith("update-card-focus")
    return (named or (found_in(POST_URN, page.url) if own else None) or "").replace("-", ":")


def hash_of(urn: str) -> str:
    """The hash by which the feed names a post: SHA-256 of its URN, in base 64 for addresses."""
    digest = hashlib.sha256(f"urn:li:{urn}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _said(body: Tag) -> Said:
    """People are named by a link, and a hashtag is one too: neither leads out."""
    spoken = said(body)
    spoken["mentions"] = [who for link in spoken["links"] if (who := found_in(HANDLE, link))]
    spoken["links"] = [link for link in spoken["links"] if "linkedin.com/" not in link]
    return spoken


def _author(link: Tag | None, name: str | None) -> Author | None:
    handle = found_in(HANDLE, attribute(link, "href"))
    shown = name or first_text(link, '[aria-hidden="true"]', "p", "span") or text_of(link)
    url = f"{SITE}{found_in(r'(/(?:in|company)/[^/?#]+)', attribute(link, 'href'))}/"
    return Author(handle=handle, name=shown.split("•")[0].strip(), url=url) if handle else None


def _time_beside(area: Tag) -> str | None:
    """The first short text that begins with a number, outside links and buttons."""
    for line in area.find_all(["p", "span"]):
        text = line.get_text(" ", strip=True)
        if (
            text[:1].isdigit()
            and len(text) < LONGEST_TIME
            and not line.find_parent(["button", "a"])
        ):
            return str(text.split("•")[0].strip())
    return None


def _likes(area: Tag, parts: dict[str, Tag], older: str) -> str | None:
    """The number on the link to those who reacted, or in the older markup's own place."""
    links = (a for a in area.find_all("a", href=True) if "reactions" in str(a["href"]))
    places = (tag.get_text(" ", strip=True) for tag in (*links, parts.get(older)) if tag)
    return next((text for text in places if any(c.isdigit() for c in text)), None)


def _comment_count(area: Tag) -> str | None:
    buttons = (t for t in area.find_all(True) if t.name == "button" or t.get("role") == "button")
    labels = (button.get_text(" ", strip=True) for button in buttons)
    counts = (label for label in labels if label[:1].isdigit())
    return next((c for c in counts if any(word in c.casefold() for word in OF_COMMENTS)), None)


def _linked(data: Any, page: Page) -> Iterator[Item]:
    """What a post's page carries for search engines, for those who are not signed in."""
    number = found_in(r"(?:activity|ugcPost|share)[:-](\d+)", page.url)
    for post in objects_with(data, "articleBody"):
        yield _linked_item(post, "post", number, None, page)
        for comment in post.get("comment") or []:
            yield _linked_item(comment, "comment", None, number, page)


def _linked_item(thing: Any, kind: Any, key: str | None, root: str | None, page: Page) -> Item:
    author = thing.get("author") or {}
    url = str(author.get("url") or "")
    counts = thing.get("interactionStatistic") or []
    likes = [c for c in (counts if isinstance(counts, list) else [counts]) if "Like" in str(c)]
    return Item(
        id=key,
        kind=kind,
        **said_as(thing.get("articleBody") or thing.get("text")),
        author=Author(
            handle=found_in(HANDLE, url),
            name=author.get("name"),
            url=url or None,
        ),
        published=thing.get("datePublished"),
        url=page.url if key else None,
        root_id=root,
        audience="public",
        likes=dig(likes, 0, "userInteractionCount"),
        replies=thing.get("commentCount"),
    )


register_platforms = registering(LinkedIn)
