"""Google Maps: reviews of a place, and the owner's replies.

Built from **documented** structure: the markup public readers took in 2025 and 2026. The ids, the
labels and links to contributors are stable; texts and dates are found by class names. The sign of
a place without reviews is **unverified**. The time of an edited review is that of its last edit.
"""

import re

from earmark import Author, Fragment, Item, Items, Page, Platform, parse_count, registering
from earmark.markup import (
    Element,
    answering,
    attribute,
    first_attribute,
    found_in,
    landmarks,
    rating_in,
    said,
    text_of,
)

DOMAINS = [
    "com", "com.au", "com.br", "com.mx", "com.sa", "com.tr", "co.in", "co.jp", "co.uk", "ae", "at",
    "be", "ca", "ch", "de", "es", "fr", "it", "nl", "pl", "pt", "ro",
]  # fmt: skip
EDITED = re.compile(
    r"\b(?:edited|düzenlendi|editat|bearbeitet|editado|modifié|modificato|изменено)\b"
    r"|ویرایش|تم التعديل|編集済み",
    re.IGNORECASE,
)
# Where reviews of other sites stand among Google's: “2 months ago on Google”.
ON_GOOGLE = re.compile(r"[\s,(]*(?:\b(?:on|en|su|sur|auf|no|op|pe|в)\s*)?Google\b.*$", re.DOTALL)
REVIEWER = '[data-href*="/maps/contrib/"], a[href*="/maps/contrib/"]'


class GoogleMaps(Platform):
    """The owner answers a review once. Each name shows the review's id again on its buttons."""

    name, label = "googlemaps", "Google Maps"
    matches = [
        *(f"https://www.google.{domain}/maps/place/*" for domain in DOMAINS),
        "https://maps.google.com/*",
    ]
    items = ["div[data-review-id]:not([data-review-id] *)"]
    context = [".F7nice"]
    empty = [".F7nice:not(:has(*))"]
    audience = "public"
    level = "documented"
    built_from = "public readers' markup of 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        card = fragment.soup.div
        if fragment.kind != "element" or card is None:
            return
        review_id, marks = attribute(card, "data-review-id"), landmarks(card)
        stars = first_attribute(card, '[role="img"][aria-label]', "aria-label")
        shown = text_of(marks.get(".rsqaWe")) or text_of(marks.get(".xRkPPb"))
        yield Item(
            **said(marks.get(".MyEned"), drop="button"),
            id=review_id,
            kind="review",
            author=_author(card, text_of(marks.get(".d4r55"))),
            published=ON_GOOGLE.sub("", shown),
            edited=EDITED.search(shown) is not None,
            rating=rating_in(stars or text_of(marks.get(".fzvQIb"))),
            likes=text_of(marks.get(".pkWtMe")) or _likes(card),
        )
        if reply := marks.get(".CDe7pd"):
            yield Item(
                **said(reply.select_one(".wiI7pd")),  # a class of reviews' texts too
                **answering(review_id),
                id=f"{review_id}/owner" if review_id else None,
                published=text_of(marks.get(".DZSIDd")),
            )

    def expected(self, page: Page) -> int | None:
        """The last label beside the stars: “1,204 reviews”."""
        labels = [tag["aria-label"] for f in page.context for tag in f.soup.select("[aria-label]")]
        return parse_count(str(labels[-1]), page.lang) if labels else None


def _author(card: Element, shown: str) -> Author | None:
    name = attribute(card, "aria-label") or shown
    url = first_attribute(card, REVIEWER, "data-href", "href")
    return Author(id=found_in(r"/contrib/(\d+)", url), name=name, url=url) if name else None


def _likes(card: Element) -> str | None:
    """The number on the button to like, which is itself no text."""
    button = card.select_one('button[jsaction*="humbsUp"]')
    return button.get_text(strip=True) if button else None


register_platforms = registering(GoogleMaps)
