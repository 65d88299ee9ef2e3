"""`earmark parse`: what Earmark reads in a saved page, without storing it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from earmark.enrich.run import enrich_items
from earmark.model import Json
from earmark.parse.choose import EVERY_OTHER_SITE
from earmark.parse.saved_page import SavedPage, parse_saved
from earmark.plugins import Plugins
from earmark.reading import page_hint
from earmark.share.ndjson import write_ndjson
from earmark.worker_tasks import parse_with
from earmark.workers import PluginWorkers

from .plugin_hooks import loaded_plugins
from .streams import printable, words

CHUNK = 100
CHUNK_SECONDS = 60.0
NOTHING_READ = 3


@click.command()
@click.argument("url", type=words)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def parse(url: str, file: str) -> None:
    """Read a saved page, or a saved JSON response, that came from URL.

    Prints the items as NDJSON and stores nothing. FILE may be - for standard input. Times like
    "3 hours ago" count from when the file was last changed. Exit code 3 where a platform that
    Earmark knows yields nothing.

    \b
    Example:
      earmark parse 'https://news.ycombinator.com/item?id=1' page.html
    """
    content, captured_at = _read(file)
    with loaded_plugins() as (loaded, workers):
        saved = parse_saved(url, content, loaded.entries, _Run(loaded, workers), captured_at)
    write_ndjson(map(_printed, saved.items), sys.stdout)
    sys.stdout.flush()
    for line in _told(saved):
        click.echo(line, err=True)
    if not saved.items and saved.platform not in ("", EVERY_OTHER_SITE):
        raise click.exceptions.Exit(NOTHING_READ)


def _read(file: str) -> tuple[bytes, str]:
    """What the file holds, and when it was saved (ISO 8601; empty where nobody knows)."""
    if file == "-":
        return sys.stdin.buffer.read(), ""
    path = Path(file)
    saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return path.read_bytes(), saved.isoformat(timespec="seconds")


class _Run:
    """Reads fragments in a worker process, a chunk at a time, and adds language and tags."""

    def __init__(self, loaded: Plugins, workers: PluginWorkers) -> None:
        self._loaded = loaded
        self._workers = workers

    def __call__(self, platform: str, page: Json, fragments: list[Json]) -> list[Json]:
        starts = range(0, len(fragments), CHUNK)
        chunks = [fragments[start : start + CHUNK] for start in starts]
        return [result for chunk in chunks for result in self._understand(platform, page, chunk)]

    def _understand(self, platform: str, page: Json, chunk: list[Json]) -> list[Json]:
        results: list[Json] = self._workers.call_sync(
            parse_with,
            platform,
            page,
            chunk,
            timeout=CHUNK_SECONDS,
            plugin=self._loaded.plugin_of(platform),
        )
        items = [item for result in results for item in result.get("items", [])]
        hints = [page_hint(page)] * len(items)
        meanings = self._workers.call_sync(enrich_items, items, hints, timeout=CHUNK_SECONDS)
        for item, meaning in zip(items, meanings, strict=True):
            item.update(meaning)
        return results


def _printed(item: Json) -> Json:
    return {key: value for key, value in item.items() if key[0] != "_" and value != []}


def _told(saved: SavedPage) -> Iterator[str]:
    """The count, and each thing that went wrong, once."""
    by = f" read by {saved.platform}" if saved.platform else "; no plugin reads this address"
    yield f"{len(saved.items)} items in {saved.fragments} pieces{by}."
    for error, times in Counter(saved.errors).items():
        yield f"{times} not understood: {printable(error)}"


COMMANDS = {"parse": parse}
