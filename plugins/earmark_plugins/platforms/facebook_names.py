"""How Facebook writes people, comments and outside links into its addresses."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from bs4 import Tag

from earmark import Audience, Author, Said, found_in, links_in, said, said_as, text_of

SITE = "https://www.facebook.com"
KEPT = ("story_fbid", "fbid", "id", "v", "comment_id", "reply_comment_id")  # the rest only tracks

# What is written for the signs of who can see a post, in the languages people start with.
AUDIENCES: dict[str, Audience] = {
    "public": "public", "herkese açık": "public", "عمومی": "public",
    "friends": "private", "arkadaşlar": "private", "دوستان": "private", "prieteni": "private",
    "only me": "private", "sadece ben": "private", "فقط من": "private", "numai eu": "private",
}  # fmt: skip


@dataclass
class CommentIds:
    """The numbers in a comment's address; `parent` is the comment that a reply is under."""

    comment: str
    parent: str | None
    post: str | None


def comment_ids(address: str) -> CommentIds | None:
    """What an address with `comment_id` and perhaps `reply_comment_id` names."""
    query = parse_qs(urlsplit(address).query)
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
    parts = urlsplit(urljoin(SITE, address))
    query = parse_qs(parts.query)
    kept = urlencode({key: query[key][0] for key in KEPT if key in query})
    return f"{SITE}{parts.path}" + (f"?{kept}" if kept else "")


def person(link: Tag | None) -> Author | None:
    """Who a link with a name leads to: by handle, or by number where there is none."""
    if link is None:
        return None
    return _named(text_of(link), str(link.get("href") or ""))


def outward(author: dict[str, Any]) -> Author:
    """The author of an object for search engines, who may have no address."""
    found = _named(str(author.get("name") or ""), author.get("url") or "")
    found.id = str(author["identifier"]) if author.get("identifier") else found.id
    return found


def _named(name: str, address: str) -> Author:
    parts = urlsplit(urljoin(SITE, address))
    number = found_in(r"[?&]id=(\d+)", f"?{parts.query}") or found_in(
        r"/(?:user|people/[^/]+)/(\d+)", parts.path
    )
    handle = None if number else found_in(r"^/([\w.]+)/?$", parts.path)
    plain = f"{SITE}/{handle}" if handle else f"{SITE}/profile.php?id={number}" if number else None
    return Author(id=number, handle=handle, name=name or None, url=plain)


def audience_in(signs: Iterable[Tag]) -> Audience:
    """Who can see a post, by the words of its signs: “Shared with Public”, “Friends”."""
    words = [text_of(sign).casefold() for sign in signs]
    found = (meant for word in words for known, meant in AUDIENCES.items() if known in word)
    return next(found, "unknown")


def said_there(body: Tag | str | None) -> Said:
    """What somebody said: links without Facebook's detour, people named by a link as mentions."""
    if not isinstance(body, Tag):
        return said_as(body)
    spoken = said(body, drop='[role="button"]')
    links = links_in(body)
    people = (_named("", a).handle for a in links if urlsplit(a).hostname in (None, *_HOSTS))
    spoken["mentions"] = [handle for handle in people if handle and "hashtag" not in handle]
    outside = [found[0] if (found := _behind(link)) else link for link in links]
    spoken["links"] = [a for a in outside if urlsplit(a).hostname not in (None, *_HOSTS)]
    return spoken


_HOSTS = ("www.facebook.com", "m.facebook.com", "mbasic.facebook.com", "facebook.com")


def _behind(link: str) -> list[str]:
    parts = urlsplit(link)
    return parse_qs(parts.query).get("u", []) if parts.path == "/l.php" else []
