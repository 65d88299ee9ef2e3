"""GitHub: issues, pull requests with their reviews, and discussions.

Issues are read as on a **real** page (2025, drawn by React); pull requests and discussions, which
the server draws, from **documented** structure: public parsers, their fixtures and browser
extensions (2020 to 2026).
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Audience, Author, Fragment, Item, Page, Platform, parse_count, registering
from earmark.markup import (
    attribute,
    data_in,
    dig,
    first_attribute,
    first_text,
    found_in,
    said,
    text_of,
)

ISSUE = '[data-testid="issue-viewer-container"]'
REACT_COMMENT = '[data-testid^="comment-viewer-outer-box-"]'
SERVED = ".js-comment-container"
PUBLIC = 'meta[name="octolytics-dimension-repository_public"]'
PERMALINK = 'a[href*="#issue"], a[href*="#discussion"], a[href*="#pullrequest"]'
PATH = r"github\.com/((?:orgs/)?[^/]+(?:/[^/]+)?/(?:issues|pull|discussions)/\d+)"
BODY = '[data-testid="markdown-body"], .js-comment-body'
NAME = '[data-testid="avatar-link"], [data-testid="issue-body-header-author"], a.author'
PICTURE = 'img[src*="githubusercontent.com/u/"]'


class GitHub(Platform):
    """A post's id is its repository and number; a comment's is the anchor of its permalink."""

    name, label = "github", "GitHub"
    matches = [
        "https://github.com/*/issues/*",
        "https://github.com/*/pull/*",
        "https://github.com/*/discussions/*",
    ]
    items = [REACT_COMMENT, SERVED]
    context = [ISSUE, 'script[type="application/ld+json"]', "#conversation_tab_counter", PUBLIC]
    empty = ["form#new_issue", "form.js-new-discussion-form", ".js-issue-list-empty"]
    level = "real"
    built_from = "a page of an issue of 2025; public parsers and fixtures of 2020 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        css = ISSUE if fragment.kind == "context" else f"{REACT_COMMENT}, {SERVED}"
        element = fragment.soup.select_one(css)
        body = element.select_one(BODY) if element else None
        if element is None or body is None:
            return
        address = first_attribute(element, PERMALINK, "href")
        anchor = found_in(r"#([\w-]+)$", address)
        item = _said_by(element, body, page)
        if found_in(r"^(issue|discussion|pullrequest)-\d+$", anchor):
            item.kind, item.id, item.aliases = "post", _number(page), [anchor or ""]
            item.text = "\n\n".join(filter(None, [_title(element, page), item.text]))
            item.url, item.replies = page.url, self.expected(page)
        elif anchor:
            item.id, item.url, item.root_id = anchor, address, _number(page)
            if not fragment.parent_ref:
                item.parent_id = item.root_id
            elif fragment.selector == SERVED:  # within a comment of a discussion, or a review
                item.kind = "reply"
        yield item

    def expected(self, page: Page) -> int | None:
        """As the page tells search engines, or as the tab of a pull request counts."""
        for context in page.context:
            tab = first_text(context.soup, "#conversation_tab_counter")
            counted = dig(data_in(context.soup.script), "interactionStatistic")
            number = parse_count(tab or dig(counted, "userInteractionCount"))
            if number is not None:
                return number
        return None


def _said_by(element: Tag, body: Tag, page: Page) -> Item:
    spoken = said(body)
    spoken["mentions"] = [text_of(user)[1:] for user in body.select(".user-mention")]
    return Item(
        **spoken,
        author=_author(element),
        published=first_attribute(element, "relative-time[datetime]", "datetime"),
        edited=element.select_one('.js-comment-edit-history details, [class*="LastEditedBy"]')
        is not None,
        likes=_reactions(element, "THUMBS_UP", "👍"),
        dislikes=_reactions(element, "THUMBS_DOWN", "👎"),
        audience=_audience(page),
    )


def _author(element: Tag) -> Author | None:
    link = next((link for link in element.select(NAME) if text_of(link)), None)
    address = attribute(link, "href")
    picture = first_attribute(element, PICTURE, "src")
    handle = found_in(r"/([^/?#]+)/?$", address)
    number = found_in(r"/u/(\d+)", picture)
    return Author(id=number, handle=handle, url=address) if handle else None


def _reactions(element: Tag, name: str, emoji: str) -> str | None:
    """The number beside one reaction; other reactions say too many things to be counted."""
    buttons = element.select(f'button[value^="{name}"], [aria-label="Reactions"] button')
    shown = (button.get_text(" ", strip=True) for button in buttons)
    return next((text for text in shown if emoji in text), None)


def _title(element: Tag, page: Page) -> str | None:
    shown = first_text(element, '[data-testid="issue-title"]')
    return shown or found_in(r"^(.*?)(?: by \S+)? · [\w ]+(?: #\d+)? · ", page.title)


def _number(page: Page) -> str | None:
    """`owner/repository/issues/56`; names of owners and repositories ignore case."""
    path = found_in(PATH, page.url)
    return path.lower() if path else None


def _audience(page: Page) -> Audience:
    metas = (context.soup.select_one(PUBLIC) for context in page.context)
    shown = next((attribute(meta, "content") for meta in metas if meta), None)
    known: dict[str | None, Audience] = {"true": "public", "false": "group"}
    return known.get(shown, "unknown")


register_platforms = registering(GitHub)
