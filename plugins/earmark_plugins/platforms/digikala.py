"""Digikala: buyers' comments on a product, and questions with their answers.

Built from **documented** structure: the JSON of api.digikala.com (public readers, 2023 to 2026) and
the drawn comments' `data-cro-id` buttons, icons and text classes (2024 to 2026). **Unverified** is
that the second small line of a drawn comment is the name, and how a product without comments looks.
Only the JSON has ids and the questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    Rating,
    dig,
    first_text,
    hookimpl,
    rating_in,
    said_as,
    text_of,
)

API = "https://api.digikala.com/*"


class Digikala(Platform):
    """Dates are Jalali. What a buyer liked and did not is part of the text, line by line."""

    name, label = "digikala", "دیجی‌کالا"
    matches = ["https://www.digikala.com/product/*"]
    items = ['article:has([data-cro-id^="pdp-comment"])']
    empty = ["#commentSection:not(:has(article, button))"]
    responses = [f"{API}/rate-review/products/*", f"{API}/product/*"]
    site_time_zone = "Asia/Tehran"
    level = "documented"
    built_from = "public readers' JSON of 2023 to 2026 and markup of 2024 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "element":
            yield _drawn(fragment.soup)
            return
        data = dig(fragment.json, "data")
        product = dig(data, "product")
        comments = (
            dig(data, "comments"),
            dig(data, "media_comments"),
            dig(product, "last_comments"),
        )
        for comment in _distinct(comments):
            yield _comment(comment)
        for question in _distinct((dig(data, "questions"), dig(product, "last_questions"))):
            yield from _question(question)


def _distinct(lists: Iterable[Any]) -> list[dict[str, Any]]:
    """What is in any of the lists, once: comments with pictures are listed a second time."""
    return list({entry.get("id"): entry for each in lists for entry in each or []}.values())


def _comment(comment: dict[str, Any]) -> Item:
    rate, reactions = comment.get("rate"), comment.get("reactions") or {}
    text = _text(
        comment.get("title"),
        comment.get("body"),
        comment.get("advantages") or [],
        comment.get("disadvantages") or [],
    )
    return Item(
        **said_as(text),
        id=comment.get("id"),
        kind="review",
        author=_named(comment.get("user_name")),
        published=comment.get("created_at"),
        rating=Rating(rate, 5) if rate else None,  # 0 where somebody only asked or wished
        likes=reactions.get("likes"),
        dislikes=reactions.get("dislikes"),
        media=[str(url) for file in comment.get("files") or [] for url in file.get("url") or []],
        audience="public",
    )


def _question(question: dict[str, Any]) -> Iterator[Item]:
    key = f"question/{question.get('id')}"
    yield Item(
        **said_as(question.get("text")),
        id=key,
        author=_named(question.get("sender")),
        published=question.get("created_at"),
        replies=question.get("answer_count"),
        audience="public",
    )
    for answer in question.get("answers") or []:
        seller, reactions = answer.get("seller"), answer.get("reactions") or {}
        yield Item(
            **said_as(answer.get("text")),
            id=f"answer/{answer.get('id')}",
            kind="reply",
            author=_named(dig(seller, "title") or answer.get("sender")),
            published=answer.get("created_at"),
            parent_id=key,
            root_id=key,
            likes=reactions.get("likes"),
            dislikes=reactions.get("dislikes"),
            audience="public",
        )


def _drawn(card: Tag) -> Item:
    small = [text_of(line) for line in card.select("p.text-caption.text-neutral-400")]
    title, body = first_text(card, "p.text-h5"), first_text(card, "p.text-body-1")
    return Item(
        **said_as(_text(title, body, _rows(card, "#addSimple"), _rows(card, "#removeSimple"))),
        kind="review",
        author=_named(small[1] if len(small) > 1 else None),
        published=small[0] if small else None,
        rating=rating_in(first_text(card, '[class*="commentRate"]')),
        likes=_on_button(card, "pdp-comment-like"),
        dislikes=_on_button(card, "pdp-comment-dislike"),
        audience="public",
    )


def _rows(card: Tag, icon: str) -> list[str]:
    """The lines behind an icon: a plus for what was liked, a minus for what was not."""
    uses = [use for use in card.find_all("use") if icon in (use.get("href"), use.get("xlink:href"))]
    lines = (use.find_next("p") for use in uses)
    return [text_of(line) for line in lines if line]


def _text(title: str | None, body: str | None, liked: list[str], disliked: list[str]) -> str:
    lists = "\n".join([*(f"+ {line}" for line in liked), *(f"- {line}" for line in disliked)])
    return "\n\n".join(filter(None, [title, body, lists]))


def _on_button(card: Tag, name: str) -> str | None:
    button = card.select_one(f'button[data-cro-id="{name}"]')
    return button.get_text(strip=True) if button else None


def _named(name: str | None) -> Author | None:
    return Author(name=name) if name else None


@hookimpl
def register_platforms(register: Callable[[type[Platform]], None]) -> None:
    register(Digikala)
