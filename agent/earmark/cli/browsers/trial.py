"""What every browser of a trial can do, whatever protocol it is steered by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from earmark.errors import EarmarkError

START_SECONDS = 60.0
ANSWER_SECONDS = 30.0
STOP_SECONDS = 10.0


class BrowserFailed(EarmarkError):
    """The browser did not start, or refused what it was asked for."""

    code = "browser_failed"
    status = 502


@dataclass(frozen=True)
class Cookie:
    """A cookie of one session, kept from scripts and from other sites."""

    host: str
    name: str
    value: str


class TrialBrowser(Protocol):
    """A started browser. Every call raises BrowserFailed with what the browser said."""

    async def load_extension(self, folder: Path) -> None:
        """Have the unpacked extension in `folder` running."""

    async def give_cookie(self, cookie: Cookie) -> None:
        """Have the browser send `cookie` to its host."""

    async def open(self, url: str) -> None:
        """Show `url` in a tab of its own."""

    async def closed(self) -> None:
        """Return when the person has closed the browser."""

    async def close(self) -> None:
        """Close it, by force where it does not go; afterwards its profile is free to remove."""
