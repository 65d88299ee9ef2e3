"""Trendyol: reviews of a product, and questions with sellers' answers.

Built from **documented** structure: the JSON that its pages load (described with examples, 2026)
and the classes of the drawn lists (public readers, 2025). Only the JSON has ids and exact times;
what is drawn is told apart by author and text.
"""

from earmark import Fragment, Item, Items, Page, Platform, Rating, registering
from earmark.markup import Element, landmarks, said, text_of

from .trendyol_json import questions_in, reviewer, reviews_in

API = "https://apigw.trendyol.com/*"


class Trendyol(Platform):
    """A question and its one answer share a number."""

    name, label = "trendyol", "Trendyol"
    matches = ["https://www.trendyol.com/*-p-*"]
    items = [".reviews .comment", ".qna-item"]
    empty = [
        ".product-details-product-details-container:not(:has(.reviews-summary-average-rating))",
        ".reviews:not(:has(*))",
    ]
    responses = [f"{API}/review-read/product-reviews/*", f"{API}/merchant-questions/content/*"]
    site_time_zone = "Europe/Istanbul"
    audience = "public"
    level = "documented"
    built_from = "the pages' JSON as described in 2026, public readers' classes of 2025"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from reviews_in(fragment.json)
            yield from questions_in(fragment.json)
        elif drawn := fragment.soup.select_one(".comment, .qna-item"):
            yield _drawn_review(drawn) if "comment" in drawn["class"] else _drawn_question(drawn)


def _drawn_review(card: Element) -> Item:
    """Name and date are the first and last of a row; between them may stand “Elite Üye”."""
    marks = landmarks(card)
    info = [text_of(tag) for tag in card.select(".comment-info-item")]
    return Item(
        **said(marks.get(".comment-text")),
        kind="review",
        author=reviewer(info[0] if len(info) > 1 else None),
        published=info[-1] if info else None,
        rating=_stars(marks.get(".ratings")),
    )


def _drawn_question(card: Element) -> Item:
    """The question alone: no lasting mark of the answer is known."""
    return Item(**said(card.select_one(".item h4")))


def _stars(row: Element | None) -> Rating | None:
    """A star is full where its cover is as wide as the star."""
    stars = row.select(".star-w .full") if row else []
    full = sum("100%" in str(star.get("style") or "") for star in stars)
    return Rating(full, 5) if full else None


register_platforms = registering(Trendyol)
