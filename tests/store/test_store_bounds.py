from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.store.bounds import narrow, span

START = datetime(2026, 1, 1, tzinfo=UTC)


def bounds(first: int, last: int, **more: object) -> dict:
    """Bounds between two days of January."""

    def day(number: int) -> str:
        return f"{START + timedelta(days=number - 1):%Y-%m-%dT%H:%M:%SZ}"

    return {"earliest": day(first), "latest": day(last), "shown": f"{first}-{last}", **more}


@pytest.mark.parametrize(
    ("known", "seen", "together"),
    [
        (bounds(1, 5), bounds(3, 9), {**bounds(3, 5), "shown": "1-5"}),
        (bounds(1, 9), bounds(3, 5), bounds(3, 5)),
        (bounds(3, 5), bounds(1, 9), bounds(3, 5)),
        (bounds(4, 4), bounds(1, 9), bounds(4, 4)),
        (bounds(1, 2), bounds(5, 9), bounds(1, 2, conflict=True)),
        (bounds(5, 9), bounds(1, 2), bounds(1, 2, conflict=True)),
        (bounds(4, 4), bounds(5, 6), bounds(4, 4, conflict=True)),
        (bounds(1, 5, conflict=True), bounds(2, 3), bounds(2, 3, conflict=True)),
        ({}, bounds(1, 2), bounds(1, 2)),
        (bounds(1, 2), {"shown": "?"}, bounds(1, 2)),
        (bounds(1, 2), bounds(5, 3), bounds(1, 2)),
        (bounds(1, 2), {"earliest": 1, "latest": None}, bounds(1, 2)),
    ],
)
def test_bounds_together(known: dict, seen: dict, together: dict) -> None:
    assert narrow(known, seen) == together


DAYS = st.integers(1, 20)


@given(st.lists(st.tuples(DAYS, DAYS).map(sorted), min_size=1, max_size=6))
def test_bounds_never_widen(pairs: list) -> None:
    known = bounds(*pairs[0])
    for first, last in pairs[1:]:
        later = narrow(known, bounds(first, last))
        before, after = span(known), span(later)
        assert before is not None
        assert after is not None
        assert after[1] - after[0] <= before[1] - before[0]
        known = later
