"""Another version on disk is noticed, and nothing else is taken for one."""

from __future__ import annotations

import asyncio
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from earmark import upgrades


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(upgrades, "SECONDS_BETWEEN_LOOKS", 0)
    return tmp_path


def put(site: Path, number: str) -> Path:
    info = site / f"earmark-{number}.dist-info"
    info.mkdir()
    text = f"Metadata-Version: 2.1\nName: earmark\nVersion: {number}\n"
    (info / "METADATA").write_text(text, encoding="utf-8")
    return info


def test_what_is_on_disk_now_is_seen_whatever_was_read_before(site):
    here = upgrades.installed_version()
    assert here == version("earmark")
    info = put(site, "99.1")
    assert upgrades.installed_version() == "99.1"
    (info / "METADATA").unlink()
    info.rmdir()
    assert upgrades.installed_version() == here


def test_in_the_middle_of_an_installation_there_is_no_version(site, monkeypatch):
    (site / "earmark-99.1.dist-info").mkdir()
    assert upgrades.installed_version() == ""
    monkeypatch.setattr(sys, "path", [])
    assert upgrades.installed_version() == ""


async def test_it_is_noticed_when_two_looks_agree(site, monkeypatch):
    looks = iter(["1.0", "", "2.0", "1.0", "", "3.0", "3.0", "4.0"])
    monkeypatch.setattr(upgrades, "installed_version", lambda: next(looks))
    assert await upgrades.noticed("1.0") == "3.0"
    assert next(looks) == "4.0"


async def test_while_nothing_changes_it_goes_on_looking(site):
    looking = asyncio.create_task(upgrades.noticed(version("earmark")))
    await asyncio.wait({looking}, timeout=0.2)
    assert not looking.done()
    put(site, "99.1")
    assert await looking == "99.1"
