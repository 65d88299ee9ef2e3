"""A second reading of what is kept raw, in a log of its own, laid beside the first.

The fragments are saved there as they were saved here, so that all that decides on identity, text,
time and threads decides once more. Which item here is which there is told by key, by fingerprint,
and by the place where it stood; what cannot be told stays apart.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from ..model import Json
from .compare import Change, differences, is_whole
from .desk import Desk, Entry, Key
from .identity import ANY_SITE
from .log import Log
from .pairs import PairSelect
from .schema import ALIASES, ITEMS, PLACEMENTS, VERSIONS

BLOCK = 200
TABLES = sa.MetaData()
# What is to be done to an item: `real` is its row (NULL: it is new), `joined` the rows of others
# that turned out to be the same; `changes` and `meaning` (of a new text) are JSON.
MATCHES = sa.Table(
    "matches",
    TABLES,
    sa.Column("read", sa.Integer, primary_key=True),
    sa.Column("real", sa.Integer),
    sa.Column("joined", sa.Text, nullable=False, server_default="[]"),
    sa.Column("changes", sa.Text, nullable=False, server_default="{}"),
    sa.Column("meaning", sa.Text, nullable=False, server_default="{}"),
    sa.Index("matches_by_real", "real"),
)
# Items that were read from the fragments before.
BEFORE = sa.Table(
    "before",
    TABLES,
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
)
# What becomes of a fragment, where it is something else now; JSON.
FATES = sa.Table(
    "fates", TABLES, sa.Column("fragment", sa.Text, primary_key=True), sa.Column("told", sa.Text)
)
STOOD = PairSelect(
    sa.select(PLACEMENTS.c.visit, PLACEMENTS.c.ref, PLACEMENTS.c.position, PLACEMENTS.c.item),
    PLACEMENTS.c.visit,
    PLACEMENTS.c.ref,
)


@dataclass(slots=True)
class Read:
    """An item of the second reading, and the names it answers to there."""

    row: int
    doc: Json
    names: list[Key] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return str(self.doc["platform"]), str(self.doc["id"])


@dataclass(slots=True)
class Laid:
    """An item beside the one it is: `known` is None for a new one."""

    read: Read
    known: Entry | None
    joined: list[Entry]
    changes: dict[str, Change]

    @property
    def moves_from(self) -> Key | None:
        """The key it had, where it gets another one."""
        return self.known.key if self.known and gets_key(self.known.doc, self.read.doc) else None


def gets_key(known: Json, read: Json) -> bool:
    """Whether an item gets the key of the second reading: of the platform that reads its page
    today, or a native one after a derived one."""
    if known["platform"] != read["platform"]:
        return bool(read["platform"] != ANY_SITE)
    return read["id_source"] == "native" and known.get("id_source") == "derived"


def make_tables(connection: sa.Connection) -> None:
    TABLES.create_all(connection)


def match_by_name(log: Log, scratch: Log) -> None:
    """First those whose key is known here, so that no likeness takes them away from another; by
    a key that they have before by one that they had."""
    for had in (False, True):
        for some in blocks_of(scratch):
            taken = matched(scratch, some)
            free = [read for read in some if read.row not in taken]
            with log.reading() as connection:
                desk = Desk(connection)
                desk.load(read.key for read in free)
            names = desk.by_alias if had else desk.by_key
            found = {e.row: read.row for read in free if (e := names.get(read.key)) is not None}
            in_use = real_rows(scratch, {row for row in found if row is not None})
            rows = [{"read": r, "real": real} for real, r in found.items() if real not in in_use]
            put(scratch, MATCHES, rows)


def match_the_rest(log: Log, scratch: Log) -> None:
    """Then those that look alike or stood at the same place, where only one comes into question."""
    for some in blocks_of(scratch):
        taken = matched(scratch, some)
        free = [read for read in some if read.row not in taken]
        with log.reading() as connection:
            found = candidates(connection, scratch, free)
        in_use = real_rows(scratch, {e.row for es in found.values() for e in es if e.row})
        rows = []
        for read in free:
            open_ones = [e for e in found.get(read.row, []) if e.row not in in_use]
            if len(open_ones) == 1:
                rows.append({"read": read.row, "real": open_ones[0].row})
        asked = Counter(row["real"] for row in rows)
        put(scratch, MATCHES, [row for row in rows if asked[row["real"]] == 1])
    put_new(scratch)


def candidates(
    connection: sa.Connection, scratch: Log, free: Sequence[Read]
) -> dict[int, list[Entry]]:
    """Items here that an item there may be: by fingerprint, else by where it stood."""
    desk = Desk(connection)
    desk.load(name for read in free for name in read.names)
    standing = places(desk, scratch, free)
    found = {}
    for read in free:
        named = [desk.find(name) for name in read.names]
        alike = list(dict.fromkeys(e for e in named if e is not None and of_one_host(e, read)))
        found[read.row] = alike or [e for e in standing.get(read.row, []) if of_one_host(e, read)]
    return found


def places(desk: Desk, scratch: Log, free: Sequence[Read]) -> dict[int, list[Entry]]:
    """Items here by the items there that stood at the same places."""
    rows = sa.select(PLACEMENTS.c.item, PLACEMENTS.c.visit, PLACEMENTS.c.ref, PLACEMENTS.c.position)
    with scratch.reading() as connection:
        spots = connection.execute(rows.where(PLACEMENTS.c.item.in_([r.row for r in free]))).all()
    at = {
        (visit, ref, position): item
        for visit, ref, position, item in STOOD.rows(
            desk.connection, {(spot.visit, spot.ref) for spot in spots}
        )
    }
    missing = sorted(set(at.values()) - desk.entries.keys())
    for start in range(0, len(missing), BLOCK):
        desk.load_where(ITEMS.c.id.in_(missing[start : start + BLOCK]))
    found: dict[int, dict[Entry, None]] = {}
    for item, *spot in spots:
        entry = desk.entries.get(at.get((spot[0], spot[1], spot[2]), 0))
        if entry is not None:
            found.setdefault(item, {})[entry] = None
    return {item: list(entries) for item, entries in found.items()}


def of_one_host(entry: Entry, read: Read) -> bool:
    """What a page says must never reach another host's items. Ids that do not belong to a host
    are the platform's own, which was chosen by an address."""
    if entry.doc.get("_host") == read.doc.get("_host"):
        return True
    own = entry.key == read.key and read.doc["platform"] != ANY_SITE
    return bool(own and read.doc["id_source"] == "native")


