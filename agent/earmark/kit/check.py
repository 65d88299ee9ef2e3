"""Runs recorded cases, and says which fields their items have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from ..errors import EarmarkError
from ..model import Json
from ..parse.saved_page import Run
from .case import Case, printed
from .compare import compare
from .inside import Inside

FIELDS = ("author", "published", "parent_id", "url", "likes", "replies", "rating", "media", "poll")


@dataclass(frozen=True)
class Outcome:
    """What became of one case: its items now, and how they differ from what is expected.

    errors: what the plugin raised; a case may be there to show that the rest is read all the same.
    """

    case: Case
    items: list[Json] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.lines


def outcome(case: Case, entries: Iterable[Json], run: Run, *, update: bool = False) -> Outcome:
    """Run one case; with `update` what it gives is expected from now on.

    `entries` and `run` as for `parse_saved`. Nothing a plugin does makes this fail.
    """
    try:
        saved = case.read(entries, run)
        if saved.platform != case.platform:
            read = f"It is read by {saved.platform}" if saved.platform else "No plugin reads it"
            return Outcome(case, lines=[f"! {read}; the folder says {case.platform}."])
        if update:
            case.expect(saved.items)
        items = [printed(item) for item in saved.items]
        errors = list(dict.fromkeys(saved.errors))
        return Outcome(case, items, compare(case.expected, items).lines, errors)
    except EarmarkError as error:
        return Outcome(case, lines=[f"! {error.message} {error.hint}".rstrip()])


def what_differs(module: ModuleType, case: Case) -> list[str]:
    """A line for each difference from what a case expects, read by an imported plugin module."""
    inside = Inside(module.__name__)
    return outcome(case, inside.entries, inside.run).lines


def shares(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """For each field that a reader relies on, the share (0 to 1) of items that have it."""
    items = [item for each in outcomes for item in each.items]
    return {name: sum(name in item for item in items) / max(len(items), 1) for name in FIELDS}
