"""`earmark search` and `earmark export`: the log read with the filters of the inbox."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console
from rich.text import Text

from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.query.fields import beginnings
from earmark.query.highlight import highlights, pieces
from earmark.query.tree import Query
from earmark.registry import describe
from earmark.settings import Home
from earmark.share.exporters import Exporter, register_exporters
from earmark.store import queries
from earmark.store.filters import Filters

from .homes import with_home
from .reading import reading
from .streams import printable, words

BYTE_ORDER_MARK = "\ufeff"


def complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """Fields of the query language, and values of those that have few."""
    minus = "-" if typed.startswith("-") else ""
    return [minus + each for each in beginnings(typed.removeprefix("-"))]


@click.command()
@click.argument("query", nargs=-1, required=True, type=words, shell_complete=complete)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@with_home
def search(home: Home, query: tuple[str, ...], limit: int) -> None:
    """Show what was heard, newest arrival first.

    QUERY is written as in the inbox: words, "a phrase", -without, and filters. Put it in
    quotes as a whole where it has quotes, brackets or a minus sign. The shell completes
    fields and their values, where completion is set up for it.

    \b
    Examples:
      earmark search slow checkout
      earmark search is:question is:unanswered
      earmark search lang:tr tag:intent:complaint
      earmark search 'state:new ("dark mode" OR theme~1) -android since:7d'
    """
    filters = Filters.from_text(" ".join(query))
    with reading(home) as log:
        page = queries.page(log, filters, limit=limit)
    screen = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for item in page.items:
        screen.print(_shown(item, filters.query()), "")
    more = ", and more: see --limit" if page.next else ""
    click.echo(f"{len(page.items)} found{more}.", err=True)


def _shown(item: Json, query: Query) -> Text:
    """An item for reading; whatever a page wrote is text and nothing else. What the query found
    is marked where the terminal can."""
    tags = " ".join(f"#{tag['name']}" for tag in item.get("tags", []))
    facts = [item["platform"], item["kind"], _author(item), _when(item), _language(item), tags]
    shown = Text(printable(" · ".join(fact for fact in facts if fact)), style="dim")
    shown.append("\n")
    said = "\n".join(map(printable, item.get("text", "").splitlines()))
    for piece in pieces(said, highlights(query, said)):
        shown.append(piece.text, style="not dim reverse" if piece.found else "not dim")
    shown.append("\n")
    shown.append(printable(item.get("url") or item.get("page_url", "")), style="blue not dim")
    return shown


def _author(item: Json) -> str:
    author = item.get("author", {})
    return str(author.get("name") or author.get("handle") or "")


def _when(item: Json) -> str:
    published = item.get("published", {})
    return str(published.get("earliest") or item.get("first_seen", ""))[:10]


def _language(item: Json) -> str:
    tag = item.get("language", {}).get("tag", "und")
    return "" if tag == "und" else str(tag)


@click.command()
@click.argument("query", nargs=-1, type=words, shell_complete=complete)
@click.option(
    "--format", "name", default="ndjson", show_default=True, help="ndjson, csv, or a plugin's."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Default: standard output.")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, which Excel needs.")
@with_home
def export(home: Home, query: tuple[str, ...], name: str, output: Path | None, bom: bool) -> None:
    """Write out what was heard, all of it or what QUERY finds.

    NDJSON holds every item whole. CSV is a table in which no cell is taken for a formula.

    \b
    Examples:
      earmark export -o everything.ndjson
      earmark export --format csv --bom -o complaints.csv tag:intent:complaint
    """
    exporter = _exporter(name)
    filters = Filters.from_text(" ".join(query))
    with reading(home) as log, _opened(output) as stream:
        if bom:
            stream.write(BYTE_ORDER_MARK)
        items = _Counted(queries.stream(log, filters))
        exporter(items, stream)
        stream.flush()
    click.echo(f"{items.count} exported.", err=True)


class _Counted:
    """Items on their way through, counted."""

    def __init__(self, items: Iterable[Json]) -> None:
        self._items = items
        self.count = 0

    def __iter__(self) -> Iterator[Json]:
        for item in self._items:
            self.count += 1
            yield item


def _exporter(name: str) -> Exporter:
    known: dict[str, Exporter] = {}
    register_exporters(known.__setitem__)
    if name not in known:
        from .plugin_hooks import installed_by_others  # starts worker processes: only if needed

        added = installed_by_others().exporters
        known = {each: _blamed(each, added[each]) for each in added} | known
    if name not in known:
        raise EarmarkError(
            f"There is no export format “{printable(name)}”.",
            f"Use one of: {', '.join(sorted(known))}.",
        )
    return known[name]


def _blamed(name: str, exporter: Exporter) -> Exporter:
    """A plugin's exporter whose failure is told as its own."""

    def write(items: Iterable[Json], stream: TextIO) -> None:
        try:
            exporter(items, stream)
        except (EarmarkError, OSError):
            raise
        except Exception as error:
            raise EarmarkError(
                f"The export format “{name}” failed: {describe(error)}",
                "It comes from a plugin; ndjson and csv are Earmark's own.",
            ) from error

    return write


@contextlib.contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a private file that appears at `output` only when it is whole."""
    if output is None or str(output) == "-":
        yield sys.stdout
        return
    draft = output.with_name(f"{output.name}.{os.getpid()}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(
            descriptor, "w", encoding="utf-8", errors="backslashreplace", newline=""
        ) as stream:
            yield stream
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


COMMANDS = {"search": search, "export": export}
