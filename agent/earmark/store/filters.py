"""What to show of the log: the same filters in the address of the inbox and on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ..query.fields import no_day
from ..query.messages import told
from ..query.moments import beginning, ending
from ..query.parse import parse_query
from ..query.tree import BadQuery, Query

LISTS = ("platform", "language", "tag", "state", "author", "page", "kind")
SPAM = ("hide", "only", "any")


@dataclass(frozen=True, slots=True)
class Filters:
    """Values within one field are alternatives; fields, and tags among themselves, all apply.

    `since` and `until` are days or moments of publication, both included, or so long ago ("7d").
    `page` is an address, or its beginning without `https://`. `text` is a query, see
    `docs/search.md`. `spam` is `hide` (unless the query speaks of spam), `only` or `any`.
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

    @classmethod
    def from_query(cls, query: Mapping[str, str | Iterable[str]]) -> Self:
        """Filters from a URL's query, whose values are texts or lists of texts; names that are no
        filter are left to others. Raises BadQuery."""
        values = {name: every_value(query, name) for name in query}
        given: dict[str, Any] = {
            name: tuple(dict.fromkeys(values[name])) for name in LISTS if name in values
        }
        given |= {name: values[name][-1] for name in ("since", "until", "spam") if values.get(name)}
        return cls(**given, text=together(values.get("text", []))).checked()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """What a query finds; raises BadQuery pointing at the spot that is wrong."""
        return cls(text=text).checked()

    def to_query(self) -> dict[str, str | list[str]]:
        """These filters as a URL's query; what is not set is left out."""
        query: dict[str, str | list[str]] = {n: list(getattr(self, n)) for n in LISTS}
        query |= {"text": self.text, "since": self.since, "until": self.until}
        query["spam"] = "" if self.spam == "hide" else self.spam
        return {name: value for name, value in query.items() if value}

    def checked(self) -> Self:
        """These filters, if their days and their query can be understood; raises BadQuery."""
        for name in ("since", "until"):
            if getattr(self, name) and beginning(getattr(self, name)) is None:
                raise BadQuery(no_day(getattr(self, name)))
        if self.spam not in SPAM:
            raise BadQuery(told("wrong_spam", allowed=SPAM))
        self.query()
        return self

    def query(self) -> Query:
        """What `text` means; raises BadQuery."""
        return parse_query(self.text)

    def earliest(self) -> str | None:
        """The first moment that `since` includes."""
        return beginning(self.since) if self.since else None

    def before(self) -> str | None:
        """The first moment that `until` no longer includes."""
        return ending(self.until) if self.until else None


def every_value(query: Mapping[str, str | Iterable[str]], name: str) -> list[str]:
    """All values of a name, whether the mapping holds lists or is a multidict."""
    many = getattr(query, "getall", None)
    value = many(name) if many is not None else query[name]
    values = [value] if isinstance(value, str) else list(value)
    return [each for each in values if each]


def together(queries: list[str]) -> str:
    """One query that asks for all of them."""
    return queries[0] if len(queries) == 1 else " ".join(f"({query} )" for query in queries)
