"""Two readers of the same elements: no false alarm on what is read rightly, and breakage is told.

The second reader is `webpage`. What is measured here over all platforms, `make bench` prints.
"""

import os
from pathlib import Path

import pytest
from two_readers import BREAKAGES, Sampled, caught, of_cases, of_saved_pages

REAL = Path(os.environ.get("EARMARK_REAL_PAGES") or Path(__file__).parents[3] / "shared" / "pages")
NEARLY_ALL = 0.95
# Of half of a short page's comments too few are missing to be told from comments deleted there.
AT_LEAST = dict.fromkeys(BREAKAGES, NEARLY_ALL) | {"half missed": 0.6}


@pytest.fixture(scope="module")
def samples() -> list[Sampled]:
    return of_cases()


def test_no_recorded_page_is_said_to_be_read_wrongly(samples):
    compared = [each for each in samples if each.told]
    assert len(compared) > len(samples) / 2
    assert {each.name: each.told["differs"] for each in compared if each.told["differs"]} == {}


@pytest.mark.skipif(not REAL.is_dir(), reason="no folder of real pages")
def test_no_saved_page_is_said_to_be_read_wrongly():
    compared = [each for each in of_saved_pages(REAL) if each.told]
    assert compared
    assert {each.name: each.told["differs"] for each in compared if each.told["differs"]} == {}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_plugin_that_catches_the_wrong_element_is_told(samples, name):
    told, untold = caught([each for each in samples if each.of_platform], name)
    assert len(told) > 10
    assert len(told) >= AT_LEAST[name] * (len(told) + len(untold)), untold
