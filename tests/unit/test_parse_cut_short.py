"""A text that a page cuts short is known to be cut, and a text that merely trails off is not."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from earmark.parse.cut_short import whole_part


def soup(markup: str) -> BeautifulSoup:
    return BeautifulSoup(markup, "lxml")


PLAIN = soup("<p>text</p>")


@pytest.mark.parametrize(
    "text",
    [
        "The hose broke after… See more",
        "The hose broke after ... Read more",
        "Hortum ikinci gün… Devamını oku",
        "شیلنگ روز دوم… بیشتر",
        "Furtunul s-a rupt… Vezi mai mult",
    ],
)
def test_the_interfaces_words_behind_an_ellipsis_are_left_out(text: str) -> None:
    short, cut = whole_part(text, PLAIN)
    assert cut
    assert short.endswith(("…", "..."))


@pytest.mark.parametrize("more", ["See more", "devamını oku", "بیشتر", "Citește mai mult »"])
def test_an_ellipsis_with_a_control_for_the_rest_is_a_cut(more: str) -> None:
    markup = soup(f"<div>The hose broke after…<button>{more}</button></div>")
    assert whole_part("The hose broke after…", markup) == ("The hose broke after…", True)


def test_an_ellipsis_alone_is_how_people_write() -> None:
    assert whole_part("Well…", PLAIN) == ("Well…", False)


def test_a_control_alone_is_no_cut() -> None:
    markup = soup("<div>All of it.<button>More</button></div>")
    assert whole_part("All of it.", markup) == ("All of it.", False)


def test_a_sentence_that_ends_in_more_is_whole() -> None:
    assert whole_part("I want to see more", PLAIN) == ("I want to see more", False)


@given(st.text())
def test_nothing_but_the_end_is_ever_left_out(text: str) -> None:
    short, _ = whole_part(text, PLAIN)
    assert text.startswith(short)
