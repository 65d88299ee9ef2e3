"""Has plugins read fragments and judge items, in worker processes; whatever they do, it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from .enrich.correcting import judge_corrected
from .enrich.knowledge import KnowledgeGone
from .enrich.run import enrich_items
from .errors import EarmarkError, PluginCrashed, PluginError, PluginTimedOut
from .intake_batch import Batch
from .model import Json
from .plugins import Plugins
from .worker_tasks import parse_with
from .workers import PluginWorkers

CHUNK = 25  # fragments a worker gets at once: small enough to keep both workers busy
CHUNK_TIMEOUT = 20.0  # seconds
CORRECT_TIMEOUT = 60.0
SINGLE_TIMEOUT = 3.0  # seconds for one fragment by itself, after its chunk hung or crashed
PAGE_LANGUAGE_WEIGHT = 0.6  # a page's language is often only its interface's


def nothing_entered() -> str:
    """The path of what people entered where nobody entered anything."""
    return ""


def nothing_heard(items: Sequence[Json]) -> list[Json]:
    """What earlier items say about the languages of these, where there are none."""
    return [{} for _ in items]


class Reading:
    """What the plugins make of fragments and of items.

    knowledge: the path of what people entered, as it stands (see `entered.py`). earlier: hints
    from what was heard before (see `store.language_hints`). Both may block.
    """

    def __init__(
        self,
        plugins: Plugins,
        workers: PluginWorkers,
        knowledge: Callable[[], str] = nothing_entered,
        earlier: Callable[[Sequence[Json]], list[Json]] = nothing_heard,
    ) -> None:
        self._plugins = plugins
        self._workers = workers
        self._knowledge = knowledge
        self._earlier = earlier

    async def parse(self, batch: Batch) -> list[Json]:
        """One result a fragment, in order; read by all workers at once."""
        if not any(entry["name"] == batch.platform for entry in self._plugins.entries):
            return failed(batch.fragments, switched_off(batch.platform))
        chunks = [self._parse_chunk(batch, chunk) for chunk in chunked(batch.fragments)]
        return [result for results in await asyncio.gather(*chunks) for result in results]

    async def enrich(self, page: Json, parsed: list[Json]) -> None:
        """Language and tags, in place; a plugin that fails costs its own opinion, not the item."""
        chunks = [self._enrich_chunk(page_hint(page), chunk) for chunk in chunked(parsed)]
        await asyncio.gather(*chunks)

    async def _parse_chunk(self, batch: Batch, fragments: list[Json]) -> list[Json]:
        try:
            return await self._parse_in_worker(batch, fragments, CHUNK_TIMEOUT)
        except (PluginTimedOut, PluginCrashed) as error:
            if len(fragments) == 1:
                return failed(fragments, error)
        except PluginError as error:
            return failed(fragments, error)
        return [r for f in fragments for r in await self._parse_alone(batch, f)]

    async def _parse_alone(self, batch: Batch, fragment: Json) -> list[Json]:
        """So that one fragment that hangs or kills its worker takes no other with it."""
        try:
            return await self._parse_in_worker(batch, [fragment], SINGLE_TIMEOUT)
        except PluginError as error:
            return failed([fragment], error)

    async def _parse_in_worker(
        self, batch: Batch, fragments: list[Json], timeout: float
    ) -> list[Json]:
        return await self._workers.call(  # type: ignore[no-any-return]
            parse_with,
            batch.platform,
            batch.page,
            fragments,
            timeout=timeout,
            plugin=self._plugins.plugin_of(batch.platform),
        )

    async def _enrich_chunk(self, hint: Json, parsed: list[Json]) -> None:
        items = [item for result in parsed for item in result.get("items", [])]
        if not items:
            return
        hints = [hint | more for more in await asyncio.to_thread(self._earlier, items)]
        for item, meaning in zip(items, await self._meanings(items, hints), strict=True):
            for problem in meaning.pop("_problems", []):
                self._plugins.blame(problem["plugin"], EarmarkError(problem["message"]))
            item.update(meaning)

    async def correct(self, documents: Sequence[Json]) -> list[Json | None]:
        """What is judged now of documents that corrections have a say in; None for the others."""
        judged = await self._answers(judge_corrected, list(documents), timeout=CORRECT_TIMEOUT)
        return judged or [None for _ in documents]

    async def _meanings(self, items: list[Json], hints: list[Json]) -> list[Json]:
        """What the plugins say."""
        told = await self._answers(enrich_items, items, hints, timeout=CHUNK_TIMEOUT)
        return told or [{} for _ in items]

    async def _answers(self, task: Callable[..., Any], *asked: Any, timeout: float) -> Any:
        """The answer of a worker; a plugin that hangs or crashes is left out, the others asked
        again. None where that helps nothing."""
        skip = set(self._workers.resting.now())
        while True:
            known = await asyncio.to_thread(self._knowledge)
            try:
                return await self._workers.call(task, *asked, sorted(skip), known, timeout=timeout)
            except PluginError as error:
                self._plugins.blame(error.plugin, error)
                if error.plugin in skip or not error.plugin:
                    return None
                skip.add(error.plugin)
            except EarmarkError as error:
                if error.code != KnowledgeGone.code:  # then there is a newer one
                    raise


def sign(parsed: list[Json], reader: Json) -> None:
    """Let each result and each of its items say which version of which plugin read it."""
    for result in parsed:
        result["reader"] = reader
        for item in result.get("items", []):
            item["read_by"] = reader


def page_hint(page: Json) -> Json:
    """The page's own language, as a hint for what is written on it."""
    tag = str(page.get("lang") or "")
    return {"page": {"tag": tag, "weight": PAGE_LANGUAGE_WEIGHT}} if tag else {}


def chunked(many: list[Json]) -> list[list[Json]]:
    """As much at a time as a worker gets."""
    return [many[start : start + CHUNK] for start in range(0, len(many), CHUNK)]


def switched_off(platform: str) -> EarmarkError:
    """Why nothing reads what waited for a platform."""
    return EarmarkError(f"No plugin in use reads the platform “{platform}” any more.")


def failed(fragments: Sequence[Json], error: EarmarkError) -> list[Json]:
    """The same reason for each of them."""
    return [{"fragment": each["id"], "error": error.message} for each in fragments]
