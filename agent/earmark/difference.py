"""What a second reading would change, counted and with examples: what a person sees first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .model import Json
from .store import raw
from .store.archived import Archived
from .store.reread import Laid

EXAMPLES = 3  # of each kind
LONGEST = 200  # characters of a value in an example


@dataclass
class Tally:
    """How many, and the first few of them."""

    count: int = 0
    examples: list[Json] = field(default_factory=list)

    def add(self, example: Json) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)

    def told(self) -> Json:
        return {"count": self.count, "examples": self.examples}


@dataclass
class Difference:
    """Counts of one second reading, as they grow."""

    fragments: int = 0
    items: int = 0
    changed_items: int = 0
    new: Tally = field(default_factory=Tally)
    moved: Tally = field(default_factory=Tally)
    joined: Tally = field(default_factory=Tally)
    not_found: Tally = field(default_factory=Tally)
    newly_understood: Tally = field(default_factory=Tally)
    newly_failing: Tally = field(default_factory=Tally)
    changed: dict[str, Tally] = field(default_factory=dict)
    lost: dict[str, Tally] = field(default_factory=dict)

    def count_fragment(self, row: Archived, fate: Json) -> None:
        """One fragment, and what becomes of it where that is new."""
        self.fragments += 1
        status = fate.get("status", row.status)
        where = {"platform": row.platform, "host": row.host}
        if row.status == raw.NOT_UNDERSTOOD != status:
            self.newly_understood.add(where | {"error": shown(row.error)})
        if status == raw.NOT_UNDERSTOOD != row.status:
            self.newly_failing.add(where | {"error": shown(fate["error"])})

    def count_item(self, laid: Laid) -> None:
        """One item of the second reading."""
        self.items += 1
        platform, id = laid.read.key
        if laid.known is None:
            text = shown(laid.read.doc.get("text", ""))
            self.new.add({"platform": platform, "id": id, "text": text})
            return
        where = dict(zip(("platform", "id"), laid.known.key, strict=True))
        if laid.moves_from:
            self.moved.add(where | {"to": {"platform": platform, "id": id}})
        for other in laid.joined:
            self.joined.add(where | {"with": dict(zip(("platform", "id"), other.key, strict=True))})
        self.changed_items += bool(laid.changes or laid.moves_from or laid.joined)
        for name, (before, after) in laid.changes.items():
            kind = self.lost if after is None else self.changed
            example = {"before": shown(before), "after": shown(after)}
            kind.setdefault(name, Tally()).add(where | example)

    def count_missing(self, document: Json) -> None:
        """An item that was read from these fragments before, and is not any more; it stays."""
        where = {"platform": document["platform"], "id": document["id"]}
        self.not_found.add(where | {"text": shown(document.get("text", ""))})

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change for anybody who looks at the log."""
        tallies = (self.new, self.newly_understood, self.newly_failing)
        return not self.changed_items and not any(tally.count for tally in tallies)

    def told(self) -> Json:
        """As `GET /v1/runs/{run}` answers it."""
        tallies = ("new", "moved", "joined", "not_found", "newly_understood", "newly_failing")
        return {
            **{name: getattr(self, name) for name in ("fragments", "items", "changed_items")},
            **{name: getattr(self, name).told() for name in tallies},
            "changed": {name: tally.told() for name, tally in sorted(self.changed.items())},
            "lost": {name: tally.told() for name, tally in sorted(self.lost.items())},
            "is_empty": self.is_empty,
        }


def shown(value: Any) -> Any:
    """A value short enough for an example."""
    if isinstance(value, str) and len(value) > LONGEST:
        return value[: LONGEST - 1] + "…"
    if isinstance(value, dict):
        return {name: shown(each) for name, each in value.items()}
    return [shown(each) for each in value[:10]] if isinstance(value, list) else value
