"""Notices that another version of Earmark was installed than the one that runs."""

from __future__ import annotations

import asyncio
import importlib
from importlib.metadata import version

SECONDS_BETWEEN_LOOKS = 60.0


def installed_version() -> str:
    """What is on disk now, whatever was read before; empty in the middle of an installation."""
    importlib.invalidate_caches()
    try:
        # What a folder without its files yet answers differs between versions of Python.
        return version("earmark") or ""
    except (ImportError, OSError, KeyError, TypeError):
        return ""


async def noticed(running: str) -> str:
    """The other version than `running`, once it was there at two looks in a row.

    The first look may come while an installer is still writing.
    """
    before = running
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        now = await asyncio.to_thread(installed_version)
        if now and now != running and now == before:
            return now
        before = now
