"""Which of many expressions may stand in a text, told at once by the letters they need."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import re2

from .engine import MEMORY
from .tree import Exact, Pattern

# Put behind each text: where even this is not found, RE2 had no room to look for anything.
_LOOKED = "\U0010fffd"


class Letters:
    """Made once for many expressions, which are known by their place in the list."""

    def __init__(self, wanted: Sequence[Exact | Pattern]) -> None:
        self._every = range(len(wanted))
        self._filter = _filter_of(wanted)

    def may_stand_in(self, text: str) -> Collection[int]:
        """The places of those that stand in a text, and perhaps of some more."""
        if self._filter is None:
            return self._every
        written = (text + _LOOKED).encode(errors="replace")
        found: list[int] = self._filter.Match(written, potential=True) or []
        looked = len(self._every)
        return [place for place in found if place != looked] if looked in found else self._every


def _filter_of(wanted: Sequence[Exact | Pattern]) -> Any:
    """RE2's filter of them; None where there are none, or too many letters for one."""
    made = re2.Filter()
    try:
        for each in wanted:
            signs = each.expression if isinstance(each, Pattern) else each.written
            made.Add(signs, _options(each))
        made.Add(_LOOKED, _options(None))
        made.Compile()
    except (re2.error, UnicodeEncodeError):
        return None
    return made if wanted else None


def _options(wanted: Exact | Pattern | None) -> Any:
    """How RE2 reads an expression; all but patterns mean the signs they are."""
    options = re2.Options()
    options.literal = not isinstance(wanted, Pattern)
    options.case_sensitive = not (isinstance(wanted, Pattern) and wanted.ignore_case)
    options.log_errors = False
    options.max_mem = MEMORY
    return options
