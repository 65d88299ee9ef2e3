"""Plugins on fragments from which anything may be missing: deleted authors, emptied elements."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from every_platform import CASES, ENTRIES, PLATFORMS
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from earmark.model import Page
from earmark.parse.reader import parse_fragments
from earmark.parse.slicing import slice_page

ROOT = Path(__file__).parents[2]
PAGES = {
    "hackernews": ["hackernews"],
    "reddit": ["reddit_old"],
    "wordpress": ["wordpress_one", "wordpress_two"],
    "discourse": ["discourse_crawler", "discourse_drawn"],
    "webpage": ["shop"],
}
READERS = [
    (name, ROOT / "tests" / "pages" / f"{page}.html") for name in PAGES for page in PAGES[name]
]
FIRST_CASES = {c.platform: c.folder / "page.html" for c in reversed(CASES)}
READERS += [(name, path) for name, path in FIRST_CASES.items() if path.exists()]
PAGE = {"url": "https://host.example/t/x/1?id=9", "captured_at": "2026-11-21T12:00:00Z"}


def damaged(markup: str, chance) -> str:
    """The markup with some elements, attributes and texts gone, but not the outermost element."""
    soup = BeautifulSoup(markup, "lxml")
    root = next(tag for tag in soup.find_all(True) if tag.name not in ("html", "head", "body"))
    for tag in root.find_all(True):
        fate = chance.random()
        if fate < 0.06:
            tag.extract()
        elif fate < 0.12:
            tag.clear()
        elif fate < 0.2:
            tag.attrs = {name: "" for name in tag.attrs if chance.random() < 0.5}
        elif fate < 0.24:
            tag.attrs = {}
    return str(root)


@pytest.mark.parametrize(
    ("name", "path"), READERS, ids=lambda v: v if isinstance(v, str) else v.parent.name
)
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False))
def test_whatever_is_missing_the_rest_is_read(name, path, chance):
    entry = next(entry for entry in ENTRIES if entry["name"] == name)
    fragments = slice_page(path.read_text(encoding="utf-8"), entry, Page(**PAGE))[:12]
    sent = [
        {
            "id": fragment.id,
            "kind": fragment.kind,
            "selector": fragment.selector,
            "outline": fragment.outline,
            "ancestors": fragment.ancestors,
            "markup": damaged(fragment.markup, chance),
        }
        for fragment in fragments
    ]
    results = parse_fragments(PLATFORMS[name], PAGE, sent)
    assert [result.get("error") for result in results] == [None] * len(sent)
    json.dumps(results)


NAMES = [
    "@graph", "@id", "@type", "author", "comment", "datePublished", "headline", "identifier",
    "interactionStatistic", "name", "parentItem", "ratingValue", "review", "reviewRating", "text",
    "upvoteCount", "url",
]  # fmt: skip
WORDS = [
    "Comment",
    "Review",
    "Question",
    "Person",
    "/page#c-1",
    "//[",
    "2026-01-01",
    "<p>x</p>",
    "7",
]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@example(kind="Comment", node={"@id": "//["})
@example(kind="Comment", node={"parentItem": {"@type": "Comment", "url": "//["}})
@given(kind=st.sampled_from(WORDS), node=st.dictionaries(st.sampled_from(NAMES), ANY_JSON))
def test_linked_data_of_any_shape_is_read_without_failing(kind, node):
    script = json.dumps([{"@type": kind, "text": "said", **node}, {**node, "@type": kind}]).replace(
        "</", "<\\/"
    )
    sent = {
        "id": "f",
        "kind": "context",
        "selector": PLATFORMS["webpage"].context[0],
        "markup": f'<script type="application/ld+json">{script}</script>',
    }
    (result,) = parse_fragments(PLATFORMS["webpage"], PAGE, [sent])
    assert "error" not in result
    json.dumps(result)
