"""The class a platform plugin derives from: one site, its selectors and how to read it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar, Literal

from .model import Audience, Fragment, Item, Page

# What a plugin was built from: saved real pages, the site's documented structure, or neither.
Level = Literal["real", "documented", "unverified"]


Items = Iterable[Item]


class Platform(ABC):
    """One platform. The class attributes are data: they become the browser's capture plan.

    matches: URL match patterns, as in a browser manifest.
    markers: CSS; a page that carries one is ours on any host. Ids then begin with the host.
    items: CSS; each matching element is a fragment, sent when it appears or changes.
    context: CSS; sent once per page (the post, the totals).
    fallback: CSS; sent whole, and again when it changes, while at most one element of `items` is on
        the page: for a reader that looks for structure nobody named.
    empty: CSS that only a page without comments carries: “No replies yet”, a wall to log in. A page
        of this platform with neither items nor this is reported as changed.
    responses: URL patterns of JSON responses to forward, once the person allowed it for the site.
    messages: URL patterns of pages that hold direct messages: nothing is captured there unless the
        person allowed messages on the site and switched this conversation on.
    outline: `selector@attribute` (or a bare selector, for its text): a number that grows with
        depth, from which the core finds the parent.
    site_time_zone: IANA name, for sites that print local times without a zone.
    audience: who can see what is on these pages, for items that do not say it themselves.
    level, built_from: how well it is founded, and on what: “a page of 2024”, “the public API's
        documentation of 2026”. People are shown both.
    """

    name: ClassVar[str] = ""
    label: ClassVar[str] = ""
    matches: ClassVar[list[str]] = []
    markers: ClassVar[list[str]] = []
    items: ClassVar[list[str]] = []
    context: ClassVar[list[str]] = []
    fallback: ClassVar[list[str]] = []
    empty: ClassVar[list[str]] = []
    responses: ClassVar[list[str]] = []
    messages: ClassVar[list[str]] = []
    outline: ClassVar[str | None] = None
    site_time_zone: ClassVar[str | None] = None
    audience: ClassVar[Audience] = "unknown"
    level: ClassVar[Level] = "unverified"
    built_from: ClassVar[str] = ""

    @abstractmethod
    def parse(self, fragment: Fragment, page: Page) -> Items:
        """The items in one fragment, in page order."""

    def expected(self, page: Page) -> int | str | None:
        """How many comments the page says it has, also as shown (“1,2 B”).

        Without this it is what the page's one post says (`replies`). `page.context` holds the
        context fragments.
        """
        return None
