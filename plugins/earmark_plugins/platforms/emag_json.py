"""Reviews with their comments, and questions with their answers, in the JSON of eMAG's pages."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import answering, dig, id_of, named, paragraphs, rating_of, said_as


def reviews_in(data: Any) -> Items:
    for review in dig(data, "reviews", "items") or []:
        yield from _review(review)


def questions_in(data: Any) -> Items:
    for question in dig(data, "questions", "items") or []:
        yield from _question(question)


def _review(review: dict[str, Any]) -> Items:
    number = id_of("", review.get("id"))
    yield Item(
        **said_as(paragraphs(review.get("title"), _plain(review))),
        id=number,
        kind="review",
        author=_author(review),
        published=review.get("published") or review.get("created"),
        rating=rating_of(review.get("rating")),
        likes=review.get("votes"),
    )
    comments = review.get("comments")
    yield from _answers(dig(comments, "items") or comments, "comment", number)


def _question(question: dict[str, Any]) -> Items:
    key = id_of("question/", question.get("id"))
    yield Item(
        **said_as(_plain(question)),
        id=key,
        author=_author(question),
        published=question.get("created"),
    )
    yield from _answers(question.get("answers"), "answer", key)


def _answers(answers: Any, kind: str, parent: str | None) -> Items:
    for answer in answers if isinstance(answers, list) else []:
        yield Item(
            **said_as(_plain(answer)),
            **answering(parent),
            id=id_of(f"{kind}/", answer.get("id")),
            author=_author(answer),
            published=answer.get("created"),
        )


def _author(entry: dict[str, Any]) -> Author | None:
    return named(dig(entry, "user", "name") or dig(entry, "user", "nickname"))


def _plain(entry: dict[str, Any]) -> str | None:
    return entry.get("content_no_tags") or entry.get("content")
