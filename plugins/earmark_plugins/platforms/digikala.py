"""Digikala: buyers' comments on a product, and questions with their answers.

Built from **documented** structure: the JSON of api.digikala.com (public readers, 2023 to 2026) and
the drawn comments' `data-cro-id` buttons, icons and text classes (2024 to 2026). **Unverified** is
that the second small line of a drawn comment is the name, and how a product without comments looks.
Only the JSON has ids and the questions.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    hooks,
    landmarks,
    named,
    rating_in,
    said_as,
    text_of,
)

from .digikala_json import comments_in, questions_in, whole_text

API = "https://api.digikala.com/*"
SMALL = {"text-caption", "text-neutral-400"}  # the date, then the name


class Digikala(Platform):
    """Dates are Jalali. What a buyer liked and did not is part of the text, line by line."""

    name, label = "digikala", "دیجی‌کالا"
    matches = ["https://www.digikala.com/product/*"]
    items = ['article:has([data-cro-id^="pdp-comment"])']
    empty = ["#commentSection:not(:has(article, button))"]
    responses = [f"{API}/rate-review/products/*", f"{API}/product/*"]
    site_time_zone = "Asia/Tehran"
    audience = "public"
    level = "documented"
    built_from = "public readers' JSON of 2023 to 2026 and markup of 2024 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        yield from comments_in(fragment.json)
        yield from questions_in(fragment.json)
        if fragment.kind == "element":
            yield _drawn(fragment.soup)


def _drawn(card: Element) -> Item:
    marks, buttons = landmarks(card), hooks(card, "data-cro-id")
    rate = next((tag for name, tag in marks.items() if "commentRate" in name), None)
    lines = [(set(line.get_attribute_list("class")), text_of(line)) for line in card.find_all("p")]
    small = [text for names, text in lines if names >= SMALL]
    title = next((text for names, text in lines if "text-h5" in names), None)
    body = next((text for names, text in lines if "text-body-1" in names), None)
    liked, disliked = _rows(card, "#addSimple"), _rows(card, "#removeSimple")
    return Item(
        **said_as(whole_text(title, body, liked, disliked)),
        kind="review",
        author=named(small[1] if len(small) > 1 else None),
        published=small[0] if small else None,
        rating=rating_in(text_of(rate)),
        likes=_number_on(buttons.get("pdp-comment-like")),
        dislikes=_number_on(buttons.get("pdp-comment-dislike")),
    )


def _rows(card: Element, icon: str) -> list[str]:
    """The lines behind an icon: a plus for what was liked, a minus for what was not."""
    uses = [use for use in card.find_all("use") if icon in (use.get("href"), use.get("xlink:href"))]
    lines = (use.find_next("p") for use in uses)
    return [text_of(line) for line in lines if line]


def _number_on(buttons: list[Element] | None) -> str | None:
    return buttons[0].get_text(strip=True) if buttons else None


register_platforms = registering(Digikala)
