"""Ratings as labels say them, to people and to screen readers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark import Rating, rating_in


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Rated 4 stars out of five stars", 4),
        ("4,5 von 5 Sternen", 4.5),
        ("5つ星のうち3.0", 3),
        ("امتیاز ۴ از ۵", 4),
        ("٣٫٥ من ٥ نجوم", 3.5),
        ("5 yıldız", 5),
    ],
)
def test_a_rating_is_read_in_any_words_digits_and_order(label, value):
    assert rating_in(label) == Rating(value, 5)


@pytest.mark.parametrize("label", [None, "", "not rated", "82 of 100"])
def test_what_is_no_rating_is_none(label):
    assert rating_in(label) is None


@given(st.text())
def test_any_text_is_borne_and_the_best_is_never_passed(label):
    rating = rating_in(label, 10)
    assert rating is None or 0 <= rating.value <= 10
