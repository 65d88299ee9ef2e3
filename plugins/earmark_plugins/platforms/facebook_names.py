"""How Facebook writes people, posts and comments into its addresses."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from earmark import Author
from earmark.markup import Element, address_parts, found_in, text_of

SITE = "https://www.facebook.com"
KEPT = ("story_fbid", "fbid", "id", "v", "comment_id", "reply_comment_id")  # the rest only tracks


@dataclass
class CommentIds:
    """The numbers in a comment's address; `parent` is the comment that a reply is under."""

    comment: str
    parent: str | None
    post: str | None


def comment_ids(address: str) -> CommentIds | None:
    """What an address with `comment_id` and perhaps `reply_comment_id` names."""
    query = parse_qs(address_parts(address).query)
    under = _plain(next(iter(query.get("comment_id", [])), ""))
    reply = _plain(next(iter(query.get("reply_comment_id", [])), ""))
    post, _, comment = under.rpartition("_")
    if not comment.isdecimal():
        return None
    path = found_in(r"(?:/posts/|/permalink/|story_fbid=|/videos/|fbid=)(?:[^/?]*/)?(\w+)", address)
    number = reply.rpartition("_")[2]
    found = number if number.isdecimal() else comment
    return CommentIds(found, comment if found != comment else None, path or post or None)


def _plain(key: str) -> str:
    """`456_777` from base64 of `comment:456_777`; numbers stay as they are."""
    if key.isdecimal():
        return key
    try:
        return base64.b64decode(key + "=" * (-len(key) % 4)).decode().rpartition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def site_url(address: str) -> str:
    """The address on the one host, without what only tracks."""
    parts = address_parts(address, SITE)
    query = parse_qs(parts.query)
    kept = urlencode({key: query[key][0] for key in KEPT if key in query})
    return f"{SITE}{parts.path}" + (f"?{kept}" if kept else "")


def person(link: Element | None) -> Author | None:
    """Who a link with a name leads to: by handle, or by number where there is none."""
    return named(text_of(link), str(link.get("href") or "")) if link is not None else None


def outward(author: dict[str, Any]) -> Author:
    """The author of an object for search engines, who may have no address."""
    found = named(str(author.get("name") or ""), author.get("url") or "")
    found.id = str(author["identifier"]) if author.get("identifier") else found.id
    return found


def named(name: str, address: str) -> Author:
    """Who has this name and address; each of them may be empty."""
    parts = address_parts(address, SITE)
    number = found_in(r"[?&]id=(\d+)", f"?{parts.query}") or found_in(
        r"/(?:user|people/[^/]+)/(\d+)", parts.path
    )
    handle = None if number else found_in(r"^/([\w.]+)/?$", parts.path)
    plain = f"{SITE}/{handle}" if handle else f"{SITE}/profile.php?id={number}" if number else None
    return Author(id=number, handle=handle, name=name or None, url=plain)
