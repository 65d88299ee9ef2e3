"""Fragments to items, inside a worker process: the plugin reads, this cleans and resolves."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from ..model import AUDIENCES, ITEM_KINDS, Author, Fragment, Item, Json, Page, Poll, Rating
from ..platform import Platform
from .choose import EVERY_OTHER_SITE
from .counts import parse_count
from .cut_short import whole_part
from .dates import resolve_published
from .text import clean, text_of
from .typed import depth_of, rating_of, share_of, word_of, words_of
from .urls import absolute_url, canonical_host, canonical_url

logger = logging.getLogger(__name__)

_COUNTS = ("likes", "dislikes", "replies", "shares", "views")
_ITEM_FIELDS = tuple(field.name for field in fields(Item))
_AUTHOR_WORDS = ("id", "handle", "name")
_SAYS_SOMETHING = ("text", "rating", "poll", "media")
_WORD_LISTS = ("mentions", "hashtags")
_URL_LISTS = ("links", "media")
_CLASSES: tuple[tuple[str, type], ...] = (("author", Author), ("rating", Rating), ("poll", Poll))
_OURS = f"{Path(__file__).parents[1]}{os.sep}"  # earmark_talk may lie beside earmark


def parse_fragments(platform: Platform, page: Json, fragments: Iterable[Json]) -> list[Json]:
    """Read each fragment with `platform`; one result a fragment, in order.

    A result is `{"fragment": id, "items": [...]}`, or `{"fragment": id, "error": text}` where the
    plugin raised or the fragment cannot be read, with the `items` it gave until then, if any. One
    failing fragment leaves the others alone, and a value that is not of its field's type the item.
    The first context fragment's has `expected`, where the plugin counts what the page says it has.
    An item is the contract's, without what the store adds, and with the private keys `_source`,
    `_complete`, `_native` and `_fragment_selector`, and `_place` and `_within` where the plugin
    names places in a fragment.
    """
    seen_on = Page.from_json(page)
    received = [Fragment.from_json(fragment) for fragment in fragments]
    seen_on.context = [fragment for fragment in received if fragment.kind == "context"]
    reading = _Reading(platform, seen_on)
    results = [_result(reading, fragment) for fragment in received]
    if seen_on.context and (number := _expected(platform, seen_on)) is not None:
        results[received.index(seen_on.context[0])]["expected"] = number
    return results


def _expected(platform: Platform, page: Page) -> int | None:
    """How many comments the page says it has; a plugin that fails at this costs nothing else."""
    try:
        return parse_count(platform.expected(page), page.lang)
    except Exception as error:  # a plugin's own code
        logger.warning("%s cannot tell how many comments a page has: %r", platform.name, error)
        return None


def _result(reading: _Reading, fragment: Fragment) -> Json:
    if not fragment.markup and fragment.json is None:
        return {"fragment": fragment.id, "error": "The fragment is empty or was over 2 MiB."}
    items: list[Json] = []
    try:
        items.extend(_items(reading, fragment))
    except Exception as error:  # a plugin's own code: whatever it raises is reported by name
        told = f"{type(error).__name__}: {error}{_place(error)}"
        failed = {"fragment": fragment.id, "error": told}
        return failed | {"items": items} if items else failed
    return {"fragment": fragment.id, "items": items}


def _place(error: Exception) -> str:
    """Where in the plugin's own file it went wrong; empty where that was not in a plugin."""
    walked = traceback.walk_tb(error.__traceback__)
    places = [(frame.f_code.co_filename, line) for frame, line in walked]
    theirs = [place for place in places if not place[0].startswith(_OURS)]
    own = [line for file, line in theirs if file == theirs[0][0]]
    return f" ({Path(theirs[0][0]).name}, line {own[-1]})" if own else ""


def _items(reading: _Reading, fragment: Fragment) -> Iterator[Json]:
    selected = fragment.kind == "selection"
    found = [_quote(fragment)] if selected else reading.platform.parse(fragment, reading.page)
    if found is None:
        raise TypeError("parse returned nothing: it yields items, or returns a list of them")
    for item in found:
        _check(item)
        read = reading.item(item, fragment)
        if any(map(read.get, _SAYS_SOMETHING)):
            yield read


def _quote(fragment: Fragment) -> Item:
    """What a person selected, as it is."""
    return Item(kind="quote", text=text_of(fragment.soup.body))


