"""Posts in X's GraphQL responses: ids as on the page, with authors' ids and true parents."""

from datetime import datetime
from html import unescape
from typing import Any

from earmark import Author, Item, Items
from earmark.markup import dig, objects_with

from .x_poll import poll_in_card

SITE = "https://x.com"


def posts_in(data: Any) -> Items:
    """Every post with a text, also those quoted, but no advertisement, as on the page.

    A repost is only a frame around another.
    """
    frames = objects_with(data, "promotedMetadata")
    paid = {id(post) for frame in frames for post in objects_with(frame, "legacy")}
    for found in objects_with(data, "legacy"):
        told = found["legacy"]
        is_frame = bool(dig(told, "retweeted_status_result"))
        if dig(told, "full_text") and not is_frame and id(found) not in paid:
            yield _post(found)


def _post(post: dict[str, Any]) -> Item:
    legacy, key = post["legacy"], post.get("rest_id") or post["legacy"].get("id_str")
    parent, entities = legacy.get("in_reply_to_status_id_str"), legacy.get("entities") or {}
    poll, author = poll_in_card(post), _author(dig(post, "core", "user_results", "result"))
    media = dig(legacy, "extended_entities", "media") or entities.get("media") or []
    return Item(
        id=key,
        kind="reply" if parent else "poll" if poll else "post",
        text=_text(post),
        author=author,
        published=_moment(legacy.get("created_at")),
        edited=_is_edited(post.get("edit_control")),
        url=f"{SITE}/{author.handle if author and author.handle else 'i'}/status/{key}",
        root_id=legacy.get("conversation_id_str"),
        parent_id=parent,
        audience=_audience(dig(post, "core", "user_results", "result")),
        likes=legacy.get("favorite_count"),
        replies=legacy.get("reply_count"),
        shares=legacy.get("retweet_count"),
        views=dig(post, "views", "count"),
        poll=poll,
        mentions=[person["screen_name"] for person in entities.get("user_mentions") or []],
        hashtags=[tag["text"] for tag in entities.get("hashtags") or []],
        links=[link["expanded_url"] for link in _links(post)],
        media=[picture["media_url_https"] for picture in media],
    )


def _text(post: dict[str, Any]) -> str:
    """What is shown: without the handles answered in front and the pictures' addresses behind."""
    text: str = post["legacy"]["full_text"]
    first, last = post["legacy"].get("display_text_range") or (0, len(text))
    note: str | None = dig(post, "note_tweet", "note_tweet_results", "result", "text")
    text = unescape(note.removeprefix(text[:first]) if note else text[first:last])
    for link in _links(post):
        text = text.replace(link["url"], link["expanded_url"])
    return text


def _links(post: dict[str, Any]) -> list[dict[str, Any]]:
    note = dig(post, "note_tweet", "note_tweet_results", "result", "entity_set", "urls") or []
    links = [*(dig(post, "legacy", "entities", "urls") or []), *note]
    return [link for link in links if link.get("expanded_url")]


def _author(user: Any) -> Author | None:
    """Handle and name moved from `legacy` to `core` in 2025."""
    names = {**(dig(user, "legacy") or {}), **(dig(user, "core") or {})}
    handle = names.get("screen_name")
    return handle and Author(
        id=user.get("rest_id"),
        handle=handle,
        name=names.get("name"),
        url=f"{SITE}/{handle}",
        followers=names.get("followers_count"),
    )


def _is_edited(control: Any) -> bool:
    """The first version names all that came after it, each later one what the first says."""
    first = dig(control, "edit_control_initial") or control
    return len(dig(first, "edit_tweet_ids") or []) > 1


def _audience(user: Any) -> Any:
    known = [dig(user, "privacy", "protected"), dig(user, "legacy", "protected")]
    return "private" if True in known else "public"


def _moment(shown: str | None) -> datetime | None:
    return datetime.strptime(shown, "%a %b %d %H:%M:%S %z %Y") if shown else None
