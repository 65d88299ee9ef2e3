"""The Python side of tests/slicing/cases.json; the browser suite holds the content script to it."""

import json
import re
from html import escape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment, PageElement, Tag

from earmark.model import Fragment, Page
from earmark.parse.slicing import slice_page

CASES = json.loads(
    (Path(__file__).parents[1] / "slicing" / "cases.json").read_text(encoding="utf-8")
)
PAGE = Page(url="https://example.org/", captured_at="2026-11-21T12:00:00Z")
VOID = {"br", "hr", "img", "input", "link", "meta", "col", "area", "embed", "source"}
RAW = {"script", "style"}


def escaped(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


def attributes(tag: Tag) -> str:
    plain = {n: " ".join(v) if isinstance(v, list) else v or "" for n, v in tag.attrs.items()}
    quoted = ((n, escaped(value).replace('"', "&quot;")) for n, value in sorted(plain.items()))
    return "".join(f' {name}="{value}"' for name, value in quoted)


def serialise(node: PageElement) -> str:
    """The normal form; normalise.js beside the cases is its twin and says what it is."""
    if isinstance(node, Comment):
        return f"<!--{node}-->"
    if not isinstance(node, Tag):
        return str(node) if node.parent and node.parent.name in RAW else escaped(str(node))
    opening = f"<{node.name}{attributes(node)}>"
    if node.name in VOID:
        return opening
    return f"{opening}{''.join(map(serialise, node.children))}</{node.name}>"


def normalise(markup: str) -> str:
    root = BeautifulSoup(markup, "lxml").find(re.match(r"<([^\s>]+)", markup)[1])
    return serialise(root)


def opening(tag: str) -> str:
    return re.sub(r"</[^<>]*>$", "", normalise(tag))


def comparable(fragments: list[Fragment]) -> list[dict[str, object]]:
    """Fragments in the shape of the table: refs are positions, markup is normalised."""
    position = {fragment.ref: number for number, fragment in enumerate(fragments)}

    def numbered(cut: re.Match[str]) -> str:
        return f'<earmark-cut ref="{position[cut[1]]}">'

    return [
        {
            "kind": fragment.kind,
            "selector": fragment.selector,
            "order": fragment.order,
            "outline": fragment.outline,
            "parent": position.get(fragment.parent_ref),
            "markup": re.sub(r'<earmark-cut ref="([^"]*)">', numbered, normalise(fragment.markup)),
            "ancestors": [opening(tag) for tag in fragment.ancestors],
        }
        for fragment in fragments
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_page_is_cut_as_the_table_says(case):
    assert comparable(slice_page(case["html"], case["entry"], PAGE)) == case["fragments"]


def test_fragments_carry_the_page_and_their_own_ids():
    fragments = slice_page("<p class=a>x</p><p class=a>y</p>", {"items": [".a"]}, PAGE)
    assert {fragment.url for fragment in fragments} == {PAGE.url}
    assert {fragment.captured_at for fragment in fragments} == {PAGE.captured_at}
    assert len({fragment.id for fragment in fragments} | {f.ref for f in fragments}) == 4


def test_a_fragment_over_two_mebibytes_comes_incomplete_and_without_markup():
    html = f"<p class=a>{'ش' * (1024 * 1024 + 1)}</p><p class=a>small</p>"
    large, small = slice_page(html, {"items": [".a"]}, PAGE)
    assert (large.markup, large.complete) == ("", False)
    assert small.complete
