"""What Mozilla's own linter says of the package that Firefox gets."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from needs import lacking, need_program

from earmark.extension.files import for_gecko, read_files, source_folder
from earmark.extension.packages import packed

WEB_EXT = "web-ext@10.7.0"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("id", ["", "earmark-0123456789ab@earmark.local"])
def test_the_firefox_package_is_clean(tmp_path: Path, id: str) -> None:
    package = tmp_path / "earmark.xpi"
    package.write_bytes(packed(for_gecko(read_files(source_folder()), id)))
    command = [need_program("npx"), "--yes", WEB_EXT, "lint", "--source-dir", str(package)]
    done = subprocess.run(
        [*command, "--output", "json"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    if "{" not in done.stdout:
        lacking(f"web-ext could not be had: {done.stderr[-300:]}")
    report = json.loads(done.stdout[done.stdout.index("{") :])
    found = [*report["errors"], *report["warnings"], *report["notices"]]
    assert found == []
    assert report["metadata"]["id"] == (id or "earmark@earmark.local")
