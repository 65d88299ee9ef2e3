"""Files are read piece by piece, and what is broken or hostile in them is named."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from earmark.share.csv_export import as_cell
from earmark.share.imports import archives, googleplus, lines, table
from earmark.share.imports.archives import Limits, entries, leads_out
from earmark.share.imports.files import NotAKind, TooLarge, keep_stream, kind_of
from earmark.share.imports.items import BadItem, checked

POST = b'<a href="https://plus.google.com/+Mira/posts/PA1">May 2013</a>'


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


def named(path: Path, limits: Limits | None = None) -> list[tuple[str, str]]:
    return [(entry.name, entry.problem) for entry in entries(path, limits)]


@contextmanager
def a_file(content: bytes) -> Iterator[Path]:
    """A file of its own for every example."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        yield path


# -- archives -------------------------------------------------------------------------------------


def test_the_pages_of_a_zip_are_read_one_by_one(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a_dot_html=b"A", b_dot_json=b"{}", c_dot_jpg=b"x")
    assert [(e.name, e.content) for e in entries(path)] == [("a.html", b"A"), ("b.json", b"{}")]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2"])
def test_the_pages_of_a_tar_are_read_one_by_one(tmp_path: Path, mode: Any) -> None:
    path = tmp_path / "a.tgz"
    with tarfile.open(path, mode) as archive:
        for name, content in (("Posts/a.html", b"A" * 700), ("b.jpg", b"x"), ("c.json", b"{}")):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    assert [e.name for e in entries(path)] == ["Posts/a.html", "c.json"]


@pytest.mark.parametrize(
    "name", ["../a.html", "/etc/a.html", "a/../../b.html", "..\\a.html", "C:/a.html", "\\a.html"]
)
def test_a_name_that_leads_out_is_named_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    assert leads_out(name)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, POST)
        archive.writestr("good.html", POST)
    found = list(entries(path))
    assert [bool(entry.problem) for entry in found] == [True, False]
    assert found[0].content == b""
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_link_in_a_tar_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("a.html")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert named(path) == [("a.html", "it is no file but a link")]


def test_what_is_packed_too_tightly_is_not_read(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "a.zip", bomb_dot_html=bytes(8_000_000), good_dot_html=POST)
    assert named(bomb) == [("bomb.html", "it is packed more than 200 times"), ("good.html", "")]


def test_a_tar_that_is_packed_too_tightly_is_not_read_on(tmp_path: Path) -> None:
    path = tmp_path / "a.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}.html")
            info.size = 20_000_000
            archive.addfile(info, io.BytesIO(bytes(info.size)))
    assert [problem for _, problem in named(path)] == ["it is packed more than 200 times"]


def test_a_size_that_is_a_lie_does_not_get_more_in(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a_dot_html=b"y" * 5000)
    raw = path.read_bytes().replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(raw)
    [entry] = entries(path, Limits(file_bytes=1000))
    assert entry.problem
    assert not entry.content


def test_too_many_files_are_too_many(tmp_path: Path) -> None:
    files = {f"f{number}_dot_html": b"x" for number in range(5)}
    found = named(zipped(tmp_path / "a.zip", **files), Limits(files=3))
    assert len(found) == 4
    assert "more than 3 files" in found[-1][1]


def test_all_together_they_are_not_more_than_is_taken(tmp_path: Path) -> None:
    files = {f"f{number}_dot_html": b"x" * 1000 for number in range(5)}
    found = named(zipped(tmp_path / "a.zip", **files), Limits(bytes=1500))
    assert [bool(problem) for _, problem in found] == [False, False, True]


def test_a_broken_entry_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", b"first content")
        archive.writestr("b.html", b"other content")
    path.write_bytes(path.read_bytes().replace(b"first content", b"FIRST content", 1))
    assert named(path) == [("a.html", "it cannot be unpacked: BadZipFile"), ("b.html", "")]


def test_an_archive_that_is_cut_off_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("a.html", "b.html"):
            info = tarfile.TarInfo(name)
            info.size = 2000
            archive.addfile(info, io.BytesIO(b"x" * 2000))
    path.write_bytes(path.read_bytes()[:4500])
    found = named(path)
    assert found[0] == ("a.html", "")
    assert found[-1][1]


@given(st.binary(max_size=300))
def test_no_bytes_are_an_archive_that_breaks_anything(content: bytes) -> None:
    with a_file(b"PK\x03\x04" + content) as path:
        assert all(isinstance(entry.problem, str) for entry in entries(path))


# -- Google+ --------------------------------------------------------------------------------------


def test_a_post_names_its_own_address() -> None:
    assert googleplus.address_of("a.html", POST) == "https://plus.google.com/+Mira/posts/PA1"
    post = {"url": "https://plus.google.com/+Mira/posts/PA2", "creationTime": "", "author": {}}
    assert googleplus.address_of("a.json", json.dumps(post).encode()).endswith("/posts/PA2")


@pytest.mark.parametrize(
    "content",
    [b"<a href='https://forum.example/posts/1'>", b"{", b"[]", b'{"likes": 3}', b"", b"<p>hi"],
)
def test_what_is_no_post_has_no_address(content: bytes) -> None:
    assert googleplus.address_of("x", content) == ""


def test_a_post_never_speaks_for_another_host() -> None:
    post = {"url": "https://bank.example/posts/1", "creationTime": "", "author": {}}
    address = googleplus.address_of("../a b.json", json.dumps(post).encode())
    assert address == "https://plus.google.com/takeout/a%20b.json"


