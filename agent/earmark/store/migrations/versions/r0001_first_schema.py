"""The first schema: items and their tags, search, history, raw fragments, documents, changes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The index stores no copy: it reads `items.search`, and the triggers tell it what changed.
SEARCH = """
CREATE VIRTUAL TABLE item_search USING fts5(
    search, content='items', content_rowid='id', tokenize='unicode61 remove_diacritics 0'
)
"""
SEARCH_TRIGGERS = (
    """
CREATE TRIGGER items_search_new AFTER INSERT ON items BEGIN
    INSERT INTO item_search(rowid, search) VALUES (new.id, new.search);
END
""",
    """
CREATE TRIGGER items_search_gone AFTER DELETE ON items BEGIN
    INSERT INTO item_search(item_search, rowid, search) VALUES ('delete', old.id, old.search);
END
""",
    """
CREATE TRIGGER items_search_changed AFTER UPDATE OF search ON items
WHEN old.search IS NOT new.search BEGIN
    INSERT INTO item_search(item_search, rowid, search) VALUES ('delete', old.id, old.search);
    INSERT INTO item_search(rowid, search) VALUES (new.id, new.search);
END
""",
)

ITEM_INDEXES = {
    "items_by_platform": ["platform", "id"],
    "items_by_language": ["language", "id"],
    "items_by_state": ["state", "id"],
    "items_by_author_handle": ["author_handle", "id"],
    "items_by_author_name": ["author_name", "id"],
    "items_by_page": ["page_url", "id"],
    "items_by_root": ["platform", "root"],
    "items_by_parent": ["platform", "parent"],
    "items_facets": ["spam", "platform", "language", "state", "kind"],
}


def upgrade() -> None:
    create_items()
    create_search()
    create_history()
    create_raw()
    create_documents()


def text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, **options)


def number(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, **options)


def item_reference(**options: Any) -> sa.Column[int]:
    target = sa.ForeignKey("items.id", ondelete="CASCADE")
    return sa.Column("item", sa.Integer, target, nullable=False, **options)


def create_items() -> None:
    derived = [
        *("author_handle", "author_name", "root", "parent", "page_url"),
        *("published_earliest", "published_latest", "first_seen", "last_seen"),
    ]
    op.create_table(
        "items",
        number("id", primary_key=True, autoincrement=False),
        *(text(name) for name in ("platform", "key", "kind", "language", "state")),
        number("spam", nullable=False),
        *(text(name) for name in derived),
        text("doc", nullable=False),
        text("search", nullable=False),
    )
    op.create_index("items_by_key", "items", ["platform", "key"], unique=True)
    for name, columns in ITEM_INDEXES.items():
        op.create_index(name, "items", columns)
    op.create_table(
        "item_tags",
        text("tag", primary_key=True),
        item_reference(primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("item_tags_by_item", "item_tags", ["item"])


def create_search() -> None:
    op.execute(SEARCH)
    for trigger in SEARCH_TRIGGERS:
        op.execute(trigger)


def create_history() -> None:
    op.create_table(
        "aliases",
        text("platform", primary_key=True),
        text("alias", primary_key=True),
        item_reference(),
        sqlite_with_rowid=False,
    )
    op.create_index("aliases_by_item", "aliases", ["item"])
    op.create_table(
        "sightings",
        item_reference(primary_key=True),
        text("visit", primary_key=True),
        text("seen_at", nullable=False),
        text("page_url", nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "versions",
        number("id", primary_key=True),
        item_reference(),
        *(text(name, nullable=False) for name in ("text", "seen_at", "replaced_at")),
    )
    op.create_index("versions_by_item", "versions", ["item"])
    create_placements()
    op.create_table(
        "changes",
        number("number", primary_key=True),
        number("item", nullable=False),
        text("platform"),
        text("key"),
        text("change", nullable=False),
        text("at", nullable=False),
        sqlite_autoincrement=True,
    )


def create_placements() -> None:
    op.create_table(
        "placements",
        text("visit", primary_key=True),
        text("ref", primary_key=True),
        number("position", primary_key=True),
        item_reference(),
        text("parent_ref"),
        number("sequence"),
        sa.Column("outline", sa.Float),
        text("likeness", nullable=False),
        text("selector", nullable=False),
        number("occurrence", nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("placements_by_item", "placements", ["item"])
    op.create_index("placements_by_parent", "placements", ["visit", "parent_ref"])
    op.create_index("placements_by_likeness", "placements", ["visit", "likeness"])


def create_raw() -> None:
    op.create_table(
        "pages",
        number("id", primary_key=True),
        text("digest", nullable=False, unique=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    told = ("batch", "platform", "host", "received_at", "status", "result", "error")
    op.create_table(
        "fragments",
        number("number", primary_key=True),
        text("id", nullable=False, unique=True),
        sa.Column("page", sa.Integer, sa.ForeignKey("pages.id"), nullable=False),
        *(text(name, nullable=False) for name in told),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("fragments_by_status", "fragments", ["status", "platform", "host"])


def create_documents() -> None:
    op.create_table(
        "documents",
        text("tbl", primary_key=True),
        number("id", primary_key=True, autoincrement=False),
        text("doc", nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table("counters", text("name", primary_key=True), number("last", nullable=False))
