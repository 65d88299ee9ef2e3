"""What the intake asks of a worker process; it imports nothing that a worker does not need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from .model import Json, Page
from .parse.disagreement import compare
from .parse.reader import parse_fragments
from .parse.sampled import page_of
from .parse.slicing import slice_page
from .registry import registry


def parse_with(platform: str, page: Json, fragments: list[Json]) -> list[Json]:
    """`parse_fragments` with the platform of that name."""
    return parse_fragments(registry().platform(platform), page, fragments)


def compare_readers(entry: Json, page: Json, sample: Sequence[Json]) -> Json | None:
    """`compare` of a sample with what the platform of that plan entry makes of it."""
    seen_on = Page.from_json(page)
    cut = slice_page(page_of(sample), entry, seen_on)
    results = parse_with(entry["name"], page, [asdict(fragment) for fragment in cut])
    found = [item for result in results for item in result.get("items", [])]
    return compare(sample, found, seen_on)
