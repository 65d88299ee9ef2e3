"""Reviews and developers' responses in the data script of an app's page."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import answering, dig, id_of, objects_with, paragraphs, rating_of, said_as


def reviews_in(data: Any) -> Items:
    """Each review once: every shelf of the page has them again, some with less."""
    reviews: dict[str, dict[str, Any]] = {}
    for review in objects_with(data, "reviewerName"):
        reviews.setdefault(str(review.get("id") or id(review)), {}).update(review)
    for review in reviews.values():
        yield from _review(review)


def _review(review: dict[str, Any]) -> Items:
    review_id = review.get("id")
    yield Item(
        **said_as(paragraphs(review.get("title"), review.get("contents"))),
        id=review_id,
        kind="review",
        author=Author(name=review["reviewerName"]),
        published=review.get("date"),
        rating=rating_of(review.get("rating")),
    )
    answer = review.get("response") or review.get("developerResponse")
    text = dig(answer, "contents") or dig(answer, "body")
    if text:
        yield Item(
            **said_as(text),
            **answering(review_id),
            id=id_of("", review_id, "/response"),
            published=dig(answer, "date") or dig(answer, "modified"),
        )
