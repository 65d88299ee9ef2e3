"""Finds comment sections by their repeated structure, where nothing on a page names them.

Elements that are called alike (one tag with one class, one id but for its number, one place in the
tree) are a group. The best group whose members have an author, a time and something said each, and
which does not look like a list of articles, is the section. Members nested in members are replies.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from bs4 import BeautifulSoup, Tag

from . import words
from .alike import MANY, of_one_make, share_of_times
from .elements import is_longer, label_of, link_around, shown, squeeze
from .moments import for_machines, named_time, time_in
from .placement import HEADINGS, are_links, are_parts, is_elsewhere, margins, share_below_headlines
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
CUT_SHORT = ("…", "...", "[…]", "»", "→")
_NUMBER = re.compile(r"\d+")
_CUSTOM = re.compile("-")
_POSITION = re.compile(
    r"(?:odd|even|alt|first|last|clearfix|row|col|active|hidden|item|left|right)", re.IGNORECASE
)
_TITLE = re.compile(r"title|headline", re.IGNORECASE)
_PORTRAIT = re.compile(r"avatar|gravatar|profile|user|portrait|photo", re.IGNORECASE)


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
    score = _evidence(group, whole) - _against(group, whole)
    if score >= LEAST and not group.is_sure:
        score -= 6 * share_below_headlines([one.root for one in whole], group.members)
    group.score = score + 4 * math.log2(len(group.members) * len(whole) / len(read))
    return score >= LEAST


def _evidence(group: Group, whole: list[Sketch]) -> float:
    """What speaks for remarks: their names, a heading before them, controls to answer with."""
    first = group.members[0]
    score = 3.0 if words.SURE.search(group.key[1]) else 0.0
    score = score or 1.5 * bool(words.REMARK.search(group.key[1]))
    score += 2 * any(words.SURE.search(label) for label in _labels_around(first)[:5])
    score += 2 * (_is_headed(first) or _is_called_aloud(first))
    score += 3 * _share(whole, lambda one: one.controls > 0)
    score += 2 * _share(whole, _leads_nowhere)
    score += 1.5 * _share(whole, _has_portrait)
    score += 1.5 * _share(whole, lambda one: bool(one.link and words.PROFILE.search(one.link)))
    score += 1.5 * _share(whole, lambda one: one.body is not None and one.body.find("a") is None)
    score += 1.5 * _share(whole, _names_its_author)
    return score + 0.5 * (len({one.author for one in whole}) > 1)


def _against(group: Group, whole: list[Sketch]) -> float:
    """What speaks for articles, products and the like: headlines that lead away, cut texts."""
    is_sure = bool(words.SURE.search(group.key[1]))
    around = _labels_around(group.members[0])[:8]
    score = 2.0 * bool(words.TEASER.search(group.key[1]) and not is_sure)
    score += 4.0 * bool(words.BYLINE.search(group.key[1]))
    score += (1.5 if is_sure else 4) * any(words.ELSEWHERE.search(label) for label in around)
    score += 4 * _share(whole, _has_headline) + 6 * _share(whole, _is_a_headline)
    score += 4 * _share(whole, lambda one: _has_headline(one) and _tells_how_many(one))
    score += 3 * _share(whole, _is_mostly_link) + 3 * _share(whole, _is_one_link)
    score += 4 * _share(whole, _is_named_in_a_sentence)
    score += 6 * (not is_sure) * _share(whole, _tells_of_the_last)
    score += 3 * (not is_sure and _all_lead_to_one(whole))
    score += 2 * _share(whole, lambda one: one.text.rstrip().endswith(CUT_SHORT))
    score += 3 * _share(whole, lambda one: len(one.text) < 8)
    score += (
        2 * (len(group.members) < 3)
        + 1.5 * (len(group.members) < 2)
        + 6 * (1 - share_of_times(whole))
    )
    score += 4 * _share(whole, lambda one: _is_interface(one.text))
    texts = len({one.text for one in whole})
    return score + 4 * (texts < 0.6 * len(whole)) + 4 * (texts == 1 < len(whole))


def _is_interface(text: str) -> bool:
    """Whether a text is nothing but numbers and what stands on controls: “/ 19 views /”."""
    if len(text) > 60:
        return False
    rest = _NUMBER.sub("", text).strip(" /|·–—-:,.()\n")
    return not rest or bool(words.CONTROL.fullmatch(rest) or words.HOW_MANY.fullmatch(text))


def _share(ones: list[Sketch], holds: Callable[[Sketch], bool]) -> float:
    return sum(map(holds, ones)) / max(len(ones), 1)


def _labels_around(tag: Tag) -> list[str]:
    outer = (p for p in tag.parents if p.name not in ("body", "html", "[document]"))
    return [label_of(tag), *map(label_of, outer)]


def _is_called_aloud(tag: Tag) -> bool:
    """Whether a screen reader is told that comments are here."""
    near = [tag, *islice(tag.parents, 5)]
    return any(words.HEADING.search(str(each.get("aria-label") or "")) for each in near)


def _names_its_author(one: Sketch) -> bool:
    return one.author_tag is not None and bool(words.AUTHOR.search(label_of(one.author_tag)))


def _has_portrait(one: Sketch) -> bool:
    images = (t for t in one.tags if t.name == "img")
    return any(
        _PORTRAIT.search(f"{label_of(image)} {image.get('src')} {image.get('alt')}")
        for image in images
    )


def _has_headline(one: Sketch) -> bool:
    """Whether it leads to a text of its own: a heading that links away, not to its author."""
    headings = (t for t in one.tags if HEADINGS.match(t.name) or _TITLE.search(label_of(t)))
    for heading in headings:
        link = link_around(heading)
        ours = heading is one.author_tag or one.author in shown(heading)
        if link is not None and not ours:
            return not str(link.get("href") or "").startswith("#")
    return False


def _is_a_headline(one: Sketch) -> bool:
    """Whether all that is said is a heading."""
    said = squeeze(one.text)
    return any(said in shown(t) for t in one.tags if HEADINGS.match(t.name)) and bool(said)


def _tells_how_many(one: Sketch) -> bool:
    """Whether it says how many answers or readers it has, as a list of threads does."""
    return any(words.HOW_MANY.fullmatch(shown(t)) for t in one.tags if not is_longer(t, 40))


def _leads_nowhere(one: Sketch) -> bool:
    """Whether, outside of what is said, nothing leads on but to the author and to itself."""
    ours = {
        id(t) for part in (one.author_tag, one.time_tag, one.body) if part for t in part.parents
    }
    inside = {id(one.author_tag), id(one.time_tag), id(one.body)}
    for link in (t for t in one.tags if t.name == "a" and t.get("href")):
        if id(link) in ours or id(link) in inside or any(id(p) in inside for p in link.parents):
            continue
        text, href = shown(link), str(link["href"])
        if len(text) > 25 and text != one.author and not href.startswith(("#", "javascript:")):
            return False
    return True


def _is_mostly_link(one: Sketch) -> bool:
    body = one.body
    if body is None:
        return False
    linked = sum(len(shown(a)) for a in body.find_all("a"))
    around = body.find_parent("a")
    wrapped = any(tag is around for tag in one.tags)
    return wrapped or linked > 0.6 * max(len(one.text), 1)


def _is_one_link(one: Sketch) -> bool:
    """Whether all that is said is the title of another page."""
    said = squeeze(one.text)
    links = (t for t in one.tags if t.name == "a" and "#" not in str(t.get("href") or "#"))
    return len(said.split()) > 2 and any(said == shown(link) for link in links)


def _is_named_in_a_sentence(one: Sketch) -> bool:
    """Whether the name lies within a paragraph that goes on before it and after it."""
    line = one.author_tag.parent if one.author_tag is not None else None
    if line is None or line.name != "p":
        return False
    before, _, after = shown(line).partition(one.author)
    return min(len(before), len(after)) > 40


def _all_lead_to_one(whole: list[Sketch]) -> bool:
    """Whether all names are one, and lead to one address: no person, but what they wrote with."""
    return len(whole) >= MANY and len({(one.author, one.link) for one in whole if one.link}) == 1


def _tells_of_the_last(one: Sketch) -> bool:
    """Whether it shows the last of many posts, as a list of threads does."""
    return any(words.LAST.fullmatch(shown(t)) for t in one.tags if not is_longer(t, 30))


def _is_headed(tag: Tag) -> bool:
    """Whether a heading of comments stands before the list."""
    for above in [tag, *islice(tag.parents, 4)]:
        if above.name in ("body", "html"):
            break
        before = above.find_previous_siblings(limit=4)
        if any(_heads_comments(tag) for tag in before if isinstance(tag, Tag)):
            return True
    return False


def _heads_comments(before: Tag) -> bool:
    text = shown(before)
    if len(text) < 120 and words.HEADING.search(text):
        return True
    heading = before.find(HEADINGS)
    return isinstance(heading, Tag) and bool(words.HEADING.search(shown(heading)))
