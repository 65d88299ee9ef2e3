"""Posts of a Google+ Takeout archive: each file names its own address."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlsplit

HOST = "plus.google.com"
LOCAL = f"https://{HOST}/takeout/"  # stands for a file that has no address of its own
LINK = re.compile(
    rb'href\s*=\s*["\'](https?://plus\.google\.com/[^"\'\s<>]*/posts/[^"\'\s<>]+)["\']'
)


def address_of(name: str, content: bytes) -> str:
    """The address of the post in a file; empty where the file holds no post."""
    if content.lstrip()[:1] in (b"{", b"["):
        return address_in_json(name, content)
    found = LINK.search(content)
    if found is None:
        return ""
    return found[1].decode("ascii", "ignore").replace("&amp;", "&")


def address_in_json(name: str, content: bytes) -> str:
    try:
        post = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    first = post[0] if isinstance(post, list) and post else post
    if not isinstance(first, dict) or not {"creationTime", "author"} <= first.keys():
        return ""
    url = str(first.get("url", ""))
    return url if urlsplit(url).hostname == HOST else local_address(name)


def local_address(name: str) -> str:
    """An address for a file of the archive, under which the platform reads it."""
    return LOCAL + quote(name.replace("\\", "/").rpartition("/")[2])
