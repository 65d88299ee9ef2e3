"""The extension unpacked in the home: whole at every moment, private, always at one path."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from earmark.errors import EarmarkError
from earmark.extension import unpacked
from earmark.extension.files import read_files, source_folder
from earmark.extension.prepared import leave_code, take_code_away
from earmark.extension.unpacked import Place, install, is_current, place_of, refresh, unpack
from earmark.settings import Home

OLD = {"manifest.json": b'{"version": "0"}', "a/old.js": b"1"}
NEW = {"manifest.json": b'{"version": "1"}', "a/b/new.js": b"2"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_the_folder_in_the_home_is_the_extension_as_it_came(home: Home) -> None:
    place = place_of(home)
    unpack(place, firefox=False)
    assert place.extension == home.extension_folder
    assert read_files(home.extension_folder) == read_files(source_folder())
    assert not place.firefox.exists()


def test_everything_unpacked_is_private_whatever_the_umask(home: Home) -> None:
    before = os.umask(0)
    try:
        unpack(place_of(home), firefox=True)
    finally:
        os.umask(before)
    for path in [home.path, *home.path.rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_an_update_replaces_the_files_at_the_same_path(tmp_path: Path) -> None:
    folder = tmp_path / "extension"
    install(OLD, folder)
    install(NEW, folder)
    assert tree(folder) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["extension"]


def test_what_is_current_is_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "extension"
    install(NEW, folder)
    made = folder.stat().st_ino
    install(NEW, folder)
    assert folder.stat().st_ino == made


def test_a_file_that_was_changed_or_added_is_put_right(tmp_path: Path) -> None:
    folder = tmp_path / "extension"
    install(NEW, folder)
    (folder / "a/b/new.js").write_bytes(b"changed")
    (folder / "added.js").write_bytes(b"added")
    assert not is_current(NEW, folder)
    install(NEW, folder)
    assert tree(folder) == NEW


@pytest.mark.parametrize("moment", [1, 2])
def test_an_update_that_is_killed_leaves_a_whole_tree_for_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    folder = tmp_path / "extension"
    install(OLD, folder)
    renames = iter(range(1, 10))

    def killed(self: Path, target: Path) -> Path:
        if self.is_dir() and next(renames) == moment:
            raise KeyboardInterrupt
        return self.replace(target)

    with monkeypatch.context() as context:
        context.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            install(NEW, folder)
    assert not folder.exists() or tree(folder) == OLD, "never a half tree"
    assert unpacked._was_unpacked(folder)
    install(NEW, folder)
    assert tree(folder) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["extension"]


def test_two_updates_at_once_end_in_one_whole_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "extension"
    install(OLD, folder)
    swap = unpacked._swap

    def second(extension: dict[str, bytes], target: Path) -> None:
        monkeypatch.setattr(unpacked, "_swap", swap)
        install(NEW, folder)
        (folder / "here").mkdir()  # a rename onto it fails, as one onto any full folder
        raise FileExistsError(folder)

    monkeypatch.setattr(unpacked, "_swap", second)
    install(NEW, folder)
    assert tree(folder) == NEW


def test_a_start_brings_what_was_unpacked_up_to_date_and_nothing_else(home: Home) -> None:
    assert refresh(home) == []
    assert not home.path.exists()
    place = place_of(home)
    unpack(place, firefox=True)
    assert refresh(home) == []
    package = place.package.read_bytes()
    for folder in (place.extension, place.to_sign):
        (folder / "manifest.json").write_text('{"version": "0.0.1"}', encoding="utf-8")
    place.package.write_bytes(b"old")
    assert refresh(home) == [place.extension, place.to_sign]
    assert read_files(place.extension) == read_files(source_folder())
    assert place.package.read_bytes() == package


def test_a_start_after_a_killed_update_puts_the_extension_back(home: Home) -> None:
    place = place_of(home)
    unpack(place, firefox=False)
    place.extension.rename(home.path / ".extension-0123abcd.old")
    assert refresh(home) == [place.extension]
    assert read_files(place.extension) == read_files(source_folder())
    assert not list(home.path.glob(".extension-*"))


def test_a_folder_of_a_confined_browser_is_remembered_and_brought_up_to_date(
    home: Home, tmp_path: Path
) -> None:
    confined = tmp_path / "snap" / "common"
    confined.mkdir(parents=True)
    place = place_of(home, confined)
    unpack(place_of(home, confined), firefox=False)
    assert place.root == confined / "earmark"
    assert not home.extension_folder.exists()
    (place.extension / "manifest.json").write_text("{}", encoding="utf-8")
    assert refresh(home) == [place.extension]


def test_what_firefox_installs_keeps_its_own_id_through_updates(home: Home) -> None:
    place = place_of(home)
    unpack(place, firefox=True)

    def id() -> str:
        manifest = json.loads((place.to_sign / "manifest.json").read_text(encoding="utf-8"))
        return str(manifest["browser_specific_settings"]["gecko"]["id"])

    first = id()
    assert first.endswith("@earmark.local")
    assert first != "earmark@earmark.local", "Mozilla signs one id for one account only"
    (place.to_sign / "manifest.json").unlink()
    refresh(home)
    assert id() == first


def test_two_homes_have_two_ids(tmp_path: Path) -> None:
    kept = set()
    for name in ("one", "two"):
        place = place_of(Home(tmp_path / name))
        unpack(place, firefox=True)
        kept.add((place.firefox / "id.txt").read_text(encoding="utf-8"))
    assert len(kept) == 2


def test_a_pairing_code_is_left_privately_and_taken_away(home: Home) -> None:
    place = place_of(home)
    unpack(place, firefox=False)
    leave_code(place.extension, "47650-AAAA-BBBB")
    assert json.loads(place.prepared.read_text(encoding="utf-8")) == {"code": "47650-AAAA-BBBB"}
    assert stat.S_IMODE(place.prepared.stat().st_mode) == 0o600
    assert refresh(home) == [], "a code is no change of the extension"
    take_code_away(place.extension)
    take_code_away(place.extension)
    assert not place.prepared.exists()


def test_where_nothing_can_be_written_the_error_says_so(tmp_path: Path) -> None:
    (tmp_path / "extension").write_text("a file in the way", encoding="utf-8")
    (tmp_path / "root").write_text("no folder", encoding="utf-8")
    with pytest.raises(EarmarkError, match="cannot be unpacked"):
        unpack(Place(tmp_path / "root"), firefox=False)
