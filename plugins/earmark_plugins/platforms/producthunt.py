"""Product Hunt: comments on launches and discussions, and reviews of products.

How a review shows its stars is told by one public reader of the page only.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    enclosing,
    first_attribute,
    first_mark,
    found_in,
    landmarks,
    link_to,
    person,
    rating_in,
    said,
    text_of,
    time_of,
)

COMMENT = '[id^="comment-"][data-test^="comment-"]'
REVIEW = '[data-test^="detailed-review-"]:not([data-test$="-actionbar"])'


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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        soup, marks = fragment.soup, landmarks(fragment.soup)
        launch = found_in(r"producthunt\.com/((?:products|posts)/[^/?#]+|p/[^?#]+)", page.url)
        if fragment.kind == "context":
            votes = text_of(marks.get("[data-test=vote-button]")) or None
            title = text_of(soup.h1)
            yield Item(id=launch, kind="post", text=title, url=page.url, likes=votes)
            return
        item = _entry(soup, marks)
        number = found_in(r"-(\d+)$", first_attribute(soup, "[data-test]", "data-test"))
        item.root_id = launch
        if fragment.selector == REVIEW:
            stars = first_attribute(soup, '[aria-label*="5"]', "aria-label")
            item.id = f"review-{number}" if number else None
            item.kind, item.rating = "review", rating_in(stars)
        else:
            item.id, item.url = number, f"#comment-{number}" if number else None
            thread = enclosing(fragment, r'data-test="thread-(\d+)"')
            if thread and thread != number:
                item.kind, item.parent_id = "reply", thread
            elif not fragment.parent_ref:
                item.parent_id = launch
        yield item


def _entry(soup: Element, marks: dict[str, Element]) -> Item:
    return Item(
        **said(first_mark(marks, ".prose", "[data-test=comment-body]")),
        author=person(link_to(soup, "/@"), r"/@([\w-]+)"),
        published=time_of(soup.time),
        likes=text_of(marks.get("[data-test=action-bar-vote-button]")) or None,
    )


register_platforms = registering(ProductHunt)
