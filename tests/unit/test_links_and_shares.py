"""What platform files read out of links that repeat and out of labels with a per cent."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from earmark import Poll, PollOption
from earmark.markup import address_parts, link_to, poll_of, share_in, text_of
from earmark_plugins.platforms.facebook_said import said_there


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def test_of_links_to_one_place_the_one_that_shows_text_counts():
    page = soup(
        '<a href="/@lea"><img src="a.png"></a><a href="/p/1">2 d</a><a href="/@lea">Lea</a>'
    )
    assert text_of(link_to(page, r"/@\w+$")) == "Lea"


def test_a_link_around_a_picture_counts_where_there_is_no_other():
    page = soup('<a name="top">Top</a><a href="/@lea"><img src="a.png"></a>')
    found = link_to(page, "/@")
    assert found is not None
    assert found["href"] == "/@lea"


def test_where_no_link_leads_there_is_none():
    assert link_to(soup('<a href="/p/1">2 d</a>'), "/@") is None
    assert link_to(None, "/@") is None


@pytest.mark.parametrize(
    ("label", "share"),
    [("40 %", 0.4), ("Oui, 12,5%", 0.125), ("%: 66.5%", 0.665), ("۴۰٪", 0.4), ("width: 100%", 1)],
)
def test_a_share_is_read_in_any_digits(label, share):
    assert share_in(label) == share


@pytest.mark.parametrize("label", [None, "", "40", "100 votes", "%"])
def test_without_a_per_cent_there_is_no_share(label):
    assert share_in(label) is None


@given(st.text())
def test_any_label_is_borne(label):
    share = share_in(label)
    assert share is None or share >= 0


def test_a_poll_has_its_options_with_their_shares_where_they_are_told():
    assert poll_of([("Soup", "Soup, 60 %"), ("Rice", None)]) == Poll(
        [PollOption("Soup", 0.6), PollOption("Rice")]
    )
    assert poll_of([]) is None


def test_what_is_no_address_has_no_parts_and_costs_nothing_else():
    assert address_parts("http://[/x?u=1").geturl() == ""
    assert address_parts("../b?u=1", "https://a.example.org/c/d").path == "/b"
    said = said_there(soup('<div>Look <a href="http://[">here</a></div>').div)
    assert (said["text"], said["mentions"]) == ("Look here", [])
