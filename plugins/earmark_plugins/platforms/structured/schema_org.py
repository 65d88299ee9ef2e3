"""One schema.org node, however it was written down, as an item.

A node is a mapping of property names to values, with `@type` and sometimes `@id`, as in JSON-LD;
microdata and RDFa are brought into this shape first, so that all three give the same item.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

from earmark import Author, Item, ItemKind, Page, Rating, text_of

Node = dict[str, Any]

KINDS: dict[str, ItemKind] = {
    "Comment": "comment",
    "UserComments": "comment",
    "Answer": "comment",
    "CorrectionComment": "comment",
    "Review": "review",
    "UserReview": "review",
    "CriticReview": "review",
    "EmployerReview": "review",
    "Recommendation": "review",
    "Question": "post",
    "DiscussionForumPosting": "post",
    "SocialMediaPosting": "post",
}
NEEDS_AUTHOR = {"Question", "Answer"}  # without one it is a shop's or a manual's own FAQ
TEXT = ("text", "commentText", "reviewBody", "articleBody", "description")
DATE = ("datePublished", "dateCreated", "commentTime", "uploadDate")
_REMARK = re.compile(r"(?:comment|reply|answer|review|post)[-_/=a-z]*\d", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:p|br|div|a|b|i|em|strong|ul|li|blockquote|span)\b", re.IGNORECASE)


def kind_of(node: Node) -> ItemKind | None:
    """The kind of item a node is, None for what nobody said."""
    types = types_of(node)
    kind = next((KINDS[name] for name in types if name in KINDS), None)
    return None if NEEDS_AUTHOR & set(types) and not author_of(node) else kind


def types_of(node: Node) -> list[str]:
    """The node's types without their vocabulary."""
    return [re.split(r"[/#:]", name)[-1] for name in map(str, values(node, "@type"))]


def item_of(node: Node, page: Page, *, has_own_page: bool = False) -> Item | None:
    """The item in a node; None where it is none or says nothing.

    `has_own_page` is for a post that may be what the page is about: its address is then any.
    """
    kind = kind_of(node)
    text = _text(node, kind)
    rating = _rating(node)
    if kind is None or not (text or rating):
        return None
    ids = _ids(node, page, kind, has_own_page)
    return Item(
        id=ids[0] if ids else None,
        aliases=ids[1:],
        kind=kind,
        text=text,
        author=author_of(node),
        published=first_text(node, *DATE),
        url=_permalink(node, page),
        parent_id=_parent(node, page),
        rating=rating,
        likes=first_text(node, "upvoteCount") or _interactions(node, "LikeAction"),
        dislikes=first_text(node, "downvoteCount") or _interactions(node, "DislikeAction"),
        replies=first_text(node, "commentCount", "answerCount"),
        shares=_interactions(node, "ShareAction"),
    )


def values(node: Node, name: str) -> list[Any]:
    """All values of a property, none or one or many."""
    value = node.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def first_text(node: Node, *names: str) -> str | None:
    """The first of the properties that has a plain value."""
    found = (plain(value) for name in names for value in values(node, name))
    return next((text for text in found if text), None)


def plain(value: Any) -> str:
    """A value as text; of a node its `@value` or name."""
    if isinstance(value, dict):
        return plain(value.get("@value") or value.get("name"))
    return "" if value is None or isinstance(value, bool | list) else str(value).strip()


def readable(text: str) -> str:
    """Text whose writer may have put markup or entities into it."""
    if _MARKUP.search(text):
        return text_of(BeautifulSoup(text, "lxml"))
    return html.unescape(text)


def author_of(node: Node) -> Author | None:
    """Who said it: a name, or a person."""
    for value in values(node, "author") + values(node, "creator"):
        person = value if isinstance(value, dict) else {"name": value}
        name = readable(first_text(person, "name") or "")
        url = first_text(person, "url", "sameAs")
        if name or url:
            handle = first_text(person, "alternateName")
            return Author(
                id=first_text(person, "identifier"), handle=handle, name=name or None, url=url
            )
    return None


def _text(node: Node, kind: ItemKind | None) -> str:
    said = readable(first_text(node, *TEXT) or "")
    title = readable(first_text(node, "headline", "name") or "")
    if kind == "post" and title and not said.startswith(title.rstrip("….")):
        return "\n\n".join(filter(None, [title, said]))
    return said or (title if kind == "review" else "")


def _rating(node: Node) -> Rating | None:
    for value in values(node, "reviewRating") + values(node, "rating"):
        rating = value if isinstance(value, dict) else {"ratingValue": value}
        number, best = _number(rating, "ratingValue"), _number(rating, "bestRating")
        if number is not None:
            return Rating(number, best)
    return None


def _number(node: Node, name: str) -> float | None:
    shown = (first_text(node, name) or "").replace(",", ".")
    return float(shown) if re.fullmatch(r"-?\d+(?:\.\d+)?", shown) else None


def _interactions(node: Node, action: str) -> str | None:
    for counter in values(node, "interactionStatistic"):
        if isinstance(counter, dict) and action in str(counter.get("interactionType")):
            return first_text(counter, "userInteractionCount")
    return None


def _ids(node: Node, page: Page, kind: ItemKind, has_own_page: bool) -> list[str]:
    """Addresses of this very thing, then its identifier; what several may share is no id."""
    addresses = [_address(plain_url(value), page) for value in _own_urls(node)]
    any_will_do = kind == "post" and has_own_page
    found = [a for a in addresses if a and (any_will_do or _names_one(a, kind))]
    identifier = first_text(node, "identifier") or ""
    if len(identifier) >= 6:  # shorter ones count from one on every page
        found.append(identifier)
    return list(dict.fromkeys(found))


def _names_one(address: str, kind: ItemKind) -> bool:
    """Whether an address is of one remark, not of a page of many; “#review-1” is a position."""
    path, fragment = urldefrag(address)
    digits = sum(character.isdigit() for character in fragment)
    return digits >= (3 if kind == "review" else 1) or bool(not fragment and _REMARK.search(path))


def _own_urls(node: Node) -> list[Any]:
    return values(node, "@id") + values(node, "url") + values(node, "mainEntityOfPage")


def plain_url(value: Any) -> str:
    """A URL given as text or as a node."""
    return plain(value.get("@id") or value.get("url")) if isinstance(value, dict) else plain(value)


def _address(url: str, page: Page) -> str:
    return "" if not url or url.startswith("_:") else local_id(url, page)


def _full(url: str, page: Page) -> str:
    """The address as on the page, in full; empty where it is none, as “//[”."""
    try:
        full = urljoin(page.url, url)
        urlsplit(full)
    except ValueError:
        return ""
    return full


def local_id(url: str, page: Page) -> str:
    """The address as an id: on the page's own host without scheme and host."""
    full = _full(url, page)
    if not full:
        return ""
    parts = urlsplit(full)
    if parts.netloc != urlsplit(page.url).netloc:
        return full
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.path.strip('/')}{query}{fragment}"


def _permalink(node: Node, page: Page) -> str | None:
    urls = (plain_url(value) for value in _own_urls(node))
    absolute = (_full(url, page) for url in urls if url and not url.startswith("_:"))
    return next((url for url in absolute if url.startswith(("http:", "https:"))), None)


def _parent(node: Node, page: Page) -> str | None:
    """What a comment says it answers, where that is itself a comment."""
    for value in values(node, "parentItem"):
        url = plain_url(value)
        if url and (not isinstance(value, dict) or set(types_of(value)) <= set(KINDS)):
            address = _address(url, page)
            return address if urldefrag(_full(url, page))[1] else None
    return None
