"""How items differ from those expected, in words a person reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Json

SHORT = 60  # signs of a text


@dataclass(frozen=True)
class Compared:
    """Items on one side only, and those that differ, as lines about each."""

    missing: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        return not (self.missing or self.found or self.changed)

    @property
    def lines(self) -> list[str]:
        """What is missing (-), new (+) and changed (~), one line each."""
        marked = (("-", self.missing), ("+", self.found), ("~", self.changed))
        return [f"{mark} {line}" for mark, lines in marked for line in lines]


def compare(expected: Sequence[Json], found: Sequence[Json]) -> Compared:
    """Items are the same by their id; those without one by their place among such."""
    before, after = _keyed(expected), _keyed(found)
    return Compared(
        missing=[_named(item) for key, item in before.items() if key not in after],
        found=[_named(item) for key, item in after.items() if key not in before],
        changed=[
            f"{_named(item)}: {difference}"
            for key, item in before.items()
            if key in after
            for difference in _differences(item, after[key])
        ],
    )


def _keyed(items: Sequence[Json]) -> dict[tuple[str, int], Json]:
    keyed: dict[tuple[str, int], Json] = {}
    for item in items:
        place, name = 0, str(item.get("id") or "")
        while (name, place) in keyed:
            place += 1
        keyed[name, place] = item
    return keyed


def _differences(before: Json, after: Json) -> list[str]:
    return [
        f"{key} was {_shown(before.get(key))}, is {_shown(after.get(key))}"
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]


def _shown(value: object) -> str:
    if value is None:
        return "not there"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text}”" if isinstance(value, str) else text


def _named(item: Json) -> str:
    text = " ".join(str(item.get("text") or "").split())
    cut = text if len(text) <= SHORT else f"{text[:SHORT]}…"
    return " ".join(filter(None, (str(item.get("id") or ""), f"“{cut}”")))
