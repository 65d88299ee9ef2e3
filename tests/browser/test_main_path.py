"""The main job, whole: what stands on a page is in the log, with the real agent behind it."""

from __future__ import annotations

import json

import pytest
from main_path import PAGES, Item, MainPath

NAMES = [
    "hackernews",
    "reddit_old",
    "wordpress_one",
    "wordpress_two",
    "discourse_crawler",
    "discourse_drawn",
    "shop",
]
HACKER_NEWS = "https://news.ycombinator.com/item?id=41900100"

GROW = """(() => {
  const [first] = document.querySelectorAll("tr.comtr");
  for (let n = 0; n < 500; n++) {
    const row = first.cloneNode(true);
    row.id = String(50000000 + n);
    row.querySelector(".commtext").textContent = `Scrolled in, number ${n}.`;
    first.parentNode.append(row);
  }
})()"""


def shown(item: Item) -> Item:
    """What a truth says of an item."""
    author = item.get("author", {})
    return {
        "platform": item["platform"],
        "id": item["id"],
        "kind": item["kind"],
        "author": author.get("handle") or author.get("name"),
        "text": item.get("text", ""),
        "parent_id": item.get("parent_id"),
    }


def without_sightings(item: Item) -> Item:
    """An item as it is whether or not its own page was seen once more.

    How sure its language is depends on what else the author and the thread were heard in by then.
    """
    counted = {"first_seen", "last_seen", "sightings", "revision"}
    kept = {key: value for key, value in item.items() if key not in counted}
    return kept | {"language": item["language"]["tag"]}


def is_when(item: Item, published: str | None) -> bool:
    """Whether the bounds hold the true time, or there are none where the page shows none."""
    bounds = item.get("published")
    if published is None or bounds is None:
        return published is bounds
    return bool(bounds["earliest"] <= published <= bounds["latest"])


@pytest.mark.parametrize("name", NAMES)
def test_every_item_of_the_page_is_in_the_log_once(path: MainPath, name: str) -> None:
    _, truth = path.visit(name)
    ids = [item["id"] for item in path.agent.items()]
    for expected in truth:
        assert ids.count(expected["id"]) == 1
        found = path.item(expected["platform"], expected["id"])
        assert is_when(found, expected.pop("published"))
        assert shown(found) == expected


def test_a_reload_stores_nothing_twice(path: MainPath) -> None:
    tab, truth = path.visit("reddit_old")
    before = path.agent.items()
    first = path.item(truth[0]["platform"], truth[0]["id"])
    tab.goto(json.loads((PAGES / "truth/reddit_old.json").read_text(encoding="utf-8"))["url"])
    path.wait(lambda: path.item(first["platform"], first["id"])["sightings"] > first["sightings"])
    path.settle()
    after = path.agent.items()
    assert [item["id"] for item in after] == [item["id"] for item in before]
    assert [item["text"] for item in after] == [item["text"] for item in before]
    assert path.versions(first["platform"], first["id"]) == []


def test_500_comments_scrolled_in_are_heard(path: MainPath) -> None:
    tab, _ = path.visit("hackernews")
    tab.evaluate(GROW)
    wanted = {str(50_000_000 + n) for n in range(500)}
    path.wait(lambda: wanted <= path.ids())
    heard = [item for item in path.agent.items() if item["id"] in wanted]
    assert len(heard) == len(wanted)
    assert {item["text"] for item in heard} == {f"Scrolled in, number {n}." for n in range(500)}


def test_an_edit_makes_a_version(path: MainPath) -> None:
    tab, truth = path.visit("hackernews")
    edited = next(item for item in truth if item["kind"] != "post")
    tab.evaluate(
        f"document.getElementById({json.dumps(edited['id'])})"
        ".querySelector('.commtext').textContent = 'I was wrong about this.'"
    )
    versions = path.wait(lambda: path.versions("hackernews", edited["id"]))
    assert [version["text"] for version in versions] == [edited["text"]]
    now = path.item("hackernews", edited["id"])
    assert now["text"] == "I was wrong about this."
    assert now["edited"] is True


SEE_MORE = """<!doctype html><html lang="en"><title>Kettles</title>
<ol class="comment-list"><li class="comment" id="comment-7">
<article class="comment-body" id="div-comment-7">
<b class="fn">Ilinca</b> <time datetime="2026-11-18T10:00:00Z">18 November</time>
<div class="comment-content"><p>The lid broke on the second day and…<button
 onclick="this.parentNode.textContent='The lid broke on the second day and nobody answered.'">
See more</button></p></div></article></li></ol>"""


def test_see_more_is_no_edit(path: MainPath) -> None:
    path.site.pages["kettles.example.org/lid"] = SEE_MORE
    tab = path.browser.open("https://kettles.example.org/lid")
    path.wait_for_ids({"kettles.example.org/7"})
    cut = path.item("wordpress", "kettles.example.org/7")
    assert cut["truncated"] is True
    tab.click("button")
    path.wait(lambda: not path.item("wordpress", "kettles.example.org/7").get("truncated"))
    whole = path.item("wordpress", "kettles.example.org/7")
    assert whole["text"] == "The lid broke on the second day and nobody answered."
    assert "edited" not in whole
    assert path.versions("wordpress", "kettles.example.org/7") == []


def test_a_page_cannot_touch_an_item_of_another_host(path: MainPath) -> None:
    path.visit("hackernews")
    path.visit("wordpress_one")
    before = {item["id"]: without_sightings(item) for item in path.agent.items()}
    truth = path.serve("hostile")
    tab = path.browser.open(truth["url"])
    path.wait_for_ids({item["id"] for item in truth["items"]})
    after = {item["id"]: without_sightings(item) for item in path.agent.items()}
    assert {key: after[key] for key in before} == before
    fresh = after.keys() - before.keys()
    assert all(key.startswith("evil.example/") for key in fresh)
    assert tab.evaluate("window.__earmark_owned === undefined || 'the page ran its own script'")


@pytest.mark.timeout(400)
def test_a_killed_agent_and_a_killed_worker_lose_nothing(path: MainPath) -> None:
    tab, _ = path.visit("hackernews")
    path.agent.kill()
    tab.evaluate(GROW.replace("50000000", "60000000"))
    path.wait(lambda: path.browser.outbox()["fragments"] > 0)
    path.browser.stop_background()
    path.agent.start()
    wanted = {str(60_000_000 + n) for n in range(500)}
    path.browser.send(type="retry")
    # The sender waits up to a minute between tries, and may have begun a try just before.
    path.wait(lambda: wanted <= path.ids(), "what waited never came", seconds=240)
    path.settle()
    assert len([i for i in path.agent.items() if i["id"] in wanted]) == len(wanted)


def test_the_popups_button_signs_this_browser_in(path: MainPath) -> None:
    path.browser.send(type="open-inbox")
    sign_in = f"http://earmark.localhost:{path.agent.port}/sign-in/"
    url = path.wait(
        lambda: next((u for u in path.browser.addresses() if u.startswith(sign_in)), None)
    )
    tab = path.browser.open(url)
    tab.click("button")
    tab.wait("location.pathname === '/'")
