"""The tables as they are today; `migrations/` brings older logs here.

In `items` and `documents` the column `doc` (JSON as text) is the truth. The other columns of
`items`, the rows of `item_tags` and the full-text index are derived from it by `derive.derive`.
Times are UTC ISO 8601 text to the second, so that comparing text compares time.
"""

from __future__ import annotations

import sqlalchemy as sa

REVISION = "0007"

METADATA = sa.MetaData()

# Derived columns stand before `doc`: SQLite reads a row from its start, and documents are long.
ITEMS = sa.Table(
    "items",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # order of arrival
    sa.Column("platform", sa.Text),
    sa.Column("key", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("state", sa.Text),
    sa.Column("spam", sa.Integer, nullable=False),
    sa.Column("author_handle", sa.Text),
    sa.Column("author_name", sa.Text),
    sa.Column("root", sa.Text),
    sa.Column("parent", sa.Text),
    sa.Column("page_url", sa.Text),
    sa.Column("published_earliest", sa.Text),
    sa.Column("published_latest", sa.Text),
    sa.Column("first_seen", sa.Text),
    sa.Column("last_seen", sa.Text),
    sa.Column("doc", sa.Text, nullable=False),
    sa.Column("search", sa.Text, nullable=False),
    sa.Index("items_by_key", "platform", "key", unique=True),
    sa.Index("items_by_platform", "platform", "id"),
    sa.Index("items_by_language", "language", "id"),
    sa.Index("items_by_state", "state", "id"),
    sa.Index("items_by_author_handle", "author_handle", "id"),
    sa.Index("items_by_author_name", "author_name", "id"),
    sa.Index("items_by_page", "page_url", "id"),
    sa.Index("items_by_root", "platform", "root"),
    sa.Index("items_by_parent", "platform", "parent"),
    sa.Index("items_facets", "spam", "platform", "language", "state", "kind"),
)


def item_column(name: str = "item", primary_key: bool = False) -> sa.Column[int]:
    """A reference to an item that goes when the item goes."""
    return sa.Column(
        name,
        sa.Integer,
        sa.ForeignKey("items.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


ITEM_TAGS = sa.Table(
    "item_tags",
    METADATA,
    sa.Column("tag", sa.Text, primary_key=True),
    item_column(primary_key=True),
    sa.Index("item_tags_by_item", "item"),
    sqlite_with_rowid=False,
)

# The index over `items.search`; made and kept by triggers in the first migration.
ITEM_SEARCH = sa.table("item_search", sa.column("rowid", sa.Integer), sa.column("item_search"))

ALIASES = sa.Table(
    "aliases",
    METADATA,
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("alias", sa.Text, primary_key=True),
    item_column(),
    sa.Index("aliases_by_item", "item"),
    sqlite_with_rowid=False,
)

SIGHTINGS = sa.Table(
    "sightings",
    METADATA,
    item_column(primary_key=True),
    sa.Column("visit", sa.Text, primary_key=True),
    sa.Column("seen_at", sa.Text, nullable=False),
    sa.Column("page_url", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# Texts that were replaced by a later one.
VERSIONS = sa.Table(
    "versions",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    item_column(),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Text, nullable=False),
    sa.Column("replaced_at", sa.Text, nullable=False),
    sa.Index("versions_by_item", "item"),
)

PAGES = sa.Table(
    "pages",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

FRAGMENTS = sa.Table(
    "fragments",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),  # order of arrival
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("page", sa.Integer, sa.ForeignKey("pages.id"), nullable=False),
    sa.Column("batch", sa.Text, nullable=False),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("received_at", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("format", sa.Integer, nullable=False, server_default="1"),  # of the body's shape
    sa.Column("size", sa.Integer, nullable=False, server_default="0"),  # bytes of the body
    sa.Column("plan", sa.Text, nullable=False, server_default=""),  # that it was cut by
    sa.Column("plugin", sa.Text, nullable=False, server_default=""),  # that read it last
    sa.Column("plugin_version", sa.Text, nullable=False, server_default=""),
    sa.Index("fragments_by_status", "status", "platform", "host"),
    sa.Index("fragments_by_page", "page"),
    sa.Index("fragments_by_age", "status", "received_at", "size"),
)

# What the newest visit of a page gave; `fields` counts the items that have each.
PAGE_HEALTH = sa.Table(
    "page_health",
    METADATA,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("visit", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("elements", sa.Integer),
    sa.Column("empty", sa.Integer, nullable=False),
    sa.Column("heard", sa.Integer, nullable=False),
    sa.Column("updated", sa.Integer, nullable=False),
    sa.Column("not_understood", sa.Integer, nullable=False),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Column("expected", sa.Integer),
    sa.Column("fields", sa.Text, nullable=False),
    sa.Column("compared", sa.Text),  # with what any site's reader makes of it; null: was not
    sa.Index("page_health_by_time", "at"),
    sqlite_with_rowid=False,
)

# What a site gave on one day, on how many of its pages nothing was found, how many were compared
# with what any site's reader makes of them, and on how many that differed in what; no addresses.
SITE_YIELDS = sa.Table(
    "site_yields",
    METADATA,
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Column("silent", sa.Integer, nullable=False),
    sa.Column("fields", sa.Text, nullable=False),
    sa.Column("compared", sa.Integer, nullable=False, server_default="0"),
    sa.Column("differs", sa.Text, nullable=False, server_default="{}"),
    sa.Column("barren", sa.Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

# Pages and threads that turned out to be about us, by the digest of what names them, with the
# account or term that said so.
ABOUT_US = sa.Table(
    "about_us",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# What a withheld fragment belongs to: it is read again when one of these turns out about us.
WITHHELD = sa.Table(
    "withheld",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column(
        "fragment",
        sa.Integer,
        sa.ForeignKey("fragments.number", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Index("withheld_by_fragment", "fragment"),
    sqlite_with_rowid=False,
)

# Where in which visit an item stood: finds parents, and numbers what looks the same.
PLACEMENTS = sa.Table(
    "placements",
    METADATA,
    sa.Column("visit", sa.Text, primary_key=True),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    item_column(),
    sa.Column("parent_ref", sa.Text),
    sa.Column("sequence", sa.Integer),
    sa.Column("outline", sa.Float),
    sa.Column("likeness", sa.Text, nullable=False),
    sa.Column("selector", sa.Text, nullable=False),
    sa.Column("occurrence", sa.Integer, nullable=False),
    sa.Index("placements_by_item", "item"),
    sa.Index("placements_by_parent", "visit", "parent_ref"),
    sa.Index("placements_by_likeness", "visit", "likeness"),
    sqlite_with_rowid=False,
)

CHANGES = sa.Table(
    "changes",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("item", sa.Integer, nullable=False),
    sa.Column("platform", sa.Text),
    sa.Column("key", sa.Text),
    sa.Column("change", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)

# What was done to many items at once: a reparse or an import; `asked` and `told` are JSON.
RUNS = sa.Table(
    "runs",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("began_at", sa.Text, nullable=False),
    sa.Column("ended_at", sa.Text),
    sa.Column("asked", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)

# Each row that a run touched, as it was before (NULL: it was not there); of items also the
# document that the run left. Written by `journal.recording`, read by `undo`.
RUN_ROWS = sa.Table(
    "run_rows",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run", sa.Integer, sa.ForeignKey("runs.number", ondelete="CASCADE"), nullable=False),
    sa.Column("tbl", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("item", sa.Integer),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Index("run_rows_by_key", "run", "tbl", "key", unique=True),
    sa.Index("run_rows_by_item", "item"),
)

DOCUMENTS = sa.Table(
    "documents",
    METADATA,
    sa.Column("tbl", sa.Text, primary_key=True),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("doc", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# The last id given out in each table of documents, and in `items`.
COUNTERS = sa.Table(
    "counters",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)
