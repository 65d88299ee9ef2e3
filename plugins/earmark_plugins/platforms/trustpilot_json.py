"""Reviews, replies and their number in the data script of a business's page."""

from typing import Any

from earmark import Author, Item, Items, Rating
from earmark.markup import answering, dig, id_of, objects_with, said_as, titled


def count_in(data: Any) -> int | None:
    """How many reviews the business has."""
    number: int | None = dig(data, "props", "pageProps", "businessUnit", "numberOfReviews")
    return number


def reviews_in(data: Any) -> Items:
    shown = dig(data, "props", "pageProps")
    business = dig(shown, "businessUnit") or {}
    for review in objects_with(shown, "consumer"):
        yield from _review(review, business)


def _review(review: dict[str, Any], business: dict[str, Any]) -> Items:
    consumer, dates = review["consumer"] or {}, review.get("dates") or {}
    if not review.get("id") or review.get("rating") is None:
        return
    yield Item(
        **said_as(titled(review.get("title"), review.get("text"))),
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
    )
    handle = business.get("identifyingName")
    yield from reply(
        review["id"],
        dig(review, "reply", "message"),
        dig(review, "reply", "publishedDate"),
        Author(handle=handle, name=business.get("displayName"), url=f"/review/{handle}"),
    )


def reply(review_id: str, text: str | None, published: str | None, author: Author | None) -> Items:
    if text:
        yield Item(
            **said_as(text),
            **answering(review_id),
            id=id_of("", review_id, "/reply"),
            author=author,
            published=published,
            url=f"/reviews/{review_id}",
        )
