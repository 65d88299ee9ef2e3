"""The items that one call touches: read together, changed as documents, written together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ..model import Json
from .changes import record_changes
from .derive import dumps
from .layouts import ItemLayout, Row, take_ids
from .pairs import PairSelect
from .printed import printed
from .schema import ALIASES, ITEMS, PLACEMENTS, SIGHTINGS, VERSIONS

Key = tuple[str, str]

LAYOUT = ItemLayout()
DOCS = sa.select(ITEMS.c.id, ITEMS.c.platform, ITEMS.c.key, ITEMS.c.doc)
BY_KEY = PairSelect(DOCS, ITEMS.c.platform, ITEMS.c.key)
BY_PARENT = PairSelect(DOCS, ITEMS.c.platform, ITEMS.c.parent)
BY_ALIAS = PairSelect(
    DOCS.add_columns(ALIASES.c.platform, ALIASES.c.alias).join_from(ALIASES, ITEMS),
    ALIASES.c.platform,
    ALIASES.c.alias,
)
PUT_ALIAS = insert(ALIASES)
PUT_ALIAS = PUT_ALIAS.on_conflict_do_update(
    index_elements=["platform", "alias"], set_={"item": PUT_ALIAS.excluded.item}
)
SILENT = frozenset({"last_seen", "sightings", "revision", "read_by"})


@dataclass(eq=False, slots=True)
class Entry:
    """One item on the desk. `row` is None until a new one is written; `change` is decided then,
    unless a stronger word was said before."""

    doc: Json
    row: int | None = None
    before: str | None = None
    change: str = ""
    versions: list[Json] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return str(self.doc.get("platform")), str(self.doc.get("id"))

    def has_news(self) -> bool:
        """Whether somebody looking at the item would see a difference."""
        return visible(self.doc) != visible(json.loads(self.before or "{}"))


def visible(document: Json) -> Json:
    return {key: value for key, value in printed(document).items() if key not in SILENT}


class Desk:
    """Finds items by key or alias, and writes what became of them with `flush`."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.entries: dict[int, Entry] = {}
        self.new: list[Entry] = []
        self.by_key: dict[Key, Entry] = {}
        self.by_alias: dict[Key, Entry] = {}
        self._aliases: list[tuple[Key, Entry]] = []
        self._absorbed: list[tuple[Entry, Entry]] = []

    def load(self, names: Iterable[Key]) -> None:
        """Read all items that answer to these names, as key or as alias."""
        wanted = list(dict.fromkeys(names))
        for row in BY_KEY.rows(self.connection, wanted):
            self._hold(row)
        for found in BY_ALIAS.rows(self.connection, wanted):
            self.by_alias[found[4], found[5]] = self._hold(found[:4])

    def load_replies(self, parents: Iterable[Key]) -> None:
        """Read the items whose documents name these as their parents."""
        for row in BY_PARENT.rows(self.connection, parents):
            self._hold(row)

    def load_where(self, *conditions: sa.ColumnElement[bool]) -> list[Entry]:
        """Read the items that meet conditions on `items`."""
        rows = self.connection.execute(DOCS.where(*conditions)).all()
        return [self._hold(row) for row in rows]

    def _hold(self, row: Iterable[object]) -> Entry:
        id, platform, key, text = row
        assert isinstance(id, int)
        if id not in self.entries:
            entry = Entry(json.loads(str(text)), id, str(text))
            self.entries[id] = entry
            self.by_key[str(platform), str(key)] = entry
        return self.entries[id]

    def find(self, name: Key) -> Entry | None:
        """The loaded item that answers to a name."""
        return self.by_key.get(name) or self.by_alias.get(name)

    def add(self, document: Json) -> Entry:
        """Put a new item on the desk; its row id is given when it is written."""
        entry = Entry(document, change="new")
        self.new.append(entry)
        self.by_key[entry.key] = entry
        return entry

    def alias(self, name: Key, entry: Entry) -> None:
        """Let an item answer to one more name, unless the name is taken."""
        if self.find(name) is None:
            self.by_alias[name] = entry
            self._aliases.append((name, entry))

    def rename(self, entry: Entry, platform: str, id: str) -> None:
        """Give an item another key; the old one still answers."""
        old = entry.key
        entry.doc.update(platform=platform, id=id)
        self.by_key.pop(old, None)
        self.by_key[entry.key] = entry
        self.alias(old, entry)
        if old[0] == platform:
            self._rename_in_threads(old, id)

    def _rename_in_threads(self, old: Key, id: str) -> None:
        named = sa.or_(ITEMS.c.parent == old[1], ITEMS.c.root == old[1])
        related = [*self.load_where(ITEMS.c.platform == old[0], named), *self.new]
        for entry in related:
            for key in ("parent_id", "root_id"):
                if entry.doc.get(key) == old[1] and entry.key[0] == old[0]:
                    entry.doc[key] = id

    def absorb(self, winner: Entry, loser: Entry) -> None:
        """Make two items one; the caller has brought the winner's document up to date."""
        old = loser.key
        self.by_key[old] = winner
        for name, entry in self.by_alias.items():
            if entry is loser:
                self.by_alias[name] = winner
        self._aliases = [(n, winner if e is loser else e) for n, e in self._aliases]
        self._aliases.append((old, winner))
        winner.versions += loser.versions
        if loser.row is None:
            self.new.remove(loser)
        else:
            self._absorbed.append((winner, loser))
        if old[0] == winner.key[0]:
            self._rename_in_threads(old, winner.key[1])

    def flush(self) -> None:
        """Write everything that differs, with versions, aliases and numbered changes."""
        if self.new:
            ids = take_ids(self.connection, "items", len(self.new))
            for entry, number in zip(self.new, ids, strict=True):
                entry.row = number
                self.entries[number] = entry
        gone = {loser for _, loser in self._absorbed}
        touched = [e for e in self.entries.values() if e not in gone]
        changed = [row for entry in touched if (row := self._row(entry)) is not None]
        if changed:
            LAYOUT.write(self.connection, changed)
        self._write_versions(touched)
        for winner, loser in self._absorbed:
            self._move(winner, loser)
        self._write_aliases()
        record_changes(
            self.connection, [(e.row, e.doc, e.change) for e in touched if e.change and e.row]
        )

    def _row(self, entry: Entry) -> Row | None:
        """The row to write, its revision raised when there is something new to see."""
        if entry.before is not None and entry.change != "new":
            if entry.has_news():
                entry.doc["revision"] = int(entry.doc.get("revision", 0)) + 1
                entry.change = "edited" if entry.change == "edited" else "updated"
            elif entry.change in ("edited", "updated"):
                entry.change = ""
        text = dumps(entry.doc)
        if text == entry.before or entry.row is None:
            return None
        return Row(entry.row, entry.doc, text, entry.before)

    def _write_versions(self, entries: Iterable[Entry]) -> None:
        rows = [{"item": e.row, **version} for e in entries for version in e.versions]
        if rows:
            self.connection.execute(sa.insert(VERSIONS), rows)

    def _write_aliases(self) -> None:
        rows = [
            {"platform": platform, "alias": alias, "item": entry.row}
            for (platform, alias), entry in self._aliases
            if entry.key != (platform, alias)
        ]
        if rows:
            self.connection.execute(PUT_ALIAS, rows)

    def _move(self, winner: Entry, loser: Entry) -> None:
        """What hangs on the absorbed item goes to the other one; its own row goes."""
        for table in (ALIASES, VERSIONS, PLACEMENTS, SIGHTINGS):
            same = sa.update(table).where(table.c.item == loser.row).values(item=winner.row)
            self.connection.execute(same.prefix_with("OR IGNORE", dialect="sqlite"))
        self.connection.execute(sa.delete(ITEMS).where(ITEMS.c.id == loser.row))
        record_changes(self.connection, [(loser.row or 0, loser.doc, "removed")])
