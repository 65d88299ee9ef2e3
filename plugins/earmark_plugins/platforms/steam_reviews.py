"""Reviews as Steam draws them, in the community hub and in the store."""

import re

from earmark import Item, Rating
from earmark.markup import (
    Element,
    attribute,
    found_in,
    hooks,
    said,
    text_of,
)

from .steam_people import author

NOT_SAID = ".date_posted, .early_access_review, .received_compensation, .refunded"
PERMALINK = re.compile(r"/(?:id|profiles)/([^/]+)/recommended/(\d+)")


def review(card: Element, marks: dict[str, Element]) -> Item:
    """The numbered id stands on the buttons to vote; the permalink names author and game."""
    header = marks.get(".vote_header")
    link = attribute(card, "data-modal-content-url") or attribute(header, "href")
    key = next(map("/".join, PERMALINK.findall(link or "")), None)
    vote = next((name for name in marks if name.startswith("#RecommendationVoteUpBtn")), None)
    posted = text_of(marks.get(".date_posted") or marks.get(".postedDate"))
    who = marks.get(".apphub_CardContentAuthorName") or marks.get(".persona_name")
    account = next(iter(hooks(card, "data-miniprofile")), None)
    return Item(
        **said(marks.get(".apphub_CardTextContent") or marks.get(".content"), drop=NOT_SAID),
        id=found_in(r"(\d+)$", vote) or key,
        aliases=[key] if vote and key else [],
        kind="review",
        author=author(who.a if who else None, account),
        published=posted.rpartition(":")[2].strip() or None,
        url=link,
        rating=_recommended(marks.get(".thumb")),
        likes=text_of(marks.get(".found_helpful") or marks.get(".vote_info")),
        replies=text_of(marks.get(".apphub_CardCommentCount")),
    )


def _recommended(thumb: Element | None) -> Rating | None:
    image = attribute(thumb.img if thumb else None, "src")
    if not image or "thumbs" not in image:
        return None
    return Rating(1 if "thumbsUp" in image else 0, 1)
