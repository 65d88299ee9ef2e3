"""Trustpilot: reviews of a business, and its replies.

Built from **documented** structure: the cards' `data-…-typography` attributes and the objects in
the page's data script, as public readers took them (2024 to 2026). The script adds exact counts and
the authors' ids to the same reviews. The sign of a business without reviews is **unverified**.
"""

from earmark import Author, Fragment, Item, Items, Page, Platform, parse_count, registering
from earmark.markup import (
    Element,
    attribute,
    data_in,
    first_attribute,
    found_in,
    rating_in,
    said_as,
    text_of,
    time_of,
    titled,
)

from .trustpilot_json import count_in, reply, reviews_in

REVIEW = "data-service-review"
REPLY = f"{REVIEW}-business-reply"


class Trustpilot(Platform):
    """A reply has no id of its own; there is one to a review at most."""

    name, label = "trustpilot", "Trustpilot"
    matches = ["https://*.trustpilot.com/review/*", "https://*.trustpilot.com/reviews/*"]
    items = ["article[data-service-review-card-paper]"]
    context = ["script#__NEXT_DATA__", "[data-reviews-count-typography]"]
    empty = ['[class*="noReviews"]', '[class*="no-reviews"]']
    audience = "public"
    level = "documented"
    built_from = "public readers' attributes of 2024 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "element":
            return _card(fragment.soup, page)
        return reviews_in(data_in(fragment.soup.script))

    def expected(self, page: Page) -> int | None:
        """As shown; the script may be of the business that was open before."""
        shown = (parse_count(text_of(f.soup), page.lang) for f in page.context)
        counted = (count_in(data_in(f.soup.script)) for f in page.context)
        return next((number for number in (*shown, *counted) if number is not None), None)


def _card(card: Element, page: Page) -> Items:
    link = first_attribute(card, 'a[href*="/reviews/"]', "href")
    review_id = found_in(r"/reviews/(\w+)", link)
    if review_id is None:
        return
    parts = _parts(card)
    text = text_of(parts.get(f"{REVIEW}-text-typography"))
    user = first_attribute(card, 'a[href*="/users/"]', "href")
    yield Item(
        **said_as(titled(text_of(parts.get(f"{REVIEW}-title-typography")), text)),
        id=review_id,
        kind="review",
        author=Author(
            id=found_in(r"/users/(\w+)", user),
            name=text_of(parts.get("data-consumer-name-typography")),
            url=user,
        ),
        published=time_of(parts.get(f"{REVIEW}-date-time-ago")),
        url=link,
        rating=rating_in(attribute(parts.get(f"{REVIEW}-rating"), f"{REVIEW}-rating")),
    )
    business = found_in(r"/review/([^/?#]+)", page.url)
    yield from reply(
        review_id,
        text_of(parts.get(f"{REPLY}-text-typography")),
        time_of(parts.get(f"{REPLY}-date-time-ago")),
        Author(handle=business, url=f"/review/{business}") if business else None,
    )


def _parts(card: Element) -> dict[str, Element]:
    """The first element of each of Trustpilot's attributes, which name what is in it."""
    found: dict[str, Element] = {}
    for part in card.find_all(True):
        for name in part.attrs:
            found.setdefault(name, part)
    return found


register_platforms = registering(Trustpilot)
