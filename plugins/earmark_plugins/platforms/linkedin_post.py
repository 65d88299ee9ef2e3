"""A post on LinkedIn, in the feed or on its own page, in the present markup and the older one."""

import base64
import hashlib

from earmark import Item, Items, Page
from earmark.markup import (
    Element,
    attribute,
    first_mark,
    found_in,
    landmarks,
    paragraphs,
    text_of,
)

from .linkedin_names import HANDLE, SITE, TEXT, author_of, likes_in, said_there
from .linkedin_poll import asked_in

POST_URN = r"((?:activity|ugcPost|share)[:-]\d+)"
EDITED = {"edited", "düzenlendi", "ویرایش شده", "editat", "bearbeitet", "editado", "modifié"}
OF_COMMENTS = ("comment", "yorum", "نظر", "comentari", "kommentar", "коммента", "تعليق", "コメント")
OF_REPOSTS = ("repost", "yeniden paylaş", "بازنشر", "redistribui", "republi", "репост", "再投稿")


def post_in(area: Element, page: Page) -> Items:
    """The post in `area`; most of those in the feed show only the hash of their number."""
    parts = landmarks(area)
    body = first_mark(parts, TEXT, ".update-components-text")
    if body is None:
        return
    head = _author_link(area, body)
    lines = [text_of(p) for p in head.parent.find_all("p")] if head and head.parent else []
    told = lines[-1] if lines else text_of(parts.get(".update-components-actor__sub-description"))
    shown, *more = [part.strip() for part in (told or "").split("•")]
    urn = _urn(area, page)
    hashed = found_in(r"^expanded([\w-]{43})", attribute(area, "componentkey"))
    spoken, (question, poll) = said_there(body), asked_in(area)
    spoken["text"] = paragraphs(spoken["text"], question)
    yield Item(
        id=urn.partition(":")[2] or hashed,
        aliases=[hash_of(urn)] if urn.startswith("activity:") else [],
        kind="poll" if poll else "post",
        **spoken,
        author=author_of(head, lines[0] if lines else None),
        published=shown or None,
        edited=any(part.casefold() in EDITED for part in more),
        url=f"{SITE}/feed/update/urn:li:{urn}/" if urn else None,
        likes=likes_in(area, parts, ".social-details-social-counts__reactions-count"),
        replies=_count_of(area, OF_COMMENTS),
        shares=_count_of(area, OF_REPOSTS),
        poll=poll,
    )


def _author_link(area: Element, body: Element) -> Element | None:
    """The last profile before the text: one further up only liked the post or commented on it."""
    last = None
    for tag in area.find_all(True):
        if tag is body:
            break
        if tag.name == "a" and found_in(HANDLE, str(tag.get("href") or "")):
            last = tag
    return last


def _urn(area: Element, page: Page) -> str:
    """By itself, by a link to it, or by the page's address where the page is the post's own."""
    addresses = " ".join(str(a.get("href")) for a in area.find_all("a"))
    link = found_in(r"/feed/update/urn:li:(activity:\d+)", addresses)
    named = found_in(POST_URN, attribute(area, "data-urn")) or link
    own = str(area.get("componentkey") or "").startswith("update-card-focus")
    return (named or (found_in(POST_URN, page.url) if own else None) or "").replace("-", ":")


def hash_of(urn: str) -> str:
    """The hash by which the feed names a post: SHA-256 of its URN, in base 64 for addresses."""
    digest = hashlib.sha256(f"urn:li:{urn}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _count_of(area: Element, words: tuple[str, ...]) -> str | None:
    """The button that begins with a number and says one of the words: “17 comments”."""
    buttons = (t for t in area.find_all(True) if t.name == "button" or t.get("role") == "button")
    labels = (button.get_text(" ", strip=True) for button in buttons)
    counts = (label for label in labels if label[:1].isdigit())
    return next((c for c in counts if any(word in c.casefold() for word in words)), None)
