"""Threads: posts and replies on threads.com and threads.net, and the same as responses.

Built from **documented** structure: `data-pressable-container`, posts' addresses and `time` as
public readers select them (2025 and 2026), and the fields of `thread_items` in their sources. The
page does not say what a post answers; in a response a thread's items answer each other in turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    dig,
    found_in,
    objects_with,
    registering,
    said_as,
    said_here,
    text_of,
)

SITE = "https://www.threads.com"
HOSTS = ("www.threads.com", "threads.com", "www.threads.net", "threads.net")
PAGES = ("@*/post/*", "@*", "search*", "activity*", "tag/*", "")
POST = 'div[data-pressable-container]:has(a[href*="/post/"])'
CODE = r"/post/([\w-]+)"
# What the signs beside the counts are called, in the languages people start with.
LIKES = {"like", "unlike", "beğen", "beğenmekten vazgeç", "پسندیدن", "لایک", "apreciază"}
REPLIES = {"reply", "comment", "yanıtla", "yorum yap", "پاسخ", "پاسخ دادن", "răspunde"}
SHARES = {"repost", "yeniden paylaş", "yeniden gönder", "بازنشر", "repostează"}


class Threads(Platform):
    """Posts go by the short code in their address, the same on both hosts."""

    name, label = "threads", "Threads"
    matches = [f"https://{host}/{page}" for host in HOSTS for page in PAGES]
    items = [POST]
    empty = ["#barcelona-page-layout form[method=post]", 'input[autocomplete="username"]']
    responses = [
        f"https://www.threads.{end}/{path}*"
        for end in ("com", "net")
        for path in ("api/graphql", "graphql/query")
    ]
    level = "documented"
    built_from = "selectors and response fields of public readers, 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        here = found_in(CODE, page.url)
        area = fragment.soup.div
        if fragment.kind == "response":
            yield from _in_response(fragment.json, here)
        elif area is not None:
            yield from _post(area, here)


def _post(area: Tag, here: str | None) -> Iterator[Item]:
    time = area.find("time")
    link = time.find_parent("a") if isinstance(time, Tag) else None
    address = attribute(link, "href")
    code, handle = found_in(CODE, address), found_in(r"/@([\w.]+)", address)
    if code is None or handle is None:
        return
    counts = dict(_counts(area))
    texts = (span for span in area.find_all("span", dir="auto") if _is_text(span, handle))
    yield Item(
        id=code,
        kind="comment" if here and here != code else "post",
        **said_here(next(texts, None)),
        author=Author(handle=handle, url=f"{SITE}/@{handle}"),
        published=attribute(area.time, "datetime"),
        url=f"{SITE}/@{handle}/post/{code}",
        likes=next((n for word, n in counts.items() if word in LIKES), None),
        replies=next((n for word, n in counts.items() if word in REPLIES), None),
        shares=next((n for word, n in counts.items() if word in SHARES), None),
        media=[str(picture.img["src"]) for picture in area.find_all("picture") if picture.img],
    )


def _is_text(span: Tag, handle: str) -> bool:
    """Whether it is neither the name, the time, nor on a link or a button."""
    if span.find_parent("a") or span.find_parent(attrs={"role": "button"}) or span.find("time"):
        return False
    return text_of(span) not in ("", handle)


def _counts(area: Tag) -> Iterator[tuple[str, str]]:
    """What each sign with a number beside it is called, and the number as shown."""
    for button in area.find_all(attrs={"role": "button"}):
        sign = attribute(button.svg, "aria-label") or ""
        shown = button.get_text(" ", strip=True).removeprefix(sign).strip()
        if sign and shown:
            yield sign.casefold(), shown


def _in_response(data: Any, here: str | None) -> Iterator[Item]:
    """Each thread in turn; one without the page's post answers that post."""
    threads = [
        [item["post"] for item in thread["thread_items"] or [] if dig(item, "post", "code")]
        for thread in objects_with(data, "thread_items")
    ]
    own = next((t for t in threads if here in [post["code"] for post in t]), [])
    for thread in threads:
        under = here if own and thread is not own else None
        root = own[0]["code"] if own else None
        for above, post in zip([None, *thread], thread, strict=False):
            parent = above["code"] if above else under
            yield _from_json(post, parent, root if parent else None)


def _from_json(post: dict[str, Any], parent: str | None, root: str | None) -> Item:
    user, about = post.get("user") or {}, post.get("text_post_app_info") or {}
    is_reply = bool(about.get("is_reply"))
    handle, key = user.get("username"), user.get("pk") or user.get("id")
    return Item(
        id=post["code"],
        aliases=[str(post["pk"])] if post.get("pk") else [],
        kind="reply" if is_reply else "post",
        **said_as(dig(post, "caption", "text")),
        author=Author(
            id=str(key) if key else None,
            handle=handle,
            name=user.get("full_name") or None,
            url=f"{SITE}/@{handle}",
        ),
        published=str(post["taken_at"]) if post.get("taken_at") else None,
        edited=bool(post.get("caption_is_edited")),
        url=f"{SITE}/@{handle}/post/{post['code']}",
        parent_id=parent if is_reply else None,
        root_id=root if is_reply else None,
        likes=post.get("like_count"),
        replies=about.get("direct_reply_count"),
        shares=about.get("repost_count"),
    )


register_platforms = registering(Threads)
