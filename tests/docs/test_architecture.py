"""The house stays readable: data flows one way, and the lists in it are true."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AGENT = ROOT / "agent" / "earmark"
PLUGINS = ROOT / "plugins" / "earmark_plugins"

# A room may import itself and the rooms named here; the list is the design.
FOUNDATION = {"model", "errors", "platform", "folding"}
MAY_IMPORT: dict[str, set[str]] = {
    "trees": set(),
    "model": {"trees"},
    "errors": set(),
    "folding": set(),
    "words": {"folding"},
    "called": set(),
    "platform": {"model"},
    "settings": {"errors"},
    "stopped": {"errors", "settings"},
    "service": {"errors", "settings", "stopped"},
    "logs": {"errors", "settings", "service"},
    "upgrades": set(),
    "hookspecs": {"model", "platform"},
    "parse": FOUNDATION,
    "markup": {*FOUNDATION, "parse"},
    "registry": {*FOUNDATION, "hookspecs"},
    "rest": {"errors"},
    "workers": {*FOUNDATION, "registry", "rest"},
    "extension": {*FOUNDATION, "parse", "settings"},
    "policy": {*FOUNDATION, "parse"},
    "trial": {*FOUNDATION, "parse", "registry"},
    "plugins": {*FOUNDATION, "parse", "registry", "trial", "workers"},
    "switches": {"registry", "settings"},
    "plugin_desk": {*FOUNDATION, "logs", "plugins", "policy", "switches"},
    "enrich": {*FOUNDATION, "query", "registry", "words"},
    "query": FOUNDATION,
    "store": {*FOUNDATION, "query"},
    "worker_tasks": {*FOUNDATION, "registry", "parse"},
    "keeping": {*FOUNDATION, "enrich", "parse", "policy", "query", "store", "words"},
    "intake_batch": FOUNDATION,
    "capture_health": {*FOUNDATION, "keeping", "parse", "plugins", "store"},
    "second_look": {
        *FOUNDATION,
        "capture_health",
        "intake_batch",
        "parse",
        "plugins",
        "store",
        "worker_tasks",
        "workers",
    },
    "entered": {"model", "enrich"},
    "reading": {
        *FOUNDATION,
        "enrich",
        "intake_batch",
        "plugins",
        "worker_tasks",
        "workers",
    },
    "difference": {*FOUNDATION, "store"},
    "reparse": {
        *FOUNDATION,
        "difference",
        "intake_batch",
        "keeping",
        "parse",
        "plugins",
        "policy",
        "reading",
        "store",
    },
    "importing": {
        *FOUNDATION,
        "intake",
        "intake_batch",
        "parse",
        "plugins",
        "reading",
        "share",
        "store",
    },
    "asking": {*FOUNDATION, "enrich", "keeping", "share", "store", "words"},
    "ruling": {*FOUNDATION, "enrich", "keeping", "store", "workers"},
    "listening": {*FOUNDATION, "enrich", "keeping", "query", "store", "workers"},
    "runs": {
        *FOUNDATION,
        "importing",
        "intake",
        "keeping",
        "listening",
        "plugins",
        "policy",
        "reading",
        "reparse",
        "ruling",
        "settings",
        "share",
        "store",
    },
    "intake": {
        "reading",
        *FOUNDATION,
        "plugins",
        "parse",
        "enrich",
        "store",
        "worker_tasks",
        "keeping",
        "policy",
        "intake_batch",
        "capture_health",
        "second_look",
    },
    "housekeeping": {
        *FOUNDATION,
        "extension",
        "intake",
        "keeping",
        "logs",
        "policy",
        "settings",
        "store",
    },
    "health": {
        "called",
        "capture_health",
        *FOUNDATION,
        "extension",
        "keeping",
        "plugins",
        "policy",
        "service",
        "settings",
        "stopped",
        "store",
    },
    "share": {*FOUNDATION, "store"},
    "kit": {
        *FOUNDATION,
        "parse",
        "plugin_desk",
        "plugins",
        "registry",
        "settings",
        "store",
        "trial",
        "worker_tasks",
        "workers",
    },
}
TOP = {"agent", "web", "cli", "__main__", "__init__"}


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(AGENT).parts[0].removesuffix(".py")


def imported_modules(path: Path) -> Iterator[str]:
    """Absolute names of everything that the file imports, at any depth in it."""
    package = ("earmark", *path.relative_to(AGENT).parts[:-1]) if AGENT in path.parents else ()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, node.module) if node.module else base)
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    names = {name.split(".")[1] for name in imported_modules(path) if name.startswith("earmark.")}
    return names - {room_of(path)}


@pytest.mark.parametrize("path", modules(AGENT), ids=lambda p: str(p.relative_to(AGENT)))
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    room = room_of(path)
    if room in TOP:
        return
    known = {p.relative_to(AGENT).parts[0].removesuffix(".py") for p in modules(AGENT)}
    assert rooms_imported(path) & known <= MAY_IMPORT[room]


def test_nothing_below_imports_the_web_or_the_command_line() -> None:
    for path in modules(AGENT):
        if room_of(path) not in TOP:
            assert not rooms_imported(path) & {"web", "cli", "agent"}, path


def test_the_agent_never_imports_our_plugins() -> None:
    for path in modules(AGENT):
        assert not any(name.startswith("earmark_plugins") for name in imported_modules(path)), path


def test_plugins_import_only_what_a_plugin_author_may() -> None:
    for path in modules(PLUGINS):
        ours = {name for name in imported_modules(path) if name.split(".")[0] == "earmark"}
        assert ours <= public_names(), path


def public_names() -> set[str]:
    import earmark
    from earmark import markup

    helpers = {f"earmark.markup.{name}" for name in markup.__all__}
    return {f"earmark.{name}" for name in earmark.__all__} | helpers


def test_the_top_folders_are_not_packages() -> None:
    assert not (ROOT / "agent" / "__init__.py").exists()
    assert not (ROOT / "plugins" / "__init__.py").exists()


def test_plugin_files_are_declared_and_installed() -> None:
    on_disk = {
        ".".join(path.relative_to(ROOT / "plugins").with_suffix("").parts)
        for path in modules(PLUGINS)
        if re.search(r"^@hookimpl|^register_\w+ = ", path.read_text(encoding="utf-8"), re.M)
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = set(project["project"]["entry-points"]["earmark"].values())
    installed = {
        point.value
        for point in entry_points(group="earmark")
        if point.value.startswith("earmark_plugins.")
    }
    assert on_disk == declared
    assert declared == installed, "run: pip install --editable . (entry points changed)"


def test_there_is_one_version() -> None:
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert manifest["version"] == version("earmark")
    assert f"## {version('earmark')}" in changelog


def test_only_one_file_of_the_extension_talks_to_the_network() -> None:
    fetching = {
        path.relative_to(ROOT / "extension").as_posix()
        for path in (ROOT / "extension").rglob("*.js")
        if "fetch(" in path.read_text(encoding="utf-8")
    }
    assert fetching == {"background/agent.js"}
