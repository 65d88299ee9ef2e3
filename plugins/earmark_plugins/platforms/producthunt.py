"""Product Hunt: comments on launches and discussions, and reviews of products.

Built from **documented** structure: the `data-test` hooks that public readers of the page measured
in 2025 and 2026. How a review shows its stars is told by one of them only.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Fragment, Item, Page, Platform, registering
from earmark.markup import (
    attribute,
    enclosing,
    first_attribute,
    found_in,
    person,
    rating_in,
    said,
    text_of,
    time_of,
)

COMMENT = '[id^="comment-"][data-test^="comment-"]'
REVIEW = '[data-test^="detailed-review-"]:not([data-test$="-actionbar"])'
BODY = '.prose, [data-test="comment-body"]'


class ProductHunt(Platform):
    """Replies lie beside what they answer, inside one thread named after its first comment."""

    name, label = "producthunt", "Product Hunt"
    matches = [
        "https://www.producthunt.com/products/*",
        "https://www.producthunt.com/posts/*",
        "https://www.producthunt.com/p/*",
    ]
    items = [COMMENT, REVIEW]
    context = ["main:has(h1)"]
    empty = ['[data-test="comments-feed"]:not(:has(*))', '[data-test="reviews-feed"]:not(:has(*))']
    audience = "public"
    level = "documented"
    built_from = "data-test hooks measured by public readers of the page, 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "context":
            yield Item(
                id=_launch(page),
                kind="post",
                text=text_of(fragment.soup.h1),
                url=page.url,
                likes=_votes(fragment.soup.select_one('[data-test="vote-button"]')),
            )
        elif comment := fragment.soup.select_one(COMMENT):
            number = found_in(r"-(\d+)$", attribute(comment, "data-test"))
            thread = enclosing(fragment, r'data-test="thread-(\d+)"')
            item = _said_by(comment, page)
            item.id, item.url = number, f"#comment-{number}"
            if thread and thread != number:
                item.kind, item.parent_id = "reply", thread
            elif not fragment.parent_ref:
                item.parent_id = item.root_id
            yield item
        elif review := fragment.soup.select_one(REVIEW):
            item = _said_by(review, page)
            number = found_in(r"detailed-review-(\d+)", attribute(review, "data-test"))
            stars = first_attribute(review, '[aria-label*="5"]', "aria-label")
            item.id, item.kind, item.rating = f"review-{number}", "review", rating_in(stars)
            yield item


def _said_by(element: Tag, page: Page) -> Item:
    links = element.select('a[href*="/@"]')
    named = next(filter(text_of, links), None)
    return Item(
        **said(element.select_one(BODY)),
        author=person(named or next(iter(links), None), r"/@([\w-]+)"),
        published=time_of(element.select_one("time[datetime]")),
        root_id=_launch(page),
        likes=_votes(element.select_one('[data-test="action-bar-vote-button"]')),
    )


def _votes(button: Tag | None) -> str | None:
    return button.get_text(" ", strip=True) if button else None


def _launch(page: Page) -> str | None:
    return found_in(r"producthunt\.com/((?:products|posts)/[^/?#]+|p/[^?#]+)", page.url)


register_platforms = registering(ProductHunt)
