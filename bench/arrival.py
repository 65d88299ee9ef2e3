"""From a comment appearing on a page to its row in the open inbox, in Chromium.

Both are tabs of one browser on one clock: the page notes when it adds the comment, the inbox when
the row is in its document.
"""

from __future__ import annotations

import json
import statistics

from captures import comment
from chromium import ChromiumTab
from paired_chromium import Bench, paired_chromium, serve_thread

ROUNDS = 25
TEXT = "The kettle stopped working after a week, who can help?"

WATCH = """(() => {
  window.rowsSeen = {};
  const look = () => {
    const now = performance.timeOrigin + performance.now();
    for (const row of document.querySelectorAll("[data-path]")) {
      if (!row.hidden) window.rowsSeen[row.dataset.path] ??= now;
    }
  };
  const everything = { childList: true, subtree: true, attributes: true };
  new MutationObserver(look).observe(document.body, everything);
})()"""
APPEND = """(() => {
  const holder = document.createElement("tbody");
  holder.innerHTML = %s;
  document.querySelector("tbody").append(...holder.children);
  return performance.timeOrigin + performance.now();
})()"""


def open_inbox(bench: Bench) -> ChromiumTab:
    tab = bench.browser.new_tab()
    tab.goto(bench.agent.request("POST", "/v1/sign-in-links", {})["url"])
    tab.click("button")
    tab.wait("document.querySelector('[data-path]')")
    tab.evaluate(WATCH)
    assert isinstance(tab, ChromiumTab)
    return tab


def latency(page: ChromiumTab, inbox: ChromiumTab, number: int) -> float:
    """Milliseconds for one comment."""
    markup = json.dumps(comment(number, f"{TEXT} ({number})"))
    appeared = page.evaluate(APPEND % markup)
    shown = inbox.wait(f"window.rowsSeen['/items/hackernews/{number}']")
    return float(shown - appeared)


def main() -> None:
    with paired_chromium() as bench:
        inbox = open_inbox(bench)
        page = bench.browser.open(serve_thread(bench, 10, [comment(11, "First.")]))
        assert isinstance(page, ChromiumTab)
        page.page.bring_to_front()
        latency(page, inbox, 99)
        times = sorted(latency(page, inbox, 1000 + n) for n in range(ROUNDS))
    print(
        f"From appearing to its row in the open inbox: median {statistics.median(times):.0f} ms, "
        f"fastest {times[0]:.0f}, slowest {times[-1]:.0f} ({ROUNDS} comments)"
    )


if __name__ == "__main__":
    main()
