"""Posts in the API's answers, with what they answer."""

from typing import Any

from bs4 import BeautifulSoup

from earmark import Author, Item, Items, Poll, PollOption
from earmark.markup import dig, found_in, objects_with, paragraphs

from .mastodon_said import AUDIENCES, said_there


def posts_in(data: Any, url: str) -> Items:
    """A post, or what is above and below one: the topmost is the root."""
    asked = found_in(r"/statuses/(\w+)/context", url)
    root = dig(data, "ancestors", 0, "id") or asked
    for status in objects_with(data, "in_reply_to_id"):
        if isinstance(status.get("content"), str) and not status.get("reblog"):
            yield _post(status, root)


def _post(status: dict[str, Any], root: str | None) -> Item:
    account, parent, poll = (
        status.get("account") or {},
        status["in_reply_to_id"],
        status.get("poll"),
    )
    spoken = said_there(BeautifulSoup(status["content"], "lxml").body)
    spoken["text"] = paragraphs(status.get("spoiler_text"), spoken["text"])
    spoken["mentions"] = [person["acct"] for person in status.get("mentions") or []]
    spoken["hashtags"] = [tag["name"] for tag in status.get("tags") or []]
    return Item(
        id=status["id"],
        kind="poll" if poll else "reply" if parent else "post",
        **spoken,
        author=Author(
            id=account.get("id"),
            handle=account.get("acct"),
            name=account.get("display_name") or None,
            url=account.get("url"),
            followers=account.get("followers_count"),
        ),
        published=status.get("created_at"),
        edited=bool(status.get("edited_at")),
        url=status.get("url"),
        parent_id=parent,
        root_id=root if parent else None,
        audience=AUDIENCES.get(str(status.get("visibility")), "unknown"),
        likes=status.get("favourites_count"),
        replies=status.get("replies_count"),
        shares=status.get("reblogs_count"),
        poll=_poll_of(poll) if poll else None,
        media=[media["url"] for media in status.get("media_attachments") or []],
    )


def _poll_of(poll: dict[str, Any]) -> Poll:
    options = [PollOption(o["title"], votes=o.get("votes_count")) for o in poll["options"]]
    return Poll(options=options, votes=poll.get("votes_count"), closes=poll.get("expires_at"))
