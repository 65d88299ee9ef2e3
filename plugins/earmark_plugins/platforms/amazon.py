"""Amazon, in every country: customers' reviews on product pages and on pages of reviews.

Built from **real** product pages of 2024 from three countries and the **documented** `data-hook`
attributes of 2025 and 2026 (product pages write `reviewTitle`, pages of reviews `review-title`).
Questions and comments are no longer shown. The sign of a page without reviews is **unverified**.
"""

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    found_in,
    hooks,
    landmarks,
    paragraphs,
    rating_in,
    said,
    text_of,
)

from .amazon_sentences import date_in, helpful_in, reviews_in

DOMAINS = [
    "com", "com.au", "com.be", "com.br", "com.mx", "com.tr", "co.jp", "co.uk", "co.za", "ae", "ca",
    "de", "eg", "es", "fr", "ie", "in", "it", "nl", "pl", "sa", "se", "sg",
]  # fmt: skip
# A translation stands beside the words that were said; videos bring a note for old browsers.
NOT_SAID = "i, .cr-translated-review-content, .video-block, .a-expander-header"


class Amazon(Platform):
    """A review has one id in every country it is shown in; the date stands in a sentence."""

    name, label = "amazon", "Amazon"
    matches = [
        f"https://www.amazon.{domain}/{path}"
        for domain in DOMAINS
        for path in ("*dp/*", "gp/product/*", "gp/customer-reviews/*", "*product-reviews/*")
    ]
    items = ['[data-hook="review"]', '[data-hook="cmps-review"]']
    context = ['[data-hook="cr-filter-info-review-rating-count"]']
    empty = [
        "#dp:not(:has(#acrCustomerReviewText))",  # the number of ratings beside the title
        ".no-reviews-section",
        'form[action*="validateCaptcha"]',
    ]
    audience = "public"
    level = "real"
    built_from = "product pages of 2024; public readers' data-hook attributes of 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if card := fragment.soup.select_one('[data-hook$="review"]'):
            yield _review(card, page.lang)

    def expected(self, page: Page) -> int | None:
        return next((reviews_in(f.soup.get_text(), page.lang) for f in page.context), None)


def _review(card: Element, lang: str) -> Item:
    parts, marks = hooks(card, "data-hook"), landmarks(card)
    own = attribute(card, "id") or next((key for key in marks if "#customer_review" in key), None)
    review_id = found_in(r"(R[A-Z0-9]{9,})", own)
    body = said(_first(parts, "review-body", "reviewRichContentContainer"), drop=NOT_SAID)
    title = text_of(_first(parts, "review-title", "reviewTitle"), drop=NOT_SAID)
    body["text"] = paragraphs(title, body["text"])
    tiles = (tile for name in parts if name.endswith("review-image-tile") for tile in parts[name])
    return Item(
        **body,
        id=review_id,
        kind="review",
        author=_author(marks.get(".a-profile"), text_of(marks.get(".a-profile-name"))),
        published=date_in(text_of(_first(parts, "review-date"))),
        url=f"/gp/customer-reviews/{review_id}" if review_id else None,
        rating=rating_in(text_of(_first(parts, "review-star-rating", "cmps-review-star-rating"))),
        likes=helpful_in(text_of(_first(parts, "helpful-vote-statement")), lang),
        media=[url for tile in tiles if (url := attribute(tile, "data-src", "src"))],
    )


def _first(parts: dict[str, list[Element]], *names: str) -> Element | None:
    """The first element of a part, in whichever spelling the page has it."""
    return next((parts[name][0] for name in names if name in parts), None)


def _author(link: Element | None, name: str) -> Author | None:
    url = (attribute(link, "href") or "").split("/ref=")[0]
    return Author(id=found_in(r"(amzn1\.account\.\w+)", url), name=name, url=url) if name else None


register_platforms = registering(Amazon)
