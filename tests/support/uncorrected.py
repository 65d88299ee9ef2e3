"""What workers say of items in which no correction has a say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


async def nothing_corrected(documents: Sequence[Any]) -> list[None]:
    return [None for _ in documents]
