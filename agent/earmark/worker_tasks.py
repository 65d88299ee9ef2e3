"""What the intake asks of a worker process; it imports nothing that a worker does not need."""

from __future__ import annotations

from .model import Json
from .parse.reader import parse_fragments
from .registry import registry


def parse_with(platform: str, page: Json, fragments: list[Json]) -> list[Json]:
    """`parse_fragments` with the platform of that name."""
    return parse_fragments(registry().platform(platform), page, fragments)
