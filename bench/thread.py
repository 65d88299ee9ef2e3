"""A thread of 566 comments heard whole: from opening the page to the last one in the log."""

from __future__ import annotations

import statistics
import time

from captures import comment
from paired_chromium import Bench, paired_chromium, serve_thread

COMMENTS = 566
ROUNDS = 5
TEXT = "It worked until the last update, then the export lost a column; is anyone else seeing this?"


def heard_whole(bench: Bench, first: int) -> float:
    """Seconds from navigation until every comment is in the log."""
    rows = [comment(first + n, f"{TEXT} ({n})") for n in range(COMMENTS)]
    url = serve_thread(bench, first - 1, rows)
    before = count(bench)
    tab = bench.browser.new_tab()
    started = time.perf_counter()
    tab.goto(url)
    while count(bench) < before + COMMENTS:
        time.sleep(0.1)  # asking costs the agent time as well
    elapsed = time.perf_counter() - started
    tab.close()
    return elapsed


def count(bench: Bench) -> int:
    return int(bench.agent.request("GET", "/v1/doctor")["stats"]["items"])


def main() -> None:
    with paired_chromium() as bench:
        times = [heard_whole(bench, 100_000 * turn) for turn in range(1, ROUNDS + 1)]
    shown = ", ".join(f"{each:.2f}" for each in sorted(times))
    print(
        f"A thread of {COMMENTS} comments heard whole: {statistics.median(times):.2f} s ({shown})"
    )


if __name__ == "__main__":
    main()
