"""Items that come or go where something is tried on the archive, with the newest of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..model import Json

SAMPLES = 5


@dataclass(slots=True)
class Side:
    """How many they are, and samples of the first that were added."""

    count: int = 0
    samples: list[Json] = field(default_factory=list)

    def add(self, sample: Callable[[], Json]) -> None:
        """Count one; `sample` is asked only while there is room for it."""
        self.count += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(sample())

    def told(self) -> Json:
        """As it is answered: `{count, samples}`."""
        return {"count": self.count, "samples": self.samples}
