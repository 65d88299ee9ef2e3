"""Writes the package of a new plugin: one module, its pyproject, a case and a test."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from ..errors import EarmarkError
from .case import ITEMS, Case
from .check import outcome
from .inside import Inside

TEMPLATES = Path(__file__).with_name("new_project")
CASE = "a_first_thread"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


def write_project(name: str, folder: Path) -> list[Path]:
    """Write `earmark-<name>` under `folder`; the files, relative to it.

    Raises EarmarkError for a name that is no platform's, and where something is there already.
    """
    if not _NAME.fullmatch(name) or len(name) > 40:
        raise EarmarkError(
            f"“{name}” cannot be the name of a plugin.",
            "Use lower-case letters, digits, - and _, beginning with a letter.",
        )
    project = folder / f"earmark-{name}"
    if project.exists():
        raise EarmarkError(f"{project} is there already.", "Choose another name, or remove it.")
    words = _words(name)
    files = {
        "pyproject.toml": "pyproject.toml",
        f"{words['module']}.py": "module.py",
        "tests/test_cases.py": "test_cases.py",
        f"cases/{name}/{CASE}/page.html": "page.html",
        f"cases/{name}/{CASE}/page.json": "page.json",
    }
    for path, template in files.items():
        _write(project / path, template, words)
    _expect(project / "cases" / name / CASE, words["module"])
    written = [*files, f"cases/{name}/{CASE}/{ITEMS}"]
    return [project.relative_to(folder) / path for path in written]


def _words(name: str) -> dict[str, str]:
    parts = re.split("[-_]", name)
    return {
        "name": name,
        "module": f"earmark_{name.replace('-', '_')}",
        "cls": "".join(part.capitalize() for part in parts),
        "label": " ".join(part.capitalize() for part in parts),
        "host": f"{name.replace('_', '-')}.example.org",
    }


def _write(path: Path, template: str, words: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    path.write_text(Template(text).substitute(words), encoding="utf-8")


def _expect(folder: Path, module: str) -> None:
    """What the new plugin gives, it must give from now on."""
    from .project import sources_at

    sources_at(folder.parents[2])
    inside = Inside(module)
    outcome(Case(folder), inside.entries, inside.run, update=True)
