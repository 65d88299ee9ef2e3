"""Real saved pages, where a folder of them exists, against what is true of them."""

import os
from pathlib import Path

import pytest
from saved_truth import readings

REAL = Path(os.environ.get("EARMARK_REAL_PAGES") or Path(__file__).parents[3] / "shared" / "pages")


@pytest.mark.skipif(not REAL.is_dir(), reason="no folder of real pages")
def test_every_saved_page_with_a_truth_is_read_as_it_says():
    found = readings(REAL)
    assert found
    assert [r for r in found if r.right < 0.98 * max(r.true, r.read)] == []
    assert [r for r in found if r.times < r.dated] == []
