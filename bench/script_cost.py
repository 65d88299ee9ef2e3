"""What listening costs a page of 5,000 comments, beside a naive content script.

Chromium's profiler counts every sample with a frame of the extension on its stack, so DOM calls
made by the script are included. The naive script reads the whole page on every mutation.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from chromium import Chromium, ChromiumTab
from conftest import prepared_copy
from fixture_site import Site
from playwright.sync_api import Playwright, sync_playwright
from stand_in import StandIn

COMMENTS = 5000
SAMPLING_MICROSECONDS = 200
URL = "https://forum.example.org/long"
PAGE = """<!doctype html><title>long</title><div id="list"></div><script>
window.grow = (total, batch) => new Promise((done) => {
  let i = 0; const list = document.getElementById("list");
  (function step() {
    const part = document.createDocumentFragment();
    for (let k = 0; k < batch && i < total; k++, i++) {
      const one = document.createElement("article"); one.className = "comment"; one.id = "c" + i;
      one.innerHTML = '<div class=meta><a href="/u/x' + i + '">u' + i + '</a><time>1h</time></div>'
        + '<div class=body><p>' + ('comment text ' + i + ' ').repeat(12) + '</p></div>'
        + '<div class=actions><button>up</button><button>down</button></div>';
      part.append(one);
    }
    list.append(part);
    if (i < total) setTimeout(step, 0); else done();
  })();
});</script>"""
NAIVE = """new MutationObserver(() => {
  const found = [...document.querySelectorAll(".comment")].map((one) => one.outerHTML);
  window.lastSize = found.join("").length;
}).observe(document, { subtree: true, childList: true, characterData: true });"""
NAIVE_MANIFEST = {
    "manifest_version": 3,
    "name": "naive",
    "version": "1",
    "background": {"service_worker": "background.js"},
    "content_scripts": [{"matches": ["https://forum.example.org/*"], "js": ["naive.js"]}],
}


def script_ms(profile: dict[str, Any], prefix: str) -> float:
    """Milliseconds of samples below a frame whose file starts with `prefix`."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    parent = {child: n["id"] for n in profile["nodes"] for child in n.get("children", [])}
    known: dict[int, bool] = {}

    def is_ours(node: int) -> bool:
        if node not in known:
            own = nodes[node]["callFrame"]["url"].startswith(prefix)
            known[node] = own or (node in parent and is_ours(parent[node]))
        return known[node]

    lasts = [*profile["timeDeltas"][1:], 0]  # a sample lasts until the next one
    samples = zip(profile["samples"], lasts, strict=True)
    return sum(max(micro, 0) for sample, micro in samples if is_ours(sample)) / 1000


def profiled(browser: Chromium, prefix: str, agent: StandIn | None) -> float:
    tab = browser.open(URL)
    assert isinstance(tab, ChromiumTab)
    tab.page.wait_for_timeout(1000)  # both scripts have started
    session = browser.context.new_cdp_session(tab.page)
    session.send("Profiler.enable")
    session.send("Profiler.setSamplingInterval", {"interval": SAMPLING_MICROSECONDS})
    session.send("Profiler.start")
    tab.evaluate(f"grow({COMMENTS}, 50)")
    if agent:
        agent.wait_for_fragments(COMMENTS, 60)
    return script_ms(session.send("Profiler.stop")["profile"], prefix)


def ours(playwright: Playwright, site: Site, work: Path) -> float:
    agent = StandIn()
    copy = prepared_copy(work, ["https://forum.example.org/*"], None, [])
    browser = Chromium(playwright, copy, site.port, work / "ours")
    browser.pair(agent.code)
    # The first start after an installation waits for the organisation's policy before it registers.
    browser.desk.wait("chrome.scripting.getRegisteredContentScripts().then((l) => l.length > 1)")
    spent = profiled(browser, browser.base, agent)
    browser.close()
    agent.close()
    return spent


def naive(playwright: Playwright, site: Site, work: Path) -> float:
    folder = work / "naive-extension"
    (folder / "pages").mkdir(parents=True)
    key = json.loads((work / "extension/manifest.json").read_text(encoding="utf-8"))["key"]
    manifest = json.dumps({**NAIVE_MANIFEST, "key": key})
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    (folder / "naive.js").write_text(NAIVE, encoding="utf-8")
    (folder / "background.js").write_text("", encoding="utf-8")
    (folder / "pages/options.html").write_text("<!doctype html>", encoding="utf-8")
    browser = Chromium(playwright, folder, site.port, work / "naive")
    spent = profiled(browser, browser.base, None)
    browser.close()
    return spent


def main() -> None:
    work = Path(tempfile.mkdtemp())
    site = Site(work)
    site.pages["forum.example.org/long"] = PAGE
    with sync_playwright() as playwright:
        mine, reference = ours(playwright, site, work), naive(playwright, site, work)
    site.close()
    print(
        f"script time on a page of {COMMENTS} comments: Earmark {mine:.0f} ms,"
        f" naive {reference:.0f} ms, ratio {mine / reference:.3f}"
    )


if __name__ == "__main__":
    main()
