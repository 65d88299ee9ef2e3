"""Quora: the answers to a question and the comments below them.

Built from **documented** structure: the semantic class names that public extensions and scrapers
of 2023 to 2026 measured (`puppeteer_test_…`, `dom_annotate_…`). Comments are drawn flat, with
depth as indentation alone, so all of them are filed under their answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, registering
from earmark.markup import attribute, found_in, person, said, text_of, time_of

ANSWER = '[class*="dom_annotate_question_answer_item_"]'
COMMENT = '.qu-pt--small.qu-bg--raised > :has(a[href*="comment_id="])'
QUESTION = ".puppeteer_test_question_main"
BLOCK = '[class*="qu-display--block"][class*="qu-wordBreak--break-word"]'
MORE = ".qt_read_more"


class Quora(Platform):
    """An answer's id is its address, a comment's its number; times are short and relative."""

    name, label = "quora", "Quora"
    matches = ["https://*.quora.com/*"]
    items = [ANSWER, COMMENT]
    context = [QUESTION]
    empty = ['input[name="password"]', '[class*="dom_annotate_multifeed_"]']
    audience = "public"
    level = "documented"
    built_from = "class names measured by public extensions and scrapers, 2023 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "context":
            title = text_of(fragment.soup.select_one(".puppeteer_test_question_title"))
            yield Item(id=_question(page), kind="post", text=title, url=page.url)
        elif fragment.selector == ANSWER:
            yield from _answer(fragment.soup, page)
        else:
            yield from _comment(fragment.soup, page)


def _answer(soup: Tag, page: Page) -> Iterator[Item]:
    link = _with_text(soup, 'a[href*="/answer/"]')
    body = soup.select_one(".puppeteer_test_answer_content")
    if body is None:  # a place still loading
        return
    yield Item(
        **said(body, drop=MORE),
        id=found_in(r"quora\.com/(.+/answer/[^/?#]+)", _full(link)),
        author=_author(soup),
        published=time_of(link),
        url=attribute(link, "href"),
        parent_id=_question(page),
        root_id=_question(page),
        truncated=soup.select_one(MORE) is not None,
        likes=_votes(soup),
    )


def _comment(soup: Tag, page: Page) -> Iterator[Item]:
    link = _with_text(soup, 'a[href*="comment_id="]')
    body = soup.select_one(BLOCK)
    if link is None or body is None:
        return
    yield Item(
        **said(body, drop=MORE),
        id=f"comment-{found_in(r'comment_id=([0-9]+)', str(link['href']))}",
        kind="reply",
        author=_author(soup),
        published=time_of(link),
        url=attribute(link, "href"),
        root_id=_question(page),
        truncated=soup.select_one(MORE) is not None,
        likes=_votes(soup),
    )


def _votes(soup: Tag) -> str | None:
    """The count stands in the button itself, behind its word."""
    button = soup.select_one(".puppeteer_test_votable_upvote_button")
    return button.get_text(" ", strip=True) if button else None


def _author(soup: Tag) -> Author | None:
    return person(_with_text(soup, 'a[href*="/profile/"]'), r"/profile/([^/?#]+)")


def _with_text(soup: Tag, css: str) -> Tag | None:
    """The first of the links that shows text; the one around the picture shows none."""
    return next((link for link in soup.select(css) if text_of(link)), None)


def _full(link: Tag | None) -> str:
    address = attribute(link, "href") or ""
    return f"https://www.quora.com{address}" if address.startswith("/") else address


def _question(page: Page) -> str | None:
    return found_in(r"quora\.com/(?:unanswered/)?([^/?#]+)", page.url)


register_platforms = registering(Quora)
