"""A plugin's module in this very process: for its author, whose `print` and `breakpoint()` work."""

from __future__ import annotations

import bdb
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from ..model import Fragment, Item, Json, Page
from ..parse.reader import parse_fragments
from ..platform import Platform
from ..plugin_desk import cases_beside
from ..registry import LoadedPlugin, PluginSource
from ..trial import plan_entry
from .case import Case


class Inside:
    """The platforms of one module; `entries` and `run` are as `parse_saved` asks for them.

    Raises what the module's import raises, and EarmarkError for wrong declarations.
    """

    def __init__(self, module: str) -> None:
        plugin = LoadedPlugin(PluginSource(module, module))
        self.file = Path(plugin.file)
        self.entries = [plan_entry(platform) for platform in plugin.platforms]
        self._platforms = {platform.name: told(platform) for platform in plugin.platforms}

    @property
    def cases(self) -> list[Case]:
        """The cases that lie beside the module."""
        return [
            Case(folder)
            for entry in self.entries
            for folder in cases_beside(self.file, entry["name"])
        ]

    def run(self, name: str, page: Json, fragments: list[Json]) -> list[Json]:
        """What fragments give, read here."""
        return parse_fragments(self._platforms[name], page, fragments)


def told(platform: type[Platform]) -> Platform:
    """An instance whose exceptions are shown with their place, as they happen."""

    class Told(platform):  # type: ignore[misc, valid-type]
        def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
            try:
                yield from super().parse(fragment, page)
            except bdb.BdbQuit as left:  # who leaves the debugger leaves all
                raise KeyboardInterrupt from left
            except Exception as error:
                _show(error)
                raise

    instance: Platform = Told()
    return instance


def _show(error: Exception) -> None:
    """Its traceback, from the plugin's own code on."""
    shown = traceback.TracebackException.from_exception(error)
    own = [frame for frame in shown.stack if frame.filename != __file__]
    shown.stack = traceback.StackSummary.from_list(own)
    print("".join(shown.format()), file=sys.stderr, end="")


def cases_of(module: ModuleType) -> list[Case]:
    """The cases beside an imported plugin module, for its own tests."""
    return Inside(module.__name__).cases
