"""Amazon, in every country: customers' reviews on product pages and on pages of reviews.

Built from **documented** structure: the `data-hook` attributes in both spellings that public
readers found in 2025 and 2026 (product pages write `reviewTitle`, pages of reviews `review-title`).
Questions and comments are no longer shown. The sign of a page without reviews is **unverified**.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    first_attribute,
    first_text,
    found_in,
    hookimpl,
    parse_count,
    rating_in,
    said,
)

DOMAINS = [
    "com", "com.au", "com.be", "com.br", "com.mx", "com.tr", "co.jp", "co.uk", "co.za", "ae", "ca",
    "de", "eg", "es", "fr", "ie", "in", "it", "nl", "pl", "sa", "se", "sg",
]  # fmt: skip
TITLE = '[data-hook="reviewTitle"], [data-hook="review-title"]'
BODY = '[data-hook="reviewRichContentContainer"], [data-hook="review-body"]'
# A translation stands beside the words that were said; videos bring a note for old browsers.
NOT_SAID = "i, .cr-translated-review-content, .video-block, .a-expander-header"
DATE = re.compile(
    r"\d{1,2}(?:\.| de)?\s+[^\W\d]+\.?(?:\s+del?)?,?\s+\d{4}"  # 3. März 2023, 3 de marzo de 2023
    r"|[^\W\d]+\s+\d{1,2},\s+\d{4}|\d{4}年\d{1,2}月\d{1,2}日"  # March 3, 2023
)


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
    level = "documented"
    built_from = "public readers' data-hook attributes of 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        card = fragment.soup.select_one('[data-hook$="review"]')
        if fragment.kind == "element" and card is not None:
            yield _review(card, page)

    def expected(self, page: Page) -> int | None:
        """The last number: “1,234 total ratings, 345 with reviews”."""
        counts = (found_in(r"(\d[\d.,٬]*)\D*$", f.soup.get_text()) for f in page.context)
        return next((parse_count(count, page.lang) for count in counts), None)


def _review(card: Tag, page: Page) -> Item:
    inner = first_attribute(card, '[id*="customer_review"]', "id")
    review_id = found_in(r"(R[A-Z0-9]{9,})", attribute(card, "id") or inner)
    body = said(card.select_one(BODY), drop=NOT_SAID)
    title = first_text(card, TITLE, drop=NOT_SAID)
    body["text"] = "\n\n".join(filter(None, [title, body["text"]]))
    stars = first_text(card, '[data-hook$="review-star-rating"]')
    return Item(
        **body,
        id=review_id,
        kind="review",
        author=_author(card.select_one("a.a-profile"), first_text(card, ".a-profile-name")),
        published=_date(first_text(card, '[data-hook="review-date"]')),
        url=f"/gp/customer-reviews/{review_id}" if review_id else None,
        rating=rating_in(stars),
        likes=_helpful(first_text(card, '[data-hook="helpful-vote-statement"]'), page),
        media=_pictures(card),
        audience="public",
    )


def _author(link: Tag | None, name: str | None) -> Author | None:
    url = (attribute(link, "href") or "").split("/ref=")[0]
    return Author(id=found_in(r"(amzn1\.account\.\w+)", url), name=name, url=url) if name else None


def _date(sentence: str | None) -> str | None:
    """The date in “Reviewed in Mexico on March 3, 2023”, in whatever language."""
    found = DATE.search(sentence or "")
    return found[0] if found else None


def _helpful(statement: str | None, page: Page) -> int | None:
    """One person is written in words: “Una persona”. Arabic does so with two as well."""
    number = parse_count(statement, page.lang)
    in_words = statement and number is None and not page.lang.startswith("ar")
    return 1 if in_words else number


def _pictures(card: Tag) -> list[str]:
    tiles = card.select('[data-hook$="review-image-tile"]')
    return [url for tile in tiles if (url := attribute(tile, "data-src", "src"))]


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Amazon)
