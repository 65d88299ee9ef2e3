"""Hepsiburada: reviews of a product, and questions with sellers' answers.

Built from **documented** structure: the JSON that its pages load (examples of 2021 to 2026) and
the drawn reviews' microdata (public readers, 2023 to 2025). Only the JSON has ids, exact times and
the questions; what is drawn is told apart by author and text.
"""

from earmark import Fragment, Item, Items, Page, Platform, Rating, registering
from earmark.markup import Element, attribute, landmarks, named, said, text_of

from .hepsiburada_json import questions_in, reviews_in

API = "https://user-content-gw-hermes.hepsiburada.com/queryapi/*"


class Hepsiburada(Platform):
    """Names are masked (“B*** P***”); “Evet” under a review is a like, “Hayır” a dislike."""

    name, label = "hepsiburada", "Hepsiburada"
    matches = ["https://www.hepsiburada.com/*-p-*", "https://www.hepsiburada.com/*-pm-*"]
    items = ['div[itemprop="review"]']
    empty = ["#hermes-voltran-comments:not(:has(*))", ".paginationContentHolder:not(:has(*))"]
    responses = [f"{API}/ApprovedUserContents*", f"{API}/PublishedQnA*"]
    site_time_zone = "Europe/Istanbul"
    audience = "public"
    level = "documented"
    built_from = "the pages' JSON of 2021 to 2026, public readers' microdata of 2023 to 2025"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        yield from reviews_in(fragment.json)
        yield from questions_in(fragment.json)
        if fragment.kind == "element" and fragment.soup.div:
            yield _drawn(fragment.soup.div)


def _drawn(card: Element) -> Item:
    marks = landmarks(card)
    row = next((tag for name, tag in marks.items() if "RatingPointer-module" in name), None)
    stars = len(row.select(".star")) if row else 0
    return Item(
        **said(marks.get("[itemprop=description]")),
        kind="review",
        author=named(_marked(marks.get("[itemprop=author]"))),
        published=_marked(marks.get("[itemprop=datePublished]")),
        rating=Rating(stars, 5) if 0 < stars <= 5 else None,
        likes=text_of(marks.get(".thumbsUp")),
        dislikes=text_of(marks.get(".thumbsDown")),
    )


def _marked(tag: Element | None) -> str:
    """What microdata says, in the attribute or in words."""
    return attribute(tag, "content") or text_of(tag)


register_platforms = registering(Hepsiburada)
