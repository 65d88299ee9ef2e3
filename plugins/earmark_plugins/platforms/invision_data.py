"""What the quote button of an Invision post carries: who, when, and in which topic."""

import json
from typing import Any

from earmark import Author, Page
from earmark.markup import Element, attribute, dig, found_in, member


def quote_data(wrap: Element | None) -> Any:
    """What the quote button needs: who, when, and in which topic."""
    try:
        return json.loads(attribute(wrap, "data-quotedata") or "null")
    except ValueError:
        return None


def author(place: Element | None, data: Any) -> Author | None:
    user = place.a or place if place else None
    found = member(user, r"/(?:profile|user)/(\d+)-", dig(data, "username"))
    if found and (number := dig(data, "userid")):
        found.id = str(number)
    return found


def root(data: Any, page: Page) -> str | None:
    """Comments on files and articles lie under their own kind of number."""
    number, kind = dig(data, "contentid"), str(dig(data, "contentclass") or "forums_Topic")
    number = number or found_in(r"(?:/topic/|showtopic=)(\d+)", page.url)
    if not number:
        return None
    return f"topic-{number}" if kind == "forums_Topic" else f"{kind}-{number}"
