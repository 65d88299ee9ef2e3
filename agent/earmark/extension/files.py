"""The extension's files as they came with Earmark, and what each kind of browser is given."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Literal

from ..errors import EarmarkError
from ..model import Json

Engine = Literal["chromium", "gecko"]
Files = dict[str, bytes]  # by path inside the extension, with slashes

MANIFEST = "manifest.json"
MANAGED_SCHEMA = "managed_schema.json"
SHIPPED = frozenset({".css", ".html", ".js", ".json", ".png", ".svg"})
# Written into an unpacked copy, and never a part of what is shipped.
PREPARED = "prepared.json"


def source_folder() -> Path:
    """The extension: in the installed package, else beside `agent` in a checkout."""
    package = Path(str(files("earmark")))
    for folder in (package / "_extension", package.parent.parent / "extension"):
        if (folder / MANIFEST).is_file():
            return folder
    raise EarmarkError(
        "This installation of Earmark came without its browser extension.",
        "Install it again from a wheel, or run it from a checkout.",
    )


def read_files(folder: Path) -> Files:
    """Every file of the extension in `folder`; what editors and systems leave there is not one."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    inside = ((path.relative_to(folder), path) for path in found)
    return {name.as_posix(): path.read_bytes() for name, path in inside if _is_shipped(name)}


def _is_shipped(name: Path) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    return name.suffix in SHIPPED and not hidden and name.as_posix() != PREPARED


def manifest_of(extension: Files) -> Json:
    """The manifest among the files."""
    manifest: Json = json.loads(extension[MANIFEST])
    return manifest


def with_manifest(extension: Files, manifest: Json) -> Files:
    """The files with another manifest."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return extension | {MANIFEST: text.encode()}


def for_engine(extension: Files, engine: Engine) -> Files:
    """The files as a store of that engine takes them: without what is there for the other."""
    return for_gecko(extension) if engine == "gecko" else for_chromium(extension)


def for_chromium(extension: Files) -> Files:
    """For Chromium's store, which gives every extension a key of its own."""
    manifest = _without(manifest_of(extension), "browser_specific_settings", "key")
    manifest["background"] = _without(manifest["background"], "scripts")
    return with_manifest(extension, manifest)


def for_gecko(extension: Files, id: str = "") -> Files:
    """For Firefox; `id` takes the place of Earmark's own, for whoever signs it themselves."""
    manifest = _without(
        manifest_of(extension), "key", "minimum_chrome_version", "side_panel", "storage"
    )
    manifest["background"] = _without(manifest["background"], "service_worker")
    manifest["permissions"] = [each for each in manifest["permissions"] if each != "sidePanel"]
    if id:
        manifest["browser_specific_settings"]["gecko"]["id"] = id
    kept = {name: body for name, body in extension.items() if name != MANAGED_SCHEMA}
    return with_manifest(kept, manifest)


def _without(entries: Json, *names: str) -> Json:
    return {name: value for name, value in entries.items() if name not in names}
