"""Files that come in: whole, once, with what is broken named, and undone exactly."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from intake_line import Line

from earmark.importing import Import, Importer
from earmark.reading import Reading
from earmark.share.ndjson import write_ndjson
from earmark.store import queries, runs
from earmark.store.edit import patch_item
from earmark.store.filters import Filters
from earmark.store.log import Log, open_log
from earmark.store.undo import undo

Json = dict[str, Any]
MADE_UP = Path(__file__).parents[2] / "plugins/earmark_plugins/platforms/cases/googleplus"


class Importing:
    """Imports made-up files into the log of a line."""

    def __init__(self, line: Line, folder: Path) -> None:
        self.line = line
        self.folder = folder
        reading = Reading(line.plugins, line.workers)
        self.importer = Importer(line.log, line.plugins, reading, line.intake)
        self.run = 0
        self.seen: list[tuple[int, int]] = []

    async def __call__(self, content: bytes, name: str, **asked: Any) -> Json:
        path = self.folder / "incoming"
        path.write_bytes(content)
        self.run = await self.line.log.awrite(lambda conn: runs.begin(conn, "import", {}))
        given = Import(name=name, **asked)
        return await self.importer.take_in(
            self.run, path, given, lambda done, total: self.seen.append((done, total))
        )

    async def undo(self) -> None:
        await undo(self.line.log, self.run)

    def counts(self, told: Json) -> tuple[int, int, int, int]:
        return told["new"], told["updated"], told["seen"], told["not_understood"]


@pytest.fixture
def importing(line: Any, tmp_path: Path) -> Callable[..., Any]:
    @asynccontextmanager
    async def open_it(*only: str) -> AsyncIterator[Importing]:
        async with line(only=("webpage", *only)) as one:
            yield Importing(one, tmp_path)

    return open_it


def exported(log: Log) -> bytes:
    out = io.StringIO(newline="")
    write_ndjson(queries.stream(log, Filters()), out)
    return out.getvalue().encode()


def everything(log: Log) -> Json:
    tables = ("items", "item_tags", "aliases", "versions", "sightings", "placements", "fragments")
    with log.reading() as connection:
        return {t: connection.exec_driver_sql(f"SELECT * FROM {t}").all() for t in tables}


SCHEMA = (
    '<li class="comment" itemscope itemtype="https://schema.org/Comment" id="{id}">'
    '<i itemprop="author">Mina</i><p itemprop="text">{text}</p></li>'
)


# -- our own export -------------------------------------------------------------------------------


async def test_an_export_in_an_empty_home_is_the_same_export(
    importing: Any, tmp_path: Path
) -> None:
    async with importing() as here:
        pages = [SCHEMA.format(id=f"c{n}", text=f"Text {n} ‎میں\u2028") for n in range(5)]
        await here.line.capture(*pages)
        for number, each in enumerate(here.line.items()):
            patch = {"state": "open", "note": f"n{number}", "add_tags": ["mine"]}
            key = (each["platform"], each["id"])
            await here.line.log.awrite(
                lambda conn, key=key, patch=patch: patch_item(conn, *key, patch)
            )
        original = exported(here.line.log)
        other = open_log(tmp_path / "other.sqlite3")
        here.line.log, mine = other, here.line.log
        here.importer._log = other
        told = await here(original, "a.ndjson")
        assert here.counts(told) == (5, 0, 0, 0)
        assert exported(other) == original
        before = everything(other)
        assert here.counts(await here(original, "a.ndjson")) == (0, 0, 5, 0)
        assert everything(other) == before
        other.close()
        here.line.log = mine


async def test_what_is_known_keeps_what_was_done_here_and_takes_what_is_newer(
    importing: Any,
) -> None:
    old = {"platform": "forum", "id": "1", "kind": "comment", "text": "A", "likes": 1}
    old |= {"first_seen": "2026-01-01T00:00:00Z", "last_seen": "2026-01-02T00:00:00Z"}
    new = old | {"likes": 5, "views": 7, "last_seen": "2026-02-01T00:00:00Z", "note": "theirs"}
    new |= {"tags": [{"name": "b", "by": "you"}, {"name": "c", "by": "x"}], "sightings": 4}
    async with importing() as here:
        await here(json.dumps(old).encode() + b"\n", "a.ndjson", format="ndjson")
        patch = {"note": "mine", "state": "done", "add_tags": ["a"]}
        await here.line.log.awrite(lambda conn: patch_item(conn, "forum", "1", patch))
        told = await here(json.dumps(new).encode(), "b.ndjson", format="ndjson")
        assert here.counts(told) == (0, 1, 0, 0)
        [item] = here.line.items()
        assert (item["likes"], item["views"], item["sightings"]) == (5, 7, 4)
        assert (item["note"], item["state"]) == ("mine", "done")
        assert {tag["name"] for tag in item["tags"]} >= {"a", "b"}
        told = await here(json.dumps(old).encode(), "a.ndjson", format="ndjson")
        assert here.counts(told) == (0, 0, 1, 0)


async def test_a_broken_line_is_named_and_takes_no_other_with_it(importing: Any) -> None:
    lines = [b'{"platform":"f","id":"1","kind":"comment","text":"A"}', b"nope", b'{"platform":"f"}']
    async with importing() as here:
        told = await here(b"\n".join(lines), "a.ndjson")
        assert here.counts(told) == (1, 0, 0, 2)
        assert sorted(each["where"] for each in told["problems"]) == ["line 2", "line 3"]


async def test_a_page_finds_an_imported_item_again(importing: Any) -> None:
    async with importing() as here:
        [result] = await here.line.capture(SCHEMA.format(id="x", text="Works well"))
        export = exported(here.line.log)
        here.line.log.table("items").truncate()
        await here(export, "a.ndjson")
        [again] = await here.line.capture(SCHEMA.format(id="x", text="Works well"), visit="v2")
        assert [each["id"] for each in again["items"]] == [each["id"] for each in result["items"]]
        assert len(here.line.items()) == 1


async def test_a_dry_run_tells_and_stores_nothing(importing: Any) -> None:
    async with importing() as here:
        before = everything(here.line.log)
        line = b'{"platform":"f","id":"1","kind":"comment","text":"A"}'
        assert here.counts(await here(line, "a.ndjson", dry_run=True)) == (1, 0, 0, 0)
        page = SCHEMA.format(id="x", text="Works").encode()
        told = await here(page, "a.html", url="https://a.example/p", dry_run=True)
        assert told["new"] == 1
        assert everything(here.line.log) == before


# -- tables ---------------------------------------------------------------------------------------


async def test_the_rows_of_a_table_are_items(importing: Any) -> None:
    content = (
        "Date,Name,Comment,Score,Shoe size\n"
        "2026-01-02,Mina,The export is far too slow for our team,2,38\n"
        ",,,,\n,Noor,,,\n"
    )
    async with importing() as here:
        told = await here(content.encode(), "survey.csv", kind="comment")
        assert here.counts(told) == (1, 0, 0, 1)
        assert told["left_out"] == ["Shoe size"]
        [item] = here.line.items()
        assert (item["kind"], item["author"], item["rating"]) == (
            "comment",
            {"name": "Mina"},
            {"value": 2.0},
        )
        assert item["published"]["earliest"].startswith("2026-01-0")
        assert item["page_title"] == "survey.csv"
        assert "language" in item
        assert (await here(content.encode(), "survey.csv", kind="comment"))["seen"] == 1


# -- pages and archives ---------------------------------------------------------------------------


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return out.getvalue()


async def test_a_saved_page_is_read_kept_raw_and_undone(importing: Any) -> None:
    page = "".join(SCHEMA.format(id=f"c{n}", text=f"Comment {n}") for n in range(3)).encode()
    async with importing() as here:
        before = everything(here.line.log)
        told = await here(page, "a.html", url="https://a.example/p")
        assert told["new"] == 3
        assert {item["page_url"] for item in here.line.items()} == {"https://a.example/p"}
        with here.line.log.reading() as connection:
            kept = connection.exec_driver_sql("SELECT DISTINCT status FROM fragments").scalars()
            assert list(kept) == ["stored"]
        now = everything(here.line.log)
        assert (await here(page, "a.html", url="https://a.example/p"))["new"] == 0
        assert everything(here.line.log) == now
        here.run -= 1
        await here.undo()
        assert everything(here.line.log) == before


@pytest.mark.parametrize("file", ["page.html", "response.json"])
async def test_a_takeout_archive_is_read_post_by_post(importing: Any, file: str) -> None:
    posts = {f"Takeout/{p.parent.name}{p.suffix}": p for p in MADE_UP.glob(f"*/{file}")}
    wanted = {
        item["text"]
        for path in posts.values()
        for item in map(json.loads, (path.parent / "items.ndjson").read_text("utf-8").splitlines())
        if item.get("text")
    }
    hostile = {"../out.html": b"x", "Takeout/index.html": b"<p>nothing of a post</p>"}
    files = {name: path.read_bytes() for name, path in posts.items()}
    async with importing("googleplus") as here:
        before = everything(here.line.log)
        told = await here(archive(**files, **hostile), "takeout.zip")
        assert {item["text"] for item in here.line.items() if "text" in item} == wanted
        assert {item["platform"] for item in here.line.items()} == {"googleplus"}
        assert told["left_out"] == ["Takeout/index.html"]
        assert [each["where"] for each in told["problems"]] == ["../out.html"]
        assert {i["page_url"].split("/")[2] for i in here.line.items()} == {"plus.google.com"}
        await here.undo()
        assert everything(here.line.log) == before


async def test_a_page_that_names_no_address_is_refused_in_words(importing: Any) -> None:
    async with importing() as here:
        with pytest.raises(Exception, match="Where this page came from"):
            await here(b"<p>hi", "a.html")
