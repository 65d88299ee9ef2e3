"""CPU of all enrichment of a batch of 50 comments, beside parsing the same batch.

The comments are those of `tests/understanding`, in eight languages, put into recorded comments of
one platform. A quarter of them warms up; three batches of others are measured: at first, when many
of their words were never met in this process, and again, as most words are for an agent that runs
all day. No text is remembered either way. With 500 watch terms and 100 rules, made up, of which
few match.
"""

from __future__ import annotations

import itertools
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from every_platform import PLATFORMS
from made_up_rules import made_up_rules
from parsing import fragments_of
from watch import term

from earmark import words_of
from earmark.enrich.knowledge import Knowledge, write_knowledge
from earmark.enrich.run import detect, enrich_items
from earmark.model import Json
from earmark.parse.reader import parse_fragments
from earmark.plugins import discover
from earmark.registry import Roster, use_roster
from earmark_plugins.languages.langdetect import WEIGHT
from earmark_plugins.sentiment.feelings import judge_sentiment
from earmark_plugins.sentiment.lists import languages
from earmark_plugins.tags.intents import suggest_tags

BATCH, BATCHES, TERMS, RULES = 50, 3, 500, 100
ROUNDS = 8  # again
COMMENTS = Path(__file__).parents[1] / "tests" / "understanding" / "comments.ndjson"
PLATFORM = "wordpress"
OURS = {"langdetect", "intents", "feelings"}


def milliseconds(work: Callable[[], object]) -> float:
    """Milliseconds of this process alone: others may be busy."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def timed(work: Callable[[list[Json]], object], measured: list[list[Json]]) -> list[float]:
    """Milliseconds for each batch, none of whose texts is remembered."""
    words_of.cache_clear()
    return [milliseconds(partial(work, batch)) for batch in measured]


def batches() -> list[list[Json]]:
    """Items with the comments' texts and languages; each batch has all languages."""
    page, fragments = fragments_of(PLATFORM)
    results = parse_fragments(PLATFORMS[PLATFORM], page, fragments)
    items = [item for result in results for item in result["items"]]
    comments = [json.loads(line) for line in COMMENTS.read_text(encoding="utf-8").splitlines()]
    spoken = [
        item | {"text": comment["text"]} for item, comment in zip(items, comments, strict=False)
    ]
    found_in = detect([item["text"] for item in spoken])
    told = [item | {"language": found} for item, found in zip(spoken, found_in, strict=True)]
    return [told[start :: BATCHES + 1] for start in range(BATCHES + 1)]


def entered() -> Knowledge:
    chance = random.Random(5)
    names = [term(chance) for _ in range(TERMS)]
    terms = [{"name": name, "kind": "brand"} for name in names]
    return Knowledge(terms=terms, rules=made_up_rules(RULES))


def use_our_plugins() -> None:
    sources = [source for source in discover() if source.name in OURS]
    if missing := OURS - {source.name for source in sources}:
        sys.exit(f"not installed: {', '.join(missing)}")
    use_roster(Roster(sources, {}, [("langdetect", WEIGHT)], ["intents"], ["feelings"]))


def read_every_list() -> None:
    """So that no batch waits for one."""
    for language in sorted(languages()):
        items = [{"text": "a", "language": {"tag": language}}]
        suggest_tags(items)
        judge_sentiment(items, ())


def main() -> None:
    use_our_plugins()
    page, fragments = fragments_of(PLATFORM)
    warming, *measured = batches()
    letters = statistics.mean(len(item["text"]) for batch in measured for item in batch)
    print(f"{BATCH} comments of {letters:.0f} characters; median CPU of {BATCHES} batches")
    print(f"{'':34}    first      again")
    with tempfile.TemporaryDirectory() as folder:
        knowledge = write_knowledge(Path(folder), entered())
        parts: dict[str, Callable[[list[Json]], object]] = {
            "parsing": lambda _: parse_fragments(PLATFORMS[PLATFORM], page, fragments[:BATCH]),
            "language": lambda batch: detect([item["text"] for item in batch]),
            "tags and feeling": lambda batch: (suggest_tags(batch), judge_sentiment(batch, ())),
            "all enrichment, nothing entered": enrich_items,
            f"all, {TERMS} terms, {RULES} rules": partial(enrich_items, knowledge=knowledge),
        }
        read_every_list()
        for name, work in parts.items():
            work(warming)
            first, *again = (timed(work, measured) for _ in range(1 + ROUNDS))
            usual = statistics.median(itertools.chain(*again))
            print(f"{name:34} {statistics.median(first):6.1f} ms  {usual:6.1f} ms")


if __name__ == "__main__":
    main()
