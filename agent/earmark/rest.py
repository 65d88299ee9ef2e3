"""Plugins that fail again and again rest for a while, so that no page can wear the agent out.

A single hostile page can make a plugin hang or crash, so nobody is sent away for good.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .errors import PluginError

STRIKES = 3
FIRST_REST_SECONDS = 10 * 60.0
LONGEST_REST_SECONDS = 6 * 3600.0


@dataclass
class _Record:
    strikes: int = 0
    rests: int = 0
    until: float = 0.0
    error: PluginError | None = None


class RestingPlugins:
    """Who hung or crashed `STRIKES` times in a row, and until when it is not asked.

    Each rest without a good answer in between is twice as long as the one before. `clock` gives
    seconds that never go back. May be used from any thread.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._records: dict[str, _Record] = {}

    def now(self) -> dict[str, PluginError]:
        """Why each plugin that rests now does."""
        with self._lock:
            moment = self._clock()
            return {
                name: record.error
                for name, record in self._records.items()
                if record.error and record.until > moment
            }

    def strike(self, error: PluginError) -> None:
        """The plugin that `error` names hung or crashed; after a rest, once more is enough."""
        if not error.plugin:
            return
        with self._lock:
            record = self._records.setdefault(error.plugin, _Record())
            record.strikes += 1
            if record.strikes >= STRIKES:
                self._send_to_rest(record, error)

    def forgive(self, plugins: Iterable[str]) -> None:
        """These plugins answered as they should."""
        with self._lock:
            for name in plugins:
                self._records.pop(name, None)

    def _send_to_rest(self, record: _Record, error: PluginError) -> None:
        seconds = min(FIRST_REST_SECONDS * 2**record.rests, LONGEST_REST_SECONDS)
        record.rests += 1
        record.until = self._clock() + seconds
        record.error = type(error)(
            error.plugin,
            f"The plugin “{error.plugin}” rests after failing {STRIKES} times in a row: {error}",
            f"It is tried again after {seconds / 60:.0f} minutes, or when Earmark is started "
            "again. If it goes on, update or remove the plugin.",
        )
