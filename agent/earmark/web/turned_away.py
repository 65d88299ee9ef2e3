"""Browsers that were turned away, remembered for a while so that `earmark doctor` can say so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from ..model import Json

KEPT = 20
KEPT_SECONDS = 24 * 3600


class TurnedAway:
    """The last of them; in memory only, and never with what they showed as a credential.

    clock: seconds since the epoch. May be used from any thread.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], float] = {}

    def note(self, why: str, origin: str) -> None:
        """Somebody of `origin` (empty where the browser did not tell it) was turned away.

        why: `token_refused`, or `unknown_browser` for one that asks for a proof.
        """
        with self._lock:
            self._kept.pop((why, origin), None)
            self._kept[why, origin] = self._clock()
            for oldest in list(self._kept)[:-KEPT]:
                del self._kept[oldest]

    def forget(self, origin: str) -> None:
        """It is let in now; who did not tell an origin may have been the same."""
        with self._lock:
            for why, other in list(self._kept):
                if other in ("", origin):
                    del self._kept[why, other]

    def listed(self) -> list[Json]:
        """`{at, why, origin?}` of those of the last day, the latest last."""
        since = self._clock() - KEPT_SECONDS
        with self._lock:
            kept = list(self._kept.items())
        return [_shown(why, origin, at) for (why, origin), at in kept if at >= since]


def _shown(why: str, origin: str, moment: float) -> Json:
    at = datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")
    return {"at": at, "why": why} | ({"origin": origin} if origin else {})