def lay(log: Log, scratch: Log, other: Mapping[Key, str]) -> Iterator[Laid]:
    """Each item of the second reading beside the one it is, with what is to change. `other` are
    the ids that items keep (see `other_keys`)."""
    for some in blocks_of(scratch):
        taken = matched(scratch, some)
        with log.reading() as connection:
            desk = Desk(connection)
            desk.load(name for read in some for name in (read.key, *read.names))
            desk.load_where(ITEMS.c.id.in_([row for row in taken.values() if row]))
            kept = with_versions(connection, [row for row in taken.values() if row])
        in_use = real_rows(scratch, set(desk.entries))
        for read in some:
            name_threads(read.doc, other)
            known = desk.entries.get(taken[read.row] or 0)
            yield Laid(read, known, joined(desk, read, known, in_use), changes(read, known, kept))


def changes(read: Read, known: Entry | None, kept: set[int]) -> dict[str, Change]:
    if known is None:
        return {}
    found = differences(known.doc, read.doc, whole=is_whole(known.doc, read.doc))
    if known.row in kept and found.get("edited", (None, True))[1] is None:
        del found["edited"]  # its texts of before say so
    return found


def joined(desk: Desk, read: Read, known: Entry | None, in_use: set[int]) -> list[Entry]:
    """Items of platforms that read the page before, and nothing else is told to be them."""
    if known is None or read.doc["platform"] == ANY_SITE:
        return []
    named = [desk.find(name) for name in read.names]
    others = dict.fromkeys(e for e in named if e is not None and e is not known)
    return [
        e
        for e in others
        if e.key[0] != read.key[0] and e.row not in in_use and of_one_host(e, read)
    ]


def other_keys(log: Log, scratch: Log) -> dict[Key, str]:
    """By the keys of the second reading, the ids that items keep although they are others here."""
    found: dict[Key, str] = {}
    for some in blocks_of(scratch):
        taken = matched(scratch, some)
        with log.reading() as connection:
            desk = Desk(connection)
            desk.load_where(ITEMS.c.id.in_([row for row in taken.values() if row]))
        for read in some:
            known = desk.entries.get(taken[read.row] or 0)
            if known and known.key != read.key and not gets_key(known.doc, read.doc):
                found[read.key] = known.key[1]
    return found


