"""Posts in Threads' responses: what answers what, as the page does not say it."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import dig, found_in, objects_with, said_as

from .instagram_json import code_of  # both number posts alike
from .instagram_post import pictures_of

SITE = "https://www.threads.com"


def posts_in(data: Any, here: str | None) -> Items:
    """Posts as lists of threads, and as the answers to one post have them since 2026."""
    yield from _listed(data, here)
    for holder in objects_with(data, "media"):
        if dig(holder, "media", "text_post_app_info"):
            yield from _answered(holder["media"])


def _listed(data: Any, here: str | None) -> Items:
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
            is_reply = bool(dig(post, "text_post_app_info", "is_reply"))
            yield _post(post, parent if is_reply else None, root)


def _answered(post: dict[str, Any]) -> Items:
    """A post, how its author goes on, and its answers; with later ones only its number comes."""
    about, number = post["text_post_app_info"], found_in(r"^(\d+)", str(post.get("id")))
    key = post.get("code") or (code_of(int(number)) if number else None)
    root = post.get("code") if not about.get("is_reply") else None
    if post.get("code"):
        yield _post(post, None, None)
    answers = [edge.get("node") for edge in dig(about, "direct_replies", "edges") or []]
    for thread in (about.get("self_thread"), *answers):
        above = key
        for edge in dig(thread, "posts", "edges") or []:
            if dig(edge, "node", "code"):
                yield _post(edge["node"], above, root)
                above = edge["node"]["code"]


def _post(post: dict[str, Any], parent: str | None, root: str | None) -> Item:
    user, about = post.get("user") or {}, post.get("text_post_app_info") or {}
    handle, key = user.get("username"), user.get("pk") or user.get("id")
    return Item(
        id=post["code"],
        aliases=[str(post["pk"])] if post.get("pk") else [],
        kind="reply" if parent or about.get("is_reply") else "post",
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
        parent_id=parent,
        root_id=root if parent else None,
        likes=post.get("like_count"),
        replies=about.get("direct_reply_count"),
        shares=about.get("repost_count"),
        views=about.get("impression_count"),
        media=pictures_of(post),
    )
