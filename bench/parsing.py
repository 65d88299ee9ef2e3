"""Parsing 1,000 fragments of each of five platforms, beside BeautifulSoup building their trees.

The fragments are those of the platforms' recorded cases, repeated until there are enough.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import cycle, islice

from bs4 import BeautifulSoup
from every_platform import CASES, PLATFORMS

from earmark.model import Json
from earmark.parse.reader import parse_fragments
from earmark.parse.saved_page import cut_saved
from earmark.platform import Platform
from earmark.plugins import plan_entry

MEASURED = ("hackernews", "reddit", "wordpress", "discourse", "xenforo")
FRAGMENTS = 1000
ROUNDS = 5
PART = 50  # fragments measured at a time, so that a busy moment of the machine spoils little


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


def best(platform: Platform, page: Json, fragments: list[Json]) -> tuple[float, float]:
    """Seconds for the trees alone, and for the items; by turns, and each the quickest of all."""
    built, read = zip(
        *(
            (
                seconds(lambda: trees_of(fragments)),
                seconds(lambda: parse_fragments(platform, page, fragments)),
            )
            for _ in range(ROUNDS)
        ),
        strict=True,
    )
    return min(built), min(read)


def main() -> None:
    print(f"{FRAGMENTS:,} fragments, best of {ROUNDS}         trees    items   ratio")
    for name in MEASURED:
        page, fragments = fragments_of(name)
        parts = [fragments[at : at + PART] for at in range(0, FRAGMENTS, PART)]
        both = [best(PLATFORMS[name], page, part) for part in parts]
        trees, items = sum(part[0] for part in both), sum(part[1] for part in both)
        print(f"{name:34} {trees:6.2f} s {items:6.2f} s {items / trees:7.2f}")


if __name__ == "__main__":
    main()
