"""Whatever is sent as choices is tidied or refused in words, and never half taken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.errors import EarmarkError
from earmark.keeping import watch_terms
from earmark.keeping.checked import MOST_SITES, checked


def test_what_is_given_is_tidied() -> None:
    tidy = checked(
        {
            "sites": [
                {"site": "https://www.Reddit.com/r/x", "keep": "about_us"},
                {"site": "reddit.com", "keep": "about_us"},
            ],
            "accounts": [{"handle": " @acme\u200e ", "platform": "reddit"}, {"handle": "ACME"}],
            "terms": ["  Acme\n Cloud ", "acme cloud", "آکمه\u200cها"],
            "first_run": {"seen": ["hears", "hears", "pair"]},
        }
    )
    assert tidy == {
        "sites": [{"site": "reddit.com", "keep": "about_us"}],
        "accounts": [{"handle": "acme", "platform": "reddit"}, {"handle": "ACME"}],
        "terms": ["Acme Cloud", "آکمه\u200cها"],
        "first_run": {"seen": ["hears", "pair"], "done": False},
    }


@pytest.mark.parametrize("keep", ["everything", "about_us", "by_hand"])
def test_each_way_of_keeping_can_be_chosen_elsewhere(keep: str) -> None:
    assert checked({"elsewhere": keep}) == {"elsewhere": keep}


@pytest.mark.parametrize(
    ("patch", "told"),
    [
        (None, "must be one object"),
        ([], "must be one object"),
        ({"site": []}, "“site” cannot be chosen"),
        ({"\x1b]0;x": 1, "terms": []}, "“�]0;x” cannot be chosen"),
        ({7: 1}, "“7” cannot be chosen"),
        ({"sites": None}, "sites must be a list"),
        ({"sites": ["reddit.com"]}, "A site must be an object of keep, messages, responses, site"),
        ({"sites": [{"site": "reddit.com", "keep": "all"}]}, "What to keep is not said"),
        ({"sites": [{"site": "reddit.com", "keep": ["about_us"]}]}, "What to keep is not said"),
        ({"sites": [{"site": "reddit.com"}]}, "What to keep is not said"),
        ({"sites": [{"keep": "by_hand"}]}, "A site must be a text that is not empty"),
        ({"sites": [{"site": "a b", "keep": "by_hand"}]}, "“a b” is no site"),
        ({"sites": [{"site": "x" * 9000, "keep": "by_hand"}]}, "longer than 2000 characters"),
        ({"sites": [{"site": "a.example", "keep": "by_hand", "x": 1}]}, "A site must be an object"),
        (
            {"sites": [{"site": s, "keep": k} for s, k in
                       (("a.example", "by_hand"), ("www.a.example", "everything"))]},
            "“a.example” stands there twice",
        ),
        ({"elsewhere": "nothing"}, "What to keep is not said"),
        ({"elsewhere": {}}, "What to keep is not said"),
        ({"accounts": [{"handle": "@"}]}, "has no letter or digit"),
        ({"accounts": [{"handle": "x" * 101}]}, "An account is longer than 100 characters"),
        ({"accounts": [{"handle": "acme", "platform": "No such"}]}, "“No such” is no platform"),
        ({"accounts": [{"handle": "acme", "platform": 7}]}, "“7” is no platform"),
        ({"accounts": [{"platform": "reddit"}]}, "An account must be a text"),
        ({"terms": [""]}, "A term must be a text that is not empty"),
        ({"terms": ["🎉!"]}, "has no letter or digit"),
        ({"terms": ["\u200f\u202e"]}, "has no letter or digit"),
        ({"terms": [None]}, "A term must be a text"),
        ({"terms": "acme"}, "terms must be a list"),
        ({"terms": ["x"] * (watch_terms.MOST + 1)}, "20,001 terms; there is room for 20,000"),
        ({"sites": [{}] * (MOST_SITES + 1)}, "2001 sites; there is room for 2000"),
        ({"first_run": {"seen": ["<b>"]}}, "A step of the first run has a short name"),
        ({"first_run": {"seen": ["s" * 51]}}, "A step of the first run has a short name"),
        ({"first_run": {"seen": [1]}}, "A step of the first run has a short name"),
        ({"first_run": {"done": "yes"}}, "first_run.done must be true or false"),
        ({"first_run": {"skipped": True}}, "first_run must be an object of done, seen"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_told(patch: Any, told: str) -> None:
    with pytest.raises(EarmarkError) as error:
        checked(patch)
    assert told in error.value.message
    assert error.value.message.isprintable()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(["sites", "elsewhere", "accounts", "terms", "first_run"])
ENTRIES = st.fixed_dictionaries({"site": JSON, "keep": JSON}) | st.fixed_dictionaries(
    {"handle": JSON, "platform": JSON}
)


@given(st.dictionaries(KEYS, JSON | st.lists(ENTRIES | JSON, max_size=3), max_size=3) | JSON)
def test_anything_is_tidied_for_good_or_refused(patch: Any) -> None:
    try:
        tidy = checked(patch)
    except EarmarkError:
        return
    assert checked(tidy) == tidy


def test_a_conversation_has_one_address_with_what_follows_the_hash() -> None:
    urls = ["https://Chat.example.:443/dm#mira", "https://chat.example/dm#mira"]
    given = [{"site": "chat.example", "url": url} for url in urls]
    assert checked({"conversations": given}) == {"conversations": [given[1]]}


@pytest.mark.parametrize("url", ["https://evil.example/dm", "javascript:1", "", "https://"])
def test_a_conversation_lies_on_its_own_site(url: str) -> None:
    with pytest.raises(EarmarkError):
        checked({"conversations": [{"site": "chat.example", "url": url}]})


def test_only_what_is_switched_on_is_written_down() -> None:
    given = {"site": "chat.example", "keep": "everything", "responses": False, "messages": True}
    [site] = checked({"sites": [given]})["sites"]
    assert site == {"site": "chat.example", "keep": "everything", "messages": True}
