"""The content script cuts a page exactly as the agent does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from driver import Browser, Tab
from fixture_site import Site

CASES = json.loads((Path(__file__).parents[1] / "slicing/cases.json").read_text(encoding="utf-8"))
PAGE = """<!doctype html><title>cutting</title>
<script src="/extension/content/slice.js"></script>
<script src="/extension/content/watch.js"></script>
<script type="module">
import { normalise } from "/slicing/normalise.js";
// As x-…, since html and body would be dropped where a fragment of a document is read.
const opening = (tag) =>
  normalise(tag.replace("<", "<x-")).replace(/<[/]x-.*$/s, "").replace("<x-", "<");
window.cut = async (html, entry) => {
  const root = Document.parseHTMLUnsafe(html, { sanitizer: { comments: true } });
  const fragments = [];
  const watcher = new earmark.Watcher({
    entry, root, once: true, isClock: () => false, emit: (list) => fragments.push(...list),
  });
  watcher.start();
  await watcher.drained;
  const place = new Map(fragments.map(({ ref }, index) => [ref, index]));
  return fragments.map((one) => ({
    kind: one.kind, selector: one.selector, order: one.order, outline: one.outline ?? null,
    parent: place.get(one.parent_ref) ?? null,
    markup: normalise(one.markup.replace(/(<earmark-cut ref=")(r[0-9]+)/g,
                                         (_, head, ref) => head + place.get(ref))),
    ancestors: one.ancestors.map(opening),
  }));
};
window.ready = true;
</script>"""


@pytest.fixture
def cutter(browser: Browser, site: Site) -> Tab:
    site.pages["cutting.example.org/"] = PAGE
    tab = browser.open("https://cutting.example.org/")
    tab.wait("window.ready")
    return tab


def cut(tab: Tab, case: dict[str, Any]) -> Any:
    return tab.evaluate(f"cut({json.dumps(case['html'])}, {json.dumps(case['entry'])})")


def test_every_case_of_the_table_is_cut_as_the_agent_cuts_it(cutter: Tab) -> None:
    wrong = [
        (case["name"], found, case["fragments"])
        for case in CASES
        if (found := cut(cutter, case)) != case["fragments"]
    ]
    assert not wrong, json.dumps(wrong[0], indent=1, ensure_ascii=False)


def test_what_nobody_named_is_sent_whole_again_when_more_is_said(cutter: Tab) -> None:
    cutter.evaluate("""(() => {
      const root = document.body.appendChild(document.createElement("main"));
      root.innerHTML = "<p>first</p>";
      window.heard = [];
      const entry = { items: [".named"], context: [], fallback: ["main"] };
      const emit = (list) => window.heard.push(...list);
      new earmark.Watcher({ entry, root: document, isClock: () => false, emit }).start();
    })()""")
    cutter.wait("window.heard.length === 1")
    cutter.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p>late</p>')")
    cutter.wait("window.heard.length === 2")
    first, second = cutter.evaluate("window.heard.map(({ ref, markup }) => [ref, markup])")
    assert first == ["r0", "<main><p>first</p></main>"]
    assert second == ["r0", "<main><p>first</p><p>late</p></main>"]


def test_named_items_that_come_later_end_the_sending_of_the_whole(cutter: Tab) -> None:
    cutter.evaluate("""(() => {
      const root = document.body.appendChild(document.createElement("main"));
      root.innerHTML = "<p>first</p>";
      window.heard = [];
      const entry = { items: [".named"], context: [], fallback: ["main"] };
      const emit = (list) => window.heard.push(...list.map((one) => one.selector));
      new earmark.Watcher({ entry, root: document, isClock: () => false, emit }).start();
    })()""")
    cutter.wait("window.heard.length === 1")
    late = '<p class="named">one</p><p class="named">two</p>'
    cutter.evaluate(f"document.querySelector('main').insertAdjacentHTML('beforeend', {late!r})")
    cutter.wait("window.heard.length === 3")
    assert cutter.evaluate("window.heard") == ["main", ".named", ".named"]
