"""A plugin's module in this very process: for its author, whose `print` and `breakpoint()` work."""

from __future__ import annotations

import bdb
import importlib
import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import dropwhile
from pathlib import Path
from types import ModuleType

from ..model import Fragment, Item, Json, Page
from ..parse.reader import parse_fragments
from ..platform import Platform
from ..plugin_desk import cases_beside
from ..registry import LoadedPlugin, PluginSource
from ..trial import plan_entry
from .case import Case

_FOLDERS = (Path(__file__).parents[1], Path(importlib.__file__).parent)
_CALLERS = ("<frozen importlib", *(f"{folder}{os.sep}" for folder in _FOLDERS))


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
        def parse(self, fragment: Fragment, page: Page) -> Iterable[Item] | None:
            with _telling():
                found: Iterable[Item] | None = super().parse(fragment, page)
            return None if found is None else _each(found)

    instance: Platform = Told()
    return instance


def _each(found: Iterable[Item]) -> Iterator[Item]:
    with _telling():
        yield from found


@contextmanager
def _telling() -> Iterator[None]:
    """Show what is raised inside; also where an endless loop was when somebody pressed Ctrl-C."""
    try:
        yield
    except bdb.BdbQuit as left:  # who leaves the debugger leaves all
        raise KeyboardInterrupt from left
    except (Exception, KeyboardInterrupt) as error:
        print(from_its_code_on(error), file=sys.stderr, end="")
        raise


def from_its_code_on(error: BaseException) -> str:
    """A traceback without what called the plugin: neither ours nor the machinery of imports."""
    shown = traceback.TracebackException.from_exception(error)
    own = list(dropwhile(lambda frame: frame.filename.startswith(_CALLERS), shown.stack))
    shown.stack = traceback.StackSummary.from_list(own)
    return "".join(shown.format())


def cases_of(module: ModuleType) -> list[Case]:
    """The cases beside an imported plugin module, for its own tests."""
    return Inside(module.__name__).cases
