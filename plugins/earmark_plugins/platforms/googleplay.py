"""Google Play: reviews of an app, on its page and in the dialog with all of them.

Built from **documented** structure: markup quoted in public readers' tests (2022 to 2026). The ids,
the labels and `data-original-thumbs-up-count` are stable; the reply, names and dates are found by
class names that have lasted since 2022.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    first_attribute,
    first_text,
    hookimpl,
    rating_in,
    said,
)

LIKES = "data-original-thumbs-up-count"


class GooglePlay(Platform):
    """Reviewers have no page of their own. A developer answers a review once."""

    name, label = "googleplay", "Google Play"
    matches = ["https://play.google.com/store/apps/details*"]
    items = ["div:has(> header[data-review-id])"]
    empty = ['body:not(:has([itemprop="starRating"]))']  # an app without ratings has no reviews
    level = "documented"
    built_from = "markup in public readers' tests of 2022 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        card = fragment.soup.div
        if card is None:
            return
        review_id = first_attribute(card, "header[data-review-id]", "data-review-id")
        yield Item(
            **said(card.select_one("header[data-review-id] + div")),
            id=review_id,
            kind="review",
            author=_named(first_text(card, "header .X5PpBb")),
            published=first_text(card, "header .bp9Aid"),
            rating=rating_in(
                first_attribute(card, 'header [role="img"][aria-label]', "aria-label")
            ),
            likes=first_attribute(card, f"[{LIKES}]", LIKES),
            audience="public",
        )
        if reply := card.select_one(".ocpBU"):
            yield Item(
                **said(reply.select_one(".ras4vb")),
                id=f"{review_id}/reply",
                kind="reply",
                author=_named(first_text(reply, ".I6j64d")),
                published=first_text(reply, ".I9Jtec"),
                parent_id=review_id,
                root_id=review_id,
                audience="public",
            )


def _named(name: str | None) -> Author | None:
    return Author(name=name) if name else None


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(GooglePlay)
