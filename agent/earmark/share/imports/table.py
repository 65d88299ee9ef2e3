"""Tables with a heading: answers to a survey, notes, whatever was kept in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from earmark.errors import EarmarkError
from earmark.folding import fold
from earmark.model import Json

from ..csv_export import begins_like_a_formula

PLATFORM = "import"
SNIFFED = 64 * 1024  # characters
LONGEST_CELL = 1_000_000  # characters
# What a column may be called to be taken for a field without being asked.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "comment", "comments", "feedback", "answer", "message", "note", "review"),
    "author": ("author", "author_name", "name", "user", "respondent"),
    "handle": ("handle", "author_handle", "username"),
    "published": ("published", "published_shown", "date", "time", "timestamp", "created"),
    "url": ("url", "link", "permalink"),
    "title": ("title", "page_title", "survey", "subject"),
    "rating": ("rating", "score", "stars"),
    "best": ("best", "rating_best"),
    "tags": ("tags", "labels"),
    "id": ("id", "response_id"),
}


class BadTable(EarmarkError):
    """A table that cannot be read, or whose columns say nothing."""

    code = "bad_table"
    status = 422


@dataclass(slots=True)
class Row:
    """One row by its number from 1 below the heading: cells by field, or what is wrong with it."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Which column is which field, and the columns that are left out."""

    columns: dict[str, int]
    unknown: list[str]


def rows(path: Path, asked: Mapping[str, str]) -> tuple[Heading, Iterator[Row]]:
    """The heading, and the rows one by one. `asked` names the column of a field where a person
    said it. Raises BadTable."""
    file = io.TextIOWrapper(
        path.open("rb"), encoding=encoding_of(path), errors="replace", newline=""
    )
    csv.field_size_limit(LONGEST_CELL)
    sample = file.read(SNIFFED)
    file.seek(0)
    reader = csv.reader(file, delimiter=delimiter_of(sample), strict=False)
    try:
        first = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise BadTable(f"The heading cannot be read: {error}.") from error
    heading = assign(first, asked)
    return heading, read_rows(reader, heading, file)


def encoding_of(path: Path) -> str:
    """UTF-8 with or without its mark, or UTF-16 with one."""
    with path.open("rb") as file:
        start = file.read(2)
    return "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def delimiter_of(sample: str) -> str:
    """The sign that stands most often in the first line."""
    first = sample.splitlines()[0] if sample.strip() else ""
    return max(",;\t", key=first.count)


def assign(names: Sequence[str], asked: Mapping[str, str]) -> Heading:
    """Which column is which field: as a person said, else by its name."""
    folded = [fold(name) for name in names]
    columns: dict[str, int] = {}
    for field_name, column in asked.items():
        if field_name not in NAMES:
            raise BadTable(f"“{field_name}” is no field.", f"Fields are: {', '.join(NAMES)}.")
        if fold(column) not in folded:
            raise BadTable(f"There is no column “{column}”.", f"Columns: {', '.join(names)}.")
        columns[field_name] = folded.index(fold(column))
    for index, name in enumerate(folded):
        usual = next((each for each, called in NAMES.items() if name in called), "")
        if usual and usual not in columns and index not in columns.values():
            columns[usual] = index
    if "text" not in columns and "rating" not in columns:
        raise BadTable(
            "None of the columns is known to hold a text.",
            f"Say which does: --column text=NAME. Columns: {', '.join(names)}.",
        )
    return Heading(columns, [n for i, n in enumerate(names) if i not in columns.values() and n])


def read_rows(
    reader: Iterator[list[str]], heading: Heading, file: io.TextIOWrapper
) -> Iterator[Row]:
    number = 0
    with file:
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(number, problem=str(error))
                continue
            found = {f: cells[i].strip() for f, i in heading.columns.items() if i < len(cells)}
            if any(found.values()):
                yield Row(number, {name: unescaped(cell) for name, cell in found.items() if cell})


def unescaped(cell: str) -> str:
    """Without the apostrophe that our own export puts before what looks like a formula."""
    rest = cell.removeprefix("'")
    escaped = cell != rest and begins_like_a_formula(rest.lstrip("'"))
    return rest if escaped else cell


def item_of(row: Row, kind: str, seen: Counter[str]) -> Json:
    """The item in a row, without its time. A row without an id gets one from what it says, so
    that the same table again brings nothing new; equal rows are counted in `seen`."""
    cells = row.cells
    author = {"name": cells.get("author"), "handle": cells.get("handle")}
    item: Json = {
        "platform": PLATFORM,
        "kind": kind,
        "text": cells.get("text"),
        "author": {name: value for name, value in author.items() if value},
        "url": web_address(cells.get("url", "")),
        "page_title": cells.get("title"),
        "rating": rating_of(cells),
        "tags": [{"name": name, "by": "you"} for name in tag_names(cells.get("tags", ""))],
        "audience": "unknown",
    }
    item = {name: value for name, value in item.items() if value}
    if own := cells.get("id"):
        return item | {"id": own, "id_source": "native"}
    said = "\x1f".join(f"{name}={cells[name]}" for name in sorted(cells))
    seen[said] += 1
    digest = hashlib.sha256(f"{said}\x1f{seen[said]}".encode("utf-8", "surrogatepass"))
    return item | {"id": f"~{digest.hexdigest()[:32]}", "id_source": "derived"}


def web_address(cell: str) -> str:
    return cell if cell.startswith(("http://", "https://")) else ""


def tag_names(cell: str) -> list[str]:
    names = (" ".join(name.split()) for name in cell.split(","))
    return list(dict.fromkeys(name for name in names if name))


def rating_of(cells: Mapping[str, str]) -> Json:
    numbers = {
        name: a_number(cells.get(cell, ""))
        for name, cell in (("value", "rating"), ("best", "best"))
    }
    found = {name: value for name, value in numbers.items() if value is not None}
    return found if "value" in found else {}


def a_number(cell: str) -> float | None:
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None
