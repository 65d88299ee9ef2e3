"""Of a batch, the fragments to look at; what is not wanted is dropped before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from ..model import Json
from ..parse.urls import UrlPattern
from ..policy import Policy
from .choices import BY_HAND, EVERYTHING, Choices

_pattern = lru_cache(maxsize=2000)(UrlPattern)


class Batch(Protocol):
    """What has to be known of a batch: `earmark.intake_batch.Batch` has it."""

    @property
    def page(self) -> Json: ...

    @property
    def platform(self) -> str: ...

    @property
    def fragments(self) -> list[Json]: ...

    @property
    def addresses(self) -> list[str]: ...

    def by_hand(self, fragment: Json) -> bool:
        """Whether a person asked for it to be kept."""


@dataclass(frozen=True)
class Wishes:
    """What decides on what is kept of a page; `entries` are the capture plan's."""

    entries: Sequence[Json]
    choices: Choices
    policy: Policy

    def wanted(self, batch: Batch) -> list[Json]:
        """The fragments that may be kept; of the others, nothing is ever written down."""
        if self._private(batch) and not self.keeps_messages(batch):
            return []
        kept = [fragment for fragment in batch.fragments if self._allows(fragment, batch)]
        if self.keep_for(batch) != BY_HAND:
            return kept
        return [fragment for fragment in kept if batch.by_hand(fragment)]

    def keep_for(self, batch: Batch) -> str:
        """What is kept of the page: all of a conversation that was switched on."""
        if self.keeps_messages(batch):
            return EVERYTHING
        return self.choices.keep_for(*batch.addresses)

    def keeps_messages(self, batch: Batch) -> bool:
        """Whether this is a conversation that a person switched on and no organisation forbids."""
        private = self._private(batch)
        if not private or self.policy.messages is False:
            return False
        return all(self.choices.keeps_conversation(url) for url in private)

    def _private(self, batch: Batch) -> list[str]:
        """The addresses, of the page and of the one around it, at which messages stand."""
        return [url for url in batch.addresses if holds_messages(url, self.entries)]

    def _allows(self, fragment: Json, batch: Batch) -> bool:
        """Whether a response is one that the page's platform asked for and the person allowed."""
        if fragment["kind"] != "response":
            return True
        if not self.choices.allows_responses(batch.page["url"]):
            return False
        declared = [e.get("responses") or () for e in self.entries if e["name"] == batch.platform]
        url = str(fragment.get("url") or "")
        return any(_pattern(each).matches(url) for patterns in declared for each in patterns)


def holds_messages(url: str, entries: Iterable[Json]) -> bool:
    """Whether any platform says that direct messages stand at this address."""
    patterns = (each for entry in entries for each in entry.get("messages") or ())
    return any(_pattern(each).matches(url) for each in patterns)
