"""Posts in Threads' responses: what answers what, as the page does not say it."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import dig, objects_with, said_as

SITE = "https://www.threads.com"


def posts_in(data: Any, here: str | None) -> Items:
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
            yield _post(post, parent, root if parent else None)


def _post(post: dict[str, Any], parent: str | None, root: str | None) -> Item:
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
