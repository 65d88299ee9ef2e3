"""The path from a batch to the log, and batches to send down it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from earmark.capture_health import CaptureHealth
from earmark.intake import Intake
from earmark.keeping.choices import Choices
from earmark.keeping.corrections import Corrections
from earmark.plugins import Plugins
from earmark.policy import Policies
from earmark.reading import Reading
from earmark.store.filters import Filters
from earmark.store.log import Log
from earmark.store.queries import stream
from earmark.workers import PluginWorkers

MOMENT = "2026-11-21T20:00:00Z"
FORUM = "https://forum.example.org/t/1"


@dataclass
class Line:
    """The path from a batch to the log."""

    log: Log
    plugins: Plugins
    workers: PluginWorkers
    intake: Intake
    choices: Choices
    health: CaptureHealth
    policy: Policies
    corrections: Corrections
    reading: Reading

    async def capture(self, *markups: str, url: str = FORUM, visit: str = "v1") -> list[Any]:
        answer = await self.intake.capture(batch(*markups, url=url, visit=visit))
        return list(answer["results"])

    def items(self) -> list[dict[str, Any]]:
        return list(stream(self.log, Filters()))


def batch(*markups: str, url: str = FORUM, visit: str = "v1") -> dict[str, Any]:
    """One batch of elements as the extension would send it."""
    fragments = [
        {
            "id": str(uuid.uuid4()),
            "ref": f"{markup[:40]}{order}",
            "kind": "element",
            "selector": "li.comment",
            "markup": markup,
            "order": order,
            "captured_at": MOMENT,
        }
        for order, markup in enumerate(markups)
    ]
    page = {"url": url, "visit": visit, "captured_at": MOMENT}
    return {"batch": str(uuid.uuid4()), "sent_at": MOMENT, "page": page, "fragments": fragments}
