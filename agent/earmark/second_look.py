"""Asks the reader of every other site what it makes of pages whose platform has a plugin.

A plugin that reads the wrong element raises no error. So of a visit a few elements are read a
second time, after the answer was given, and what both found is compared. A site on which both
have just agreed, or of which a whole sample told nothing, is left alone for a minute, so that all
of this costs little.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from .capture_health import CaptureHealth
from .errors import EarmarkError
from .intake_batch import Batch
from .model import Json
from .parse.choose import EVERY_OTHER_SITE
from .parse.sampled import MOST, WHOLE, sample_of
from .plugins import Plugins
from .store.hosts import host_of
from .worker_tasks import compare_readers
from .workers import PluginWorkers

logger = logging.getLogger(__name__)

TIMES = 2  # that a visit is looked at, where the first look tells nothing
REST = 60.0  # seconds without another look at a site
REMEMBERED = 1000  # visits, and sites
TIMEOUT = 10.0  # seconds; a sample takes a tenth of one, or one where a page means harm


class SecondLook:
    """Compares two readings of a visit, one comparison at a time; what comes meanwhile goes by.

    clock: seconds, as `time.monotonic`.
    """

    def __init__(
        self,
        plugins: Plugins,
        workers: PluginWorkers,
        health: CaptureHealth,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._plugins = plugins
        self._workers = workers
        self._health = health
        self._clock = clock
        self._looked_at: OrderedDict[str, float] = OrderedDict()  # how often, by visit
        self._rests_from: OrderedDict[str, float] = OrderedDict()  # by site
        self._busy = False

    def sample(self, batch: Batch, results: Sequence[Json]) -> list[Json]:
        """What to compare of a batch, as read; empty where there is nothing to do."""
        if self._busy or batch.run or self._looked_at.get(batch.visit, 0) >= TIMES:
            return []
        if self._clock() - self._rests_from.get(site_of(batch), -REST) < REST:
            return []
        if batch.platform in ("", EVERY_OTHER_SITE) or not self._is_read():
            return []
        if any(result.get("private") for result in results):
            return []
        return sample_of(batch.fragments, results)

    async def look(self, batch: Batch, sample: Sequence[Json]) -> None:
        """Compare, and note how it came out; where it fails nothing is known, and that is all."""
        if self._busy:
            return
        self._busy = True
        try:
            told = await self._compare(batch, sample)
        except EarmarkError as error:
            logger.info("%s was not compared: %s", batch.platform, error)
            told = None
        finally:
            self._busy = False
        self._remember(batch, len(sample), told)
        if told:
            about = (batch.page, batch.platform, told)
            await asyncio.to_thread(self._health.note_compared, *about)

    def _remember(self, batch: Batch, size: int, told: Json | None) -> None:
        times = self._looked_at.get(batch.visit, 0) + (TIMES if told else 1)
        remember(self._looked_at, batch.visit, times)
        if not told["differs"] if told else size == MOST:
            remember(self._rests_from, site_of(batch), self._clock())

    def _is_read(self) -> bool:
        """Whether there is somebody who reads every other site."""
        entries = (each for each in self._plugins.entries if each["name"] == EVERY_OTHER_SITE)
        return any(WHOLE in each["fallback"] for each in entries)

    async def _compare(self, batch: Batch, sample: Sequence[Json]) -> Json | None:
        return await self._workers.call(  # type: ignore[no-any-return]
            compare_readers,
            EVERY_OTHER_SITE,
            batch.page,
            sample,
            timeout=TIMEOUT,
            plugin=self._plugins.plugin_of(EVERY_OTHER_SITE),
        )


def site_of(batch: Batch) -> str:
    """Whose pages are read alike: one platform's on one host."""
    return f"{batch.platform} {host_of(str(batch.page['url']))}"


def remember(many: OrderedDict[str, float], key: str, value: float) -> None:
    """Keep a value under its key, and forget the oldest of too many."""
    many[key] = value
    while len(many) > REMEMBERED:
        many.popitem(last=False)