# -- lines ----------------------------------------------------------------------------------------


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=8))
def test_lines_come_back_from_the_end_whatever_they_hold(texts: list[str]) -> None:
    written = "".join(json.dumps({"t": text}) + "\n" for text in texts)
    with a_file(written.encode()) as path:
        read = list(lines.backwards(path, lines.starts(path)))
    assert [line.value for line in read] == [{"t": text} for text in reversed(texts)]
    assert [line.number for line in read] == list(range(len(texts), 0, -1))


@pytest.mark.parametrize(
    "broken", [b"nope", b"[1]", b'{"a": NaN}', b"\xff\xfe", b'{"a":' * 100_000]
)
def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\n\n' + broken + b'\n{"a": 2}')
    read = list(lines.backwards(path, lines.starts(path)))
    assert [line.value for line in read] == [{"a": 2}, None, {"a": 1}]
    assert [bool(line.problem) for line in read] == [False, True, False]


def test_a_line_that_is_too_long_is_named(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 20)
    path = tmp_path / "a.ndjson"
    path.write_bytes(b'{"a": "' + b"x" * 70 + b'"}\n{"a": 2}\n')
    read = list(lines.backwards(path, lines.starts(path)))
    assert [line.value for line in read] == [{"a": 2}, None]


ITEM = {"platform": "forum", "id": "1", "kind": "comment"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"platform": "<b>"},
        {"platform": 3},
        {"id": ""},
        {"kind": "spam"},
        {"text": 3},
        {"state": "lost"},
        {"tags": ["mine"]},
        {"tags": [{"name": 1}]},
        {"author": {"name": []}},
        {"likes": "many"},
        {"likes": 2**70},
        {"likes": True},
        {"published": {"earliest": 1}},
        {"media": "x"},
    ],
)
def test_an_item_that_no_export_holds_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadItem):
        checked(ITEM | wrong)


def test_fields_that_nobody_knows_are_left_out() -> None:
    assert checked(ITEM | {"_host": "evil.example", "more": 1}) == ITEM


# -- tables ---------------------------------------------------------------------------------------


def read_table(path: Path, content: str, **asked: str) -> tuple[table.Heading, list[table.Row]]:
    path.write_text(content, encoding="utf-8")
    heading, rows = table.rows(path, asked)
    return heading, list(rows)


def test_columns_are_known_by_their_names(tmp_path: Path) -> None:
    heading, [row] = read_table(
        tmp_path / "a.csv", "Date;Name;Comment;Shoe size\n2026-01-02;Mina;Works;38\n"
    )
    assert row.cells == {"published": "2026-01-02", "author": "Mina", "text": "Works"}
    assert heading.unknown == ["Shoe size"]


def test_a_person_says_which_column_is_which(tmp_path: Path) -> None:
    asked = {"text": "what do you think?"}
    _, [row] = read_table(tmp_path / "a.csv", "What do you think?,Text\nGood,17\n", **asked)
    assert row.cells == {"text": "Good"}


@pytest.mark.parametrize("asked", [{"mood": "A"}, {"text": "C"}, {}])
def test_a_table_that_says_nothing_is_refused_in_words(tmp_path: Path, asked: Any) -> None:
    with pytest.raises(table.BadTable):
        read_table(tmp_path / "a.csv", "A,B\n1,2\n", **asked)


def test_a_row_that_is_too_long_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = f"text\n{'x' * (table.LONGEST_CELL + 1)}\nGood\n"
    _, rows = read_table(tmp_path / "a.csv", text)
    assert [bool(row.problem) for row in rows] == [True, False]


def test_the_same_table_gives_the_same_ids_and_equal_rows_stay_two(tmp_path: Path) -> None:
    def ids() -> list[str]:
        _, rows = read_table(tmp_path / "a.csv", "text,name\nGood,Mina\nGood,Mina\nBad,Noor\n")
        seen: Counter[str] = Counter()
        return [table.item_of(row, "note", seen)["id"] for row in rows]

    assert ids() == ids()
    assert len(set(ids())) == 3


@example("\x08@")
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_cell_of_our_own_export_says_what_it_said(text: str) -> None:
    assert table.unescaped(as_cell(text)) == text


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a", b'\xef\xbb\xbf{"platform": "x"}\n{"platform": "y"}\n', "ndjson"),
        ("a.csv", b"a,b\n", "csv"),
        ("a.html", b"<p>hi", "page"),
        ("a", b"  <!doctype html>", "page"),
        ("a.json", b'{"url": "https://plus.google.com/x"}', "page"),
    ],
)
def test_a_file_says_what_it_is(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert kind_of(path, name) == kind


def test_an_archive_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    assert kind_of(zipped(tmp_path / "x", a_dot_html=b"A"), "photo.jpg") == "archive"


def test_what_nobody_can_tell_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\x00\x01")
    with pytest.raises(NotAKind):
        kind_of(path, "a.bin")


async def test_a_stream_goes_to_a_private_file_and_stops_at_its_limit(tmp_path: Path) -> None:
    async def pieces() -> Any:
        for _ in range(4):
            yield b"x" * 10

    path = await keep_stream(tmp_path, pieces(), 40)
    assert path.stat().st_size == 40
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(TooLarge):
        await keep_stream(tmp_path, pieces(), 39)
    assert list(tmp_path.iterdir()) == [path]


def test_archives_are_read_for_pages_only() -> None:
    assert archives.is_wanted("Posts/A POST.HTML")
    assert not archives.is_wanted("photo.jpg")
