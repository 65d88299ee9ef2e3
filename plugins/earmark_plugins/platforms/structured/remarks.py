"""The items of a page, or of a part of one, whose comments nobody named."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Item, Page

from .record import Sketch, says_something, sketch
from .repeated import Group, sections
from .schema_org import local_id

SAID = 120  # characters that tell a remark from another of the same person


def items_in(root: Tag, page: Page) -> Iterator[Item]:
    """What was said on a page, in the order of its sections."""
    alike: Counter[str] = Counter()
    for group in sections(root):
        yield from _items_of(group, page, alike)


def items_under(asked: Item, root: Tag, page: Page) -> Iterator[Item]:
    """What was said to a question or an answer that is marked up for machines, in an element that
    is called comments, but marked up for nobody."""
    alike: Counter[str] = Counter()
    for group in sections(root):
        if group.is_sure:
            for item in _items_of(group, page, alike):
                item.parent_id = item.parent_id or asked.id
                yield item


def _items_of(group: Group, page: Page, alike: Counter[str]) -> Iterator[Item]:
    items: dict[int, Item] = {}
    for one in group.sketches:
        part = (one.author or one.time) if group.is_sure else one.is_whole
        if not part or not says_something(one):
            continue
        item = items[id(one.root)] = _item(one, page)
        item.place = _place(item, alike)
        above = next((items[id(p)] for p in one.root.parents if id(p) in items), None)
        if above is not None:
            item.parent_id, item.within = above.id, above.place
        yield item


def _place(item: Item, alike: Counter[str]) -> str:
    """A name that stays when more is said above: of who said what, and the how manieth time."""
    said = f"{item.author.name if item.author else ''}\x1f{item.text[:SAID]}"
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
    alike[digest] += 1
    return f"{digest}.{alike[digest]}"


def complete(item: Item, root: Tag) -> None:
    """Who and when, where the markup for machines tells what was said but not by whom."""
    if item.kind == "post" or (item.author and item.published):
        return
    one = sketch(root, ())
    if item.author is None and one.author:
        item.author = Author(name=one.author, url=one.link)
    item.published = item.published or one.time


def _item(one: Sketch, page: Page) -> Item:
    author = Author(name=one.author, url=one.link) if one.author else None
    return Item(id=element_id(one.root, page), text=one.text, author=author, published=one.time)


def element_id(root: Tag, page: Page) -> str | None:
    """An id on the element, where its number is too long to be a mere position."""
    digits = sum(character.isdigit() for character in str(root.get("id") or ""))
    return local_id(f"#{root['id']}", page) if digits >= 4 else None
