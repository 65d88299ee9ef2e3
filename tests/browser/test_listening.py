"""What is heard on a page, and what is not, seen by an agent that remembers everything."""

from __future__ import annotations

from typing import Any

from driver import Browser
from fixture_site import Site
from pages import FORUM, append, comment, thread
from stand_in import StandIn

URL = f"{FORUM}/t/1"


def texts(fragments: list[dict[str, Any]]) -> list[str]:
    return [f["markup"].split("<p>")[1].split("</p>")[0] for f in fragments if "<p>" in f["markup"]]


def test_what_is_there_and_what_comes_reaches_the_agent(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1), comment(2))
    tab = paired.open(URL)
    agent.wait_for_fragments(2)
    tab.evaluate(append(3))
    agent.wait_for_fragments(3)
    assert [f["selector"] for f in agent.fragments] == [".comment"] * 3
    assert [f["order"] for f in agent.fragments] == [0, 1, 2]
    assert all(f["seen"] and f["complete"] for f in agent.fragments)
    page = agent.batches[0]["page"]
    assert (page["url"], page["top_url"], page["title"]) == (URL, URL, "A thread")
    assert (page["lang"], page["plan"], page["translated"]) == ("en", "plan-1", False)
    assert len({batch["page"]["visit"] for batch in agent.batches}) == 1


def test_a_new_reply_is_sent_alone_with_its_parent(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1, extra='<div class="replies"></div>'))
    tab = paired.open(URL)
    first = agent.wait_for_fragments(1)[0]
    tab.evaluate(append(2, to="#c1 .replies"))
    reply = agent.wait_for_fragments(2)[1]
    assert reply["parent_ref"] == first["ref"]
    tab.evaluate(append(3))
    agent.wait_for_fragments(3)
    assert texts(agent.fragments)[1:] == [
        "Comment 2 has something to say.",
        "Comment 3 has something to say.",
    ]


def test_a_clock_that_moves_on_is_no_change(paired: Browser, agent: StandIn, site: Site) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    tab = paired.open(URL)
    agent.wait_for_fragments(1)
    tab.evaluate("document.querySelector('.age').textContent = '4 hours ago'")
    tab.evaluate(
        "new Promise((done) => setTimeout(done, 2100))"
    )  # past the least time between sends
    tab.evaluate(append(2))
    agent.wait_for_fragments(2)
    assert [f["ref"] for f in agent.fragments] == ["r0", "r1"]


def test_a_comment_that_changes_all_the_time_is_sent_at_most_every_two_seconds(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    tab = paired.open(URL)
    agent.wait_for_fragments(1)
    tab.evaluate(
        "new Promise((done) => { let n = 0; const timer = setInterval(() => {"
        " document.querySelector('.comment p').textContent = `Edit ${++n}`;"
        " if (n === 90) { clearInterval(timer); done(); } }, 50); })"
    )
    agent.wait(lambda: texts(agent.fragments)[-1] == "Edit 90")
    times = [f["captured_at"] for f in agent.fragments]
    assert 2 <= len(times) <= 5
    assert len({f["ref"] for f in agent.fragments}) == 1
    assert len({f["id"] for f in agent.fragments}) == len(times)


def test_another_address_in_the_same_document_is_another_visit(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    tab = paired.open(URL)
    agent.wait_for_fragments(1)
    tab.evaluate(
        "(history.pushState({}, '', '/t/2'), document.title = 'Another',"
        f"document.querySelector('#list').innerHTML = {comment(9)!r})"
    )
    agent.wait_for_fragments(2)
    first, second = (batch["page"] for batch in agent.batches)
    assert first["visit"] != second["visit"]
    assert (second["url"], second["title"]) == (f"{FORUM}/t/2", "Another")


def test_what_stays_when_the_address_changes_is_heard_when_it_changes_again(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    tab = paired.open(URL)
    agent.wait_for_fragments(1)
    tab.evaluate("(history.pushState({}, '', '/t/2'), document.querySelector('#c1').append('!'))")
    agent.wait_for_fragments(2)
    assert [batch["page"]["url"] for batch in agent.batches] == [URL, f"{FORUM}/t/2"]


def test_an_address_that_counts_along_while_one_scrolls_is_the_same_visit(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    tab = paired.open(URL)
    agent.wait_for_fragments(1)
    tab.evaluate("history.replaceState({}, '', '/t/1/20')")
    tab.evaluate(append(2))
    agent.wait_for_fragments(2)
    assert len({batch["page"]["visit"] for batch in agent.batches}) == 1


def test_an_open_shadow_root_is_listened_to(paired: Browser, agent: StandIn, site: Site) -> None:
    host = "<x-thread></x-thread>"
    script = (
        "<script>const root = document.querySelector('x-thread').attachShadow({mode: 'open'});"
        f"root.innerHTML = {comment(1)!r};</script>"
    )
    site.pages["forum.example.org/t/1"] = thread(host, extra=script)
    tab = paired.open(URL)
    assert '<template shadowrootmode="open">' in agent.wait_for_fragments(1)[0]["ancestors"]
    tab.evaluate(
        f"document.querySelector('x-thread').shadowRoot.append(Object.assign("
        f"document.createElement('div'), {{innerHTML: {comment(2)!r}}}))"
    )
    agent.wait_for_fragments(2)


def test_a_frame_is_heard_under_its_own_address(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    frame = '<iframe src="https://frame.example.org/embed"></iframe>'
    site.pages["forum.example.org/t/1"] = thread(extra=frame)
    site.pages["frame.example.org/embed"] = thread(comment(1), title="Embedded")
    paired.open(URL)
    agent.wait_for_fragments(1)
    page = agent.batches[0]["page"]
    assert (page["url"], page["top_url"]) == ("https://frame.example.org/embed", URL)


def test_a_frame_without_an_address_is_heard_under_that_of_its_page(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(extra="<iframe></iframe>")
    tab = paired.open(URL)
    tab.evaluate(
        f"document.querySelector('iframe').contentDocument.body.innerHTML = {comment(1)!r}"
    )
    agent.wait_for_fragments(1)
    assert agent.batches[0]["page"]["url"] == URL


def test_a_site_that_was_not_granted_is_not_heard(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    entry = {**agent.plan["platforms"][0], "matches": ["*://*/*"]}
    site.pages["other.example.org/"] = thread(comment(7, "Not yours."))
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    assert entry["items"] == [".comment"]
    paired.open("https://other.example.org/")
    paired.open(URL)
    agent.wait_for_fragments(1)
    assert all("Not yours." not in f["markup"] for f in agent.fragments)


def test_the_page_is_asked_for_nothing_and_sees_nothing(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1, extra='<img src="/face.png">'))
    tab = paired.open(URL)
    agent.wait_for_fragments(1)
    asked = [path for _, host, path in site.requests if host == "forum.example.org"]
    assert asked.count("/face.png") == 1
    assert set(asked) <= {"/t/1", "/face.png", "/favicon.ico"}
    assert tab.evaluate("typeof window.earmark") == "undefined"
