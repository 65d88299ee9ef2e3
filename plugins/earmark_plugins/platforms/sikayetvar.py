"""Şikayetvar: complaints, companies' answers and what else is said under a complaint.

Built from **documented** structure: the linked data of a complaint's page (2026) and the classes of
the lists and of the older page (2024 to 2026), as public readers took them. Today's page is drawn
without lasting classes: there the linked data carries all. Signs of emptiness are **unverified**.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    data_in,
    dig,
    first_attribute,
    first_text,
    found_in,
    hookimpl,
    said,
    said_as,
    time_of,
)

OPENING = ".complaint-detail, .card-v2"


class Sikayetvar(Platform):
    """A complaint is known by its address, `company/title`: its number stands in lists alone."""

    name, label = "sikayetvar", "Şikayetvar"
    matches = ["https://www.sikayetvar.com/*"]
    items = ["article.card-v2[data-id]", ".complaint-detail", ".complaint-reply-wrapper"]
    context = ['script[type="application/ld+json"]']
    empty = ["#challenge-form", '[class*="no-complaint"]', '[class*="empty-state"]']
    site_time_zone = "Europe/Istanbul"
    level = "documented"
    built_from = "public readers' linked data of 2026 and classes of 2024 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        complaint = _key(page.url)
        if fragment.kind == "context":
            main = dig(data_in(fragment.soup.script), "mainEntity")
            if complaint and dig(main, "text"):
                yield from _thread(main, complaint)
        elif card := fragment.soup.select_one(OPENING):
            yield _card(card, complaint)
        elif answer := fragment.soup.select_one(".complaint-reply-wrapper"):
            yield _answer(answer, complaint)


def _key(address: str | None) -> str | None:
    return found_in(r"^(?:https?://[^/]+)?/([^/?#]+/[^/?#]+)", address)


def _thread(main: dict[str, Any], complaint: str) -> Iterator[Item]:
    opening = Item(
        **said_as("\n\n".join(filter(None, [main.get("headline"), main["text"]]))),
        id=complaint,
        kind="post",
        author=_author(main.get("author")),
        published=main.get("datePublished"),
        url=f"/{complaint}",
        replies=main.get("commentCount"),
        audience="public",
    )
    yield opening
    for comment in main.get("comment") or []:
        of_company = dig(comment, "author", "@type") == "Organization"
        yield Item(
            **said_as(dig(comment, "text")),
            kind="reply" if of_company else "comment",
            author=_author(dig(comment, "author")),
            published=dig(comment, "datePublished"),
            parent_id=complaint,
            root_id=complaint,
            audience="public",
        )


def _author(author: Any) -> Author | None:
    name = dig(author, "name")
    return Author(name=name, url=dig(author, "url")) if name else None


def _card(card: Tag, complaint: str | None) -> Item:
    """The complaint itself, or in a list its beginning."""
    link = first_attribute(card, ".complaint-title a[href], a.complaint-layer", "href")
    body = said(card.select_one(".complaint-detail-description, .complaint-description"))
    title = first_text(card, ".complaint-detail-title", ".complaint-title")
    body["text"] = "\n\n".join(filter(None, [title, body["text"]]))
    name = first_text(card, ".username")
    return Item(
        **body,
        id=_key(link) or complaint,
        kind="post",
        author=Author(name=name) if name else None,
        published=time_of(card.select_one(".time")),
        url=link or f"/{complaint}",
        truncated=link is not None,
        likes=attribute(card, "data-upvoter-count"),
        views=first_text(card, ".js-view-count"),
        audience="public",
    )


def _answer(answer: Tag, complaint: str | None) -> Item:
    company = first_text(answer, ".company-name")
    return Item(
        **said(answer.select_one(".message")),
        kind="reply",
        author=Author(name=company) if company else None,
        published=time_of(answer.select_one(".time")),
        parent_id=complaint,
        root_id=complaint,
        audience="public",
    )


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Sikayetvar)
