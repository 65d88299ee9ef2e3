"""What comments on GitHub show of themselves, drawn by React or by the server."""

from earmark import Author, Item
from earmark.markup import (
    Element,
    attribute,
    first_attribute,
    first_mark,
    found_in,
    landmarks,
    said,
    text_of,
)

NAMES = ("[data-testid=avatar-link]", "[data-testid=issue-body-header-author]", ".author")
PERMALINK = r"(#(?:issue|discussion|pullrequest))"


def comment(element: Element) -> Item | None:
    """A comment with its address, without its place in the thread; None where nothing is said."""
    marks = landmarks(element)
    body = first_mark(marks, "[data-testid=markdown-body]", ".js-comment-body")
    if body is None:
        return None
    spoken = said(body)
    spoken["mentions"] = [text_of(user)[1:] for user in body.select(".user-mention")]
    links = (str(a.get("href")) for a in element.find_all("a"))
    history = element.select_one('.js-comment-edit-history details, [class*="LastEditedBy"]')
    return Item(
        **spoken,
        author=_author(element, marks),
        published=first_attribute(element, "relative-time[datetime]", "datetime"),
        edited=history is not None,
        url=next((link for link in links if found_in(PERMALINK, link)), None),
        likes=_reactions(element, "THUMBS_UP", "👍"),
        dislikes=_reactions(element, "THUMBS_DOWN", "👎"),
    )


def _author(element: Element, marks: dict[str, Element]) -> Author | None:
    link = next(filter(text_of, (marks.get(name) for name in NAMES)), None)
    address = attribute(link, "href")
    picture = first_attribute(element, 'img[src*="githubusercontent.com/u/"]', "src")
    handle = found_in(r"/([^/?#]+)/?$", address)
    number = found_in(r"/u/(\d+)", picture)
    return Author(id=number, handle=handle, url=address) if handle else None


def _reactions(element: Element, name: str, emoji: str) -> str | None:
    """The number beside one reaction; other reactions say too many things to be counted."""
    buttons = element.select(f'button[value^="{name}"], [aria-label="Reactions"] button')
    shown = (button.get_text(" ", strip=True) for button in buttons)
    return next((text for text in shown if emoji in text), None)
