"""Trustpilot: reviews of a business, and its replies.

Built from **documented** structure: the cards' `data-…-typography` attributes and the objects in
the page's data script, as public readers took them (2024 to 2026). The script adds exact counts and
the authors' ids to the same reviews. The sign of a business without reviews is **unverified**.
"""

from __future__ import annotations

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
    data_in,
    dig,
    first_attribute,
    first_text,
    found_in,
    hookimpl,
    objects_with,
    parse_count,
    said_as,
    text_of,
    time_of,
)

REPLY = "data-service-review-business-reply"


class Trustpilot(Platform):
    """A reply has no id of its own; there is one to a review at most."""

    name, label = "trustpilot", "Trustpilot"
    matches = ["https://*.trustpilot.com/review/*", "https://*.trustpilot.com/reviews/*"]
    items = ["article[data-service-review-card-paper]"]
    context = ["script#__NEXT_DATA__", "[data-reviews-count-typography]"]
    empty = ['[class*="noReviews"]', '[class*="no-reviews"]']
    level = "documented"
    built_from = "public readers' attributes of 2024 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "element":
            yield from _card(fragment.soup, page)
            return
        data = dig(data_in(fragment.soup.script), "props", "pageProps")
        business = dig(data, "businessUnit") or {}
        for review in objects_with(data, "consumer"):
            yield from _object(review, business)

    def expected(self, page: Page) -> int | None:
        """As shown; the script may be of the business that was open before."""
        shown = (parse_count(text_of(f.soup), page.lang) for f in page.context)
        said = (
            dig(data_in(f.soup.script), "props", "pageProps", "businessUnit", "numberOfReviews")
            for f in page.context
        )
        return next((number for number in (*shown, *said) if number is not None), None)


def _card(card: Tag, page: Page) -> Iterator[Item]:
    link = first_attribute(card, 'a[href*="/reviews/"]', "href")
    review_id = found_in(r"/reviews/(\w+)", link)
    if review_id is None:
        return
    title = first_text(card, "[data-service-review-title-typography]")
    rating = first_attribute(card, "[data-service-review-rating]", "data-service-review-rating")
    user = first_attribute(card, 'a[href*="/users/"]', "href")
    yield Item(
        **said_as(_titled(title, first_text(card, "[data-service-review-text-typography]"))),
        id=review_id,
        kind="review",
        author=Author(
            id=found_in(r"/users/(\w+)", user),
            name=first_text(card, "[data-consumer-name-typography]"),
            url=user,
        ),
        published=time_of(card.select_one("time[data-service-review-date-time-ago]")),
        url=link,
        rating=Rating(float(rating), 5) if rating else None,
        audience="public",
    )
    business = found_in(r"/review/([^/?#]+)", page.url)
    yield from _reply(
        review_id,
        first_text(card, f"[{REPLY}-text-typography]"),
        time_of(card.select_one(f"time[{REPLY}-date-time-ago]")),
        Author(handle=business, url=f"/review/{business}") if business else None,
    )


def _object(review: dict[str, Any], business: dict[str, Any]) -> Iterator[Item]:
    consumer, dates = review["consumer"] or {}, review.get("dates") or {}
    if not review.get("id") or review.get("rating") is None:
        return
    yield Item(
        **said_as(_titled(review.get("title"), review.get("text"))),
        id=review["id"],
        kind="review",
        author=Author(
            id=consumer.get("id"),
            name=consumer.get("displayName"),
            url=f"/users/{consumer['id']}" if consumer.get("id") else None,
        ),
        published=dates.get("publishedDate"),
        edited=bool(dates.get("updatedDate")),
        url=f"/reviews/{review['id']}",
        rating=Rating(review["rating"], 5),
        likes=review.get("likes"),
        audience="public",
    )
    handle = business.get("identifyingName")
    yield from _reply(
        review["id"],
        dig(review, "reply", "message"),
        dig(review, "reply", "publishedDate"),
        Author(handle=handle, name=business.get("displayName"), url=f"/review/{handle}"),
    )


def _reply(
    review_id: str, text: str | None, published: str | None, author: Author | None
) -> Iterator[Item]:
    if text:
        yield Item(
            **said_as(text),
            id=f"{review_id}/reply",
            kind="reply",
            author=author,
            published=published,
            url=f"/reviews/{review_id}",
            parent_id=review_id,
            root_id=review_id,
            audience="public",
        )


def _titled(title: str | None, text: str | None) -> str:
    """Without a title of its own a review is given its first words for one."""
    own = title if not (text or "").startswith((title or "").rstrip(".… ")) else None
    return "\n\n".join(filter(None, [own, text])) or title or ""


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Trustpilot)
