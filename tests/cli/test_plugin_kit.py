"""The author's commands, as they are typed."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from every_platform import ENTRIES

from earmark.model import Page
from earmark.parse.slicing import slice_page
from earmark.store import raw
from earmark.store.log import open_log

URL = "https://news.ycombinator.com/item?id=41900100"
PAGE = """<html><head><title>Kettles</title></head><body><table>
<tr class="athing comtr" id="41900200"><td><table><tr><td class="ind"><img width="0"></td>
<td class="default"><span class="comhead"><a href="user?id=mirasand" class="hnuser">mirasand</a>
<span class="age" title="2026-11-20T10:00:00 1795168800"><a href="item?id=41900200">1 day ago</a>
</span></span><div class="comment"><div class="commtext c00">The lid came off on day two.</div>
</div></td></tr></table></td></tr></table></body></html>"""
MOMENT = "2026-11-21T20:00:00Z"


@pytest.fixture
def typed(earmark, tmp_path: Path):
    """Types a command in a folder."""

    def run(*words: str, place: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "earmark", *words],
            cwd=place,
            env=earmark.environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    os.utime(file, (1_795_200_000, 1_795_200_000))
    return file


@pytest.fixture
def here() -> Iterator[str]:
    """A site on this computer; it also leads elsewhere."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "http://127.0.0.2:9/")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is to be said about it."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def case_in(done: subprocess.CompletedProcess[str]) -> str:
    """All that was written of the case that a command names."""
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.splitlines()[0])
    return "".join(file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()))


def test_a_saved_page_is_recorded_in_the_home_with_nobody_in_it(typed, page, earmark):
    done = typed("plugin", "record", str(page), "--url", URL, "--name", "kettles")
    written = case_in(done)
    assert done.stdout.strip() == str(earmark.home.cases_folder / "hackernews" / "kettles")
    assert "mirasand" not in written
    assert "lid came off" not in written
    assert "1 items read by hackernews." in done.stderr
    assert "people 1" in done.stderr
    assert "1 of" not in done.stdout
    checked = typed("plugin", "check", "hackernews")
    assert checked.returncode == 0, checked.stdout
    assert "hackernews" in checked.stdout


def test_a_saved_page_needs_its_address(typed, page):
    done = typed("plugin", "record", str(page))
    assert done.returncode == 1
    assert "--url" in done.stderr


def test_a_page_of_this_computer_is_asked_for_and_leads_nowhere(typed, here):
    assert "lid came off" not in case_in(typed("plugin", "record", f"{here}/t"))
    away = typed("plugin", "record", f"{here}/away")
    assert away.returncode == 1
    assert "302" in away.stderr


def test_a_page_that_was_heard_is_recorded_by_its_address(typed, earmark):
    entry = next(entry for entry in ENTRIES if entry["name"] == "hackernews")
    about = {"url": URL, "visit": "v", "title": "Kettles", "captured_at": MOMENT}
    fragments = [
        asdict(each) | {"id": str(uuid.uuid4()), "captured_at": MOMENT}
        for each in slice_page(PAGE, entry, Page.from_json(about))
    ]
    with earmark.home.lock():
        log = open_log(earmark.home.database)
        log.write(lambda conn: raw.keep(conn, "b", about, fragments, "hackernews", MOMENT)).result()
        log.close()
    done = typed("plugin", "record", URL)
    assert "mirasand" not in case_in(done)
    assert "1 items read by hackernews." in done.stderr


def test_a_page_that_was_not_heard_is_asked_of_nobody(typed):
    done = typed("plugin", "record", "https://talk.example.org/t/1")
    assert done.returncode == 1
    assert "Earmark asks no site" in done.stderr
    assert "Record this page" in done.stderr


def test_a_package_is_written_checked_broken_and_put_right(typed, tmp_path):
    done = typed("plugin", "new", "mysite")
    assert done.returncode == 0, done.stderr
    project = tmp_path / "earmark-mysite"
    written = {str(file.relative_to(tmp_path)) for file in project.rglob("*") if file.is_file()}
    assert {name for name in written if "__pycache__" not in name} == {
        *done.stdout.split("\n")[:-2]
    }
    assert "pip install --editable '.[test]'" in done.stdout  # whose tests run with pytest
    assert 'test = ["pytest"]' in (project / "pyproject.toml").read_text(encoding="utf-8")
    assert "1 of 1 cases give what they must." in typed("plugin", "check", place=project).stdout
    module = project / "earmark_mysite.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace('"a.author"', '"a.writer"'), encoding="utf-8")
    broken = typed("plugin", "check", "earmark_mysite.py", place=project)
    assert broken.returncode == 1
    assert "~ 17 “The export is missing a column.”: author was" in broken.stdout
    once = typed("plugin", "dev", "earmark_mysite.py", "--once", place=project)
    assert once.returncode == 1
    assert "is not there" in once.stdout
    updated = typed("plugin", "check", "--update", place=project)
    assert updated.returncode == 0, updated.stdout
    items = project / "cases" / "mysite" / "a_first_thread" / "items.ndjson"
    assert "author" not in json.loads(items.read_text(encoding="utf-8").splitlines()[0])
    assert typed("plugin", "dev", "earmark_mysite.py", "--once", place=project).returncode == 0


def test_a_plugin_without_a_case_is_told_how_to_make_one(typed, tmp_path):
    typed("plugin", "new", "mysite")
    project = tmp_path / "earmark-mysite"
    shutil.rmtree(project / "cases")
    done = typed("plugin", "check", place=project)
    assert done.returncode == 1
    assert "There is no case yet. Make one: earmark plugin record FILE" in done.stdout


def test_a_plugin_that_is_not_there_cannot_be_checked(typed):
    done = typed("plugin", "check", "nobody")
    assert done.returncode == 1
    assert "No plugin “nobody” is installed here." in done.stderr