def name_threads(document: Json, other: Mapping[Key, str]) -> None:
    """Name parent and root by the ids that they have here."""
    for name in ("parent_id", "root_id"):
        key = (str(document["platform"]), str(document.get(name)))
        if key in other:
            document[name] = other[key]


def with_versions(connection: sa.Connection, rows: Sequence[int]) -> set[int]:
    found = sa.select(VERSIONS.c.item).where(VERSIONS.c.item.in_(rows)).distinct()
    return set(connection.execute(found).scalars())


def not_found(log: Log, scratch: Log) -> Iterator[Entry]:
    """Items that were read from these fragments before, and are not any more."""
    after: Key = ("", "")
    while True:
        columns = (BEFORE.c.platform, BEFORE.c.key)
        later = sa.tuple_(*columns) > sa.tuple_(sa.literal(after[0]), sa.literal(after[1]))
        wanted = sa.select(*columns).where(later).order_by(*columns).limit(BLOCK)
        with scratch.reading() as connection:
            keys = [(platform, key) for platform, key in connection.execute(wanted)]
        if not keys:
            return
        after = keys[-1]
        with log.reading() as connection:
            desk = Desk(connection)
            desk.load(keys)
        in_use = real_rows(scratch, set(desk.entries)) | joined_rows(scratch)
        here = dict.fromkeys(e for key in keys if (e := desk.find(key)) is not None)
        yield from (entry for entry in here if entry.row not in in_use)


# -- the tables beside the scratch log ------------------------------------------------------------


def blocks_of(scratch: Log) -> Iterator[list[Read]]:
    """The items of the second reading with their names, some at a time."""
    after = 0
    while True:
        wanted = sa.select(ITEMS.c.id, ITEMS.c.doc).where(ITEMS.c.id > after)
        with scratch.reading() as connection:
            rows = connection.execute(wanted.order_by(ITEMS.c.id).limit(BLOCK)).all()
            if not rows:
                return
            reads = {id: Read(id, json.loads(doc)) for id, doc in rows}
            names = sa.select(ALIASES.c.item, ALIASES.c.platform, ALIASES.c.alias)
            for item, platform, alias in connection.execute(
                names.where(ALIASES.c.item.in_(list(reads))).order_by(ALIASES.c.alias)
            ):
                reads[item].names.append((platform, alias))
        yield list(reads.values())
        after = rows[-1][0]


def matched(scratch: Log, some: Iterable[Read]) -> dict[int, int | None]:
    """By rows of the second reading, the rows here; None for new ones."""
    wanted = sa.select(MATCHES.c.read, MATCHES.c.real)
    with scratch.reading() as connection:
        rows = connection.execute(wanted.where(MATCHES.c.read.in_([r.row for r in some])))
        return {row.read: row.real for row in rows}


def real_rows(scratch: Log, rows: set[int]) -> set[int]:
    """Those rows here that are matched already."""
    wanted = sa.select(MATCHES.c.real).where(MATCHES.c.real.in_(rows))
    with scratch.reading() as connection:
        return set(connection.execute(wanted).scalars())


def joined_rows(scratch: Log) -> set[int]:
    wanted = sa.select(MATCHES.c.joined).where(MATCHES.c.joined != "[]")
    with scratch.reading() as connection:
        return {row for text in connection.execute(wanted).scalars() for row in json.loads(text)}


def put_new(scratch: Log) -> None:
    """Whatever is not matched is new."""
    known = sa.select(MATCHES.c.read)
    rows = sa.select(ITEMS.c.id).where(ITEMS.c.id.not_in(known))
    insert = sa.insert(MATCHES).from_select(["read"], rows)
    scratch.write(lambda connection: connection.execute(insert)).result()


def put(scratch: Log, table: sa.Table, rows: Sequence[Json]) -> None:
    if rows:
        insert = sa.insert(table).prefix_with("OR IGNORE")
        scratch.write(lambda connection: connection.execute(insert, rows)).result()


def note(scratch: Log, laid: Sequence[Laid]) -> None:
    """Write down what is to be done to items."""
    change = (
        sa.update(MATCHES)
        .where(MATCHES.c.read == sa.bindparam("at"))
        .values(joined=sa.bindparam("others"), changes=sa.bindparam("told"))
    )
    rows = [
        {
            "at": each.read.row,
            "others": json.dumps([entry.row for entry in each.joined]),
            "told": json.dumps(each.changes),
        }
        for each in laid
    ]
    if rows:
        scratch.write(lambda connection: connection.execute(change, rows)).result()
