"""Many terms come as a table or one on each line, and a line that is none is named."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.errors import EarmarkError
from earmark.keeping.term_lines import terms_in


def names(text: str) -> list[tuple[str, Any]]:
    return [(term["name"], term.get("aliases")) for term in terms_in(text)]


def test_each_line_is_a_term_and_what_follows_its_aliases() -> None:
    text = "Netflix, nflx, نتفلیکس\n\n Acme \n"
    assert names(text) == [("Netflix", ["nflx", "نتفلیکس"]), ("Acme", None)]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_has_a_heading(sign: str) -> None:
    rows = [
        ["Name", "kind", "aliases", "handles", "can_act", "purpose"],
        ["Acme", "competitor", "acm|acme co", "x:acme|acmeglobal", "no", "prices"],
    ]
    [term] = terms_in("\ufeff" + "\r\n".join(sign.join(row) for row in rows))
    assert term == {
        "name": "Acme",
        "kind": "competitor",
        "ours": False,
        "can_act": False,
        "aliases": ["acm", "acme co"],
        "handles": [{"platform": "x", "handle": "acme"}, {"handle": "acmeglobal"}],
        "purpose": "prices",
    }


def test_the_same_name_comes_once() -> None:
    assert names("Acme\nACME, acm\n") == [("Acme", None)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Acme\n!!!\n", "Line 2"),
        ("name,kind\nAcme,thing\n", "Line 2"),
        ("name,colour\nAcme,red\n", "no column “colour”"),
        ("name,kind\n,brand\n", "Line 2"),
    ],
)
def test_what_is_no_term_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(EarmarkError, match=said):
        terms_in(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(EarmarkError):
        assert all(term["name"] for term in terms_in(text))
