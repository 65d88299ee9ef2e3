"""The lists in the documentation say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest
from every_platform import PLATFORMS
from lists import LISTS, in_page

HOW = "run: PYTHONPATH=tests/support .venv/bin/python tests/docs/lists.py"


@pytest.mark.parametrize("page", LISTS)
def test_a_list_is_as_the_code_has_it(page: str) -> None:
    there, should = in_page(page)
    assert there == should, HOW


def test_every_platform_says_what_it_was_built_from() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "platforms.md").read_text(encoding="utf-8")
    for name, platform in PLATFORMS.items():
        assert f"`{name}`" in docs, HOW
        assert platform.built_from or platform.level == "unverified", name
