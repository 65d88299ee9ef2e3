"""What to show of the log: the same filters in the address of the inbox and on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any, Self

from ..errors import EarmarkError
from .derive import stamp
from .query_text import Term, split_terms

LISTS = ("platform", "language", "tag", "state", "author", "page", "kind")
SPAM = ("hide", "only", "any")
NAMES = {
    "platform": "platform",
    "lang": "language",
    "language": "language",
    "tag": "tag",
    "state": "state",
    "from": "author",
    "author": "author",
    "page": "page",
    "kind": "kind",
    "since": "since",
    "until": "until",
    "is": "is",
}


class BadQuery(EarmarkError):
    """A query that cannot be understood; the hint points at the spot."""

    code = "bad_query"
    status = 400


@dataclass(frozen=True, slots=True)
class Filters:
    """Values within one field are alternatives; fields, and tags among themselves, all apply.

    `since` and `until` are days or moments of publication, both included. `page` is an address,
    or its beginning without `https://`. `text` is words, "phrases" and -exclusions. `spam` is
    `hide`, `only` or `any`. `without` holds (field, value) pairs that must not apply.
    """

    platform: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    text: str = ""
    spam: str = "hide"
    without: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def from_query(cls, query: Mapping[str, str | Iterable[str]]) -> Self:
        """Filters from a URL's query, whose values are texts or lists of texts; names that are no
        filter are left to others. `text` may hold the whole query language."""
        values = {name: every_value(query, name) for name in query}
        base = cls.from_text(" ".join(values.get("text", ())))
        given: dict[str, Any] = {
            name: tuple(dict.fromkeys((*getattr(base, name), *values[name])))
            for name in LISTS
            if name in values
        }
        given |= {name: values[name][-1] for name in ("since", "until", "spam") if values.get(name)}
        return cls(**{**{f.name: getattr(base, f.name) for f in fields(cls)}, **given}).checked()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Filters as people type them: `word "phrase" -not platform:x lang:fa since:2026-01-01`.

        Raises BadQuery pointing at the spot that is wrong.
        """
        lists: dict[str, list[str]] = {name: [] for name in LISTS}
        single: dict[str, Any] = {"since": "", "until": "", "spam": "hide"}
        words: list[str] = []
        without: list[tuple[str, str]] = []
        for term in split_terms(text, NAMES):
            name = NAMES.get(term.name, "")
            if not name:
                words.append(term.written)
            elif not term.value:
                raise wrong(text, term, f"“{term.name}:” needs a value.")
            elif term.negated:
                without.append((name, only_listed(text, term, name)))
            elif name in lists:
                lists[name].append(term.value)
            else:
                name, value = single_value(text, term, name)
                single[name] = value
        given: dict[str, Any] = {n: tuple(dict.fromkeys(values)) for n, values in lists.items()}
        return cls(**given, **single, text=" ".join(words), without=tuple(without))

    def to_query(self) -> dict[str, str | list[str]]:
        """These filters as a URL's query; what is not set is left out."""
        query: dict[str, str | list[str]] = {n: list(getattr(self, n)) for n in LISTS}
        excluded = [f"-{name}:{quoted(value)}" for name, value in self.without]
        query["text"] = " ".join([self.text, *excluded]).strip()
        query |= {"since": self.since, "until": self.until}
        query["spam"] = "" if self.spam == "hide" else self.spam
        return {name: value for name, value in query.items() if value}

    def checked(self) -> Self:
        """These filters, if their days and words can be understood; raises BadQuery."""
        for name in ("since", "until"):
            if getattr(self, name) and moment(getattr(self, name)) is None:
                raise BadQuery(f"“{getattr(self, name)}” is no day.", "Write it as 2026-01-31.")
        if self.spam not in SPAM:
            raise BadQuery("spam must be hide, only or any.")
        return self

    def earliest(self) -> str | None:
        """The first moment that `since` includes."""
        return moment(self.since) if self.since else None

    def before(self) -> str | None:
        """The first moment that `until` no longer includes."""
        if not self.until:
            return None
        day = parse_day(self.until)
        if day is not None:
            return moment((day + timedelta(days=1)).isoformat())
        found = moment(self.until)
        return (
            stamp((datetime.fromisoformat(found) + timedelta(seconds=1)).isoformat())
            if (found)
            else None
        )


def every_value(query: Mapping[str, str | Iterable[str]], name: str) -> list[str]:
    """All values of a name, whether the mapping holds lists or is a multidict."""
    many = getattr(query, "getall", None)
    value = many(name) if many is not None else query[name]
    values = [value] if isinstance(value, str) else list(value)
    return [each for each in values if each]


def parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment(text: str) -> str | None:
    """A day or a moment as the columns hold moments."""
    day = parse_day(text)
    return f"{day.isoformat()}T00:00:00Z" if day is not None else stamp(text)


def single_value(text: str, term: Term, name: str) -> tuple[str, str]:
    if name == "is":
        if term.value not in ("spam", "any"):
            raise wrong(text, term, "What can stand after “is:” is spam or any.")
        return "spam", "only" if term.value == "spam" else "any"
    if moment(term.value) is None:
        raise wrong(text, term, f"“{term.value}” is no day; write it as 2026-01-31.")
    return name, term.value


def only_listed(text: str, term: Term, name: str) -> str:
    if name not in LISTS:
        raise wrong(text, term, f"“{term.name}:” cannot be excluded.")
    return term.value


def wrong(text: str, term: Term, message: str) -> BadQuery:
    """An error that shows the query with a mark under the spot."""
    return BadQuery(message, f"{text}\n{' ' * term.start}{'^' * max(1, len(term.written))}")


def quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
