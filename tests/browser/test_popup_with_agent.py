"""What the popup offers, with the real agent behind it: conversations, numbers, cases."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

from driver import Tab
from every_platform import CASES
from main_path import MainPath

from earmark.kit.case import Case

CHAT = "basecamp/a_ping"
BLOG = "wordpress/block_theme_with_replies"
THREAD = "lemmy/a_post_with_nested_comments"


def serve(path: MainPath, name: str) -> Case:
    """Have a recorded page answer at its address."""
    recorded = next(case for case in CASES if case.name == name)
    address = urlsplit(recorded.about["url"])
    path.site.pages[address.netloc + address.path] = recorded.content.decode()
    return recorded


def popup_on(path: MainPath, url: str) -> Tab:
    popup = path.browser.popup(path.browser.tab_id(url.partition("#")[0]))
    popup.wait("document.body.dataset.ready")
    return popup


def test_a_conversation_is_kept_from_the_click_on_and_no_longer_after_the_next(
    path: MainPath,
) -> None:
    recorded = serve(path, CHAT)
    url = recorded.about["url"]
    tab = path.browser.open(url)
    popup = popup_on(path, url)
    popup.wait("document.body.dataset.site === 'private'")
    popup.click_when_there("#site-action")
    popup.wait("document.body.dataset.site === 'conversation'")
    said = {item["text"] for item in recorded.expected}
    path.wait(lambda: said <= set(path.texts().values()), "the conversation was not heard")
    path.settle()
    kinds = {item["kind"] for item in path.agent.items() if item["platform"] == "basecamp"}
    assert kinds == {"message"}
    popup.click_when_there("#site-action")
    popup.wait("document.body.dataset.site === 'private'")
    choices = path.agent.request("GET", "/v1/choices")
    assert choices["conversations"] == []
    assert choices["sites"] == [{"site": "3.basecamp.com", "keep": "everything", "messages": True}]
    path.agent.request("PATCH", "/v1/choices", {"sites": []})
    popup.close()
    tab.close()


def hear(path: MainPath, name: str) -> tuple[Case, Tab, Tab]:
    """A page that was heard: its case, its tab and the popup over it."""
    recorded = serve(path, name)
    tab = path.browser.open(recorded.about["url"])
    said = {item["text"] for item in recorded.expected}
    path.wait(lambda: said <= set(path.texts().values()), "the thread was not heard")
    path.settle()
    return recorded, tab, popup_on(path, recorded.about["url"])


def test_the_popup_says_how_many_of_how_many(path: MainPath) -> None:
    recorded, tab, popup = hear(path, THREAD)
    comments = sum(item["kind"] != "post" for item in recorded.expected)
    told = f"document.querySelector('#counts dd')?.textContent === '{comments} of 87'"
    popup.wait(told)
    popup.close()
    tab.close()


def test_a_page_is_recorded_with_nobody_in_it(path: MainPath) -> None:
    recorded, tab, popup = hear(path, BLOG)
    popup.click("#authors summary")
    popup.click_when_there("#record")
    popup.wait("document.querySelector('#recorded').textContent", 150)
    place = popup.evaluate("document.querySelector('#recorded code')?.textContent")
    assert place, popup.text("#recorded")
    assert Path(place).is_relative_to(path.agent.home)
    made = Case(Path(place))
    assert len(made.expected) == len(recorded.expected)
    written = made.content.decode() + json.dumps(made.expected, ensure_ascii=False)
    for item in recorded.expected:
        assert item["text"] not in written
        assert item["author"]["name"] not in written
    popup.close()
    tab.close()
