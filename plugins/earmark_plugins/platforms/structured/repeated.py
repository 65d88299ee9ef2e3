"""Finds comment sections by their repeated structure, where nothing on a page names them.

Elements that are called alike (one tag with one class, one id but for its number, one place in the
tree) are a group. The best group whose members have an author, a time and something said each, and
which does not look like a list of articles, is the section. Members nested in members are replies.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from bs4 import BeautifulSoup, Tag

from . import words
from .alike import of_one_make
from .elements import label_of
from .evidence import against, evidence
from .joined import join
from .moments import for_machines, named_time, time_in
from .placement import are_links, are_parts, is_elsewhere, margins, share_below_headlines
from .record import Sketch, says_something, sketch

RECORDS = [
    "li", "div", "article", "section", "tr", "dd", "table", "blockquote", "td", "p", "tbody",
    "details", "dl", "ul", "ol",
]  # fmt: skip
SAMPLE = 8
GROUPS = 24
LEAST = 4.5  # of evidence, for a group to be a section of remarks
# A page beyond these is no page that people read: the rest of it is left out.
MOST_ELEMENTS = 40_000
DEEPEST = 250
LARGEST = 8_000  # characters; what is longer is a whole page
_NUMBER = re.compile(r"\d+")
_CUSTOM = re.compile("-")
_POSITION = re.compile(
    r"(?:odd|even|alt|first|last|clearfix|row|col|active|hidden|item|left|right"
    r"|-?[mp][trblxyse]?-#)",
    re.IGNORECASE,
)


@dataclass
class Group:
    """Elements called alike, and how much they look like what people say to each other."""

    key: tuple[str, str]
    members: list[Tag]
    score: float = 0.0
    sketches: list[Sketch] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        """Whether its very name says that these are comments."""
        return bool(words.SURE.search(self.key[1]))

    @property
    def ids(self) -> set[int]:
        return {id(tag) for tag in self.members}


def sections(root: Tag) -> list[Group]:
    """The groups of records in a page or part of one, the best first; none overlaps another."""
    _cut_below(root)
    join(root)
    groups = _judged(_promising(root))
    chosen: list[Group] = []
    for group in map(partial(_outermost, groups), groups):
        if all(_are_apart(group, other) for other in chosen):
            chosen.append(group)
    return [Group(g.key, g.members, g.score, _sketches(g, chosen)) for g in chosen]


def _judged(promising: list[Group]) -> list[Group]:
    """Those that are sections of remarks, the best first; a part of a good one is not looked at."""
    good: list[Group] = []
    for group in promising:
        ids = group.ids
        if any(ids < other.ids for other in good):
            continue
        if _judge(group):
            good.append(group)
    return sorted(good, key=lambda group: -group.score)


def _outermost(groups: list[Group], group: Group) -> Group:
    """The group of elements around these, one each, if nearly as good: replies lie there."""
    for other in groups:
        apart = other is group or len(other.members) != len(group.members)
        if apart or other.score < group.score - 4 or not group.ids.isdisjoint(other.ids):
            continue
        theirs = other.ids
        around = [next((id(p) for p in tag.parents if id(p) in theirs), 0) for tag in group.members]
        if 0 not in around and len(set(around)) == len(around):
            return _outermost([g for g in groups if g is not group], other)
    return group


def _sketches(group: Group, chosen: list[Group]) -> list[Sketch]:
    others = set().union(*(other.ids for other in chosen))
    return of_one_make([sketch(tag, others - {id(tag)}) for tag in group.members])


def _are_apart(group: Group, other: Group) -> bool:
    ids, theirs = group.ids, other.ids
    if not ids.isdisjoint(theirs):
        return False
    within = any(id(p) in theirs for tag in group.members for p in tag.parents)
    return not within and not any(id(p) in ids for tag in other.members for p in tag.parents)


# -- what may be a record -------------------------------------------------------------------


def _promising(root: Tag) -> list[Group]:
    """Groups of elements that hold a time and some text, those with most to say first."""
    groups: dict[tuple[str, str], list[Tag]] = defaultdict(list)
    for tag in _with_time(root):
        for key in _keys(tag):
            groups[key].append(tag)
    found = [Group(key, members) for key, members in groups.items() if _is_worth_it(key, members)]
    unique: dict[tuple[int, ...], Group] = {}
    for group in found:
        spot = tuple(sorted(group.ids))
        kept = unique.get(spot)
        if kept is None or (words.SURE.search(group.key[1]) and not words.SURE.search(kept.key[1])):
            unique[spot] = group
    by_name = sorted(unique.values(), key=lambda g: -len(g.members))
    by_name.sort(key=lambda g: not words.SURE.search(g.key[1]))
    return sorted(by_name[:GROUPS], key=lambda g: -len(g.members))


def _is_worth_it(key: tuple[str, str], members: list[Tag]) -> bool:
    return len(members) > 1 or bool(words.SURE.search(key[1]))


def _with_time(root: Tag) -> list[Tag]:
    """Elements with a time in them, in document order: all that can be a record."""
    holders: dict[int, Tag] = {}
    for tag in islice((n for n in root.descendants if isinstance(n, Tag)), MOST_ELEMENTS):
        if tag.name in ("script", "style", "head", "html", "body"):
            continue
        if _shows_time(tag):
            for above in [tag, *tag.parents]:
                if id(above) in holders or above is root:
                    break
                holders[id(above)] = above
    order = [tag for tag in root.find_all(RECORDS) if id(tag) in holders]
    order += [tag for tag in root.find_all(_CUSTOM) if id(tag) in holders]
    margin = margins(holders.values())
    return [tag for tag in order if not is_elsewhere(tag, margin)]


def _cut_below(root: Tag) -> None:
    """Take out what lies absurdly deep: each element would be read with all that lies in it."""
    stack = [(root, 0)]
    while stack:
        tag, depth = stack.pop()
        inside = [child for child in tag.contents if isinstance(child, Tag)]
        if depth < DEEPEST:
            stack.extend((child, depth + 1) for child in inside)
        else:
            for child in inside:
                child.extract()


def _shows_time(tag: Tag) -> bool:
    if tag.name == "time" or for_machines(tag):
        return True
    own = " ".join(str(node) for node in tag.find_all(string=True, recursive=False))
    own = " ".join(own.split())
    if not 2 <= len(own) <= 90:
        return False
    called = f"{label_of(tag)} {label_of(tag.parent)}" if tag.parent else label_of(tag)
    return time_in(own) is not None or bool(words.TIME.search(called) and named_time(own))


def _keys(tag: Tag) -> Iterator[tuple[str, str]]:
    """The names under which an element is like others."""
    label = label_of(tag).split()
    classes = [str(name) for name in tag.get("class") or () if name in label]
    for name in {_NUMBER.sub("#", name) for name in classes}:
        if not _POSITION.fullmatch(name):
            yield tag.name, f".{name}"
    if tag.get("id") and _NUMBER.search(str(tag["id"])):
        yield tag.name, "#" + _NUMBER.sub("#", str(tag["id"]))
    for name in ("itemprop", "data-testid", "data-e2e", "role", "typeof"):
        if tag.get(name):
            yield tag.name, f"[{name}={_NUMBER.sub('#', str(tag[name]))}]"
    parent = tag.parent
    if parent is not None and not isinstance(parent, BeautifulSoup):
        called = "" if parent.name == "body" else _NUMBER.sub("#", label_of(parent))
        yield tag.name, f"{parent.name} {called} >"


# -- whether they are remarks ---------------------------------------------------------------


def _judge(group: Group) -> bool:
    """Score a group by a sample of its members; whether it is a section of remarks."""
    step = max(len(group.members) // SAMPLE, 1)
    sample = group.members[::step][:SAMPLE]
    ids = group.ids
    read = [sketch(tag, ids - {id(tag)}) for tag in sample]
    whole = [
        one for one in read if one.is_whole and len(one.text) < LARGEST and says_something(one)
    ]
    if len(whole) < 0.6 * len(read) or are_parts(group.members) or are_links(sample):
        return False
    score = evidence(group, whole) - against(group, whole)
    if score >= LEAST and not group.is_sure:
        score -= 6 * share_below_headlines([one.root for one in whole], group.members)
    group.score = score + 4 * math.log2(len(group.members) * len(whole) / len(read))
    return score >= LEAST
