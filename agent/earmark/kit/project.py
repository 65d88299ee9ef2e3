"""A plugin that its author is at work on: a module, or a folder with a pyproject."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from ..errors import EarmarkError
from ..registry import GROUP, PluginSource

PYPROJECT = "pyproject.toml"


def is_project(folder: Path) -> bool:
    """Whether a folder holds a package with plugins."""
    return bool(_declared(folder / PYPROJECT))


def sources_at(path: Path) -> list[PluginSource]:
    """The plugins of a module or of a project's folder; afterwards they can be imported.

    Raises EarmarkError where there is none.
    """
    if path.suffix == ".py" and path.is_file():
        _importable(path.parent)
        return [PluginSource(path.stem, path.stem)]
    declared = _declared(path / PYPROJECT)
    if not declared:
        raise EarmarkError(
            f"{path} is neither a plugin's module nor a folder with one.",
            f"Name a .py file, or a folder whose {PYPROJECT} has [project.entry-points.{GROUP}].",
        )
    for folder in (path / "src", path):
        if folder.is_dir():
            _importable(folder)
    return [PluginSource(name, module) for name, module in declared.items()]


def _declared(file: Path) -> dict[str, str]:
    try:
        project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
        return dict(project.get("entry-points", {}).get(GROUP, {}))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise EarmarkError(f"{file} cannot be read: {error}.", "Put it right first.") from error


def _importable(folder: Path) -> None:
    """First in the path, also of worker processes, which inherit it."""
    place = str(folder.resolve())
    if place in sys.path:
        sys.path.remove(place)
    sys.path.insert(0, place)
