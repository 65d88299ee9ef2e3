"""What the intake asks of a worker process; it imports nothing that a worker does not need."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Json, Page
from .parse.disagreement import compare
from .parse.reader import parse_fragments
from .parse.sampled import whole_page
from .registry import registry


def parse_with(platform: str, page: Json, fragments: list[Json]) -> list[Json]:
    """`parse_fragments` with the platform of that name."""
    return parse_fragments(registry().platform(platform), page, fragments)


def compare_readers(reader: str, page: Json, sample: Sequence[Json]) -> Json | None:
    """`compare` of a sample with what the platform `reader` makes of it, which reads any page."""
    results = parse_with(reader, page, [whole_page(sample)])
    found = [item for result in results for item in result.get("items", [])]
    return compare(sample, found, Page.from_json(page))
