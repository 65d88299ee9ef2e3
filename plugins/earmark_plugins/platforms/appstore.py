"""App Store: reviews of an app on apps.apple.com, and developers' responses.

Built from **documented** structure: the cards' markup and the objects of the page's data script
(`serialized-server-data`) as public readers took them (2025 and 2026). Responses stand in the
script alone; both name a review by the same number.
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
    attribute,
    data_in,
    dig,
    first_attribute,
    first_text,
    found_in,
    hookimpl,
    objects_with,
    rating_in,
    said,
    said_as,
    time_of,
)


class AppStore(Platform):
    """Each card is on the page a second time, hidden, for the view of details."""

    name, label = "appstore", "App Store"
    matches = ["https://apps.apple.com/*/app/*", "https://apps.apple.com/app/*"]
    items = ['article[aria-labelledby^="review-"]:not(.is-detail-view)']
    context = ["script#serialized-server-data"]
    empty = ["main:not(:has(.numbers__count))"]  # the number of ratings, which reviews come with
    level = "documented"
    built_from = "public readers' markup and data of 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "element":
            yield from _card(fragment.soup.article)
            return
        reviews: dict[str, dict[str, Any]] = {}  # each shelf has them again, some with less
        for review in objects_with(data_in(fragment.soup.script), "reviewerName"):
            reviews.setdefault(str(review.get("id")), {}).update(review)
        for review in reviews.values():
            yield from _object(review)


def _card(card: Tag | None) -> Iterator[Item]:
    """Editors' notes look alike but name no author."""
    author = first_text(card, ".author")
    if card is None or author is None:
        return
    body = said(card.select_one('[data-testid="truncate-text"], p.content, blockquote'))
    body["text"] = _titled(first_text(card, "h3"), body["text"])
    yield Item(
        **body,
        id=found_in(r"review-(\w+)-title", attribute(card, "aria-labelledby")),
        kind="review",
        author=Author(name=author),
        published=time_of(card.select_one("time")),
        rating=rating_in(first_attribute(card, ".stars[aria-label]", "aria-label")),
        audience="public",
    )


def _object(review: dict[str, Any]) -> Iterator[Item]:
    review_id = review.get("id")
    yield Item(
        **said_as(_titled(review.get("title"), review.get("contents"))),
        id=review_id,
        kind="review",
        author=Author(name=review["reviewerName"]),
        published=review.get("date"),
        rating=Rating(review["rating"], 5) if review.get("rating") else None,
        audience="public",
    )
    answer = review.get("response") or review.get("developerResponse")
    text = dig(answer, "contents") or dig(answer, "body")
    if text:
        yield Item(
            **said_as(text),
            id=f"{review_id}/response",
            kind="reply",
            published=dig(answer, "date") or dig(answer, "modified"),
            parent_id=review_id,
            root_id=review_id,
            audience="public",
        )


def _titled(title: str | None, text: str | None) -> str:
    return "\n\n".join(filter(None, [title, text]))


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(AppStore)
