"""One record of a comment section whose markup nobody described: who, when and what was said.

A record is an element; replies nested in it are records of their own and are left out. Class names
are hints, the shape decides: a name is short, a time is written as times are, and what was said is
what remains when those two, and the controls, are gone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from earmark import text_of

from . import words
from .authors import find_author, link_of, name_in
from .elements import is_control, is_longer, kept, label_of, shown, squeeze, strings
from .moments import for_machines, is_of_something_else, named_time, time_in

_SAYS = re.compile(r"(?:says?|said|wrote|schrieb|dit|dice)?\s*[:：,|–—-]\s*(?=\w)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:^|[\s_-])repl(?:y|ies)[_-]", re.IGNORECASE)
_CODE = {
    "script", "style", "noscript", "template", "svg", "form", "select", "textarea", "iframe",
    "earmark-cut",
}  # fmt: skip


@dataclass
class Sketch:
    """The parts of a record that were told apart."""

    root: Tag
    author: str = ""
    author_tag: Tag | None = None
    link: str | None = None
    time: str | None = None
    time_tag: Tag | None = None
    body: Tag | None = None
    text: str = ""
    controls: int = 0
    tags: list[Tag] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether it has an author, a time and something said."""
        return bool(self.author and self.time and self.text)


def says_something(one: Sketch) -> bool:
    """Whether its text is more than its own name and times once more."""
    if len(one.text) < 40 and words.HEADING.search(one.text) and not one.controls:
        return False
    if one.text in one.author:
        return False
    rest = without_times(one.text.replace(one.author, "") if one.author else one.text)
    if len(rest) < 40:  # of “Posted by Mina, 3 May” nothing is left
        rest = words.BEFORE_NAME.sub("", f"{rest.strip()} ")
        rest = words.HOW_MANY.sub("", words.AFTER_NAME.sub("", f" {rest}"))
    return bool(rest.strip(" []().,:;–-•|/\n"))


def without_times(text: str) -> str:
    while found := time_in(text[:80]):
        text = text.replace(found, "")
    return text


def sketch(root: Tag, others: Collection[int]) -> Sketch:
    """The parts of `root`; `others` are the ids of the tags that are records of their own."""
    one = Sketch(root, tags=list(_own(root, others)))
    one.time_tag, one.time = _find_time(one)
    one.author_tag, one.author = find_author(one)
    one.link = link_of(one)
    one.controls = sum(map(is_control, one.tags))
    one.body = _find_body(one)
    one.text = _said(one, others)
    return one


def _own(root: Tag, others: Collection[int]) -> Iterator[Tag]:
    """The elements of a record in document order, without other records and code."""
    stack = [child for child in reversed(root.contents) if isinstance(child, Tag)]
    while stack:
        tag = stack.pop()
        if id(tag) in others or tag.name in _CODE or tag.has_attr("hidden"):
            continue
        yield tag
        stack.extend(child for child in reversed(tag.contents) if isinstance(child, Tag))


# -- when -----------------------------------------------------------------------------------


def _find_time(one: Sketch) -> tuple[Tag | None, str | None]:
    best: tuple[float, Tag | None, str | None] = (0.0, None, None)
    for tag in [*one.tags, one.root]:
        own = _own_line(tag, one)
        machine = for_machines(tag) if tag is not one.root else None
        called = tag is not one.root and words.TIME.search(label_of(tag)) is not None
        known = machine or time_in(own)
        found = known or (named_time(own) if called else None)
        if not found:
            continue
        score = _time_score(tag, own, found, bool(machine)) - (known is None)
        if score > best[0]:
            best = (score, tag, machine or found)
    return best[1], best[2]


def _own_line(tag: Tag, one: Sketch) -> str:
    """What an element says itself, where that tells a time; else all that is in it."""
    own = strings(tag)
    return own if tag is one.root or time_in(own) or is_longer(tag, 300) else shown(tag)


def _time_score(tag: Tag, own: str, found: str, machine: bool) -> float:
    covered = 1.0 if machine else len(found) / max(len(own), 1)
    score = 2 * covered + 2 * bool(words.TIME.search(label_of(tag))) + 3 * (tag.name == "time")
    score += 2 * machine
    line = "" if is_longer(tag, 300) else shown(tag)  # “Joined:” may stand in an element of its own
    if is_of_something_else(f"{own} {line} {label_of(tag)}", found):
        score -= 3
    return score if score >= 0.5 else 0.0


# -- what -----------------------------------------------------------------------------------


