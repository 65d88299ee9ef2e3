"""Hepsiburada: reviews of a product, and questions with sellers' answers.

Built from **documented** structure: the JSON that its pages load (examples of 2021 to 2026) and
the drawn reviews' microdata (public readers, 2023 to 2025). Only the JSON has ids, exact times and
the questions; what is drawn is told apart by author and text.
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
    dig,
    first_text,
    hookimpl,
    said,
    said_as,
    text_of,
)

API = "https://user-content-gw-hermes.hepsiburada.com/queryapi/*"


class Hepsiburada(Platform):
    """Names are masked (“B*** P***”); “Evet” under a review is a like, “Hayır” a dislike."""

    name, label = "hepsiburada", "Hepsiburada"
    matches = ["https://www.hepsiburada.com/*-p-*", "https://www.hepsiburada.com/*-pm-*"]
    items = ['div[itemprop="review"]']
    empty = ["#hermes-voltran-comments:not(:has(*))", ".paginationContentHolder:not(:has(*))"]
    responses = [f"{API}/ApprovedUserContents*", f"{API}/PublishedQnA*"]
    site_time_zone = "Europe/Istanbul"
    level = "documented"
    built_from = "the pages' JSON of 2021 to 2026, public readers' microdata of 2023 to 2025"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        data = dig(fragment.json, "data")
        for review in dig(data, "approvedUserContent", "approvedUserContentList") or []:
            yield _review(review)
        for question in dig(data, "publishedQnAList") or []:
            yield from _question(question)
        if fragment.kind == "element" and fragment.soup.div:
            yield _drawn(fragment.soup.div)


def _review(review: dict[str, Any]) -> Item:
    customer, reactions = review.get("customer") or {}, review.get("reactions") or {}
    masked = " ".join(filter(None, [customer.get("name"), customer.get("surname")]))
    return Item(
        **said_as(dig(review, "review", "content")),
        id=review.get("id"),
        kind="review",
        author=_named(customer.get("displayName") or masked),
        published=review.get("createdAt"),
        rating=Rating(review["star"], 5) if review.get("star") else None,
        likes=reactions.get("clap"),
        dislikes=reactions.get("thumbsdown"),
        audience="public",
    )


def _question(question: dict[str, Any]) -> Iterator[Item]:
    number = question.get("id")
    key = f"question/{number}" if number else None
    yield Item(
        **said_as(question.get("editedQuestion")),
        id=key,
        published=question.get("createdAt"),
        audience="public",
    )
    for place, answer in enumerate(question.get("answers") or [], start=1):
        yield Item(
            **said_as(answer.get("editedAnswer")),
            id=f"answer/{number}/{place}" if number else None,
            kind="reply",
            author=_named(answer.get("merchantName")),
            published=answer.get("createdAt"),
            parent_id=key,
            root_id=key,
            audience="public",
        )


def _drawn(card: Tag) -> Item:
    stars = len(card.select('[class*="RatingPointer-module"] .star'))
    return Item(
        **said(card.select_one('[itemprop="description"]')),
        kind="review",
        author=_named(_marked(card, "author")),
        published=_marked(card, "datePublished"),
        rating=Rating(stars, 5) if 0 < stars <= 5 else None,
        likes=first_text(card, ".thumbsUp"),
        dislikes=first_text(card, ".thumbsDown"),
        audience="public",
    )


def _marked(card: Tag, name: str) -> str | None:
    """What microdata says, in the attribute or in words."""
    tag = card.select_one(f'[itemprop="{name}"]')
    return attribute(tag, "content") or text_of(tag) or None


def _named(name: str | None) -> Author | None:
    return Author(name=name) if name else None


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Hepsiburada)
