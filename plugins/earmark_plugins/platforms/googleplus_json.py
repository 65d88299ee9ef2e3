"""Posts and comments in the JSON files of a Takeout archive of Google+."""

from typing import Any

from bs4 import BeautifulSoup

from earmark import Audience, Item, Items, Poll, PollOption
from earmark.markup import dig, found_in

from .googleplus_people import activity, author, spoken


def archived(data: Any) -> Items:
    """The posts of a file, each with its comments."""
    for post in data if isinstance(data, list) else [data]:
        if isinstance(post, dict) and post.get("resourceName"):
            yield from _thread(post)


def _thread(post: dict[str, Any]) -> Items:
    number = activity(post.get("url")) or post["resourceName"]
    comments = [each for each in post.get("comments") or () if isinstance(each, dict)]
    audience = _audience(post.get("postAcl"))
    item = _entry(post, number, audience)
    item.kind = "poll" if item.poll else "post"
    item.url, item.replies = post.get("url"), len(comments)
    item.likes, item.shares = len(post.get("plusOnes") or ()), len(post.get("reshares") or ())
    item.aliases = [post["resourceName"]]
    yield item
    for comment in comments:
        below = _entry(comment, found_in(r"/comments/(.+)$", comment.get("resourceName")), audience)
        below.parent_id = below.root_id = number
        yield below


def _entry(entry: dict[str, Any], number: str | None, audience: Audience) -> Item:
    content = BeautifulSoup(str(entry.get("content") or ""), "lxml")
    person = author(dig(entry, "author", "displayName"), dig(entry, "author", "profilePageUrl"))
    person.id = found_in(r"^users/(\d+)", dig(entry, "author", "resourceName")) or person.id
    media = [entry.get("media"), *(dig(entry, "album", "media") or ())]
    return Item(
        **spoken(content.body),
        id=number,
        author=person,
        published=entry.get("creationTime"),
        edited=entry.get("updateTime") not in (None, entry.get("creationTime")),
        media=[url for each in media if (url := dig(each, "url"))],
        poll=_poll(entry.get("poll")),
        audience=audience,
    )


def _poll(poll: Any) -> Poll | None:
    choices = [each for each in dig(poll, "choices") or () if isinstance(each, dict)]
    options = [
        PollOption(str(c.get("description") or ""), votes=c.get("voteCount")) for c in choices
    ]
    return Poll(options, votes=dig(poll, "totalVotes")) if options else None


def _audience(acl: Any) -> Audience:
    circles = [dig(c, "type") for c in dig(acl, "visibleToStandardAcl", "circles") or ()]
    if dig(acl, "isPublic") is True or "CIRCLE_TYPE_PUBLIC" in circles:
        return "public"
    if circles or dig(acl, "communityAcl"):
        return "group"
    return "private" if dig(acl, "visibleToStandardAcl", "users") else "unknown"
