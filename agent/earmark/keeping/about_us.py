"""Which pages and threads are about us: who and what to listen for, and what says so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from ..enrich.watch import Watch
from ..model import Json
from ..parse.urls import canonical_url, split_url

NUL = "\0"


class Mentions:
    """The accounts and terms that mean us, ready to be looked for.

    Terms are found as they are everywhere, also misspelt. The handle of an account is found as it
    is written, anywhere or, where it names a platform, only there.
    """

    def __init__(self, accounts: Iterable[Json], terms: Iterable[Json]) -> None:
        accounts, terms = list(accounts), list(terms)
        of_one: dict[str, list[Json]] = {}
        for each in accounts:
            account = {"name": each["handle"], "common": True}
            of_one.setdefault(each.get("platform", ""), []).append(account)
        self._everywhere = Watch([*terms, *of_one.pop("", [])])
        self._of_one = {platform: Watch(handles) for platform, handles in of_one.items()}
        named = [*(term["name"] for term in terms), *(each["handle"] for each in accounts)]
        self.names = frozenset(named)

    def found_in(self, texts: Iterable[str], platform: str) -> str:
        """The first account or term in any of `texts`, as it was entered; empty when none is."""
        wanted = [self._everywhere, *filter(None, [self._of_one.get(platform)])]
        found = (
            str(watch.terms[match.term]["name"])
            for text in texts
            for watch in wanted
            for match in watch.find(text, platform)
        )
        return next(found, "")


@dataclass(frozen=True)
class Verdict:
    """What a batch says of whom it is about; an empty one withholds nothing.

    keys: the page and the threads that each fragment, by its id, belongs to; a fragment that is
    kept in any case has none. marks: those of them that are about us, with the account or term
    that said so; news: the part of `marks` that this batch says itself. names: the accounts and
    terms that were looked for.
    """

    keys: dict[str, frozenset[str]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    news: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def withholds(self, fragment: str) -> bool:
        """Whether nothing that the fragment belongs to is about us."""
        return fragment in self.keys and self.keys[fragment].isdisjoint(self.marks)


def judge(
    page: Json,
    platform: str,
    results: Sequence[Json],
    mentions: Mentions,
    known: Callable[[frozenset[str]], dict[str, str]],
) -> Verdict:
    """Judge what was read from one page; `results` are those of `parse_fragments`.

    The whole page is about us when anything on it is, and a thread when something in it is. Where
    the page shows one thread, what is said of either holds for both: so the other pages of that
    thread are about us as well, and the other threads on a page of many are not. `known` answers
    which keys were marked before.
    """
    own = key_of_page(page)
    keys = {r["fragment"]: threads_of(platform, r.get("items", [])) | {own} for r in results}
    items = [item for result in results for item in result.get("items", [])]
    news = heard(page, platform, items, mentions)
    marks = known(frozenset[str]().union(*keys.values())) | news
    news |= {key: because for key, because in marks.items() if key != own}
    if (thread := thread_of_page(page, platform, items)) and not {own, thread}.isdisjoint(marks):
        because = marks.get(own) or marks[thread]
        news |= {own: because, thread: because}
    return Verdict(keys, marks | news, news, mentions.names)


def heard(page: Json, platform: str, items: Sequence[Json], mentions: Mentions) -> dict[str, str]:
    """What names us here: the keys of threads and of the page, each with what was found in it."""
    found = {}
    because = mentions.found_in(texts_of_page(page), platform)
    for item in items:
        if said := mentions.found_in(texts_of_item(item), platform):
            found[key_of_thread(platform, item)] = said
            because = because or said
    found.pop("", None)
    return found | ({key_of_page(page): because} if because else {})


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
    """The thread that an item says it belongs to, a post its own; empty when it says nothing."""
    root = item.get("root_id") or (item.get("id") if item.get("kind") == "post" else "")
    return _digest("thread", platform, str(root)) if root else ""


def threads_of(platform: str, items: Iterable[Json]) -> frozenset[str]:
    return frozenset(filter(None, (key_of_thread(platform, item) for item in items)))


def thread_of_page(page: Json, platform: str, items: Sequence[Json]) -> str:
    """The thread whose page this is, as far as these items tell; empty on a page of many."""
    threads = threads_of(platform, items)
    at = canonical_url(page["url"])
    tells = any(is_answer(item) or is_page_of(item.get("url") or "", at) for item in items)
    return next(iter(threads)) if len(threads) == 1 and tells else ""


def is_answer(item: Json) -> bool:
    return item.get("root_id") not in (None, item.get("id"))


def is_page_of(permalink: str, at: str) -> bool:
    """Whether the address is the permalink, or another page of what it leads to."""
    one, other = urlsplit(canonical_url(permalink)), urlsplit(at)
    same = (one.netloc, one.path.rstrip("/")) == (other.netloc, other.path.rstrip("/"))
    return same and set(one.query.split("&")) - {""} <= set(other.query.split("&"))


def _digest(kind: str, *parts: str) -> str:
    """A key of one length that tells nobody which page it stands for."""
    return f"{kind}:{hashlib.sha256(NUL.join(parts).encode('utf-8', 'replace')).hexdigest()}"
