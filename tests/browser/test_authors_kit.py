"""For plugin authors: the tab as a case, and one comment as the start of a plugin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from driver import Browser, Tab
from fixture_site import Site
from pages import FORUM
from stand_in import StandIn

URL = f"{FORUM}/t/1"
SAID = ["The lid broke on the second day.", "Mine lasts.", "Nobody answered me."]
# Recorded, but what must not come along: styles, scripts that run, images in the markup.
PAGE = """<!doctype html><html lang="en"><head><title>Kettles</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-a'">
<style>.x { color: red }</style><script nonce="a">window.ran = 1</script>
<script type="application/ld+json">{"@type": "Comment"}</script></head><body><main>
%s</main><x-more></x-more><script nonce="a">
const root = document.querySelector("x-more").attachShadow({ mode: "open" });
root.innerHTML = "<p>In the shadow</p>";
window.heard = [];
for (const name of ["pointerdown", "mousedown", "mouseup", "pointerup", "click"])
  addEventListener(name, (event) => heard.push(event.type), true);
new MutationObserver((list) => (window.changes = (window.changes ?? 0) + list.length))
  .observe(document.body, { subtree: true, childList: true, attributes: true });
</script></body></html>"""
COMMENT = """<div class="css-1x9aa0 comment" data-comment-id="c{0}" data-v-7ba5bd90>
<a class="sc-bdVaJa" rel="author" href="/u/mira{0}">Mira {0}</a>
<time datetime="2026-11-2{0}T10:00:00Z">{0} days ago</time>
<div class="comment-body"><p>{1}</p></div><button>Reply</button></div>"""


def open_page(browser: Browser, agent: StandIn, site: Site) -> Tab:
    comments = "\n".join(COMMENT.format(n, text) for n, text in enumerate(SAID, 1))
    site.pages["forum.example.org/t/1"] = PAGE % comments
    browser.pair(agent.code)
    return browser.open(URL)


def begin(browser: Browser, tab: Tab) -> None:
    """Press the button in the popup, and come back to the page."""
    assert not (browser.send(type="pick", tab=browser.tab_id(URL)) or {}).get("error")
    tab.activate()
    tab.wait("document.documentElement.lastElementChild !== document.body")


def picked(browser: Browser) -> Any:
    key = f"picked:{browser.tab_id(URL)}"
    stored = f"(globalThis.browser ?? chrome).storage.session.get({json.dumps(key)})"
    browser.desk.wait(f"{stored}.then((found) => Boolean(found[{json.dumps(key)}]?.candidates))")
    return browser.desk.evaluate(f"{stored}.then((found) => found[{json.dumps(key)}])")


def test_the_tab_is_recorded_as_it_is_seen(browser: Browser, agent: StandIn, site: Site) -> None:
    tab = open_page(browser, agent, site)
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<i>Later</i>')")
    agent.answers["/v1/cases"] = {"folder": "/home/cases/forum/t-1", "items": 3, "replaced": {}}
    popup = browser.popup(browser.tab_id(URL))
    popup.wait("document.body.dataset.ready")
    popup.click("#authors summary")
    popup.click_when_there("#record")
    popup.wait("document.querySelector('#recorded code') !== null")
    assert "/home/cases/forum/t-1" in popup.text("#recorded")
    [case] = agent.bodies("/v1/cases")
    html = case["html"]
    for part in ("<!doctype html>", "<i>Later</i>", '{"@type": "Comment"}', SAID[0],
                 '<template shadowrootmode="open"><p>In the shadow</p></template>'):  # fmt: skip
        assert part in html
    assert "window.ran" not in html
    assert "<style" not in html
    assert case["url"] == URL


def test_why_a_page_was_not_recorded_is_said(browser: Browser, agent: StandIn, site: Site) -> None:
    open_page(browser, agent, site)
    popup = browser.popup(browser.tab_id(URL))
    popup.wait("document.body.dataset.ready")
    popup.click("#authors summary")
    popup.click_when_there("#record")
    popup.wait("document.querySelector('#recorded').textContent.includes('not recorded')")


def test_one_click_picks_a_comment_and_the_page_notices_nothing(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    tab = open_page(browser, agent, site)
    before = tab.evaluate("document.documentElement.outerHTML")
    tab.evaluate("window.changes = 0")
    begin(browser, tab)
    tab.click_at(".comment-body p")
    found = picked(browser)
    tab.wait("document.documentElement.lastElementChild === document.body")
    assert tab.evaluate("heard") == []
    assert tab.evaluate("changes") == 0
    assert tab.evaluate("document.documentElement.outerHTML") == before
    assert found["candidates"][0] == {"selector": "[data-comment-id]", "count": 3}
    shown = [candidate["selector"] for candidate in found["candidates"]]
    assert ".comment" in shown
    assert not any("css-" in css or "data-v" in css for css in shown)
    assert found["author"] == {"selector": '[rel~="author"]', "sample": "Mira 1"}
    assert found["time"]["selector"] == "time[datetime]"
    assert found["text"]["sample"] == SAID[0]
    assert found["id"] == {"attribute": "data-comment-id", "sample": "c1"}


def test_esc_ends_it_and_the_next_click_is_the_pages(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    tab = open_page(browser, agent, site)
    before = tab.evaluate("document.documentElement.outerHTML")
    begin(browser, tab)
    tab.press("Escape")
    tab.wait("document.documentElement.lastElementChild === document.body")
    assert tab.evaluate("document.documentElement.outerHTML") == before
    tab.click(".comment-body p")
    assert "click" in tab.evaluate("heard")


def test_a_page_cannot_pick_by_itself(browser: Browser, agent: StandIn, site: Site) -> None:
    tab = open_page(browser, agent, site)
    begin(browser, tab)
    tab.evaluate(
        "frames.length && frames[0].document.dispatchEvent(new MouseEvent('click', {clientX: 9}))"
    )
    tab.evaluate("document.elementFromPoint(99, 99).click()")
    assert tab.evaluate("document.documentElement.lastElementChild !== document.body")


def test_the_plugin_to_begin_with_reads_the_page(
    browser: Browser, agent: StandIn, site: Site, tmp_path: Path
) -> None:
    tab = open_page(browser, agent, site)
    begin(browser, tab)
    tab.click_at(".comment-body p")
    picked(browser)
    shown = browser.page(f"pages/picked.html?tab={browser.tab_id(URL)}")
    shown.wait("document.body.dataset.ready")
    assert shown.evaluate("document.querySelectorAll('#candidates li').length") >= 2
    plugin = tmp_path / "begun.py"
    plugin.write_text(shown.evaluate("document.querySelector('#skeleton').textContent"))
    page = tmp_path / "page.html"
    page.write_text(site.pages["forum.example.org/t/1"], encoding="utf-8")
    run = [sys.executable, "-c", READ, str(tmp_path), str(page), URL]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    items = json.loads(done.stdout)
    assert [item["text"] for item in items] == SAID
    assert [item["id"] for item in items] == ["c1", "c2", "c3"]
    assert items[0]["author"]["name"] == "Mira 1"
    assert items[0]["published"]["earliest"] == "2026-11-21T10:00:00Z"


# What `earmark parse` does, with a plugin that lies in a folder.
READ = """
import json, sys
from dataclasses import asdict
sys.path.insert(0, sys.argv[1])
from earmark.parse.reader import parse_fragments
from earmark.parse.saved_page import parse_saved
from earmark.registry import LoadedPlugin, PluginSource
from earmark.trial import plan_entry
[platform] = LoadedPlugin(PluginSource("begun", "begun", "", "")).platforms
entry = plan_entry(platform)
run = lambda name, page, fragments: parse_fragments(platform(), page, fragments)
content = open(sys.argv[2], "rb").read()
print(json.dumps(parse_saved(sys.argv[3], content, [entry], run, "2026-11-22T12:00:00Z").items))
"""
