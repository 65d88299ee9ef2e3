"""What stands in the address of the inbox, as chips, facets and links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..query.highlight import Span, highlights
from ..query.parse import parse_query
from ..query.tree import BadQuery
from ..store.filters import together
from .i18n import Words
from .pages_shown import KIND_NAMES, STATE_NAMES, tag_name
from .render import with_query

FACETS = ("state", "platform", "tag", "language", "kind")
TYPED = ("author", "page", "since", "until")
FIELDS = ("text", *FACETS, *TYPED)

Query = Mapping[str, list[str]]


@dataclass(slots=True)
class Chip:
    """A filter in use, and the address of the view without it."""

    name: str
    value: str
    label: str
    href: str
    query: dict[str, list[str]]


@dataclass(slots=True)
class FacetValue:
    """One value of a facet, its count, and the address with the value added or taken away."""

    label: str
    count: int
    chosen: bool
    href: str


@dataclass(slots=True)
class FacetGroup:
    """The values of one facet."""

    name: str
    values: list[FacetValue]


@dataclass(slots=True)
class View:
    """Everything the filter pane and the search field show."""

    values: dict[str, str]
    chips: list[Chip]
    groups: list[FacetGroup] = field(default_factory=list)
    kept_by_form: list[tuple[str, str]] = field(default_factory=list)
    kept_by_search: list[tuple[str, str]] = field(default_factory=list)


def labels(words: Words, platform_label: Callable[[str], str]) -> Callable[[str, str], str]:
    """How the value of a filter is called in the reader's language."""
    names = {"state": STATE_NAMES, "kind": KIND_NAMES}

    def label(name: str, value: str) -> str:
        if name == "platform":
            return platform_label(value)
        if name == "language":
            return words.language_name(value) if value != "und" else words("Not known")
        if name == "tag":
            return tag_name(words, value)
        known = names.get(name, {})
        return words(known[value]) if value in known else value

    return label


def without(query: Query, name: str, value: str) -> dict[str, list[str]]:
    """The query less one value."""
    rest = {key: [v for v in values if (key, v) != (name, value)] for key, values in query.items()}
    return {key: values for key, values in rest.items() if values}


def toggled(query: Query, name: str, value: str) -> dict[str, list[str]]:
    """The query with one value added, or taken away where it was there."""
    if value in query.get(name, []):
        return without(query, name, value)
    return {**query, name: [*query.get(name, []), value]}


def finder(query: Query) -> Callable[[str], list[Span]]:
    """Tells where in a text stands what the search looks for; nowhere where it is misread."""
    try:
        asked = parse_query(together(query.get("text", [])))
    except BadQuery:
        return lambda text: []
    return lambda text: highlights(asked, text)


def view_of(
    query: Query,
    facets: Mapping[str, Iterable[tuple[str, int]]],
    label: Callable[[str, str], str],
) -> View:
    """The filter pane of one query."""
    pairs = [(name, value) for name in FIELDS for value in query.get(name, [])]
    return View(
        values={name: " ".join(query.get(name, [])) for name in FIELDS},
        chips=[_chip(query, name, value, label) for name, value in pairs],
        groups=[_group(query, name, facets.get(name, ()), label) for name in FACETS],
        kept_by_form=[(name, value) for name, value in pairs if name not in TYPED],
        kept_by_search=[(name, value) for name, value in pairs if name != "text"],
    )


def _chip(query: Query, name: str, value: str, label: Callable[[str, str], str]) -> Chip:
    rest = without(query, name, value)
    return Chip(name, value, label(name, value), with_query("/", rest), rest)


def _group(
    query: Query,
    name: str,
    counts: Iterable[tuple[str, int]],
    label: Callable[[str, str], str],
) -> FacetGroup:
    chosen = query.get(name, [])
    counted: dict[str, Any] = dict(counts)
    counted |= {value: 0 for value in chosen if value not in counted}
    return FacetGroup(
        name,
        [
            FacetValue(
                label(name, value),
                count,
                value in chosen,
                with_query("/", toggled(query, name, value)),
            )
            for value, count in counted.items()
            if value
        ],
    )
