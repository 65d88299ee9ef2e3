"""Where on a page elements stand that are called alike: in its frame, in a list of headlines, or
as the parts of what is a record itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Set

from bs4 import Tag

from . import words
from .elements import label_of, link_around, shown

HEADINGS = re.compile(r"h[1-6]$")
_FRAME = {"nav", "header", "footer", "aside"}
_MARGIN = re.compile(
    r"(?:^|\s)(?:(?:left|right|rel|main|page|primary|secondary)[-_]?)?side-?bar(?:[-_]?\d)?(?:\s|$)",
    re.IGNORECASE,
)
# What a script does on a click that leads to another page.
_GOES = re.compile(r"\blocation(?:\.href)?\s*=(?!\s*['\"]?#)|\blocation\.(?:assign|replace)\b")
_WHOLE = {"html", "body", "main", "[document]"}


def margins(tags: Iterable[Tag]) -> set[int]:
    """The ids of the elements that are called the side bar, and are not all there is."""
    called = (tag for tag in tags if tag.name not in _WHOLE and _MARGIN.search(label_of(tag)))
    return {id(tag) for tag in called if tag.find(["h1", "main"]) is None}


def is_elsewhere(tag: Tag, margin: Set[int]) -> bool:
    """Whether it stands in the frame of the page: its head, its foot, or one of its margins."""
    if margin and any(id(above) in margin for above in [tag, *tag.parents]):
        return True
    for above in [tag, *tag.parents]:
        if above.name in _FRAME:
            return True
        if words.SURE.search(label_of(above)):
            return False
    return False


def are_links(sample: list[Tag]) -> bool:
    """Whether most are links as a whole: things to go to, with no place for anybody to answer."""
    return sum(map(_is_link, sample)) > 0.5 * len(sample)


def _is_link(tag: Tag) -> bool:
    around = tag.find_parent("a", href=True)
    return around is not None or bool(_GOES.search(str(tag.get("onclick") or "")))


def are_parts(members: list[Tag]) -> bool:
    """Whether they lie in twos and more in elements that are called alike themselves, and no two
    in one of them bear the same name: the head and the body of each record."""
    inside: defaultdict[int, list[Tag]] = defaultdict(list)
    for tag in members:
        inside[id(tag.parent)].append(tag)
    sets = [tags for tags in inside.values() if len(tags) > 1]
    if len(sets) < 2 or sum(map(len, sets)) < 0.6 * len(members):
        return False
    return all(len({_name(tag) for tag in tags}) == len(tags) for tags in sets)


def _name(tag: Tag) -> tuple[str, ...]:
    return (tag.name, *(str(name) for name in tag.get("class") or ()))


def share_below_headlines(sample: list[Tag], members: list[Tag]) -> float:
    """How many stand, each by itself, with a heading that leads to another page: the line of names
    and days in a list of articles."""
    held = Counter(id(above) for tag in members for above in tag.parents)
    return sum(_leads_away(tag, _room(tag, held)) for tag in sample) / max(len(sample), 1)


def _room(tag: Tag, held: Counter[int]) -> Tag:
    """The largest element around a member that holds no other."""
    while (above := tag.parent) is not None and above.name not in _WHOLE and held[id(above)] == 1:
        tag = above
    return tag


def _leads_away(tag: Tag, room: Tag) -> bool:
    if room is tag:
        return False
    headings = (h for h in room.find_all(HEADINGS) if not any(p is tag for p in h.parents))
    links = (link for heading in headings if (link := link_around(heading)) is not None)
    return any("#" not in str(link["href"]) and len(shown(link)) > 8 for link in links)