def _find_body(one: Sketch) -> Tag | None:
    """The element that holds what was said and neither name nor time; None for the whole record."""
    meta = [tag for tag in (one.author_tag, one.time_tag) if tag is not None]
    above = {id(parent) for tag in meta for parent in tag.parents}
    open_to_all = list(_free(one, {id(tag) for tag in meta} | _answers(one)))
    weights = _weights(open_to_all)
    free = [tag for tag in open_to_all if id(tag) not in above]
    hinted = [t for t in free if words.SAID.search(label_of(t)) and t.name not in ("a", "img")]
    most = max((weights[id(t)] for t in free), default=0)
    named = max(hinted, key=lambda t: weights[id(t)], default=None)
    if named is not None and weights[id(named)] >= max(0.4 * most, 1):
        return named
    heaviest = max(free, key=lambda t: weights[id(t)], default=None)
    return _climb(heaviest, one, above) if heaviest is not None and most else None


def _answers(one: Sketch) -> set[int]:
    """The elements that are called an answer, where others hold what was said first."""
    said = [tag for tag in one.tags if words.SAID.search(label_of(tag))]
    answers = [tag for tag in said if _ANSWER.search(label_of(tag))]
    theirs = {id(each) for tag in answers for each in [tag, *tag.parents, *tag.find_all(True)]}
    ours = (tag for tag in said if id(tag) not in theirs)
    return {id(tag) for tag in answers} if answers and any(ours) else set()


def _free(one: Sketch, meta: set[int]) -> Iterator[Tag]:
    """The elements that may hold what was said: in no name, time, control or the like."""
    out = set(meta)
    for tag in one.tags:
        if id(tag.parent) in out or id(tag) in out or _is_aside(tag):
            out.add(id(tag))
        else:
            yield tag


def _weights(tags: list[Tag]) -> dict[int, int]:
    """How much each element says: the letters in it, of links only that they are there."""
    weights = dict.fromkeys(map(id, tags), 0)
    linked: set[int] = set()
    for tag in tags:
        if tag.name == "a" or id(tag.parent) in linked:
            linked.add(id(tag))
        letters = len(strings(tag)) or (tag.name == "img")
        letters = min(letters, 1) if id(tag) in linked else letters
        for each in [tag, *tag.parents] if letters else ():
            if id(each) not in weights:
                break
            weights[id(each)] += letters
    return weights


def _climb(tag: Tag, one: Sketch, above: set[int]) -> Tag | None:
    """Up to what encloses a paragraph and its fellows; None where that is the record itself."""
    while tag.parent is not None and tag.parent is not one.root and id(tag.parent) not in above:
        tag = tag.parent
    beside = tag.parent
    if beside is None:
        return tag
    fellows = [t for t in beside.find_all(tag.name, recursive=False) if t is not tag and shown(t)]
    paragraphs = tag.name in ("p", "blockquote", "ul", "ol", "pre")
    return (
        None
        if (paragraphs and (fellows or beside is one.root)) or len(strings(beside)) > 30
        else tag
    )


@kept
def _is_aside(tag: Tag) -> bool:
    return (
        bool(words.ASIDE.search(label_of(tag)))
        or is_control(tag)
        or tag.name in ("footer", "header")
    )


def _said(one: Sketch, others: Collection[int]) -> str:
    """What was said, without everything that was not."""
    root = one.body or one.root
    marked = [t for t in (one.author_tag, one.time_tag) if t is not None]
    marked += [t for t in one.tags if _is_aside_within(t, one)]
    if one.body is None:
        marked += [line for t in list(marked) if (line := _line_of(t, one)) is not None]
    marked += [t for t in root.find_all(True) if id(t) in others]
    marked += root.find_all("form")
    return _without_name(text_of(root, drop=marked), one)


def _is_aside_within(tag: Tag, one: Sketch) -> bool:
    if one.body is not None and (tag is one.body or any(tag is p for p in one.body.parents)):
        return False
    if one.body is not None and not any(p is one.body for p in tag.parents):
        return False
    if is_control(tag):
        return tag.name not in ("p", "b", "i", "em", "strong") or tag.find("a") is not None
    label = label_of(tag)
    return bool(label and words.ASIDE.search(label)) and not is_longer(tag, 200)


def _line_of(tag: Tag, one: Sketch) -> Tag | None:
    """The line of names and times around a part, where it says nothing else."""
    line = None
    for parent in tag.parents:
        if parent is one.root:
            break
        rest = shown(parent)
        for part in (one.author, one.time or ""):
            rest = rest.replace(part, " ", 1) if part else rest
        if is_longer(parent, 200) or len(squeeze(rest)) > 40:
            break
        line = parent
    return line


def _without_name(text: str, one: Sketch) -> str:
    """Without what stood at the very top of a record with no element around what was said."""
    if one.body is not None:
        return text
    first, _, rest = text.partition("\n")
    while rest and _is_line_of_meta(first, one):
        text = rest.strip()
        first, _, rest = text.partition("\n")
    found = _SAYS.match(text) if one.author_tag is not None else None
    return text[found.end() :] if found else text


def _is_line_of_meta(line: str, one: Sketch) -> bool:
    return len(line) < 120 and bool(
        name_in(line, one.time) == one.author
        or words.CONTROL.fullmatch(line)
        or words.AFTER_NAME.fullmatch(f" {line.strip()}")
    )
