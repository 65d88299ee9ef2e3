"""Every form on the page about search does what its row says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from earmark.query.fields import NAMES
from earmark.query.match import is_match
from earmark.query.parse import parse_query

PAGE = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in lines]
    return [[cell.replace("\\|", "|") for cell in each] for each in cells]


def query_of(cell: str) -> str:
    return cell.strip("`")


def texts_of(cell: str) -> list[str]:
    return cell.split(" · ")


@pytest.mark.parametrize("row", rows("Words"), ids=lambda row: row[0])
def test_a_form_finds_what_the_page_says(row: list[str]) -> None:
    query = parse_query(query_of(row[0]))
    for text in texts_of(row[1]):
        assert is_match(query, {"text": text}), text
    for text in texts_of(row[2]):
        assert not is_match(query, {"text": text}), text


@pytest.mark.parametrize("row", rows("However a word is spelt"), ids=lambda row: row[0])
def test_a_spelling_finds_the_others(row: list[str]) -> None:
    for text in texts_of(row[1]):
        assert is_match(parse_query(query_of(row[0])), {"text": text}), text


def test_every_field_is_on_the_page_and_each_example_is_a_query() -> None:
    listed = {name for row in rows("Fields") for name in re.findall(r"`(\w+)`", row[0])}
    assert listed == set(NAMES)
    for row in rows("Fields"):
        for example in re.findall(r"`([^`]+)`", row[2]):
            assert parse_query(example).root, example
