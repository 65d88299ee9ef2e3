"""`earmark import`: what was kept elsewhere, taken in."""

from __future__ import annotations

import asyncio
import json
import tarfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.settings import Home
from earmark.share.imports.archives import WANTED
from earmark.share.imports.files import KINDS

from . import runs
from .agent_client import AgentClient
from .homes import with_home
from .streams import printable, words

NEWEST = 0
CHUNK = 256 * 1024  # bytes read at once
BLOCK = tarfile.BLOCKSIZE
NOTHING_TAKEN = 3


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "kind", default="", help=f"{', '.join(KINDS)}; default: told by the file."
)
@click.option("--url", default="", type=words, help="Where a saved page came from.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    type=words,
    metavar="FIELD=NAME",
    help="Which column of a table is which field; may be given several times.",
)
@click.option(
    "--kind", "row_kind", default="note", show_default=True, help="What a table's rows are."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would come of it.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
@click.option(
    "--undo",
    type=click.IntRange(0),
    is_flag=False,
    flag_value=NEWEST,
    default=None,
    metavar="[RUN]",
    help="Undo the last import, or the one of that number.",
)
@with_home
def import_(
    home: Home,
    files: tuple[Path, ...],
    kind: str,
    url: str,
    columns: tuple[str, ...],
    row_kind: str,
    dry_run: bool,
    as_json: bool,
    undo: int | None,
) -> None:
    """Take in FILES: an export of Earmark, a table, a saved page, an archive of posts.

    An export (NDJSON) comes back whole, with what people did. A table (CSV) needs a heading; its
    columns are known by their names. A Google+ Takeout archive may be .zip, .tgz or the folder it
    was unpacked to. The same file twice changes nothing, and each import can be undone.

    \b
    Examples:
      earmark import everything.ndjson
      earmark import answers.csv --column text='What do you think?' --kind comment
      earmark import takeout-001.zip
      earmark import --url https://forum.example.org/t/1 page.html
      earmark import --undo
    """
    if undo is not None:
        runs.tell_undone(asyncio.run(_undo(home, undo)))
        return
    if not files:
        raise click.UsageError("Name at least one file.")
    asked = {"format": kind, "url": url, "kind": row_kind, "dry_run": "1" if dry_run else ""}
    asked["columns"] = json.dumps(_columns(columns)) if columns else ""
    told = asyncio.run(_import(home, files, {k: v for k, v in asked.items() if v}, as_json))
    if not any(told[name] for name in ("new", "updated", "seen")):
        raise click.exceptions.Exit(NOTHING_TAKEN)


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    for name, sign, column in pairs:
        if not (name and sign and column):
            raise EarmarkError("--column needs a field and a name.", "Like --column text=Answer.")
    return {name: column for name, _, column in pairs}


async def _undo(home: Home, number: int) -> Json:
    async with runs.asking(home) as agent:
        return await runs.undo(agent, "import", number)


async def _import(home: Home, files: tuple[Path, ...], asked: Json, as_json: bool) -> Json:
    """Each file as an import of its own; the sums."""
    sums = {"new": 0, "updated": 0, "seen": 0, "not_understood": 0}
    async with runs.asking(home) as agent:
        for file in files:
            run = await _send(agent, file, asked)
            run = await runs.wait_for(agent, run, "Importing")
            told = run["told"]
            sums = {name: sums[name] + told[name] for name in sums}
            if as_json:
                click.echo(json.dumps({"file": str(file), **run}, ensure_ascii=False))
            else:
                _tell(file, run, "dry_run" in asked)
    return sums


def _tell(file: Path, run: Json, dry_run: bool) -> None:
    told = run["told"]
    counts = f"{told['new']:,} new, {told['updated']:,} updated, {told['seen']:,} seen before"
    would = "would be " if dry_run else ""
    click.echo(
        f"{printable(str(file))}: {would}{counts}, {told['not_understood']:,} not understood."
    )
    if told["left_out"]:
        click.echo(f"  left out: {printable(', '.join(told['left_out']))}", err=True)
    for problem in told["problems"]:
        click.echo(f"  {printable(problem['where'])}: {printable(problem['problem'])}", err=True)
    if (more := told["not_understood"] - len(told["problems"])) > 0:
        click.echo(f"  and {more:,} more", err=True)
    if run["undoable"]:
        click.echo(f"  To undo it: earmark import --undo {run['run']}", err=True)


async def _send(agent: AgentClient, file: Path, asked: Json) -> Json:
    saved = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds")
    query = asked | {"name": file.name, "saved_at": saved}
    pieces = folder_as_tar(file) if file.is_dir() else pieces_of(file)
    return await agent.send("/v1/imports", query, as_async(pieces))


async def as_async(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, each read beside the event loop."""
    while piece := await asyncio.to_thread(next, pieces, b""):
        yield piece


def pieces_of(file: Path) -> Iterator[bytes]:
    """What is in a file, piece by piece."""
    with file.open("rb") as stream:
        while piece := stream.read(CHUNK):
            yield piece


def folder_as_tar(folder: Path) -> Iterator[bytes]:
    """The pages in a folder as one stream, its files one after another; links are not followed."""
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file() or file.suffix.lower() not in WANTED:
            continue
        info = tarfile.TarInfo(file.relative_to(folder).as_posix())
        content = file.read_bytes()
        info.size = len(content)
        yield info.tobuf(tarfile.PAX_FORMAT) + content + bytes(-len(content) % BLOCK)
    yield bytes(2 * BLOCK)


COMMANDS = {"import": import_}
