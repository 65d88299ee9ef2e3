"""The formats of `earmark export`; a plugin adds its own by the same hook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO

from earmark.model import Json

from .csv_export import write_csv
from .ndjson import write_ndjson

Exporter = Callable[[Iterable[Json], TextIO], object]


def register_exporters(register: Callable[[str, Exporter], None]) -> None:
    """Name our own formats."""
    register("ndjson", write_ndjson)
    register("csv", write_csv)
