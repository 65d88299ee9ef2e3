"""Google+: posts with their comments, as its Takeout archive holds them in HTML and in JSON.

Built from a **real** page of an archive (of 2019, a post of 2013) and, for JSON and polls, from
**documented** structure: lists of every key in public archives and the page's own stylesheet. The
service itself closed in 2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from earmark import Audience, Author, Fragment, Item, Page, Platform, Poll, PollOption, registering
from earmark.markup import Said, attribute, dig, first_text, found_in, said, text_of

PERMALINK = 'a[href*="/posts/"]:not(.author)'
LOCAL = "https://plus.google.com/takeout/"  # stands for a file of the archive that has no address


class GooglePlus(Platform):
    """A post's id is the one in its address; comments have an id in JSON only."""

    name, label = "googleplus", "Google+"
    matches = ["https://plus.google.com/*"]
    items = [".comments .comment"]
    context = ["body:has(.main-content)"]
    empty = [".visibility:last-child", ".post-activity:last-child"]
    responses = [f"{LOCAL}*"]
    level = "real"
    built_from = "a page of a Takeout archive of 2019; lists of its JSON keys"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            posts = fragment.json if isinstance(fragment.json, list) else [fragment.json]
            for post in posts:
                yield from _archived(post)
        elif fragment.kind == "context":
            yield _post(fragment.soup)
        elif comment := fragment.soup.select_one(".comment"):
            yield Item(
                **_said(comment.select_one(".comment-content")),
                author=_author(comment.select_one("a.author")),
                published=text_of(comment.select_one(".time")).lstrip("- ") or None,
            )


def _post(soup: Tag) -> Item:
    link = soup.select_one(PERMALINK)
    created = text_of(link) or None
    updated = found_in(r"(\d{4}-\d\d-\d\d .+)", first_text(soup, f"{PERMALINK} + span"))
    poll = _poll(soup.select(".poll-choice"))
    return Item(
        **_said(soup.select_one(".main-content")),
        id=_activity(attribute(link, "href")),
        kind="poll" if poll else "post",
        author=_author(soup.select_one("a.author")),
        published=created,
        edited=updated not in (None, created),
        url=attribute(link, "href"),
        poll=poll,
        likes=len(soup.select(".plus-oners a")) or None,
        shares=len(soup.select(".resharers a")) or None,
        audience="public" if "Public" in text_of(soup.select_one(".visibility")) else "unknown",
    )


def _said(content: Tag | None) -> Said:
    """People are mentioned by their names, behind a plus sign."""
    spoken = said(content)
    spoken["mentions"] = [text_of(name) for name in content.select(".proflink")] if content else []
    return spoken


def _author(link: Tag | None) -> Author | None:
    return _person(text_of(link) or None, attribute(link, "href"))


def _person(name: str | None, url: str | None) -> Author:
    return Author(
        id=found_in(r"plus\.google\.com/(\d+)", url),
        handle=found_in(r"plus\.google\.com/\+([^/?#]+)", url),
        name=name,
        url=url,
    )


def _poll(choices: list[Tag]) -> Poll | None:
    options = [
        PollOption(
            label=text_of(choice.select_one(".poll-choice-description")),
            share=_width(choice.select_one(".poll-choice-percentage")),
            votes=len(choice.select(".poll-choice-votes a")) or None,
        )
        for choice in choices
    ]
    return Poll(options) if options else None


def _width(bar: Tag | None) -> float | None:
    percent = found_in(r"width:\s*([\d.]+)%", attribute(bar, "style"))
    return float(percent) / 100 if percent else None


def _activity(url: str | None) -> str | None:
    return found_in(r"/posts/([^/?#]+)", url)


def _archived(post: Any) -> Iterator[Item]:
    if not isinstance(post, dict) or not post.get("resourceName"):
        return
    number = _activity(post.get("url")) or post["resourceName"]
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
    author = _person(dig(entry, "author", "displayName"), dig(entry, "author", "profilePageUrl"))
    author.id = found_in(r"^users/(\d+)", dig(entry, "author", "resourceName")) or author.id
    media = [entry.get("media"), *(dig(entry, "album", "media") or ())]
    return Item(
        **_said(content.body),
        id=number,
        author=author,
        published=entry.get("creationTime"),
        edited=entry.get("updateTime") not in (None, entry.get("creationTime")),
        media=[url for each in media if (url := dig(each, "url"))],
        poll=_archived_poll(entry.get("poll")),
        audience=audience,
    )


def _archived_poll(poll: Any) -> Poll | None:
    choices = [each for each in dig(poll, "choices") or () if isinstance(each, dict)]
    options = [PollOption(str(c.get("description")), votes=c.get("voteCount")) for c in choices]
    return Poll(options, votes=dig(poll, "totalVotes")) if options else None


def _audience(acl: Any) -> Audience:
    circles = [dig(c, "type") for c in dig(acl, "visibleToStandardAcl", "circles") or ()]
    if dig(acl, "isPublic") is True or "CIRCLE_TYPE_PUBLIC" in circles:
        return "public"
    if circles or dig(acl, "communityAcl"):
        return "group"
    return "private" if dig(acl, "visibleToStandardAcl", "users") else "unknown"


register_platforms = registering(GooglePlus)
