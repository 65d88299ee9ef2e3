"""Packages for the browsers' stores: what is in them, and that everyone makes the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from earmark.extension.files import for_engine, for_gecko, manifest_of, read_files, source_folder
from earmark.extension.packages import build, packed

PROGRAM = [sys.executable, "-m", "earmark.extension"]


def checkout(folder: Path, *, umask: int, junk: bool) -> Path:
    """A copy of the extension as somebody else may have it."""
    before = os.umask(umask)
    try:
        folder.mkdir()
        for path in sorted(source_folder().rglob("*"), reverse=True):
            target = folder / path.relative_to(source_folder())
            if path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
                os.utime(target, (umask * 1e6, umask * 1e6))
        if junk:
            (folder / ".DS_Store").write_bytes(b"\0")
            (folder / "background" / "main.js.swp").write_bytes(b"\0")
            (folder / ".hidden").mkdir()
            (folder / ".hidden" / "x.js").write_bytes(b"\0")
            (folder / "prepared.json").write_text('{"code": "1"}', encoding="utf-8")
    finally:
        os.umask(before)
    return folder


def test_two_checkouts_make_the_same_bytes(tmp_path: Path) -> None:
    one = build(checkout(tmp_path / "a", umask=0o022, junk=False), tmp_path / "one")
    two = build(checkout(tmp_path / "b", umask=0o077, junk=True), tmp_path / "two")
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_the_command_writes_both_packages_and_says_where(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, str(tmp_path / "dist")], capture_output=True, text=True, check=True
    )
    version = manifest_of(read_files(source_folder()))["version"]
    names = [f"earmark-{version}-chromium.zip", f"earmark-{version}-firefox.xpi"]
    assert done.stdout.split() == [str(tmp_path / "dist" / name) for name in names]
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == names


def test_the_command_says_how_it_is_used() -> None:
    done = subprocess.run(PROGRAM, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_a_package_tells_nothing_of_who_made_it(tmp_path: Path) -> None:
    for package in build(source_folder(), tmp_path):
        with zipfile.ZipFile(package) as archive:
            entries = archive.infolist()
        assert [entry.filename for entry in entries] == sorted(e.filename for e in entries)
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in entries} == {0o100644}


def manifest(engine: Any) -> dict[str, Any]:
    return manifest_of(for_engine(read_files(source_folder()), engine))


def test_each_store_gets_a_manifest_without_what_is_for_the_other() -> None:
    shared = manifest_of(read_files(source_folder()))
    firefox, chromium = manifest("gecko"), manifest("chromium")
    assert firefox["background"] == {"scripts": ["background/main.js"], "type": "module"}
    assert chromium["background"] == {"service_worker": "background/main.js", "type": "module"}
    assert firefox["browser_specific_settings"] == shared["browser_specific_settings"]
    assert not {"key", "minimum_chrome_version", "storage", "side_panel"} & firefox.keys()
    assert not {"key", "browser_specific_settings"} & chromium.keys(), "its store refuses a key"
    for name in ("name", "version", "permissions", "content_security_policy", "incognito"):
        assert firefox[name] == chromium[name] == shared[name]


def test_the_managed_schema_is_for_chromium_only() -> None:
    extension = read_files(source_folder())
    assert "managed_schema.json" in for_engine(extension, "chromium")
    assert "managed_schema.json" not in for_engine(extension, "gecko")


def test_a_side_panel_is_asked_for_only_where_there_is_one() -> None:
    extension = read_files(source_folder())
    shared = manifest_of(extension)
    shared["permissions"] = [*shared["permissions"], "sidePanel"]
    changed = {**extension, "manifest.json": json.dumps(shared).encode()}
    assert "sidePanel" in manifest_of(for_engine(changed, "chromium"))["permissions"]
    assert "sidePanel" not in manifest_of(for_engine(changed, "gecko"))["permissions"]


def test_whoever_signs_it_gives_it_an_id_of_their_own() -> None:
    own = manifest_of(for_gecko(read_files(source_folder()), "mine@example.org"))
    assert own["browser_specific_settings"]["gecko"]["id"] == "mine@example.org"
    assert own["browser_specific_settings"]["gecko"]["data_collection_permissions"]


def test_a_package_holds_each_file_as_it_is(tmp_path: Path) -> None:
    extension = read_files(source_folder())
    (tmp_path / "x.zip").write_bytes(packed(extension))
    shutil.unpack_archive(tmp_path / "x.zip", tmp_path / "x")
    assert read_files(tmp_path / "x") == extension


@pytest.mark.parametrize("engine", ["chromium", "gecko"])
def test_every_message_file_is_in_the_package(engine: Any) -> None:
    names = for_engine(read_files(source_folder()), engine)
    for language in ("en", "fa", "ro", "tr"):
        assert f"_locales/{language}/messages.json" in names
