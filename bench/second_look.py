"""What a second reader costs and tells: false alarms, breakages told, and seconds a visit.

The pages are the recorded cases of all platforms; and the saved ones of a folder named by
EARMARK_REAL_PAGES, with an INDEX.tsv (file, url), where there is one. Nobody but people can say
whether an alarm on a page without a truth is a false one: their names are printed.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from every_platform import PLATFORMS
from parsing import fragments_of
from two_readers import BREAKAGES, Sampled, caught, of_cases, of_saved_pages

from earmark.model import Page
from earmark.parse.reader import parse_fragments
from earmark.parse.sampled import sample_of

HERE = Path(__file__).parent
REAL = Path(os.environ.get("EARMARK_REAL_PAGES") or HERE.parents[1] / "shared" / "pages")
MEASURED = ("wordpress", "xenforo", "reddit")
BATCH = 50  # fragments, as of a page with many comments


def seconds(work: Callable[[], object]) -> float:
    """Seconds of this process alone: others may be busy."""
    started = time.process_time()
    work()
    return time.process_time() - started


def second_reading(one: Sampled) -> float:
    fresh = Sampled(one.name, one.page, one.sample)
    return seconds(lambda: fresh.told)


def table(title: str, samples: list[Sampled]) -> None:
    compared = [one for one in samples if one.told]
    alarms = [one.name for one in compared if one.told and one.told["differs"]]
    spent = sorted(second_reading(one) for one in samples)
    print(f"\n{title}: {len(samples)} samples, {len(compared)} of which a second reader can read")
    print(f"told to be read differently as they are: {len(alarms)} {', '.join(alarms)}")
    print(f"a second reading: median {statistics.median(spent):.3f} s, most {spent[-1]:.3f} s")
    for name in BREAKAGES:
        told, untold = caught(compared, name)
        print(f"  broken: {name:24} told {len(told):3} of {len(told) + len(untold)}")


def cost_of_batch(name: str) -> None:
    """A batch read by its platform alone, and with the second reading of its visit."""
    page, fragments = fragments_of(name)
    some = fragments[:BATCH]
    results = parse_fragments(PLATFORMS[name], page, some)
    read = seconds(partial(parse_fragments, PLATFORMS[name], page, some))
    sample = sample_of(some, results)
    again = second_reading(Sampled(name, Page.from_json(page), sample)) if sample else 0.0
    print(
        f"{name:12} {BATCH} fragments {read:.3f} s; of its visit {len(sample)} again {again:.3f} s"
    )


def main() -> None:
    table("recorded cases", of_cases())
    if REAL.is_dir():
        table("saved pages", of_saved_pages(REAL))
    print()
    for name in MEASURED:
        cost_of_batch(name)


if __name__ == "__main__":
    main()
