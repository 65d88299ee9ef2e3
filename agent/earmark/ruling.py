"""Rules over what is in the archive: what they would do, and doing it as a run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial

from .enrich.rules import BY, judge_by_rules
from .errors import EarmarkError
from .keeping.tag_rules import failing_cases
from .model import Json
from .store import ruled_items
from .store.log import Log
from .store.ruled import ruled_anew, without_ruling
from .store.ruled_items import Read
from .workers import PluginWorkers

AT_ONCE = 200  # items that a worker judges at once
TIMEOUT = 60.0  # seconds for that many
LOOKED_AT = 50_000  # items, the newest, that a test looks at
SAMPLES, LONGEST_SAMPLE = 5, 200  # of a rule; characters of a text in one
TRIES = 3  # for items that change while they are judged
Progress = Callable[[int, int], None]  # done, of how many


class NoSuchRule(EarmarkError):
    """No rule has this name."""

    code = "no_such_rule"
    status = 404


@dataclass
class Tally:
    """What became of the items that one rule holds for."""

    caught: int = 0
    changed: int = 0
    noise: int = 0
    samples: list[Json] = field(default_factory=list)

    def told(self, rule: Json) -> Json:
        """As it is shown; `noise_rate` only where there is something to divide by."""
        found = {"rule": rule["name"], "enabled": rule.get("enabled", True), "caught": self.caught}
        found |= {"would_change": self.changed, "noise": self.noise, "samples": self.samples}
        return found | ({"noise_rate": round(self.noise / self.caught, 4)} if self.caught else {})


class Ruling:
    """Asks rules about items in workers."""

    def __init__(self, log: Log, workers: PluginWorkers) -> None:
        self._log = log
        self._workers = workers

    async def test(self, rules: Sequence[Json]) -> Json:
        """What rules would do, each on its own switch: nothing is written.

        `{looked_at, items, would_change, rules: [{rule, enabled, caught, would_change, noise,
        noise_rate?, samples: [{platform, id, text, because}]}], failing: [{rule, text, wanted,
        because}]}`. caught: the items it holds for. would_change: those that applying changes.
        noise: those that people marked as spam, ignored, or took a tag of the rule off.
        """
        used = frozenset(rule["name"] for rule in rules if rule.get("enabled", True))
        in_order = sorted(rules, key=lambda rule: rule["name"] not in used)
        tried = [rule | {"enabled": True} for rule in in_order]
        tallies = {rule["name"]: Tally() for rule in rules}
        looked_at = would_change = 0
        async for reads, rulings in self._judged(tried, newest=LOOKED_AT):
            looked_at += len(reads)
            for read, ruling in zip(reads, rulings, strict=True):
                would_change += ruled_anew(read.doc, of_rules(ruling, used)) != read.doc
                for rule in tried:
                    if rule["name"] in ruling["caught"]:
                        count(tallies[rule["name"]], rule, read.doc, ruling)
        items = await asyncio.to_thread(ruled_items.count, self._log)
        told = [tallies[rule["name"]].told(rule) for rule in rules]
        found = {"looked_at": looked_at, "items": items, "would_change": would_change}
        return found | {"rules": told, "failing": failing_cases(rules)}

    async def apply(
        self, run: int, rules: Sequence[Json], names: Collection[str], progress: Progress
    ) -> Json:
        """Have what these rules say now in place of what they said before; without names, all
        rules, and those that are gone. `{looked_at, changed, kept}`; kept: items that somebody
        changed again and again meanwhile."""
        total = await asyncio.to_thread(ruled_items.count, self._log)
        mine = [rule for rule in rules if not names or rule["name"] in names]
        only = frozenset(names) or None
        done = changed = kept = 0
        progress(0, total)
        async for reads, rulings in self._judged(mine):
            for attempt in range(TRIES):
                some, late = await self._write(run, reads, rulings, only)
                changed += some
                if not late:
                    break
                if attempt == TRIES - 1:
                    kept += len(late)
                reads = await asyncio.to_thread(ruled_items.some, self._log, late)
                rulings = await self._ask(mine, reads)
            done += AT_ONCE
            progress(min(done, total), total)
        return {"looked_at": total, "changed": changed, "kept": kept}

    async def _write(
        self,
        run: int,
        reads: Sequence[Read],
        rulings: Sequence[Json],
        only: frozenset[str] | None,
    ) -> tuple[int, list[int]]:
        """How many items were written, and the rows of those that are others by now."""
        anew = [ruled_anew(r.doc, ruling, only) for r, ruling in zip(reads, rulings, strict=True)]
        new = [(r.row, r.text, doc) for r, doc in zip(reads, anew, strict=True) if doc != r.doc]
        if not new:
            return 0, []
        return await self._log.awrite(partial(ruled_items.write, run=run, new=new))

    async def _judged(
        self, rules: Sequence[Json], newest: int = 0
    ) -> AsyncIterator[tuple[list[Read], list[Json]]]:
        """The items of the archive, some at a time, and what rules say of each."""
        after = await asyncio.to_thread(ruled_items.start, self._log, newest)
        while reads := await asyncio.to_thread(ruled_items.block, self._log, after, AT_ONCE):
            after = reads[-1].row
            yield reads, await self._ask(rules, reads)

    async def _ask(self, rules: Sequence[Json], reads: Sequence[Read]) -> list[Json]:
        documents = [without_ruling(read.doc) for read in reads]
        bare = await asyncio.to_thread(ruled_items.with_answers_to, self._log, documents)
        text = json.dumps(list(rules))
        return await self._workers.call(  # type: ignore[no-any-return]
            judge_by_rules, bare, text, timeout=TIMEOUT
        )


def count(tally: Tally, rule: Json, document: Json, ruling: Json) -> None:
    """Count an item that a rule holds for."""
    tally.caught += 1
    own = frozenset({rule["name"]})
    tally.changed += ruled_anew(document, of_rules(ruling, own), own) != document
    tally.noise += is_noise(rule, document)
    if len(tally.samples) < SAMPLES:
        text = " ".join(str(document.get("text", "")).split())[:LONGEST_SAMPLE]
        key = {"platform": document["platform"], "id": document["id"]}
        tally.samples.append(key | {"text": text, "because": ruling["caught"][rule["name"]]})


def of_rules(ruling: Json, names: Collection[str]) -> Json:
    """The part of what rules say that some of them say."""
    return {
        "tags": [tag for tag in ruling["tags"] if tag["by"].removeprefix(BY) in names],
        "set": {key: told for key, told in ruling["set"].items() if told["rule"] in names},
        "efforts": {effort: rule for effort, rule in ruling["efforts"].items() if rule in names},
    }


def is_noise(rule: Json, document: Json) -> bool:
    """Whether people said that the item should not have been caught."""
    bare = without_ruling(document)
    if bare.get("spam") or bare.get("state") == "ignored":
        return True
    off = {tag["name"] for tag in document.get("tags", []) if tag.get("removed")}
    return not off.isdisjoint(rule.get("add_tags", ()))


def named(rules: Sequence[Json], names: Sequence[str]) -> list[str]:
    """The names of rules as they are written; raises NoSuchRule."""
    known = {rule["name"].casefold(): rule["name"] for rule in rules}
    for name in names:
        if name.casefold() not in known:
            raise NoSuchRule(f"There is no rule “{name}”.", "GET /v1/rules lists them.")
    return [known[name.casefold()] for name in names]
