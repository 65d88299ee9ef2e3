"""Steam: reviews in the store and the community hub, and discussions.

Built from **documented** structure: classes and attributes quoted in public readers (2023 to 2026)
and the store's described review API (`appreviews`). The store's newest review section has no stable
markup: there the JSON responses carry the reviews. Stable hooks: ids, permalinks, `data-timestamp`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    Rating,
    Said,
    attribute,
    dig,
    first_attribute,
    first_text,
    found_in,
    hookimpl,
    said,
    said_as,
    time_of,
)

COMMUNITY = "https://steamcommunity.com"
FIRST_ACCOUNT = 76561197960265728  # a SteamID is this plus the account's number
NOT_SAID = ".date_posted, .early_access_review, .received_compensation, .refunded"
PERMALINK = re.compile(r"/(?:id|profiles)/([^/]+)/recommended/(\d+)")
BBCODE = re.compile(
    r"\[/?(?:h[123]|b|u|i|strike|spoiler|noparse|hr|url|list|olist|quote|code|table|t[rhd]|\*)(?:=[^\]]*)?\]"
)


class Steam(Platform):
    """A review is recommended (1 of 1) or not (0 of 1). In discussions all answer the topic."""

    name, label = "steam", "Steam"
    matches = [
        "https://store.steampowered.com/app/*",
        *(
            f"{COMMUNITY}/app/*/{kind}*"
            for kind in ("reviews", "positivereviews", "negativereviews")
        ),
        f"{COMMUNITY}/app/*/discussions/*",
    ]
    items = [
        ".apphub_Card[data-modal-content-url*='/recommended/']",
        ".review_box:has(a.vote_header)",
        ".commentthread_comment[id^='comment_']",
    ]
    context = ["div:has(> .forum_op)"]
    empty = [
        ".forum_topics_container",  # a list of topics has no comments itself
        ".commentthread_comments:not(:has(*))",
        ".noReviewsYetTitle",
        "#app_agegate",
    ]
    responses = [
        "https://store.steampowered.com/appreviews/*",
        "https://store.steampowered.com/ajaxappreviews/*",
    ]
    level = "documented"
    built_from = "public readers of 2023 to 2026, the described review API"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            app = found_in(r"appreviews/(\d+)", fragment.url)
            for review in dig(fragment.json, "reviews") or []:
                yield from _from_api(review, app)
        elif fragment.kind == "context":
            yield _topic(fragment.soup, page)
        elif comment := fragment.soup.select_one(".commentthread_comment"):
            yield _comment(comment, page)
        elif card := fragment.soup.select_one(".apphub_Card, .review_box"):
            yield _review(card)


def _topic(area: Tag, page: Page) -> Item:
    opening = area.select_one(".forum_op")
    return Item(
        **_titled(opening),
        id=_topic_id(page),
        kind="post",
        author=_author(opening.select_one("a.forum_op_author") if opening else None),
        published=time_of(opening.select_one(".date") if opening else None),
        url=page.url.split("?")[0],
        replies=first_text(area, ".forum_paging_summary span:nth-of-type(3)"),
        audience="public",
    )


def _titled(opening: Tag | None) -> Said:
    body = said(opening.select_one(".content") if opening else None)
    title = first_text(opening, ".topic")
    body["text"] = "\n\n".join(filter(None, [title, body["text"]]))
    return body


def _comment(comment: Tag, page: Page) -> Item:
    number = str(comment["id"]).removeprefix("comment_")
    return Item(
        **said(comment.select_one(".commentthread_comment_text"), drop=".bb_quoteauthor"),
        id=number,
        author=_author(comment.select_one("a.commentthread_author_link")),
        published=time_of(comment.select_one(".commentthread_comment_timestamp")),
        url=f"{page.url.split('?')[0]}#c{number}",
        parent_id=_topic_id(page),
        root_id=_topic_id(page),
        audience="public",
    )


def _review(card: Tag) -> Item:
    """The numbered id stands on the buttons to vote; the permalink names author and game."""
    link = attribute(card, "data-modal-content-url")
    link = link or first_attribute(card, "a.vote_header", "href")
    key = next(map("/".join, PERMALINK.findall(link or "")), None)
    vote = first_attribute(card, "[id^='RecommendationVoteUpBtn']", "id")
    posted = first_text(card, ".date_posted", ".postedDate") or ""
    return Item(
        **said(card.select_one(".apphub_CardTextContent, .content"), drop=NOT_SAID),
        id=found_in(r"(\d+)$", vote) or key,
        aliases=[key] if vote and key else [],
        kind="review",
        author=_author(card.select_one(".apphub_CardContentAuthorName a, .persona_name a"), card),
        published=posted.rpartition(":")[2].strip() or None,
        url=link,
        rating=_recommended(first_attribute(card, ".thumb img", "src")),
        likes=first_text(card, ".found_helpful", ".vote_info"),
        replies=first_text(card, ".apphub_CardCommentCount"),
        audience="public",
    )


def _from_api(review: dict[str, Any], app: str | None) -> Iterator[Item]:
    steam_id = dig(review, "author", "steamid")
    link = f"{COMMUNITY}/profiles/{steam_id}/recommended/{app}/" if app and steam_id else None
    written, changed = review.get("timestamp_created"), review.get("timestamp_updated")
    item = Item(
        **said_as(BBCODE.sub("", review.get("review") or "")),
        id=review.get("recommendationid"),
        aliases=[f"{steam_id}/{app}"] if link else [],
        kind="review",
        author=Author(
            id=steam_id,
            name=dig(review, "author", "personaname"),
            url=f"{COMMUNITY}/profiles/{steam_id}/",
        ),
        published=str(written) if written else None,
        edited=changed is not None and changed != written,
        url=link,
        rating=Rating(1 if review.get("voted_up") else 0, 1),
        likes=review.get("votes_up"),
        replies=review.get("comment_count"),
        audience="public",
    )
    yield item
    if review.get("developer_response"):
        answered = review.get("timestamp_dev_responded")
        yield Item(
            **said_as(review["developer_response"]),
            id=f"{item.id}/developer",
            kind="reply",
            published=str(answered) if answered else None,
            parent_id=item.id,
            root_id=item.id,
            audience="public",
        )


def _recommended(image: str | None) -> Rating | None:
    if not image or "thumbs" not in image:
        return None
    return Rating(1 if "thumbsUp" in image else 0, 1)


def _topic_id(page: Page) -> str | None:
    return found_in(r"/discussions/\d+/(\d+)", page.url)


def _author(link: Tag | None, card: Tag | None = None) -> Author | None:
    if link is None:
        return None
    url = attribute(link, "href")
    account = attribute(link, "data-miniprofile")
    account = account or first_attribute(card, "[data-miniprofile]", "data-miniprofile")
    return Author(
        id=str(FIRST_ACCOUNT + int(account)) if account else found_in(r"/profiles/(\d+)", url),
        handle=found_in(r"/id/([^/?]+)", url),
        name=link.get_text(strip=True),
        url=url,
    )


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Steam)
