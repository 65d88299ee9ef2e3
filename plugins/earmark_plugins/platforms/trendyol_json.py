"""Reviews, and questions with sellers' answers, in the JSON of Trendyol's pages."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import answering, dig, id_of, named, rating_of, said_as


def reviews_in(data: Any) -> Items:
    for review in dig(data, "result", "reviews") or []:
        yield _review(review)


def questions_in(data: Any) -> Items:
    for question in dig(data, "questions", "content") or []:
        yield from _question(question)


def reviewer(name: str | None) -> Author | None:
    """Nobody is called “**** ****”."""
    return named(name) if any(map(str.isalpha, name or "")) else None


def _review(review: dict[str, Any]) -> Item:
    written, changed = review.get("createdAt"), review.get("lastModifiedAt")
    return Item(
        **said_as(review.get("comment")),
        id=review.get("id"),
        kind="review",
        author=reviewer(review.get("userFullName")),
        published=str(written) if written else None,
        edited=changed is not None and changed != written,
        rating=rating_of(review.get("rate")),
        likes=review.get("likesCount"),
        media=[str(file["url"]) for file in review.get("mediaFiles") or [] if file.get("url")],
    )


def _question(question: dict[str, Any]) -> Items:
    """Askers' names are masked, and the answer's moment is told only as how long it took."""
    number, asked = question.get("id"), question.get("creationDate")
    key = id_of("question/", number)
    yield Item(
        **said_as(question.get("text")),
        id=key,
        published=str(asked) if asked else None,
    )
    if text := dig(question, "answer", "text"):
        seller = question.get("sellerId")
        yield Item(
            **said_as(text),
            **answering(key),
            id=id_of("answer/", number),
            author=Author(id=str(seller) if seller else None, name=question.get("sellerName")),
        )
