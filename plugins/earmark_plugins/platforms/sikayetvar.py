"""Şikayetvar: complaints, companies' answers and what else is said under a complaint.

Built from **documented** structure: the linked data of a complaint's page (2026) and the classes of
the lists and of the older page (2024 to 2026), as public readers took them. Today's page is drawn
without lasting classes: there the linked data carries all. Signs of emptiness are **unverified**.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    answering,
    attribute,
    data_in,
    found_in,
    landmarks,
    named,
    paragraphs,
    said,
    text_of,
    time_of,
)

from .sikayetvar_json import thread_in

OPENING = ".complaint-detail, .card-v2"


class Sikayetvar(Platform):
    """A complaint is known by its address, `company/title`: its number stands in lists alone."""

    name, label = "sikayetvar", "Şikayetvar"
    matches = ["https://www.sikayetvar.com/*"]
    items = ["article.card-v2[data-id]", ".complaint-detail", ".complaint-reply-wrapper"]
    context = ['script[type="application/ld+json"]']
    empty = ["#challenge-form", '[class*="no-complaint"]', '[class*="empty-state"]']
    site_time_zone = "Europe/Istanbul"
    audience = "public"
    level = "documented"
    built_from = "public readers' linked data of 2026 and classes of 2024 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        complaint = _key(page.url)
        if fragment.kind == "context":
            if complaint:
                yield from thread_in(data_in(fragment.soup.script), complaint)
        elif card := fragment.soup.select_one(OPENING):
            yield _card(card, complaint)
        elif answer := fragment.soup.select_one(".complaint-reply-wrapper"):
            yield _answer(answer, complaint)


def _key(address: str | None) -> str | None:
    return found_in(r"^(?:https?://[^/]+)?/([^/?#]+/[^/?#]+)", address)


def _card(card: Element, complaint: str | None) -> Item:
    """The complaint itself, or in a list its beginning."""
    marks = landmarks(card)
    listed = marks.get(".complaint-title")
    link = attribute(listed.a if listed else None, "href")
    link = link or attribute(marks.get(".complaint-layer"), "href")
    body = said(marks.get(".complaint-detail-description") or marks.get(".complaint-description"))
    body["text"] = paragraphs(text_of(marks.get(".complaint-detail-title") or listed), body["text"])
    return Item(
        **body,
        id=_key(link) or complaint,
        kind="post",
        author=named(text_of(marks.get(".username"))),
        published=time_of(marks.get(".time")),
        url=link or f"/{complaint}",
        truncated=link is not None,
        likes=attribute(card, "data-upvoter-count"),
        views=text_of(marks.get(".js-view-count")),
    )


def _answer(answer: Element, complaint: str | None) -> Item:
    marks = landmarks(answer)
    return Item(
        **said(marks.get(".message")),
        **answering(complaint),
        author=named(text_of(marks.get(".company-name"))),
        published=time_of(marks.get(".time")),
    )


register_platforms = registering(Sikayetvar)