class _Reading:
    """A page's surroundings, with which its items are made whole."""

    def __init__(self, platform: Platform, page: Page) -> None:
        self.platform = platform
        self.page = page
        self.page_url, self.page_title = canonical_url(page.url), clean(page.title)
        self.lang = page.lang
        of_one_host = platform.markers or platform.name == EVERY_OTHER_SITE
        self.prefix = f"{canonical_host(page.url)}/" if of_one_host else ""

    def item(self, item: Item, fragment: Fragment) -> Json:
        text, cut = whole_part(clean(item.text), fragment.soup)
        truncated = item.truncated or cut
        data = {name: getattr(item, name) for name in _ITEM_FIELDS}
        if item.audience == "unknown" and item.kind != "quote":
            data["audience"] = self.platform.audience
        data.update(self._keys(item), **self._plain(item, fragment), **self._nested(item))
        data.update(
            platform=self.platform.name,
            page_url=self.page_url,
            page_title=self.page_title,
            edited=bool(item.edited) or None,
            depth=depth_of(item.depth),
            text=text,
            truncated=truncated or None,
        )
        for name in ("place", "within"):
            data[f"_{name}"] = data.pop(name)
        kept = {key: value for key, value in data.items() if value not in (None, "", [], {})}
        return kept | {
            "_source": fragment.kind,
            "_complete": fragment.complete and not truncated,
            "_native": "id" in kept,
            "_fragment_selector": fragment.selector,
        }

    def _keys(self, item: Item) -> Json:
        return {
            "id": self._own(item.id),
            "parent_id": self._own(item.parent_id),
            "root_id": self._own(item.root_id),
            "aliases": [own for alias in item.aliases if (own := self._own(alias))],
        }

    def _own(self, key: Any) -> str | None:
        """An id as a string; where ids belong to a host, under the host the browser named."""
        plain = word_of(key)
        return f"{self.prefix}{plain}" if plain else None

    def _plain(self, item: Item, fragment: Fragment) -> Json:
        counts = {name: parse_count(getattr(item, name), self.lang) for name in _COUNTS}
        words = {name: _unique(words_of(getattr(item, name))) for name in _WORD_LISTS}
        urls = {name: _unique(map(self._url, getattr(item, name))) for name in _URL_LISTS}
        url = {"url": self._url(item.url)}
        return {
            **counts,
            **words,
            **urls,
            **url,
            "published": self._published(item.published, fragment),
        }

    def _nested(self, item: Item) -> Json:
        author: Json = {}
        if by := item.author:
            author = {name: word_of(getattr(by, name)) for name in _AUTHOR_WORDS}
            author |= {"url": self._url(by.url), "followers": parse_count(by.followers, self.lang)}
        poll = _present(asdict(item.poll)) if item.poll else {}
        if poll:
            poll["votes"] = parse_count(poll.get("votes"), self.lang)
            poll["closes"] = word_of(poll.get("closes"))
            offered = map(self._option, poll.get("options", []))
            poll["options"] = [option for option in offered if "label" in option]
        poll = _present(poll) if poll.get("options") else {}
        return {"author": _present(author), "poll": poll, "rating": rating_of(item.rating)}

    def _option(self, option: Json) -> Json:
        votes = parse_count(option["votes"], self.lang)
        label, share = word_of(option["label"]), share_of(option["share"])
        return _present({"label": label, "share": share, "votes": votes})

    def _url(self, url: str | None) -> str | None:
        return absolute_url(url, self.page.url)

    def _published(self, published: datetime | str | None, fragment: Fragment) -> Json | None:
        if published is None:
            return None
        return resolve_published(
            published,
            fragment.captured_at or self.page.captured_at,
            time_zone=self.page.time_zone,
            utc_offset=self.page.utc_offset,
            lang=self.lang,
            site_time_zone=self.platform.site_time_zone,
        )


def _check(item: Item) -> None:
    """Raise for what a plugin got wrong, in words that its author understands."""
    if not isinstance(item, Item):
        raise TypeError(f"parse yields a {type(item).__name__}, not an Item")
    if not isinstance(item.text, str):
        raise TypeError(f"the text of an item is a {type(item.text).__name__}, not a string")
    for name, cls in _CLASSES:
        value = getattr(item, name)
        if value is not None and not isinstance(value, cls):
            raise TypeError(f"{name} is a {type(value).__name__}, not {cls.__name__}(…)")
    if item.kind not in ITEM_KINDS:
        raise ValueError(f"“{item.kind}” is not a kind of item")
    if item.audience not in AUDIENCES:
        raise ValueError(f"“{item.audience}” is not an audience")


def _present(data: Json) -> Json:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _unique(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
