"""Reviews and developers' answers in the JSON of Steam's store."""

import re
from typing import Any

from earmark import Author, Item, Items, Rating
from earmark.markup import answering, dig, found_in, id_of, said_as

from .steam_people import COMMUNITY

BBCODE = re.compile(
    r"\[/?(?:h[123]|b|u|i|strike|spoiler|noparse|hr|url|list|olist|quote|code|table|t[rhd]|\*)(?:=[^\]]*)?\]"
)


def reviews_in(data: Any, address: str) -> Items:
    app = found_in(r"appreviews/(\d+)", address)
    for review in dig(data, "reviews") or []:
        yield from _review(review, app)


def _review(review: dict[str, Any], app: str | None) -> Items:
    steam_id = dig(review, "author", "steamid")
    link = f"{COMMUNITY}/profiles/{steam_id}/recommended/{app}/" if app and steam_id else None
    written, changed = review.get("timestamp_created"), review.get("timestamp_updated")
    item = Item(
        **said_as(BBCODE.sub("", review.get("review") or "")),
        id=review.get("recommendationid"),
        aliases=[f"{steam_id}/{app}"] if link else [],
        kind="review",
        author=Author(
            id=steam_id,
            name=dig(review, "author", "personaname"),
            url=f"{COMMUNITY}/profiles/{steam_id}/",
        ),
        published=str(written) if written else None,
        edited=changed is not None and changed != written,
        url=link,
        rating=Rating(1 if review.get("voted_up") else 0, 1),
        likes=review.get("votes_up"),
        replies=review.get("comment_count"),
    )
    yield item
    if review.get("developer_response"):
        answered = review.get("timestamp_dev_responded")
        yield Item(
            **said_as(review["developer_response"]),
            **answering(item.id),
            id=id_of("", item.id, "/developer"),
            published=str(answered) if answered else None,
        )
