"""The sample thread the agent itself serves at /sample: the plugin to copy from.

Built from the **real** page, which lives in this repository.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    ItemKind,
    Page,
    Platform,
    Poll,
    PollOption,
    Rating,
    hookimpl,
    text_of,
)

KINDS: tuple[ItemKind, ...] = ("post", "comment", "review", "poll")  # also the classes of the page


class Sample(Platform):
    """Parents are left to the core: a reply lies inside what it answers."""

    name, label = "sample", "Sample thread"
    matches = ["http://127.0.0.1/sample*", "http://localhost/sample*"]
    matches += ["http://earmark.localhost/sample*"]
    markers = ["main[data-earmark-sample]"]
    items = [".comment[data-id]", ".review[data-id]", ".poll[data-id]"]
    context = [".post[data-id]"]
    level = "real"
    built_from = "the page in this repository"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        for element in fragment.soup.select(", ".join(f".{kind}[data-id]" for kind in KINDS)):
            yield Item(
                id=str(element["data-id"]),
                kind=next(kind for kind in KINDS if kind in element["class"]),
                text=_text(element),
                author=_author(element),
                published=_published(element.select_one("time")),
                url=f"#{element.get('id')}",
                likes=_number(element, "data-likes"),
                replies=_number(element, "data-replies"),
                rating=_rating(element.select_one("[data-rating]")),
                poll=_poll(element),
                audience="public",
            )


def _text(element: Tag) -> str:
    parts = (text_of(part) for part in element.select("h1, .text"))
    return "\n\n".join(part for part in parts if part)


def _author(element: Tag) -> Author | None:
    link = element.select_one("a.author")
    return Author(handle=str(link["href"])[1:], name=text_of(link)) if link else None


def _published(time: Tag | None) -> str | None:
    return None if time is None else str(time.get("datetime") or text_of(time))


def _number(element: Tag, attribute: str) -> str | None:
    holder = element.select_one(f"[{attribute}]")
    return str(holder[attribute]) if holder else None


def _rating(stars: Tag | None) -> Rating | None:
    if stars is None:
        return None
    return Rating(value=float(str(stars["data-rating"])), best=float(str(stars["data-best"])))


def _poll(element: Tag) -> Poll | None:
    options = [
        PollOption(
            label=text_of(option.select_one(".label")),
            share=float(str(option["data-share"])),
            votes=str(option["data-votes"]),
        )
        for option in element.select("li[data-votes]")
    ]
    return Poll(options, votes=_number(element, "data-total")) if options else None


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Sample)
