"""Finds watch terms in texts: as written, tagged, inflected and misspelt.

First all names at once, letter by letter, in the words of a text written together (Aho-Corasick);
what that finds is then looked at: does it begin and end where words do, or with an ending that
the language has? Only words that are part of nothing found are compared with similar names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import ahocorasick

from ..folding import ZWNJ
from ..model import Json
from .common import is_common
from .inflection import may_begin, may_end, may_end_stem
from .names import Name, names_of
from .near import Near
from .spelling import APOSTROPHES, Line, Zone, undrawn

How = Literal["handle", "exact", "alias", "hashtag", "link", "inflected", "misspelt"]
# The better a match tells what was meant, the earlier it stands.
BEST: tuple[How, ...] = ("handle", "exact", "alias", "hashtag", "link", "inflected", "misspelt")
MOST_WORDS = 3000  # of a text, that are compared with names: nobody misspells so far down
_AFTER_APOSTROPHE = 8  # letters
_LEAST = 4  # letters of a word that may be a misspelt name
_REMEMBERED = 50_000  # words
_HOSTS = {"x": ("x", "twitter"), "googlemaps": ("google",), "googleplay": ("google",)}


@dataclass(frozen=True, slots=True)
class Match:
    """A mention: `name` is what was looked for, `written` what stands at `start:end`; `first` and
    `last` are the words it covers."""

    term: int
    name: str
    written: str
    how: How
    start: int
    end: int
    first: int
    last: int


class _Similar(NamedTuple):
    """The names that a word is like, those of which it is like a word (counted from 0), and
    whether some name begins or ends with it."""

    names: list[int]
    parts: list[tuple[int, int]]
    is_piece: bool


_NOTHING = _Similar([], [], False)


class Watch:
    """Watch terms (as `keeping/watch_terms.py` has them), ready to be looked for."""

    def __init__(self, terms: Sequence[Json]) -> None:
        self.terms = list(terms)
        self._by_key: dict[str, list[Name]] = {}
        for name in names_of(self.terms):
            self._by_key.setdefault(name.key, []).append(name)
        self._automaton = ahocorasick.Automaton()
        for key, names in self._by_key.items():
            self._automaton.add_word(key, (len(key), names))
        self._automaton.make_automaton()
        self._loose = [
            name
            for names in self._by_key.values()
            for name in names
            if name.loose and not name.stem and name.kind in ("name", "alias")
        ]
        self._near = Near([tuple(map(undrawn, name.words)) for name in self._loose])
        self._known: dict[str, _Similar] = {}

    def find(self, text: str, platform: str = "", language: str = "") -> list[Match]:
        """All mentions in a text, in order; of each term at each place the best one.

        `platform` is where it was said, `language` (BCP 47) what it is written in, as far as both
        are known.
        """
        if not self._by_key or not text:
            return []
        line = Line(text)
        if not line.words:
            return []
        found = list(self._written(line, platform, language))
        covered = {place for m, _ in found for place in range(m.first, m.last + 1)}
        matches = [match for match, name in found if name.kind != "exclusion"]
        matches += self._misspelt(line, covered)
        if not matches:
            return []
        not_meant = _Ground()
        for match, name in found:
            if name.kind == "exclusion":
                not_meant.take(match)
        return _best([match for match in matches if not not_meant.holds(match)])

    # -- as it is written ------------------------------------------------------------------------

    def _written(self, line: Line, platform: str, language: str) -> Iterator[tuple[Match, Name]]:
        for end, (length, names) in self._automaton.iter(line.together):
            stop = end + 1
            start = stop - length
            whole = start in line.begin_at and stop in line.stop_at
            for name in names:
                if whole or name.loose:
                    match = _judged(line, name, start, stop, platform, language)
                    if match is not None:
                        yield match, name

    # -- misspelt --------------------------------------------------------------------------------

    def _misspelt(self, line: Line, covered: set[int]) -> Iterator[Match]:
        if not self._loose:
            return
        read, known = line.folded[:MOST_WORDS], self._known
        every = [known.get(folded) or self._similar(folded) for folded in read]
        if every.count(_NOTHING) == len(every):  # as in most texts
            return
        words = list(map(undrawn, read))
        is_open = [_is_open(line, place, covered) for place in range(len(words))]
        before, half = "", False  # the word before, where it may be half of a name
        for place, (word, similar) in enumerate(zip(words, every, strict=True)):
            if not is_open[place]:
                before = ""
                continue
            for number in similar.names:
                yield self._misspelling(line, number, place, place)
            for number, at in similar.parts:
                first, last = place - at, place - at + len(self._loose[number].words) - 1
                if self._stand(line, words, is_open, number, first, last):
                    yield self._misspelling(line, number, first, last)
            if before and (half or similar.is_piece) and _may_be_torn(line, place, word):
                for number in self._torn(before, word):
                    yield self._misspelling(line, number, place - 1, place)
            before = word if not similar.names and len(word) > 1 else ""
            half = similar.is_piece

    def _similar(self, folded: str) -> _Similar:
        """What a word is like; no name where it is itself the name of something, or a word that
        everybody uses."""
        word, likened = undrawn(folded), _NOTHING
        if len(word) >= _LEAST and not word.isdigit() and folded not in self._by_key:
            names, parts = self._near.meant(word, parts_only=is_common((word,)))
            likened = _Similar(names, parts, False)
        found = likened._replace(is_piece=self._near.is_piece(word))
        similar = found if any(found) else _NOTHING
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[folded] = similar
        return similar

    def _stand(
        self,
        line: Line,
        words: list[str],
        is_open: list[bool],
        number: int,
        first: int,
        last: int,
    ) -> bool:
        """Whether the words around one that is like a word of a name are like its others."""
        if first < 0 or last >= len(words) or not all(is_open[first : last + 1]):
            return False
        together = all(map(line.holds_together, range(first, last)))
        return together and self._near.is_like(words[first : last + 1], number)

    def _torn(self, first: str, last: str) -> list[int]:
        """Two words that everybody uses are not one that somebody tore apart."""
        found = self._near.torn(first, last)
        usual = found and is_common((first,)) and is_common((last,))
        return [] if usual else found

    def _misspelling(self, line: Line, number: int, first: int, last: int) -> Match:
        end = line.words[last].end
        return _match(line, self._loose[number], "misspelt", first, last, end)


def _may_be_torn(line: Line, place: int, word: str) -> bool:
    """Whether a word and the one before it may be the halves of a name."""
    return len(word) > 1 and line.holds_together(place - 1)


def _judged(
    line: Line, name: Name, start: int, stop: int, platform: str, language: str
) -> Match | None:
    """The mention at a place where the letters of a name stand; None where it is none."""
    first, last = line.word_over(start), line.word_over(stop - 1)
    before = "" if start in line.begin_at else line.together[line.starts[first] : start]
    after = "" if stop in line.stop_at else line.together[stop : line.stop(last)]
    zone = line.zone_of(line.words[first]) if line.zones else None
    if name.stem and not (after and may_end_stem(after, language)):
        return None
    if (before or after) and not _may_be_glued(name, zone, before, after, language):
        return None
    lengths = [
        min(stop, line.stop(place)) - max(start, line.starts[place])
        for place in range(first, last + 1)
    ]
    torn = _torn(line, name, first, lengths)
    if torn is None or not line.text.startswith(name.tail, line.words[last].end):
        return None
    how = _how(line, name, zone, first, last, platform)
    if how is None or (torn and zone):
        return None
    end = line.words[last].end
    if zone is None and name.kind != "exclusion":
        ending = 0 if after else _ending(line, last, language)
        end += ending
        if torn:
            how = "misspelt"
        elif before or after or ending:
            how = "inflected"
    return _match(line, name, how, first, last, end)


def _may_be_glued(name: Name, zone: Zone | None, before: str, after: str, language: str) -> bool:
    if zone is not None or not name.loose or name.kind in ("handle", "hashtag"):
        return False
    if before and not (_is_arabic(name.key) and may_begin(before)):
        return False
    return name.stem or not after or may_end(after, language)


def _torn(line: Line, name: Name, first: int, lengths: list[int]) -> bool | None:
    """Whether a name stands with a space where it has none; None where its parts do not belong
    together. `lengths` are those of its parts in the text, word by word."""
    if lengths == [len(word) for word in name.words]:
        fits = all(
            line.holds_together(first + n) or line.gap(first + n).strip() == gap.strip()
            for n, gap in enumerate(name.gaps)
        )
        return False if fits else None
    places = range(first, first + len(lengths) - 1)
    if not name.loose or not all(map(line.holds_together, places)):
        return None
    spaced = any(line.gap(place).isspace() for place in places)
    return None if spaced and min(lengths) < 2 else spaced


def _how(
    line: Line, name: Name, zone: Zone | None, first: int, last: int, platform: str
) -> How | None:
    """What kind of mention it is; None where it is none there."""
    start, end = line.words[first].start, line.words[last].end
    if zone is None:
        plain: dict[str, How] = {"name": "exact", "alias": "alias", "exclusion": "exact"}
        return plain.get(name.kind)
    whole = (start, end) == (zone.start, zone.end)
    if zone.kind == "handle":
        fits = whole and name.kind != "hashtag" and name.platform in ("", platform)
        return "handle" if fits else None
    if zone.kind == "hashtag":
        fits = name.kind != "handle" and (whole or name.kind != "hashtag")
        return "hashtag" if fits else None
    if name.kind == "handle":
        return "link" if _is_account(line.text, name, zone, start, end) else None
    return "link" if name.kind != "hashtag" else None


def _is_account(text: str, name: Name, zone: Zone, start: int, end: int) -> bool:
    """Whether a handle stands in a link as the account's address has it."""
    if text[start - 1] not in "/@" or (end < zone.end and text[end] not in "/?#"):
        return False
    if not name.platform:
        return True
    try:
        host = urlsplit(text[zone.start : zone.end]).hostname or ""
    except ValueError:
        return False
    return not {name.platform, *_HOSTS.get(name.platform, ())}.isdisjoint(host.split("."))


