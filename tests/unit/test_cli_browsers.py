"""What `earmark try` needs to know before it starts a browser."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.cli.browsers import installed
from earmark.cli.browsers.installed import Browser, find_browser
from earmark.errors import EarmarkError
from earmark.extension.prepared import match_pattern, prepare_extension
from earmark.parse.urls import UrlPattern


@pytest.fixture
def programs(monkeypatch, tmp_path):
    """Install makeshift programs by these names, and no others."""

    def install(*names: str) -> Path:
        for name in names:
            program = tmp_path / name
            program.write_text("#!/bin/sh\n", encoding="utf-8")
            program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(installed, "_default_places", lambda kind: [])
        return tmp_path

    return install


def test_the_first_browser_there_is_is_taken(programs):
    folder = programs("firefox-esr", "google-chrome")
    assert find_browser() == Browser(installed.KINDS[1], folder / "google-chrome")


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("chromium-browser", "chromium"),
        ("google-chrome-stable", "chrome"),
        ("microsoft-edge", "edge"),
        ("firefox-esr", "firefox"),
    ],
)
def test_each_browser_is_found_under_the_names_it_is_installed_by(programs, program, name):
    folder = programs(program)
    assert find_browser(name).program == folder / program


def test_where_chromium_takes_no_extension_firefox_is_taken(programs, monkeypatch):
    folder = programs("chromium", "firefox")
    as_on_windows = property(lambda kind: kind.engine == "gecko")
    monkeypatch.setattr(installed.Kind, "takes_extension", as_on_windows)
    assert find_browser().program == folder / "firefox"
    assert find_browser("chromium").program == folder / "chromium", "asked for by name"


def test_a_browser_that_is_missing_is_named_and_so_are_those_that_are_there(programs):
    programs("firefox")
    with pytest.raises(EarmarkError, match="Microsoft Edge was not found") as caught:
        find_browser("edge")
    assert caught.value.hint == "Installed here: Firefox."


def test_without_any_browser_the_hint_says_what_to_install(programs):
    programs()
    with pytest.raises(EarmarkError, match="No browser that Earmark can start was found") as caught:
        find_browser()
    assert "Install" in caught.value.hint


@pytest.mark.parametrize(
    "script",
    [
        '#!/bin/sh\nexec /snap/bin/chromium "$@"\n',
        '#!/bin/sh\nexec "/snap/bin/chromium"\n',
    ],
)
def test_a_browser_in_a_snap_gets_a_work_folder_that_it_can_read(monkeypatch, tmp_path, script):
    program = tmp_path / "chromium-browser"
    program.write_text(script, encoding="utf-8")
    common = tmp_path / "snap" / "chromium" / "common"
    common.mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert Browser(installed.KINDS[0], program).work_folder() == common


def test_a_browser_outside_a_snap_works_in_the_usual_place(programs):
    programs("chromium")
    assert find_browser("chromium").work_folder() is None


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        ("https://news.ycombinator.com/item?id=1", "https://news.ycombinator.com/*"),
        ("http://127.0.0.1:47650/sample", "http://127.0.0.1/*"),
        ("https://BÜCHER.example/x", "https://xn--bcher-kva.example/*"),
        ("http://[::1]:8080/", "http://[::1]/*"),
        ("https://user:secret@host.example/", "https://host.example/*"),
    ],
)
def test_the_permission_of_a_page_covers_its_host_on_every_port(url, pattern):
    assert match_pattern(url) == pattern


@pytest.mark.parametrize(
    "url", ["", "news.ycombinator.com", "file:///etc/passwd", "chrome://x", "http://", "http://[x"]
)
def test_what_is_no_page_on_the_web_is_refused_in_words(url):
    with pytest.raises(EarmarkError, match="not the address of a web page"):
        match_pattern(url)


@given(st.text(), st.sampled_from(["", "https://", "http://a.example:"]))
def test_any_typed_address_is_a_pattern_a_browser_takes_or_an_error(typed, start):
    with contextlib.suppress(EarmarkError):
        assert UrlPattern(match_pattern(start + typed)).pattern.isascii()


def test_the_prepared_extension_pairs_by_itself_and_may_read_the_sites(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    manifest = {"name": "سلام", "host_permissions": ["http://127.0.0.1/*"]}
    (source / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    sites = ["https://a.example/*", "http://127.0.0.1/*"]
    prepare_extension(source, target, "47650-AAAA-BBBB", sites)
    trial = json.loads((target / "prepared.json").read_text(encoding="utf-8"))
    prepared = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert trial == {"code": "47650-AAAA-BBBB", "sites": sites}
    assert prepared == {
        "name": "سلام",
        "host_permissions": ["http://127.0.0.1/*", "https://a.example/*"],
    }
    assert not (source / "prepared.json").exists()
