"""Comments, and questions with their answers, in the JSON of Digikala's API."""

from collections.abc import Iterable
from typing import Any

from earmark import Item, Items
from earmark.markup import answering, dig, id_of, named, paragraphs, rating_of, said_as


def comments_in(data: Any) -> Items:
    places = (("comments",), ("media_comments",), ("product", "last_comments"))
    for comment in _distinct(dig(data, "data", *place) for place in places):
        yield _comment(comment)


def questions_in(data: Any) -> Items:
    places = (("questions",), ("product", "last_questions"))
    for question in _distinct(dig(data, "data", *place) for place in places):
        yield from _question(question)


def _distinct(lists: Iterable[Any]) -> list[dict[str, Any]]:
    """What is in any of the lists, once: comments with pictures are listed a second time."""
    return list({entry.get("id"): entry for each in lists for entry in each or []}.values())


def _comment(comment: dict[str, Any]) -> Item:
    reactions = comment.get("reactions") or {}
    text = whole_text(
        comment.get("title"),
        comment.get("body"),
        comment.get("advantages") or [],
        comment.get("disadvantages") or [],
    )
    return Item(
        **said_as(text),
        id=comment.get("id"),
        kind="review",
        author=named(comment.get("user_name")),
        published=comment.get("created_at"),
        rating=rating_of(comment.get("rate")),  # 0 where somebody only asked or wished
        likes=reactions.get("likes"),
        dislikes=reactions.get("dislikes"),
        media=[str(url) for file in comment.get("files") or [] for url in file.get("url") or []],
    )


def _question(question: dict[str, Any]) -> Items:
    key = id_of("question/", question.get("id"))
    yield Item(
        **said_as(question.get("text")),
        id=key,
        author=named(question.get("sender")),
        published=question.get("created_at"),
        replies=question.get("answer_count"),
    )
    for answer in question.get("answers") or []:
        seller, reactions = answer.get("seller"), answer.get("reactions") or {}
        yield Item(
            **said_as(answer.get("text")),
            **answering(key),
            id=id_of("answer/", answer.get("id")),
            author=named(dig(seller, "title") or answer.get("sender")),
            published=answer.get("created_at"),
            likes=reactions.get("likes"),
            dislikes=reactions.get("dislikes"),
        )


def whole_text(title: str | None, body: str | None, liked: list[str], disliked: list[str]) -> str:
    """A comment with what was liked (+) and what was not (-), a line each."""
    lists = "\n".join([*(f"+ {line}" for line in liked), *(f"- {line}" for line in disliked)])
    return paragraphs(title, body, lists)