def _ending(line: Line, last: int, language: str) -> int:
    """How many signs of an ending follow a name after an apostrophe, a hyphen or ZWNJ."""
    if last + 1 >= len(line.words):
        return 0
    gap, after = line.gap(last), line.words[last + 1]
    if gap and gap in APOSTROPHES:
        fits = len(after.folded) <= _AFTER_APOSTROPHE
    else:
        fits = gap in ("-", ZWNJ) and may_end(after.folded, language)
    return after.end - line.words[last].end if fits else 0


def _is_open(line: Line, place: int, covered: set[int]) -> bool:
    """Whether a word may be a misspelling: it is part of no mention, and of no link or handle."""
    if place in covered:
        return False
    zone = line.zone_of(line.words[place]) if line.zones else None
    return zone is None or zone.kind == "hashtag"


def _match(line: Line, name: Name, how: How, first: int, last: int, end: int) -> Match:
    start = line.words[first].start
    if how in ("handle", "hashtag"):
        start -= 1
    written = line.text[start:end]
    return Match(name.term, name.written, written, how, start, end, first, last)


class _Ground:
    """The words that mentions of each term cover."""

    def __init__(self) -> None:
        self._words: set[tuple[int, int]] = set()

    def take(self, match: Match) -> None:
        self._words.update((match.term, place) for place in range(match.first, match.last + 1))

    def holds(self, match: Match) -> bool:
        """Whether a mention shares a word with another one of its term."""
        places = range(match.first, match.last + 1)
        return any((match.term, place) in self._words for place in places)


def _best(matches: list[Match]) -> list[Match]:
    """Of mentions of one term that overlap, the best."""
    kept: list[Match] = []
    taken = _Ground()
    for match in sorted(matches, key=lambda m: (BEST.index(m.how), m.start - m.end)):
        if not taken.holds(match):
            taken.take(match)
            kept.append(match)
    return sorted(kept, key=lambda match: (match.start, match.end))


def _is_arabic(key: str) -> bool:
    return "\u0600" <= key[0] <= "\u06ff"
