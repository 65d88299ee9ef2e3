"""A text as a matcher of names reads it: its words, what stands between them, and the words
written together, so that “net flix”, «نت‌فلیکس» and “Net-Flix” all read “netflix”."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from ..folding import DRAWN_OUT, ZWNJ, Word, words_in

APOSTROPHES = "'’ʼʻ`´"
# What may stand between two words of one name, or between the halves of a name torn apart.
_BETWEEN = re.compile(rf"[ \t\u00a0]{{0,2}}|[-‐‑–_./·{APOSTROPHES}{ZWNJ}]|\r?\n")
_ZONES = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+)"
    r"|(?<![\w.])@(?P<handle>[\w.]*\w(?:@[\w.-]*\w)?)"
    r"|[#＃](?P<hashtag>\w+)"
)
_WITH_ZONES = re.compile("[@#＃/]|www")
_HUMP = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z\u00c0-\u00de])|(?<=[^\W\d])(?=\d)")


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a text that is a link, a handle or a hashtag, without its sign in front."""

    kind: str
    start: int
    end: int


class Line:
    """One text, ready to be searched for names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_in(text)
        self.folded = [word.folded for word in self.words]
        self.together = "".join(self.folded)
        self.zones = list(_zones(text)) if _WITH_ZONES.search(text) else []

    @cached_property
    def begin_at(self) -> frozenset[int]:
        """Where in `together` a name may begin."""
        return self._humps.union(self.starts)

    @cached_property
    def stop_at(self) -> frozenset[int]:
        """Where in `together` a name may end."""
        return self._humps.union(self._stops)

    @cached_property
    def starts(self) -> list[int]:
        """Where in `together` each word begins."""
        return [0, *self._stops[:-1]]

    @cached_property
    def _stops(self) -> list[int]:
        return list(accumulate(map(len, self.folded)))

    @cached_property
    def _zone_starts(self) -> list[int]:
        return [zone.start for zone in self.zones]

    def word_over(self, position: int) -> int:
        """The number of the word that holds a position of `together`."""
        return bisect_right(self._stops, position)

    def stop(self, place: int) -> int:
        """Where in `together` a word ends."""
        return self._stops[place]

    def gap(self, place: int) -> str:
        """What stands between a word and the next."""
        return self.text[self.words[place].end : self.words[place + 1].start]

    def holds_together(self, place: int) -> bool:
        """Whether a word and the next may be parts of one name."""
        return _BETWEEN.fullmatch(self.gap(place)) is not None

    def zone_of(self, word: Word) -> Zone | None:
        """The link, handle or hashtag that a word belongs to."""
        place = bisect_right(self._zone_starts, word.start) - 1
        zone = self.zones[place] if place >= 0 else None
        return zone if zone and word.start < zone.end else None

    @cached_property
    def _humps(self) -> frozenset[int]:
        """The capitals in #NetflixTürkiye, at which a name may begin and end."""
        if all(zone.kind != "hashtag" for zone in self.zones):
            return frozenset()
        humps: set[int] = set()
        for start, word in zip(self.starts, self.words, strict=True):
            written = self.text[word.start : word.end]
            zone = self.zone_of(word)
            if zone and zone.kind == "hashtag" and len(written) == len(word.folded):
                humps.update(start + hump.start() for hump in _HUMP.finditer(written))
        return frozenset(humps)


def _zones(text: str) -> Iterator[Zone]:
    for found in _ZONES.finditer(text):
        kind = str(found.lastgroup)
        yield Zone(kind, found.start(kind), found.end(kind))


def undrawn(folded: str) -> str:
    """A folded word without the sign that says that it was drawn out (“netfliiix”)."""
    return folded.removeprefix(DRAWN_OUT)
