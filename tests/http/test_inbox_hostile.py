"""What a page says appears as text, whatever it looks like."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from inbox_fixtures import made_up, running_inbox, soup, submit, texts

NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></textarea></template><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raise %}",
    "%(name)s %s %d",
    '=HYPERLINK("http://evil.example";"x")',
    "a\u202egnp.exe\u2066b\u0000c",
    "W" * 3000,
    "&lt;b&gt; &amp; ' \" `",
]
OURS = {
    "a", "article", "aside", "bdi", "body", "br", "button", "datalist", "dd", "del", "details",
    "dialog", "div", "dl", "dt", "form", "h1", "h2", "head", "header", "html", "img", "input",
    "ins", "kbd", "label", "li", "link", "main", "meta", "meter", "nav", "ol", "option", "p",
    "pre", "script", "section", "select", "small", "span", "summary", "template", "textarea",
    "time", "title", "ul",
}  # fmt: skip
SCRIPTS = {"/static/inbox.js", "/static/ask.js"}


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        yield agent


def nasty_item(text: str) -> dict[str, Any]:
    return made_up(
        "1",
        text,
        page_title=text,
        page_url="https://news.ycombinator.com/item?id=1",
        author={"name": text, "handle": f"h{text}", "url": "javascript:alert(1)"},
        url="javascript:alert(1)",
        tags=[{"name": text[:80], "by": text[:80], "because": text}],
        language={"tag": '" onload="x', "confidence": 0.9},
    )


SCRIPTS = {"/static/inbox.js", "/static/ask.js"}


@pytest.mark.parametrize("text", NASTY)
async def test_nothing_a_page_said_becomes_markup(box: Any, text: str) -> None:
    box.save(nasty_item(text))
    for target in ("/", "/items/hackernews/1", "/rows", "/?ui=fa&text=zzz"):
        page = await soup(box, target)
        assert {tag.name for tag in page.find_all()} <= OURS
        assert {tag["src"] for tag in page.find_all("script")} <= SCRIPTS
        for tag in page.find_all():
            assert not any(name.startswith("on") or name == "style" for name in tag.attrs)


@pytest.mark.parametrize("text", NASTY)
async def test_what_a_page_said_can_be_read_as_it_was_said(box: Any, text: str) -> None:
    box.save(nasty_item(text))
    page = await soup(box, "/items/hackernews/1")
    shown = " ".join(text.replace("\u0000", "").split())
    said = texts(page, ".said p")[0].replace("\ufffd", "").replace("\u0000", "")
    assert said == shown


async def test_an_address_that_is_not_of_the_web_is_no_link(box: Any) -> None:
    box.save(nasty_item("x"))
    page = await soup(box, "/items/hackernews/1")
    addresses = [tag["href"] for tag in page.select("a")]
    assert not [a for a in addresses if not a.startswith(("/", "#", "https://news.ycomb"))]


async def test_what_a_person_typed_into_a_filter_is_text_too(box: Any) -> None:
    box.save(made_up("1", "hello"))
    page = await soup(box, "/?author=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&text=%3Cb%3E")
    assert {tag.name for tag in page.find_all()} <= OURS
    assert {tag["src"] for tag in page.find_all("script")} == SCRIPTS
    assert texts(page, ".chips bdi") == ["<b>", '"><script>alert(1)</script>']


async def test_bidi_controls_stay_inside_their_own_element(box: Any) -> None:
    box.save(nasty_item("a\u202eb"))
    page = await soup(box, "/items/hackernews/1")
    assert "\u202e" not in page.title.get_text()
    for tag in page.find_all(title=True):
        assert "\u202e" not in tag["title"]
    for found in page.find_all(string=lambda string: "\u202e" in string):
        holders = [p for p in found.parents if p.name in ("bdi", "textarea") or p.get("dir")]
        assert holders[0].name != "html", found


async def test_a_very_long_text_is_shown_whole_in_its_item_and_short_in_the_list(box: Any) -> None:
    box.save(made_up("1", "slow kettle " * 9000))
    listed = texts(await soup(box, "/"), ".row-text")[0]
    assert len(listed) < 400
    whole = texts(await soup(box, "/items/hackernews/1"), ".said p")[0]
    assert len(whole) > 100_000


def deed(**wrong: Any) -> str:
    """A flash as it is left, but for something."""
    right = {"path": "/items/hackernews/1", "what": "state", "value": "done", "undo": "new"}
    return quote(json.dumps(right | wrong))


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "%7B%7D",
        "%5B1%5D",
        deed(path="//evil.example"),
        deed(what="erase"),
        deed(value=[]),
        deed(undo="gone"),
        deed(more=1),
        deed(what="feeling"),
        deed(what="language", value="<b>"),
        deed(what="remove", value=""),
        deed(what="add", value="x" * 500),
        deed(what="learn", value="1x"),
        deed(what="learn", value="1", path="/elsewhere"),
    ],
)
async def test_a_flash_that_is_not_ours_is_ignored(box: Any, value: str) -> None:
    box.save(made_up("1", "x"))
    cookie = f"{box.client.headers['Cookie']}; earmark_flash="
    assert (await soup(box, "/", Cookie=cookie + value)).select("#flash > *") == []
    assert (await soup(box, "/", Cookie=cookie + deed())).select("#flash > *") != []


async def test_a_tag_a_person_types_is_text_as_well(box: Any) -> None:
    box.save(made_up("1", "x"))
    await submit(box, "/items/hackernews/1/tags", add="<i>hot</i>", back="/")
    page = await soup(box, "/items/hackernews/1")
    assert texts(page, ".tags li .tag") == ["<i>hot</i>"]
    assert page.find("i") is None
