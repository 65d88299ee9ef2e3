"""App Store: reviews of an app on apps.apple.com, and developers' responses.

Built from **documented** structure: the cards' markup and the objects of the page's data script
(`serialized-server-data`) as public readers took them (2025 and 2026). Responses stand in the
script alone; both name a review by the same number.
"""

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    data_in,
    found_in,
    landmarks,
    paragraphs,
    rating_in,
    said,
    text_of,
    time_of,
)

from .appstore_json import reviews_in


class AppStore(Platform):
    """Each card is on the page a second time, hidden, for the view of details."""

    name, label = "appstore", "App Store"
    matches = ["https://apps.apple.com/*/app/*", "https://apps.apple.com/app/*"]
    items = ['article[aria-labelledby^="review-"]:not(.is-detail-view)']
    context = ["script#serialized-server-data"]
    empty = ["main:not(:has(.numbers__count))"]  # the number of ratings, which reviews come with
    audience = "public"
    level = "documented"
    built_from = "public readers' markup and data of 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "element":
            return _card(fragment.soup.article)
        return reviews_in(data_in(fragment.soup.script))


def _card(card: Element | None) -> Items:
    """Editors' notes look alike but name no author."""
    marks = landmarks(card)
    author = text_of(marks.get(".author"))
    if card is None or not author:
        return
    body = said(card.select_one('[data-testid="truncate-text"], p.content, blockquote'))
    body["text"] = paragraphs(text_of(card.h3), body["text"])
    yield Item(
        **body,
        id=found_in(r"review-(\w+)-title", attribute(card, "aria-labelledby")),
        kind="review",
        author=Author(name=author),
        published=time_of(card.time),
        rating=rating_in(attribute(marks.get(".stars"), "aria-label")),
    )


register_platforms = registering(AppStore)
