"""The extension's files, and a copy of them prepared for one trial."""

from __future__ import annotations

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path

from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.parse.urls import canonical_url, split_url

from ..streams import printable

_HOST = re.compile(r"[a-z0-9.:_-]+")


def extension_folder() -> Path:
    """The unpacked extension: in the installed package, else beside `agent` in a checkout."""
    package = Path(str(files("earmark")))
    for folder in (package / "_extension", package.parent.parent / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    raise EarmarkError(
        "This installation of Earmark came without its browser extension.",
        "Install it again from a wheel, or run it from a checkout.",
    )


def match_pattern(url: str) -> str:
    """The permission that covers the site of `url`: `https://host/*`, every port of it.

    EarmarkError where `url` is not a page on the web.
    """
    parts = split_url(canonical_url(url))
    host = (parts.hostname or "") if parts else ""
    if not parts or not _HOST.fullmatch(host):
        raise EarmarkError(
            f"{printable(url)} is not the address of a web page.",
            "Give it whole, for example https://news.ycombinator.com/news",
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}/*"


def prepare_extension(source: Path, target: Path, code: str, sites: list[str]) -> None:
    """Copy the extension to `target` so that it pairs by itself and may read `sites` at once.

    code: a pairing code; sites: match patterns, as in a browser manifest.
    """
    shutil.copytree(source, target)
    trial = json.dumps({"code": code, "sites": sites})
    (target / "prepared.json").write_text(trial, encoding="utf-8")
    manifest_file = target / "manifest.json"
    manifest: Json = json.loads(manifest_file.read_text(encoding="utf-8"))
    asked = manifest.get("host_permissions", [])
    manifest["host_permissions"] = [*asked, *(site for site in sites if site not in asked)]
    manifest_file.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
