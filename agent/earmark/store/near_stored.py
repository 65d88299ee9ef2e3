"""NEAR as one regular expression over the stored words of an item, many times as fast as telling
where each word stands."""

from __future__ import annotations

import re
from itertools import permutations
from typing import Any

import re2

from ..folding import EVERY_TEXT
from ..query.engine import MEMORY
from ..query.spans import ways_of
from ..query.tree import Near, Saying, Words

FARTHEST, MOST_PARTS = 30, 3  # of more, the expression has too many states to be fast
BETWEEN = f"(?: [^ {EVERY_TEXT}]+)"


def near_pattern(node: Near) -> Any | None:
    """The expression, found in the stored words of every item that a NEAR finds and of no other;
    None where there is none."""
    if node.within > FARTHEST or len(node.parts) > MOST_PARTS:
        return None
    parts = [_part(part) for part in node.parts]
    known = [part for part in parts if part]
    if len(known) < len(parts):
        return None
    gap = f"{BETWEEN}{{0,{node.within - 1}}} "
    orders = [known] if node.ordered else permutations(known)
    chains = "|".join(gap.join(order) for order in orders)
    options = re2.Options()
    options.log_errors, options.max_mem = False, MEMORY
    try:
        return re2.compile(f"(?:^| )(?:{chains})(?: |$)", options)
    except re2.error:  # very long phrases
        return None


def _part(part: Saying) -> str:
    """Words in any of their spellings; empty where there are words that only the log knows."""
    some = part.parts if not isinstance(part, Words) and hasattr(part, "parts") else (part,)
    if not all(isinstance(each, Words) for each in some):
        return ""
    return f"(?:{'|'.join(_words(each) for each in some if isinstance(each, Words))})"


def _words(node: Words) -> str:
    longer = "[^ ]*" if node.longer else ""
    return "|".join(re.escape(" ".join(way)) + longer for way in ways_of(node.written))
