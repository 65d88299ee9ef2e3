"""Platforms in real browsers, under their real host names, with the real agent behind them.

The pages are the platforms' own cases: what a case expects of a saved page must be in the log after
the page was browsed.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from driver import Tab
from every_platform import CASES, ENTRIES
from main_path import Item, MainPath

from earmark.kit.case import PAGE, Case

ENTRY = {entry["name"]: entry for entry in ENTRIES}


def richest(name: str) -> Case:
    """The recorded page of a platform with most items."""
    pages = [case for case in CASES if case.platform == name and (case.folder / PAGE).exists()]
    return max(pages, key=lambda case: len(case.expected))


# The named ones, self-hosted ones, ones from right to left, shops.
NAMES = [
    "aparat", "bluesky", "digikala", "eksisozluk", "emag", "github", "instagram", "linkedin",
    "mastodon", "phpbb", "reddit", "stackexchange", "telegram", "wordpress", "x",
]  # fmt: skip
GROWING = ["facebook", "tiktok", "xenforo", "youtube"]


def serve(path: MainPath, case: Case, html: str = "") -> str:
    """Have the case's page answer at its address."""
    url = str(case.about["url"])
    address = urlsplit(url)
    path.site.pages[address.netloc + (address.path or "/")] = html or case.content.decode()
    return url


def heard(path: MainPath, platform: str) -> list[Item]:
    return [item for item in path.agent.items() if item["platform"] == platform]


def missing(path: MainPath, expected: list[Item]) -> list[Item]:
    """What is expected and not in the log: by its id and text, or by its text alone."""
    found = heard(path, expected[0]["platform"])
    known = {(item["id"], item.get("text")) for item in found}
    texts = {item.get("text") for item in found}

    def is_there(item: Item) -> bool:
        text = item.get("text")
        return (item["id"], text) in known if "id" in item else text in texts

    return [item for item in expected if not is_there(item)]


def hear(path: MainPath, expected: list[Item]) -> None:
    path.wait(lambda: not missing(path, expected), f"not heard: {missing(path, expected)[:3]}")
    path.settle()


def agrees(path: MainPath, expected: Item) -> None:
    """Whether the log says of an item what the case says; of its thread it may know more."""
    if "id" not in expected:  # its key is derived from what it says
        return
    found = path.item(expected["platform"], expected["id"])
    for name in ("text", "kind", "author", "parent_id", "root_id", "audience", "rating"):
        assert name not in expected or found[name] == expected[name], name


@pytest.mark.parametrize("name", NAMES)
def test_what_a_platforms_page_shows_is_in_the_log(path: MainPath, name: str) -> None:
    case = richest(name)
    tab = path.browser.open(serve(path, case))
    hear(path, case.expected)
    for expected in case.expected:
        agrees(path, expected)
    tab.close()


@pytest.mark.parametrize("name", GROWING)
def test_what_appears_later_is_heard_too(path: MainPath, name: str) -> None:
    """More of a list that grows as one scrolls, and replies that somebody asked for."""
    case = richest(name)
    html, later = without_the_last(case)
    expected = case.expected
    tab = path.browser.open(serve(path, case, html).replace("?", "?later&", 1))
    tab.wait("Boolean(document.querySelector('#later'))")
    path.wait(lambda: len(missing(path, expected)) < len(expected))
    path.settle()
    assert missing(path, expected)
    tab.evaluate(f"document.querySelector('#later').outerHTML = {json.dumps(later)}")
    hear(path, expected)
    for item in expected:
        agrees(path, item)
    tab.close()


def without_the_last(case: Case) -> tuple[str, str]:
    """The page without its last element, and the markup of that."""
    soup = BeautifulSoup(case.content.decode(), "html.parser")
    last = soup.select(", ".join(ENTRY[case.platform]["items"]))[-1]
    later = str(last)
    holder = soup.new_tag("i", attrs={"id": "later"})
    last.replace_with(holder)
    return str(soup), later


def case(name: str) -> Case:
    """A recorded case by `platform/name`."""
    return next(case for case in CASES if case.name == name)


GO_ON = """(() => {
  history.pushState({}, "", %s);
  setTimeout(() => { document.body.innerHTML = %s; }, 300);
})()"""


def test_another_post_without_a_new_document_is_heard_as_that_post(path: MainPath) -> None:
    one, other = case("x/persian_answers"), case("x/two_polls_in_turkish")
    tab = path.browser.open(serve(path, one))
    hear(path, one.expected)
    go_on(path, tab, one, other)


def test_what_one_passed_by_before_it_was_heard_is_not_heard_as_the_next_post(
    path: MainPath,
) -> None:
    """The page still shows the post before, a moment after it has taken the next one's address."""
    one, other = case("x/a_post_and_its_answers"), case("x/persian_answers")
    first = path.browser.open(serve(path, one))
    hear(path, one.expected)
    first.close()
    go_on(path, path.browser.open(serve(path, one)), one, other)


def go_on(path: MainPath, tab: Tab, one: Case, other: Case) -> None:
    """To another post, without a new document; both are in the log as their cases say."""
    body = BeautifulSoup(other.content.decode(), "html.parser").body.decode_contents()
    tab.evaluate(GO_ON % (json.dumps(other.about["url"]), json.dumps(body)))
    tab.wait(f"document.body.textContent.includes({json.dumps(other.expected[0]['text'])})")
    hear(path, other.expected)
    for expected in [*one.expected, *other.expected]:
        agrees(path, expected)
    tab.close()


APP = """<!doctype html><html lang="en"><title>A video</title><body><main></main><script>
fetch(%s, {method: "POST", body: "{}"})
  .then((response) => response.json())
  .then(() => { document.title = "drawn"; });
</script>"""


def test_what_comes_as_a_response_is_heard_once_it_is_allowed(path: MainPath) -> None:
    recorded = case("youtube/a_response_with_comments")
    response = urlsplit(recorded.about["response"])
    path.site.pages[response.netloc + response.path] = recorded.content.decode()
    ask = APP % json.dumps(f"{response.path}?{response.query}")
    tab = path.browser.open(serve(path, recorded, ask))
    tab.wait("document.title === 'drawn'")
    path.settle()
    assert missing(path, recorded.expected)
    site = {"site": "youtube.com", "keep": "everything", "responses": True}
    path.agent.request("PATCH", "/v1/choices", {"sites": [site]})
    path.browser.send(type="retry")
    scripts = "(globalThis.browser ?? chrome).scripting.getRegisteredContentScripts()"
    path.browser.desk.wait(f"{scripts}.then((list) => list.some(({{id}}) => id[0] === 'r'))")
    tab.goto(recorded.about["url"])
    hear(path, recorded.expected)
    for expected in recorded.expected:
        agrees(path, expected)
    path.agent.request("PATCH", "/v1/choices", {"sites": []})
    tab.close()


def test_comments_in_a_frame_are_heard_with_the_page_around_them(path: MainPath) -> None:
    recorded = case("disqus/a_thread_drawn_and_told")
    frame = serve(path, recorded)
    around = "https://notes.example.org/2026/11/kettle/"
    source = frame.replace("&", "&amp;")
    path.site.pages[around.removeprefix("https://")] = (
        f'<!doctype html><title>Kettle</title><p>A kettle.<iframe src="{source}"></iframe>'
    )
    tab = path.browser.open(around)
    hear(path, recorded.expected)
    for expected in recorded.expected:
        agrees(path, expected)
    tab.close()
