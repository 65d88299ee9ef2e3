"""People's regular expressions, in RE2: its time grows with the text, never with the pattern."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

from .messages import told

LONGEST = 1000  # signs of an expression
MEMORY = 8 << 20  # bytes for one expression and its states


class WrongPattern(Exception):
    """RE2 does not take the expression; the text is its reason."""


@lru_cache(maxsize=256)
def compiled(expression: str, ignore_case: bool) -> Any:
    """The expression, ready to search with; raises WrongPattern."""
    if len(expression) > LONGEST:
        raise WrongPattern(told("pattern_too_long", most=LONGEST))
    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.log_errors = False
    options.max_mem = MEMORY
    try:
        return re2.compile(expression, options)
    except (re2.error, UnicodeEncodeError) as error:
        reason = error.args[0] if error.args else ""
        said = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise WrongPattern(said) from None
