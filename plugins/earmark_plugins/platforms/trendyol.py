"""Trendyol: reviews of a product, and questions with sellers' answers.

Built from **documented** structure: the JSON that its pages load (described with examples, 2026)
and the classes of the drawn lists (public readers, 2025). Only the JSON has ids and exact times;
what is drawn is told apart by author and text.
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
    dig,
    hookimpl,
    said,
    said_as,
    text_of,
)

API = "https://apigw.trendyol.com/*"


class Trendyol(Platform):
    """A question and its one answer share a number."""

    name, label = "trendyol", "Trendyol"
    matches = ["https://www.trendyol.com/*-p-*"]
    items = [".reviews .comment", ".qna-item"]
    empty = [
        ".product-details-product-details-container:not(:has(.reviews-summary-average-rating))",
        ".reviews:not(:has(*))",
    ]
    responses = [f"{API}/review-read/product-reviews/*", f"{API}/merchant-questions/content/*"]
    site_time_zone = "Europe/Istanbul"
    level = "documented"
    built_from = "the pages' JSON as described in 2026, public readers' classes of 2025"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            for review in dig(fragment.json, "result", "reviews") or []:
                yield _review(review)
            for question in dig(fragment.json, "questions", "content") or []:
                yield from _question(question)
        elif drawn := fragment.soup.select_one(".comment, .qna-item"):
            yield _drawn_review(drawn) if "comment" in drawn["class"] else _drawn_question(drawn)


def _review(review: dict[str, Any]) -> Item:
    written, changed = review.get("createdAt"), review.get("lastModifiedAt")
    return Item(
        **said_as(review.get("comment")),
        id=review.get("id"),
        kind="review",
        author=_named(review.get("userFullName")),
        published=str(written) if written else None,
        edited=changed is not None and changed != written,
        rating=Rating(review["rate"], 5) if review.get("rate") else None,
        likes=review.get("likesCount"),
        media=[str(file["url"]) for file in review.get("mediaFiles") or [] if file.get("url")],
        audience="public",
    )


def _question(question: dict[str, Any]) -> Iterator[Item]:
    """Askers' names are masked, and the answer's moment is told only as how long it took."""
    number, asked = question.get("id"), question.get("creationDate")
    yield Item(
        **said_as(question.get("text")),
        id=f"question/{number}",
        published=str(asked) if asked else None,
        audience="public",
    )
    if text := dig(question, "answer", "text"):
        seller = question.get("sellerId")
        yield Item(
            **said_as(text),
            id=f"answer/{number}",
            kind="reply",
            author=Author(id=str(seller) if seller else None, name=question.get("sellerName")),
            parent_id=f"question/{number}",
            root_id=f"question/{number}",
            audience="public",
        )


def _drawn_review(card: Tag) -> Item:
    """Name and date are the first and last of a row; between them may stand “Elite Üye”."""
    info = [text_of(tag) for tag in card.select(".comment-info-item")]
    return Item(
        **said(card.select_one(".comment-text")),
        kind="review",
        author=_named(info[0] if len(info) > 1 else None),
        published=info[-1] if info else None,
        rating=_stars(card),
        audience="public",
    )


def _drawn_question(card: Tag) -> Item:
    """The question alone: no lasting mark of the answer is known."""
    return Item(**said(card.select_one(".item h4")), audience="public")


def _stars(card: Tag) -> Rating | None:
    """A star is full where its cover is as wide as the star."""
    stars = card.select(".ratings .star-w .full")
    full = sum("100%" in str(star.get("style") or "") for star in stars)
    return Rating(full, 5) if full else None


def _named(name: str | None) -> Author | None:
    """Nobody is called “**** ****”."""
    return Author(name=name) if name and any(map(str.isalpha, name)) else None


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Trendyol)
