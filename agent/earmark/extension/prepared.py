"""A pairing code left in the extension's own folder, so that nobody has to type one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from ..errors import EarmarkError
from ..model import Json
from ..parse.urls import canonical_url, split_url
from ..settings import write_private
from .files import MANIFEST, PREPARED

_HOST = re.compile(r"[a-z0-9.:_-]+")


def match_pattern(url: str) -> str:
    """The permission that covers the site of `url`: `https://host/*`, every port of it.

    EarmarkError where `url` is not a page on the web.
    """
    parts = split_url(canonical_url(url))
    host = (parts.hostname or "") if parts else ""
    if not parts or not _HOST.fullmatch(host):
        raise EarmarkError(
            f"{url} is not the address of a web page.",
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
    write_private(target / PREPARED, trial)
    manifest_file = target / MANIFEST
    manifest: Json = json.loads(manifest_file.read_text(encoding="utf-8"))
    asked = manifest.get("host_permissions", [])
    manifest["host_permissions"] = [*asked, *(site for site in sites if site not in asked)]
    manifest_file.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def leave_code(folder: Path, code: str) -> None:
    """Have the extension that runs from `folder` pair with `code`, where it is not paired yet."""
    write_private(folder / PREPARED, json.dumps({"code": code}))


def take_code_away(folder: Path) -> None:
    """Leave no code behind; harmless where there is none."""
    (folder / PREPARED).unlink(missing_ok=True)
