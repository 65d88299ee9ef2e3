"""Reviews, and questions with sellers' answers, in the JSON of Hepsiburada's pages."""

from typing import Any

from earmark import Item, Items
from earmark.markup import answering, dig, named, rating_of, said_as


def reviews_in(data: Any) -> Items:
    for review in dig(data, "data", "approvedUserContent", "approvedUserContentList") or []:
        yield _review(review)


def questions_in(data: Any) -> Items:
    for question in dig(data, "data", "publishedQnAList") or []:
        yield from _question(question)


def _review(review: dict[str, Any]) -> Item:
    customer, reactions = review.get("customer") or {}, review.get("reactions") or {}
    masked = " ".join(filter(None, [customer.get("name"), customer.get("surname")]))
    return Item(
        **said_as(dig(review, "review", "content")),
        id=review.get("id"),
        kind="review",
        author=named(customer.get("displayName") or masked),
        published=review.get("createdAt"),
        rating=rating_of(review.get("star")),
        likes=reactions.get("clap"),
        dislikes=reactions.get("thumbsdown"),
    )


def _question(question: dict[str, Any]) -> Items:
    number = question.get("id")
    key = f"question/{number}" if number else None
    yield Item(
        **said_as(question.get("editedQuestion")),
        id=key,
        published=question.get("createdAt"),
    )
    for place, answer in enumerate(question.get("answers") or [], start=1):
        yield Item(
            **said_as(answer.get("editedAnswer")),
            **answering(key),
            id=f"answer/{number}/{place}" if number else None,
            author=named(answer.get("merchantName")),
            published=answer.get("createdAt"),
        )
