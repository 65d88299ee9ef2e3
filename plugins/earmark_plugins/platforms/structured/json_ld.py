"""JSON-LD: every comment, review and post in a script, wherever it is nested."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from earmark import Item, Page

from .schema_org import Node, item_of, kind_of, types_of, values

DEEPEST = 60
PUBLISHED = {"publisher", "sourceOrganization", "mainEntityOfPage", "articleBody"}
ARTICLES = {"Article", "NewsArticle", "BlogPosting", "CriticReview", "WebPage"}
_NOBODY = re.compile(r"(?:anonym\w*|guest|gast|invit[eé]|unknown)?", re.IGNORECASE)


def items_in(script: str, page: Page) -> list[Item]:
    """The items in one `application/ld+json` script; contexts are never fetched."""
    from extruct.jsonld import JsonLdExtractor  # half a second, only where there is such a script

    document = f'<script type="application/ld+json">{script}</script>'
    found = JsonLdExtractor().extract(document)
    named = {node["@id"]: node for node in _nodes(found) if _is_whole(node)}
    told = _without_own_review(_outermost(found))
    items = [item for node in told for item in _walk(node, None, page, named, 0)]
    return _distinct(_by_somebody(items))


def _outermost(found: list[Any]) -> list[Any]:
    """The nodes that stand in no other; those of a graph stand beside one another."""
    nodes = [node for node in found if isinstance(node, dict)]
    graphs = [entry for node in nodes for entry in values(node, "@graph")]
    told = [{name: node[name] for name in node if name != "@graph"} for node in nodes]
    return [*told, *graphs]


def _without_own_review(nodes: list[Any]) -> list[Any]:
    """Without the one review that a paper publishes: it is the page's own text, as an article is.
    What is told in it stays."""
    own = [node for node in nodes if isinstance(node, dict) and kind_of(node) == "review"]
    if len(own) != 1 or not _is_published(own[0]):
        return nodes
    return [list(node.values()) if node is own[0] else node for node in nodes]


def _is_published(review: Node) -> bool:
    told = {name for name, value in review.items() if value}
    return bool(PUBLISHED & told or ARTICLES & set(types_of(review)))


def _walk(
    value: Any, parent: str | None, page: Page, named: dict[str, Node], depth: int
) -> Iterator[Item]:
    """Items of a node and, after each, those nested in it; a FAQ's questions are nobody's."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _walk(entry, parent, page, named, depth + 1)
    elif isinstance(value, dict) and "FAQPage" not in types_of(value):
        node = {**value, "author": [_resolved(a, named) for a in values(value, "author")]}
        item = item_of(node, page, has_own_page=True)
        if item:
            item.parent_id = item.parent_id or parent
            yield item
        below = item.id if item else parent
        for entry in value.values():
            yield from _walk(entry, below, page, named, depth + 1)


def _by_somebody(items: list[Item]) -> list[Item]:
    """Without reviews that stand for none: of no words and nobody, or all without name and day."""
    reviews = [item for item in items if item.kind == "review"]
    out = [item for item in reviews if not item.text and _NOBODY.fullmatch(_name(item))]
    if not any(_name(item) or item.published for item in reviews):
        out = reviews
    left_out = set(map(id, out))
    return [item for item in items if id(item) not in left_out]


def _name(item: Item) -> str:
    return (item.author and (item.author.name or item.author.url)) or ""


def _resolved(value: Any, named: dict[str, Node]) -> Any:
    """A bare reference as the node it names."""
    name = value.get("@id") if isinstance(value, dict) else None
    return named.get(name, value) if isinstance(name, str) else value


def _is_whole(node: Node) -> bool:
    return isinstance(node.get("@id"), str) and len(node) > 1


def _nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _nodes(entry, depth + 1)


def _distinct(items: list[Item]) -> list[Item]:
    """Each item once; an id that several different items share is no id."""
    unique: dict[tuple[object, ...], Item] = {}
    for item in items:
        name = item.author.name if item.author else None
        unique.setdefault((item.id, name, item.text, item.published), item)
    uses = Counter(item.id for item in unique.values())
    for item in unique.values():
        if uses[item.id] > 1:
            item.id = None
    return list(unique.values())
