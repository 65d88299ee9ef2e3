"""Plugins on fragments from which anything may be missing: deleted authors, emptied elements."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earmark.model import Page
from earmark.parse.reader import parse_fragments
from earmark.parse.slicing import slice_page
from earmark_plugins.platforms import (
    discourse,
    hackernews,
    reddit,
    sample,
    webpage,
    wordpress,
)

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "agent" / "earmark" / "web" / "sample.html"
READERS = [
    (hackernews.HackerNews, ROOT / "tests/pages/hackernews.html"),
    (reddit.Reddit, ROOT / "tests/pages/reddit_old.html"),
    (wordpress.WordPress, ROOT / "tests/pages/wordpress_one.html"),
    (wordpress.WordPress, ROOT / "tests/pages/wordpress_two.html"),
    (discourse.Discourse, ROOT / "tests/pages/discourse_crawler.html"),
    (discourse.Discourse, ROOT / "tests/pages/discourse_drawn.html"),
    (webpage.WebPage, ROOT / "tests/pages/shop.html"),
    (webpage.WebPage, ROOT / "tests/plugins/cases/webpage/microformats/page.html"),
    (webpage.WebPage, ROOT / "tests/plugins/cases/webpage/rdfa_of_two_drupals/page.html"),
    (sample.Sample, SAMPLE),
]
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


@pytest.mark.parametrize("platform", READERS, ids=lambda v: getattr(v, "stem", None))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False))
def test_whatever_is_missing_the_rest_is_read(platform, chance):
    reader, path = platform
    entry = {key: getattr(reader, key) for key in ("items", "context", "outline")}
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
    results = parse_fragments(reader(), PAGE, sent)
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


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(WORDS), node=st.dictionaries(st.sampled_from(NAMES), ANY_JSON))
def test_linked_data_of_any_shape_is_read_without_failing(kind, node):
    script = json.dumps([{"@type": kind, "text": "said", **node}, {**node, "@type": kind}]).replace(
        "</", "<\\/"
    )
    sent = {
        "id": "f",
        "kind": "context",
        "selector": webpage.WebPage.context[0],
        "markup": f'<script type="application/ld+json">{script}</script>',
    }
    (result,) = parse_fragments(webpage.WebPage(), PAGE, [sent])
    assert "error" not in result
    json.dumps(result)
