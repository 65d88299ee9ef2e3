"""eMAG in Romania, Bulgaria and Hungary: reviews with their comments, questions and answers.

Built from **documented** structure: the JSON that its pages load and the reviews' markup, as public
readers took them (2021 to 2026). The place of a review's comments in the JSON is **unverified**, as
is the sign of a product without reviews. Questions are read from the JSON alone.
"""

from earmark import Fragment, Item, Items, Page, Platform, Rating, registering
from earmark.markup import (
    Element,
    attribute,
    found_in,
    landmarks,
    named,
    paragraphs,
    said,
    text_of,
)

from .emag_json import questions_in, reviews_in

SITES = [f"https://www.emag.{domain}" for domain in ("ro", "bg", "hu")]


class Emag(Platform):
    """Reviews, questions, answers and comments are numbered apart."""

    name, label = "emag", "eMAG"
    matches = [f"{site}/*/pd/*" for site in SITES]
    items = [".js-review-item"]
    empty = [".reviews-section:not(:has(.star-rating-inner))"]  # nor is there an average
    responses = [
        f"{site}/product-feedback/*/{kind}/list*"
        for site in SITES
        for kind in ("reviews", "questions")
    ]
    audience = "public"
    level = "documented"
    built_from = "public readers' JSON and markup of 2021 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        yield from reviews_in(fragment.json)
        yield from questions_in(fragment.json)
        if fragment.kind == "element" and (card := fragment.soup.select_one(".js-review-item")):
            yield _drawn(card)


def _drawn(card: Element) -> Item:
    marks = landmarks(card)
    title, stars = marks.get(".product-review-title"), marks.get(".star-rating-inner")
    link = attribute(title.a if title else None, "href")
    body = said(marks.get(".js-review-body"))
    body["text"] = paragraphs(text_of(title), body["text"])
    return Item(
        **body,
        id=attribute(card, "data-id") or found_in(r"/review/(\d+)", link),
        kind="review",
        author=named(text_of(marks.get(".product-review-author"))),
        published=text_of(card.select_one(".small.text-muted")),
        url=link,
        rating=_stars(attribute(stars, "style")),
    )


def _stars(style: str | None) -> Rating | None:
    """Stars are a strip as wide as the rating: `width: 80%` is 4 of 5."""
    width = found_in(r"width:\s*(\d+)%", style)
    return Rating(int(width) / 20, 5) if width else None


register_platforms = registering(Emag)
