"""Parsing 1,000 fragments of each of five platforms, beside BeautifulSoup building their trees.

The fragments are those of the platforms' recorded cases, repeated until there are enough.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from itertools import cycle, islice

from bs4 import BeautifulSoup
from every_platform import CASES, PLATFORMS

from earmark.model import Json
from earmark.parse.reader import parse_fragments
from earmark.parse.saved_page import cut_saved
from earmark.plugins import plan_entry

MEASURED = ("hackernews", "reddit", "wordpress", "discourse", "xenforo")
FRAGMENTS = 1000
ROUNDS = 3


def fragments_of(name: str) -> tuple[Json, list[Json]]:
    """A page of the platform, and 1,000 of its elements."""
    entry = plan_entry(type(PLATFORMS[name]))
    found: list[Json] = []
    for case in (case for case in CASES if case.platform == name):
        about = case.about
        cut = cut_saved(about["url"], case.content, [entry], about["captured_at"])
        found += [asdict(f) for f in cut.fragments if f.kind == "element"]
        page = asdict(cut.page)
    return page, list(islice(cycle(found), FRAGMENTS))


def trees_of(fragments: list[Json]) -> list[BeautifulSoup]:
    return [BeautifulSoup(fragment["markup"], "lxml") for fragment in fragments]


def seconds(work: Callable[[], object]) -> float:
    """Seconds of this process alone: others may be busy."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    print(f"{FRAGMENTS:,} fragments, median of {ROUNDS}       trees    items   ratio")
    for name in MEASURED:
        page, fragments = fragments_of(name)
        built, read = [], []
        for _ in range(ROUNDS):
            built.append(seconds(partial(trees_of, fragments)))
            read.append(seconds(partial(parse_fragments, PLATFORMS[name], page, fragments)))
        trees, items = statistics.median(built), statistics.median(read)
        print(f"{name:34} {trees:6.2f} s {items:6.2f} s {items / trees:7.2f}")


if __name__ == "__main__":
    main()
