"""The sample thread the agent itself serves at /sample: the plugin to copy from.

Built from the **real** page, which lives in this repository.
"""

import re

from earmark import (
    Author,
    Fragment,
    Item,
    ItemKind,
    Items,
    Page,
    Platform,
    Poll,
    PollOption,
    Rating,
    registering,
)
from earmark.markup import Element, attribute, first_attribute, paragraphs, text_of, time_of

KINDS: tuple[ItemKind, ...] = ("post", "comment", "review", "poll")  # also the classes of the page


class Sample(Platform):
    """Parents are left to the core: a reply lies inside what it answers."""

    name, label = "sample", "Sample thread"
    matches = ["http://127.0.0.1/sample*", "http://localhost/sample*"]
    matches += ["http://earmark.localhost/sample*"]
    markers = ["main[data-earmark-sample]"]
    items = [".comment[data-id]", ".review[data-id]", ".poll[data-id]"]
    context = [".post[data-id]"]
    audience = "public"
    level = "real"
    built_from = "the page in this repository"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        for element in fragment.soup.select(", ".join(f".{kind}[data-id]" for kind in KINDS)):
            yield Item(
                id=str(element["data-id"]),
                kind=next(kind for kind in KINDS if kind in element["class"]),
                text=paragraphs(*map(text_of, element.select("h1, .text"))),
                author=_author(element),
                published=time_of(element.time),
                url=f"#{element.get('id')}",
                likes=first_attribute(element, "[data-likes]", "data-likes"),
                replies=first_attribute(element, "[data-replies]", "data-replies"),
                rating=_rating(element.select_one("[data-rating]")),
                poll=_poll(element),
            )


def _author(element: Element) -> Author | None:
    link = element.select_one("a.author")
    address = attribute(link, "href")
    return Author(handle=address[1:], name=text_of(link)) if address else None


def _rating(stars: Element | None) -> Rating | None:
    value = _number(stars, "data-rating")
    return None if value is None else Rating(value, best=_number(stars, "data-best"))


def _number(element: Element | None, name: str) -> float | None:
    shown = attribute(element, name) or ""
    return float(shown) if re.fullmatch(r"\d+(?:\.\d+)?", shown) else None


def _poll(element: Element) -> Poll | None:
    options = [
        PollOption(
            label=text_of(option.select_one(".label")),
            share=_number(option, "data-share"),
            votes=attribute(option, "data-votes"),
        )
        for option in element.select("li[data-votes]")
    ]
    return (
        Poll(options, votes=first_attribute(element, "[data-total]", "data-total"))
        if options
        else None
    )


register_platforms = registering(Sample)
