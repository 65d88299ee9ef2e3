"""eMAG in Romania, Bulgaria and Hungary: reviews with their comments, questions and answers.

Built from **documented** structure: the JSON that its pages load and the reviews' markup, as public
readers took them (2021 to 2026). The place of a review's comments in the JSON is **unverified**, as
is the sign of a product without reviews. Questions are read from the JSON alone.
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
    first_attribute,
    first_text,
    found_in,
    hookimpl,
    said,
    said_as,
)

SITES = [f"https://www.emag.{domain}" for domain in ("ro", "bg", "hu")]


class Emag(Platform):
    """Reviews, questions, answers and comments are numbered apart."""

    name, label = "emag", "eMAG"
    matches = [f"{site}/*/pd/*" for site in SITES]
    items = [".js-review-item"]
    empty = [".reviews-section:not(:has(.star-rating-inner))"]  # nor is there an average
    responses = [
        f"{site}/product-feedback/*/{kind}/list*"
        for site in SITES
        for kind in ("reviews", "questions")
    ]
    level = "documented"
    built_from = "public readers' JSON and markup of 2021 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        for review in dig(fragment.json, "reviews", "items") or []:
            yield from _review(review)
        for question in dig(fragment.json, "questions", "items") or []:
            yield from _question(question)
        if fragment.kind == "element" and (card := fragment.soup.select_one(".js-review-item")):
            yield _drawn(card)


def _review(review: dict[str, Any]) -> Iterator[Item]:
    number = str(review.get("id"))
    yield Item(
        **said_as(_titled(review.get("title"), _plain(review))),
        id=number,
        kind="review",
        author=_author(review),
        published=review.get("published") or review.get("created"),
        rating=Rating(review["rating"], 5) if review.get("rating") else None,
        likes=review.get("votes"),
        audience="public",
    )
    comments = review.get("comments")
    yield from _answers(dig(comments, "items") or comments, "comment", number)


def _question(question: dict[str, Any]) -> Iterator[Item]:
    key = f"question/{question.get('id')}"
    yield Item(
        **said_as(_plain(question)),
        id=key,
        author=_author(question),
        published=question.get("created"),
        audience="public",
    )
    yield from _answers(question.get("answers"), "answer", key)


def _answers(answers: Any, kind: str, parent: str) -> Iterator[Item]:
    for answer in answers if isinstance(answers, list) else []:
        yield Item(
            **said_as(_plain(answer)),
            id=f"{kind}/{answer['id']}" if answer.get("id") else None,
            kind="reply",
            author=_author(answer),
            published=answer.get("created"),
            parent_id=parent,
            root_id=parent,
            audience="public",
        )


def _author(entry: dict[str, Any]) -> Author | None:
    name = dig(entry, "user", "name") or dig(entry, "user", "nickname")
    return Author(name=name) if name else None


def _plain(entry: dict[str, Any]) -> str | None:
    return entry.get("content_no_tags") or entry.get("content")


def _drawn(card: Tag) -> Item:
    link = first_attribute(card, ".product-review-title a[href]", "href")
    body = said(card.select_one(".js-review-body"))
    body["text"] = _titled(first_text(card, ".product-review-title"), body["text"])
    name = first_text(card, ".product-review-author")
    return Item(
        **body,
        id=attribute(card, "data-id") or found_in(r"/review/(\d+)", link),
        kind="review",
        author=Author(name=name) if name else None,
        published=first_text(card, ".small.text-muted"),
        url=link,
        rating=_stars(first_attribute(card, ".star-rating-inner", "style")),
        audience="public",
    )


def _stars(style: str | None) -> Rating | None:
    """Stars are a strip as wide as the rating: `width: 80%` is 4 of 5."""
    width = found_in(r"width:\s*(\d+)%", style)
    return Rating(int(width) / 20, 5) if width else None


def _titled(title: str | None, text: str | None) -> str:
    return "\n\n".join(filter(None, [title, text]))


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Emag)
