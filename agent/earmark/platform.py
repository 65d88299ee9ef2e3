"""The class a platform plugin derives from: one site, its selectors and how to read it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from .model import Fragment, Item, Page


class Platform(ABC):
    """One platform. The class attributes are data: they become the browser's capture plan.

    matches: URL match patterns, as in a browser manifest.
    markers: CSS; a page that carries one is ours on any host. Ids then begin with the host.
    items: CSS; each matching element is a fragment, sent when it appears or changes.
    context: CSS; sent once per page (the post, the totals).
    responses: URL patterns of JSON responses to forward.
    outline: `selector@attribute` (or a bare selector, for its text): a number that grows with
        depth, from which the core finds the parent.
    site_time_zone: IANA name, for sites that print local times without a zone.
    """

    name: ClassVar[str] = ""
    label: ClassVar[str] = ""
    matches: ClassVar[list[str]] = []
    markers: ClassVar[list[str]] = []
    items: ClassVar[list[str]] = []
    context: ClassVar[list[str]] = []
    responses: ClassVar[list[str]] = []
    outline: ClassVar[str | None] = None
    site_time_zone: ClassVar[str | None] = None

    @abstractmethod
    def parse(self, fragment: Fragment, page: Page) -> Iterable[Item]:
        """The items in one fragment, in page order."""

    def expected(self, page: Page) -> int | None:
        """How many comments the page says it has, where it says so."""
        return None
