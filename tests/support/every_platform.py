"""Our platform plugins in this very process, without plugin management, and their cases."""

import importlib
import pkgutil
from pathlib import Path

import earmark_plugins.platforms
from earmark import Platform
from earmark.kit.case import cases_in
from earmark.kit.structure import words_in_source
from earmark.model import Json
from earmark.parse.reader import parse_fragments
from earmark.plugins import plan_entry

FILES = Path(earmark_plugins.platforms.__file__).parent
CASES = cases_in(FILES / "cases")
PLATFORMS: dict[str, Platform] = {}

for found in pkgutil.iter_modules([str(FILES)]):
    module = importlib.import_module(f"earmark_plugins.platforms.{found.name}")
    if hasattr(module, "register_platforms"):
        module.register_platforms(lambda platform: PLATFORMS.update({platform.name: platform()}))

ENTRIES = sorted(
    (plan_entry(type(platform)) for platform in PLATFORMS.values()),
    key=lambda entry: (entry["name"] == "webpage", entry["name"]),
)


def run(name: str, page: Json, fragments: list[Json]) -> list[Json]:
    """What `parse_saved` asks for, answered here."""
    return parse_fragments(PLATFORMS[name], page, fragments)


def words_of(name: str) -> list[str]:
    """What `record` asks for: the words that platform looks for."""
    return words_in_source(type(PLATFORMS[name]).__module__)
