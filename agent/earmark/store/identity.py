"""Which item a parsed item is: its key, the fingerprints it answers to, and whom it may join."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..folding import steady_fold
from ..model import Json
from ..query.said import mapping
from .hosts import host_of, without_fragment

# The platform that reads every site no other plugin knows.
ANY_SITE = "webpage"
TEXT_LENGTH = 120


@dataclass
class Claim:
    """A parsed item, and what it says about which item it is.

    `position` is its place in the fragment. `likeness` is the fingerprint without occurrence
    number; `occurrence` tells apart what looks alike on one page. `fresh` says whether it was
    not seen at this place before; `at_place` is the row that stood there; `alone` whether nothing
    else here looks like it to the reading of any site. Names are asked for after the numbering,
    and then stay.
    """

    item: Json
    host: str
    page_url: str
    visit: str
    ref: str
    position: int
    selector: str
    occurrence: int = 0
    fresh: bool = True
    at_place: int | None = None
    alone: bool = True
    likeness: str = field(init=False)

    def __post_init__(self) -> None:
        self.likeness = self.print_of(self.platform, self.thread, self.authors[0])

    @property
    def platform(self) -> str:
        return str(self.item["platform"])

    @property
    def native_id(self) -> str | None:
        """The platform's own id, when the item came with one."""
        id = self.item.get("id")
        return id if isinstance(id, str) and id else None

    @property
    def thread(self) -> str:
        """What the item belongs to: its root where the page tells, else the page."""
        return str(self.item.get("root_id") or self.page_url)

    @cached_property
    def text(self) -> str:
        """The text as it is compared."""
        return comparable(self.item)

    @cached_property
    def authors(self) -> list[str]:
        """Folded id, handle and name, as far as shown; one empty string for nobody."""
        return authors_of(self.item)

    def is_by(self, stored: Json) -> bool:
        """Whether a stored item has the same author."""
        return not set(self.authors).isdisjoint(authors_of(stored))

    def continues(self, text: str) -> bool:
        """Whether the text begins like one that was cut short."""
        return self.text.startswith(comparable({"text": text}).rstrip(" .…"))

    def print_of(self, platform: str, place: str, author: str, *occurrence: int) -> str:
        """A fingerprint; it never uses times, counts or the position on the page."""
        parts = [platform, place, author, self.text[:TEXT_LENGTH], *map(str, occurrence)]
        digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
        return f"~{digest.hexdigest()[:32]}"

    @cached_property
    def derived_id(self) -> str:
        """The id of an item that came without one."""
        return self.print_of(self.platform, self.thread, self.authors[0], self.occurrence)

    @cached_property
    def fingerprints(self) -> list[tuple[str, str]]:
        """(platform, alias) under which the item may have been, or may yet be, seen without id."""
        prints = [(self.platform, self.derived_id), *self.common_prints(self.occurrence)]
        return list(dict.fromkeys(prints))

    @cached_property
    def twins(self) -> list[tuple[str, str]]:
        """Names of what looks the same and stands further down, to any platform but this one."""
        return [] if self.platform == ANY_SITE else self.common_prints(self.occurrence + 1)

    def common_prints(self, occurrence: int) -> list[tuple[str, str]]:
        """The fingerprints under which every platform knows the same thing."""
        if not self.item.get("text"):
            return []
        prints = [self.print_of(ANY_SITE, self.page_url, a, occurrence) for a in self.authors]
        return [(ANY_SITE, each) for each in prints]

    def aliases(self) -> list[tuple[str, str]]:
        """(platform, alias): other ids the plugin says the same thing has."""
        names = self.item.get("aliases")
        return [(self.platform, str(name)) for name in names] if isinstance(names, list) else []


def authors_of(item: Json) -> list[str]:
    author = mapping(item.get("author"))
    shown = [steady_fold(str(author[k])) for k in ("id", "handle", "name") if author.get(k)]
    return list(dict.fromkeys(shown)) or [""]


def comparable(item: Json) -> str:
    """A text as it is compared: folded, with single spaces."""
    return steady_fold(" ".join(str(item.get("text", "")).split()))


def make_claim(item: Json, page: Json, fragment: Json, position: int) -> Claim:
    """The claim of the item at `position` in a fragment."""
    url = str(page.get("url", ""))
    ref = str(fragment.get("ref") or fragment.get("id", ""))
    place = item.get("_place")
    return Claim(
        item=item,
        host=host_of(url),
        page_url=str(item.get("page_url") or without_fragment(url)),
        visit=str(page.get("visit") or url),
        ref=ref_within(ref, str(place)) if place else ref,
        position=0 if place else position,
        selector=str(item.get("_fragment_selector") or fragment.get("selector", "")),
    )


def ref_within(ref: str, place: str) -> str:
    """The ref of an item that has a place of its own in a fragment, as if it were an element."""
    return f"{ref}#{place}"


def tell_apart(claims: Sequence[Claim]) -> None:
    """Mark what looks the same to the reading of any site: who is who of them, nobody knows."""
    alike: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        for name in claim.common_prints(claim.occurrence):
            alike.setdefault(name, set()).add(claim.native_id or claim.derived_id)
    for claim in claims:
        several = any(len(alike[name]) > 1 for name in claim.common_prints(claim.occurrence))
        claim.alone = claim.occurrence == 0 and not several


def may_join(claim: Claim, stored: Json) -> bool:
    """Whether an alias may lead from a parsed item to a stored one.

    Only within one host: what a page says of itself must never reach another host's items. Items
    of one platform whose ids do not belong to a host are the exception (old and new addresses of
    one service): there the platform was chosen by an address, which no page can claim.
    """
    if claim.host == stored.get("_host"):
        return True
    same = claim.platform == stored.get("platform") != ANY_SITE
    stored_host = str(stored.get("_host", ""))
    return (
        same
        and is_hostless(str(stored.get("id", "")), stored_host)
        and is_hostless(claim.native_id, claim.host)
    )


def is_hostless(id: str | None, host: str) -> bool:
    """Whether an id is a platform's own and does not belong to the host it was seen on."""
    return id is not None and not id.startswith(("~", f"{host}/"))


def may_be_called(claim: Claim, alias: str) -> bool:
    """Whether a page may give its item this other id: not one under another host's name."""
    hostless = claim.platform != ANY_SITE and is_hostless(claim.native_id, claim.host)
    return hostless or alias.startswith(f"{claim.host}/")


def outranks(claim: Claim, stored: Json) -> bool:
    """Whether a stored item takes over the key of the parsed one: a native id wins over a derived
    one, and the platform that reads the page today over any that read it before. Which that is,
    was decided by precedence and address; the reading of any site comes last."""
    if claim.platform == stored.get("platform"):
        return claim.native_id is not None and stored.get("id_source") == "derived"
    return claim.platform != ANY_SITE


def takes_over(claim: Claim, stored: Json) -> bool:
    """Whether the item of a platform that read the page before would become this one's."""
    return claim.platform != stored.get("platform") and outranks(claim, stored)


def same_thing(claim: Claim, stored: Json) -> bool:
    """Whether a fingerprint may make one of these two: never of two native ids of one platform."""
    if claim.native_id is None or stored.get("id_source") == "derived":
        return True
    return claim.platform != stored.get("platform")
