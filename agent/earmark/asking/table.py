"""An ask as tables for spreadsheets, with no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from ..share.csv_export import as_cell
from .asked import Asked


def replies_table(asked: Asked) -> str:
    """A row for each reply: who said what, a column for each option, and what decided."""
    options = asked.offer.plain if asked.offer else ()
    heading = ["platform", "id", "author", "text", "url"]
    heading += [option.label for option in options] + ["other", "none", "by", "because"]
    rows = (
        [
            *(reply.item["platform"], reply.item["id"], _author(reply.item)),
            *(reply.item.get("text"), reply.item.get("url")),
            *(int(option.id in reply.code.options) for option in options),
            *(int(reply.code.other), int(reply.code.none), reply.by, reply.code.because),
        ]
        for reply in asked.replies
    )
    return _written(heading, rows)


def counts_table(asked: Asked) -> str:
    """A row for each answer: how many people, and their share of those who answered."""
    return _written(["answer", "kind", "people", "share"], _counted(asked))


def _counted(asked: Asked) -> Iterator[list[Any]]:
    if asked.offer is None or (counts := asked.counts) is None:
        return
    told = [(option.label, "option", counts.options[option.id]) for option in asked.offer.plain]
    told += [("", "other", counts.other), ("", "none", counts.none)]
    for label, kind, count in told:
        yield [label, kind, count.people, round(counts.share(count), 4)]
    yield ["", "silent", counts.silent.people, None]


def _author(item: dict[str, Any]) -> str:
    author = item.get("author") or {}
    return next((str(author[key]) for key in ("name", "handle", "id") if author.get(key)), "")


def _written(heading: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([as_cell(name) for name in heading])
    writer.writerows([as_cell(value) for value in row] for row in rows)
    return stream.getvalue()
