"""A few of a page's fragments put together as one small page, for a second reader to look at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Json

MOST = 8  # fragments: enough to show what repeats, few enough to cost little
LEAST = 3  # fewer show nothing that repeats
LARGEST = 12_000  # characters of one fragment; what people say is seldom longer with its markup
LARGEST_PAGE = 40_000  # characters of all
LARGEST_TAG = 1_000  # characters of one of the opening tags around them
WHOLE = "body"  # what a reader of any page is given where nothing is named
OF_FRAGMENT = ("id", "markup", "ancestors", "parent_ref", "captured_at")
OF_ITEM = ("text", "author", "published")
_NAME = re.compile(r"<([A-Za-z][\w-]*)")
_ROOTS = {"html", "body", "head"}


def sample_of(fragments: Sequence[Json], results: Sequence[Json]) -> list[Json]:
    """`{fragment, items}` of some elements that were read without an error, evenly spread.

    Only what a comparison needs of them. Empty where there are too few.
    """
    read = {r["fragment"]: r["items"] for r in results if "error" not in r}
    elements = [each for each in fragments if each["id"] in read and _is_small_element(each)]
    step = max(len(elements) / MOST, 1)
    spread = [elements[int(n * step)] for n in range(min(len(elements), MOST))]
    sample, size = [], 0
    for fragment in spread:
        size += len(fragment["markup"])
        if size <= LARGEST_PAGE:
            sample.append(_part(fragment, read[fragment["id"]]))
    return sample if len(sample) >= LEAST else []


def whole_page(sample: Sequence[Json]) -> Json:
    """The fragments as brothers, in what one of them stood in on its own page: as one fragment."""
    fragments = [each["fragment"] for each in sample]
    outermost = next((f for f in fragments if not f.get("parent_ref")), fragments[0])
    around = "".join(reversed([tag for tag in outermost.get("ancestors") or () if _is_inner(tag)]))
    inside = "\n".join(fragment["markup"] for fragment in fragments)
    markup = f"<body>{around}{inside}</body>"
    told = {name: outermost[name] for name in ("id", "captured_at") if name in outermost}
    return told | {"kind": "context", "selector": WHOLE, "markup": markup}


def _is_inner(opening_tag: str) -> bool:
    name = _NAME.match(opening_tag)
    is_small = len(opening_tag) <= LARGEST_TAG
    return name is not None and is_small and name[1].lower() not in _ROOTS


def _is_small_element(fragment: Json) -> bool:
    return fragment.get("kind") == "element" and 0 < len(fragment.get("markup") or "") <= LARGEST


def _part(fragment: Json, items: Sequence[Json]) -> Json:
    return {
        "fragment": {name: fragment[name] for name in OF_FRAGMENT if name in fragment},
        "items": [{name: item[name] for name in OF_ITEM if name in item} for item in items],
    }
