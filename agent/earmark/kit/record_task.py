"""Recording a case inside a worker process: the page is hostile, and reading it takes a while."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ..model import Json
from ..worker_tasks import parse_with
from .record import Seen, record
from .structure import words_of

RECORD_SECONDS = 120.0


def record_here(
    seen: Json, content: str, folder: str, entries: list[Json], name: str, platform: str
) -> Json:
    """`record`, with the plugins of this process; `{folder, platform, items, replaced, different}`.

    seen: `{url, captured_at, response?}`; folder: where cases lie.
    """
    page = Seen(
        seen["url"],
        content.encode("utf-8", "replace"),
        seen["captured_at"],
        seen.get("response", ""),
    )
    recorded = record(page, Path(folder), entries, parse_with, words_of, name, platform)
    return asdict(recorded) | {"folder": str(recorded.folder)}
