"""Posts, stories and their polls in Instagram's data, and whose they are."""

from typing import Any

from earmark import Author, Item, Items, Poll, PollOption
from earmark.markup import dig, said_as

SITE = "https://www.instagram.com"


def post_in(post: dict[str, Any], owner: Any) -> Items:
    """The post or story that an object tells; of frames without a short code, nothing.

    `owner` is who the story is known to be of, besides what it says itself.
    """
    code = post.get("code") or post.get("shortcode")
    caption = dig(post, "caption", "text")
    caption = caption or dig(post, "edge_media_to_caption", "edges", 0, "node", "text")
    if not code:
        return
    polls = [dig(poll, "poll_sticker") for poll in post.get("story_polls") or []]
    questions = [poll["question"] for poll in polls if poll and poll.get("question")]
    likes, replies = post.get("like_count"), post.get("comment_count")
    person = {**(owner or {}), **(person_of(post) or {})}
    number, author = str(post.get("pk") or post["id"]).split("_")[0], author_of(person)
    story = post.get("product_type") == "story"
    yield Item(
        id=code,
        aliases=[number],
        kind="poll" if polls else "post",
        **said_as("\n".join(filter(None, [caption, *questions]))),
        author=author,
        published=str(post.get("taken_at") or post["taken_at_timestamp"]),
        edited=bool(post.get("caption_is_edited")),
        url=f"{SITE}/stories/{author.handle}/{number}/"
        if story and author
        else f"{SITE}/p/{code}/",
        audience="private" if post.get("audience") else _audience(person),  # close friends
        likes=dig(post, "edge_media_preview_like", "count") if likes is None else likes,
        replies=dig(post, "edge_media_to_comment", "count") if replies is None else replies,
        views=post.get("play_count") or post.get("video_view_count"),
        poll=_poll(polls[0]) if polls else None,
        media=pictures_of(post),
    )


def pictures_of(post: dict[str, Any]) -> list[str]:
    """The largest of each picture; a video's is the one it begins with."""
    frames = post.get("carousel_media") or [post]
    shown = [dig(frame, "image_versions2", "candidates", 0, "url") for frame in frames]
    return [str(url) for url in shown if url] or [*filter(None, [post.get("display_url")])]


def _poll(sticker: Any) -> Poll:
    tallies = dig(sticker, "tallies") or []
    return Poll(options=[PollOption(tally["text"], votes=tally.get("count")) for tally in tallies])


def person_of(thing: dict[str, Any]) -> Any:
    """The object of whoever said it."""
    return thing.get("user") or thing.get("owner")


def author_of(person: Any) -> Author | None:
    """Whom such an object names."""
    handle = dig(person, "username")
    return handle and Author(
        id=str(person.get("pk") or person.get("id") or "") or None,
        handle=handle,
        name=person.get("full_name") or None,
        url=f"{SITE}/{handle}/",
    )


def _audience(person: Any) -> Any:
    private = dig(person, "is_private")
    return "unknown" if private is None else "private" if private else "public"
