"""Which pages and threads are about us: who and what to listen for, and what says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from ..model import Json
from ..parse.urls import canonical_url, split_url
from .words import Terms


class Mentions:
    """The accounts and terms a person entered, ready to be looked for.

    An account that names a platform counts only there.
    """

    def __init__(self, accounts: Iterable[Json], terms: Iterable[str]) -> None:
        accounts = list(accounts)
        everywhere = [each["handle"] for each in accounts if not each.get("platform")]
        of_one: dict[str, list[str]] = {}
        for each in accounts:
            if platform := each.get("platform"):
                of_one.setdefault(platform, []).append(each["handle"])
        self._everywhere = Terms([*terms, *everywhere])
        self._of_one = {platform: Terms(handles) for platform, handles in of_one.items()}
        self.names = frozenset([*terms, *(each["handle"] for each in accounts)])

    def found_in(self, texts: Iterable[str], platform: str) -> str:
        """The first account or term in any of `texts`, as it was entered; empty when none is."""
        wanted = [self._everywhere, *filter(None, [self._of_one.get(platform)])]
        found = (terms.found_in(text) for text in texts for terms in wanted)
        return next(filter(None, found), "")


@dataclass(frozen=True)
class Verdict:
    """What a batch says of whom it is about; an empty one withholds nothing.

    keys: the page and the threads that each fragment, by its id, belongs to; a fragment that is
    kept in any case has none. marks: those that are about us, with the account or term that says
    so. names: the accounts and terms that were looked for.
    """

    keys: dict[str, frozenset[str]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    @property
    def every_key(self) -> frozenset[str]:
        return frozenset[str]().union(*self.keys.values())

    def withholds(self, fragment: str) -> bool:
        """Whether nothing that the fragment belongs to is about us."""
        return fragment in self.keys and self.keys[fragment].isdisjoint(self.marks)


def judge(page: Json, platform: str, results: Sequence[Json], mentions: Mentions) -> Verdict:
    """Judge what was read from one page; `results` are those of `parse_fragments`.

    The whole page is about us when anything on it is. A thread is when something in it is, or
    when the page is by its title or address and shows no other thread: so the other pages of that
    thread are, and the other threads on a page of many are not.
    """
    own = key_of_page(page)
    threads = {result["fragment"]: threads_of(platform, result) for result in results}
    by_itself = mentions.found_in(texts_of_page(page), platform)
    items = (item for result in results for item in result.get("items", []))
    marks = {
        key_of_thread(platform, item): because
        for item in items
        if (because := mentions.found_in(texts_of_item(item), platform))
    }
    every = frozenset[str]().union(*threads.values())
    if by_itself and len(every) == 1:
        marks |= dict.fromkeys(every, by_itself)
    if because := by_itself or next(iter(marks.values()), ""):
        marks[own] = because
    marks.pop("", None)
    keys = {name: found | {own} for name, found in threads.items()}
    return Verdict(keys, marks, mentions.names)


def texts_of_page(page: Json) -> Iterator[str]:
    """Where a page says by itself what it is about: its title and the path of its address."""
    yield str(page.get("title") or "")
    for url in dict.fromkeys((page["url"], page.get("top_url") or page["url"])):
        parts = split_url(url)
        yield unquote(parts.path) if parts else ""


def texts_of_item(item: Json) -> Iterator[str]:
    """Everything in an item that can name somebody."""
    yield str(item.get("text") or "")
    yield str((item.get("author") or {}).get("handle") or "")
    yield from item.get("mentions") or []
    yield from item.get("hashtags") or []
    yield from map(unquote, item.get("links") or [])


def key_of_page(page: Json) -> str:
    """The page that the person sees; a frame in it belongs to it."""
    return _digest("page", canonical_url(page.get("top_url") or page["url"]))


def key_of_thread(platform: str, item: Json) -> str:
    """The thread of an item; one without a root or a parent begins its own; empty when unknown."""
    root = item.get("root_id") or ("" if item.get("parent_id") else item.get("id"))
    return _digest("thread", platform, str(root)) if root else ""


def threads_of(platform: str, result: Json) -> frozenset[str]:
    found = {key_of_thread(platform, item) for item in result.get("items", [])}
    return frozenset(found - {""})


def _digest(*parts: str) -> str:
    """A key of one length that tells nobody which page it stands for."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
