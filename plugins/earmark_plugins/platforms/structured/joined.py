"""Records that have no element of their own: a head, what was said and perhaps a foot.

So stand the entries of a guest book in a list of terms, the comments of an old Blogger template,
the header and the body of each reply in bbPress, or two rows of a table for each post. Each is
given an element of its own before the page is read; nothing else is changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bs4 import Tag

from .record import says_something, sketch

PARTS = {"dt", "dd", "div", "tr", "li", "section", "blockquote"}
SIZES = (2, 3)  # elements that one record has
SAMPLE = 4
SHARE = 0.6  # of the heads that begin a record, and of the records that are whole
NAMES = 8  # of heads that are tried in one parent
_NUMBER = re.compile(r"\d+")
_IDLE = {"script", "style", "br", "hr", "link", "template"}

Record = list[Tag]


def join(root: Tag) -> None:
    """Give each record that lies in pieces an element of its own."""
    for parent in root.find_all(True):
        parts = [t for t in parent.find_all(True, recursive=False) if t.name not in _IDLE]
        if len(parts) < 4 or not {part.name for part in parts} <= PARTS:
            continue
        for name, head in _heads(parts):
            if records := _records(parts, head):
                if _are_pieces(records):
                    _wrap(name, records)
                break  # cut elsewhere, one's name would come to stand above another's words


def _heads(parts: list[Tag]) -> Iterator[tuple[str, set[int]]]:
    """What some of the elements are called and not all: their tag, or a class."""
    names = Counter(name for part in parts for name in _names(part))
    first = list(dict.fromkeys(name for part in parts[:3] for name in _names(part)))
    for name in first[:NAMES]:
        if 2 <= names[name] < len(parts):
            yield name, {id(part) for part in parts if name in _names(part)}


def _names(part: Tag) -> list[str]:
    classes = (_NUMBER.sub("#", str(name)) for name in part.get("class") or ())
    return list(dict.fromkeys([part.name, *classes]))


def _records(parts: list[Tag], head: set[int]) -> list[Record]:
    """The elements cut before each head; none where the pieces are not alike."""
    starts = [place for place, part in enumerate(parts) if id(part) in head]
    gaps = Counter(after - before for before, after in pairwise(starts))
    size = gaps.most_common(1)[0][0]
    if size not in SIZES:
        return []
    cut = [parts[start : start + size] for start in starts]
    shape = [part.name for part in cut[0]]
    alike = [
        record
        for record in cut
        if [part.name for part in record] == shape
        and not any(id(part) in head for part in record[1:])
    ]
    return alike if len(alike) >= 2 and len(alike) >= SHARE * len(starts) else []


def _are_pieces(records: list[Record]) -> bool:
    """Whether the records are whole and none of their pieces is."""
    step = max(len(records) // SAMPLE, 1)
    sample = records[::step][:SAMPLE]
    if any(_is_whole(part) for record in sample for part in record):
        return False
    return sum(map(_are_whole, sample)) >= SHARE * len(sample)


def _is_whole(part: Tag) -> bool:
    one = sketch(part, ())
    return one.is_whole and says_something(one)


def _are_whole(record: Record) -> bool:
    around = _enclosed(record, "joined")
    whole = _is_whole(around)
    around.unwrap()
    return whole


def _wrap(name: str, records: list[Record]) -> None:
    for record in records:
        around = _enclosed(record, f"joined-{name.strip('#-')}")
        known = next((part["id"] for part in record if _NUMBER.search(str(part.get("id")))), None)
        if known is not None:
            around["id"] = known


def _enclosed(record: Record, name: str) -> Tag:
    around = Tag(name="div")
    around["class"] = [name]
    record[0].insert_before(around)
    for part in record:
        around.append(part.extract())
    return around
