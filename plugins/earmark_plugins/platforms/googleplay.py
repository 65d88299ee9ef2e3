"""Google Play: reviews of an app, on its page and in the dialog with all of them.

Built from **documented** structure: markup quoted in public readers' tests (2022 to 2026). The ids,
the labels and `data-original-thumbs-up-count` are stable; the reply, names and dates are found by
class names that have lasted since 2022.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    answering,
    attribute,
    hooks,
    landmarks,
    named,
    rating_in,
    said,
    text_of,
)

LIKES = "data-original-thumbs-up-count"


class GooglePlay(Platform):
    """Reviewers have no page of their own. A developer answers a review once."""

    name, label = "googleplay", "Google Play"
    matches = ["https://play.google.com/store/apps/details*"]
    items = ["div:has(> header[data-review-id])"]
    empty = ['body:not(:has([itemprop="starRating"]))']  # an app without ratings has no reviews
    audience = "public"
    level = "documented"
    built_from = "markup in public readers' tests of 2022 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        card = fragment.soup.div
        if card is None:
            return
        marks, header = landmarks(card), card.header
        text = header.find_next_sibling(True) if header else None
        review_id = attribute(header, "data-review-id")
        yield Item(
            **said(text if isinstance(text, Element) and text.name == "div" else None),
            id=review_id,
            kind="review",
            author=named(text_of(marks.get(".X5PpBb"))),
            published=text_of(marks.get(".bp9Aid")),
            rating=rating_in(attribute(marks.get("[role=img]"), "aria-label")),
            likes=next(iter(hooks(card, LIKES)), None),
        )
        if ".ocpBU" in marks:
            yield Item(
                **said(marks.get(".ras4vb")),
                **answering(review_id),
                id=f"{review_id}/reply" if review_id else None,
                author=named(text_of(marks.get(".I6j64d"))),
                published=text_of(marks.get(".I9Jtec")),
            )


register_platforms = registering(GooglePlay)
