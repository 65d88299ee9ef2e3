"""What a plugin gave, if it is of the type its field has; else nothing.

Responses are the sites' own: where a number was, a list may stand tomorrow. The field is missing
then, which the page's condition shows, and the rest of the item stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from ..model import Json, Rating
from .text import clean

_DEEPEST = 10_000


def word_of(value: Any) -> str | None:
    """Text without control characters, or a whole number as text."""
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def words_of(values: Any) -> Iterator[str]:
    """The words among `values`."""
    words = map(word_of, values) if isinstance(values, Iterable) else ()
    return (word for word in words if word)


def depth_of(value: Any) -> int | None:
    """How deep a reply stands: 0 or more."""
    return value if isinstance(value, int) and _is_number(value) and 0 <= value < _DEEPEST else None


def share_of(value: Any) -> float | None:
    """A share from 0 to 1."""
    return value if _is_number(value) and 0 <= value <= 1 else None


def rating_of(rating: Rating | None) -> Json:
    """`{value, best}`, where the value is not more than the best; empty for what is no rating."""
    if rating is None or not _is_number(rating.value) or rating.value < 0:
        return {}
    if rating.best is None or not _is_number(rating.best):
        return {"value": rating.value}
    return {"value": rating.value, "best": rating.best} if rating.value <= rating.best else {}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
