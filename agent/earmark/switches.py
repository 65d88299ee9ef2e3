"""Which plugins the person wants: kept in the home, beside the log.

A plugin of another package is `new` until somebody enables it; our own are on until they are
switched off. A choice is for a name in one package: another package with that name is new again.
"""

from __future__ import annotations

import json
from typing import Literal

from .registry import PluginSource
from .settings import Home, write_private

OURS = "earmark"
Choice = Literal["on", "off"]


class Switches:
    """The choices of one home. Read anew each time: a command may change them any moment."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def state(self, source: PluginSource) -> Literal["on", "off", "new"]:
        """What is wanted of a plugin."""
        chosen = self._read().get(_key(source))
        return chosen or ("on" if source.distribution == OURS else "new")

    def set(self, source: PluginSource, choice: Choice) -> None:
        """Remember it; the caller holds the home, or is its agent."""
        self._home.prepare()
        kept = self._read() | {_key(source): choice}
        rows = [{"name": n, "package": p, "state": state} for (n, p), state in kept.items()]
        write_private(self._home.plugins_file, json.dumps({"plugins": rows}, indent=1) + "\n")

    def _read(self) -> dict[tuple[str, str], Choice]:
        try:
            rows = json.loads(self._home.plugins_file.read_text(encoding="utf-8"))["plugins"]
            return {(row["name"], row["package"]): row["state"] for row in rows}
        except (OSError, ValueError, KeyError, TypeError):
            return {}  # without it everything of others is new: nothing runs unasked


def _key(source: PluginSource) -> tuple[str, str]:
    return source.name, source.distribution
