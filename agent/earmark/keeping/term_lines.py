"""Many watch terms at once, as a table or one on each line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from ..folding import fold
from ..model import Json
from .given import BadChoice
from .given_messages import told
from .sites import shown
from .watch_terms import CHECKS, term_of

MOST_CHARACTERS = 4_000_000
LISTS = ("aliases", "hashtags", "exclusions", "handles")
SWITCHES = ("ours", "can_act", "common", "retired")
_YES = ("yes", "true", "1", "x", "بله", "evet", "da")
_BETWEEN = re.compile(r"[|;]")  # the entries of a list in one cell


def terms_in(text: str, kind: str = "brand") -> list[Json]:
    """The terms of a text; raises BadChoice naming the line that is none.

    With a heading that has `name`, each row is a term and the columns are its fields; several
    entries in a cell stand with ; or | between them. Without one, the first cell of a line is the
    name, and the others are aliases. `kind` is that of terms that do not say theirs.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadChoice(told("table_too_long", most=MOST_CHARACTERS), told("import_in_parts"))
    found: dict[str, Json] = {}
    for number, given in _given(text.lstrip("\ufeff")):
        try:
            term = term_of({"kind": kind} | given)
        except BadChoice as error:
            raise BadChoice(
                told("in_line", line=number, problem=error.message), error.hint
            ) from error
        found.setdefault(fold(term["name"]), term)
    return list(found.values())


def _given(text: str) -> Iterator[tuple[int, Json]]:
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = next((sign for sign in "\t;," if sign in first), ",")
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator, skipinitialspace=True)
    heading: Sequence[str] = ()
    for cells in _whole(rows):
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if not heading and "name" in (lowered := [cell.lower() for cell in cells]):
            heading = lowered
            _refuse_unknown(heading)
        elif heading:
            yield rows.line_num, _of_row(dict(zip(heading, cells, strict=False)))
        else:
            yield rows.line_num, {"name": cells[0], "aliases": [c for c in cells[1:] if c]}


def _whole(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise BadChoice(told("no_table", reason=str(error))) from error


def _refuse_unknown(heading: Sequence[str]) -> None:
    if unknown := [column for column in heading if column and column not in CHECKS]:
        known = told("known_columns", known=list(CHECKS))
        raise BadChoice(told("no_column", text=shown(unknown[0])), known)


def _of_row(cells: dict[str, str]) -> Json:
    return {column: _value(column, cell) for column, cell in cells.items() if column and cell}


def _value(column: str, cell: str) -> object:
    if column in SWITCHES:
        return cell.lower() in _YES
    if column not in LISTS:
        return cell
    entries = [entry.strip() for entry in _BETWEEN.split(cell) if entry.strip()]
    return [_handle(entry) for entry in entries] if column == "handles" else entries


def _handle(entry: str) -> Json:
    """`platform:handle`, or the handle alone."""
    platform, colon, handle = entry.partition(":")
    return {"platform": platform.strip(), "handle": handle} if colon else {"handle": entry}
