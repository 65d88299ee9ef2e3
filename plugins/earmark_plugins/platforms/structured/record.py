"""One record of a comment section whose markup nobody described: who, when and what was said.

A record is an element; replies nested in it are records of their own and are left out. Class names
are hints, the shape decides: a name is short, a time is written as times are, and what was said is
what remains when those two, and the controls, are gone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

from earmark import text_of

from . import words
from .moments import for_machines, is_of_something_else, named_time, time_in

NOT_SAID = "earmark-not-said"  # an attribute that marks what text_of is to leave out
LONGEST_NAME = 60
_CODE = {
    "script", "style", "noscript", "template", "svg", "form", "select", "textarea", "iframe",
    "earmark-cut",
}  # fmt: skip
_NAMES = ("id", "itemprop", "data-testid", "data-e2e", "data-qa")
_FILED = re.compile(r"(?:category|categories|cat|tag|topic|format|status|section)-", re.IGNORECASE)
_CONTROLS = {"button", "input", "label", "nav", "summary"}
_EMPHATIC = {"b", "strong", "cite", "h2", "h3", "h4", "h5", "h6", "dt", "address"}
_CALLED_AUTHOR = re.compile(
    r"(?:^|[\s-])(?:fn|author|user-?name|nickname|poster)(?:-\d+)?(?:\s|$)", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")


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
    rest = one.text.replace(one.author, "") if one.author else one.text
    while found := time_in(rest[:80]):
        rest = rest.replace(found, "")
    return bool(rest.strip(" []().,:;–-"))


def sketch(root: Tag, others: Collection[int]) -> Sketch:
    """The parts of `root`; `others` are the ids of the tags that are records of their own."""
    one = Sketch(root, tags=list(_own(root, others)))
    one.time_tag, one.time = _find_time(one)
    one.author_tag, one.author = _find_author(one)
    one.link = _link_of(one)
    one.controls = sum(map(_is_control, one.tags))
    one.body = _find_body(one)
    one.text = _said(one, others)
    return one


def label_of(tag: Tag) -> str:
    """What its maker called an element, without the topics it is filed under."""
    classes = tag.get("class") or ()
    names = [name for name in classes if not _FILED.match(name)] if classes else []
    names += [str(tag[name]) for name in _NAMES if tag.get(name)]
    return " ".join(names)


def _own(root: Tag, others: Collection[int]) -> Iterator[Tag]:
    """The elements of a record in document order, without other records and code."""
    stack = [child for child in reversed(root.contents) if isinstance(child, Tag)]
    while stack:
        tag = stack.pop()
        if id(tag) in others or tag.name in _CODE or tag.has_attr("hidden"):
            continue
        yield tag
        stack.extend(child for child in reversed(tag.contents) if isinstance(child, Tag))


def _strings(tag: Tag) -> str:
    """The text that stands directly in an element."""
    parts = (str(node) for node in tag.children if _is_text(node))
    return _squeeze(" ".join(parts))


def _is_text(node: object) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def shown(tag: Tag) -> str:
    """The text of an element on one line."""
    return _squeeze(tag.get_text(" "))


def _is_control(tag: Tag) -> bool:
    if tag.name in _CONTROLS or tag.get("role") in ("button", "menuitem", "toolbar", "menu"):
        return True
    text = tag.get_text(" ")
    return len(text) < 60 and bool(text.strip()) and bool(words.CONTROL.fullmatch(text))


# -- when -----------------------------------------------------------------------------------


def _find_time(one: Sketch) -> tuple[Tag | None, str | None]:
    best: tuple[float, Tag | None, str | None] = (0.0, None, None)
    for tag in [*one.tags, one.root]:
        own = _strings(tag) if tag is one.root or _has_long_text(tag) else shown(tag)
        machine = for_machines(tag) if tag is not one.root else None
        called = tag is not one.root and words.TIME.search(label_of(tag)) is not None
        found = machine or (named_time(own) if called else time_in(own))
        if not found:
            continue
        score = _time_score(tag, own, found, bool(machine))
        if score > best[0]:
            best = (score, tag, machine or found)
    return best[1], best[2]


def _has_long_text(tag: Tag) -> bool:
    return len(tag.get_text()) > 300


def _time_score(tag: Tag, own: str, found: str, machine: bool) -> float:
    covered = 1.0 if machine else len(found) / max(len(own), 1)
    score = 2 * covered + 2 * bool(words.TIME.search(label_of(tag))) + 3 * (tag.name == "time")
    score += 2 * machine
    if is_of_something_else(own + " " + label_of(tag), found):
        score -= 3
    return score if score >= 0.5 else 0.0


# -- who ------------------------------------------------------------------------------------


def _find_author(one: Sketch) -> tuple[Tag | None, str]:
    given = one.root.get("data-author") or one.root.get("data-username")
    best: tuple[float, Tag | None, str] = (1.5, None, "")
    for place, tag in enumerate(one.tags):
        if len(tag.get_text()) > 200:
            continue
        name = name_in(shown(tag), one.time, is_sure=is_called_author(tag))
        if not name:
            continue
        score = _author_score(tag, name, one) - min(place, 40) / 100
        if given and name.casefold() == str(given).casefold():
            score += 5
        if score > best[0]:
            best = (score, tag, name)
    if best[1] is None:
        return _from_line(one)
    return _inmost(best[1], best[2], one.time), best[2]


def name_in(text: str, time: str | None, is_sure: bool = False) -> str:
    """A name, without what introduces it, what it does and when; empty where there is none.

    `is_sure` takes also what would otherwise be a control or a bare word (somebody called “to”).
    """
    for moment in filter(None, (time, time_in(text))):
        before, found, after = text.partition(moment)
        if found:
            text = before if len(before.strip()) > 2 else after
    if len(text) > LONGEST_NAME + 30:
        return ""
    text = _squeeze(text).strip(" ·•|-–—,")
    text = words.AFTER_NAME.sub("", words.BEFORE_NAME.sub("", text)).strip(" ·•|–—,:;")
    if not any(c.isalnum() for c in text) or len(text) > LONGEST_NAME:
        return ""
    if len(text.split()) > (12 if is_sure else 6):
        return ""
    if not is_sure and (words.NOBODYS.fullmatch(text) or words.CONTROL.fullmatch(text)):
        return ""
    return "" if time_in(text) or re.search(r"\w{3}[.!?]\s+\w|https?://", text) else text


def is_called_author(tag: Tag) -> bool:
    """Whether its maker says that an element is the author's name."""
    label = label_of(tag)
    return bool(_CALLED_AUTHOR.search(label))


def _author_score(tag: Tag, name: str, one: Sketch) -> float:
    label = label_of(tag)
    props = (
        str(tag.get("itemprop") or "")
        + " "
        + " ".join(tag.get_attribute_list("rel") if tag.get("rel") else [])
    )
    score = 0.0
    if (
        "author" in props.split()
        or "creator" in props.split()
        or re.search(r"(?:^|\s)fn(?:\s|$)", label)
    ):
        score += 5
    if words.AUTHOR.search(label):
        score += 3
    if words.NAMED.search(label):
        score += 2.5
    elif words.NOT_NAME.search(re.sub(r"comment|post|review", "", label)):
        score -= 1.5
    if words.SAID.search(label) and not words.AUTHOR.search(label):
        score -= 2
    href = str(tag.get("href") or "")
    if tag.name == "a" and href:
        score += 3 if words.PROFILE.search(href) else 1
        if href.startswith("#") or name.startswith("#") or "reply" in href:
            score -= 3
        if re.search(r"nofollow|ugc|external", props):
            score += 1
    if tag.name in _EMPHATIC:
        score += 1.5
    if tag is one.time_tag:
        score -= 1.5
    if _is_control(tag) and tag.name != "a":
        score -= 3
    if (
        tag.parent is not None
        and tag.parent.name in ("p", "div", "span")
        and len(_strings(tag.parent)) > 40
    ):
        score -= 2.5  # a mention, in the middle of what somebody says
    return score + _neighbourhood(tag, one)


def _neighbourhood(tag: Tag, one: Sketch) -> float:
    """A name stands near the time, and near the top."""
    if one.time_tag is None or one.time_tag is tag:
        return 0.0
    if one.time_tag.parent is tag.parent:
        return 1.0
    return 0.5 if any(parent is tag.parent for parent in one.time_tag.parents) else 0.0


def _inmost(tag: Tag, name: str, time: str | None) -> Tag:
    """The smallest element that holds the whole name."""
    for below in tag.find_all(True):
        if name_in(shown(below), time, is_sure=True) == name:
            tag = below
    return tag


def _from_line(one: Sketch) -> tuple[Tag | None, str]:
    """A name that has no element of its own: “Posted by Mina on 3 May”."""
    line = one.time_tag
    for _ in range(3):
        if line is None or line is one.root.parent:
            break
        own = shown(line) if len(line.get_text()) < 120 else _strings(line)
        name = name_in(own, one.time)
        if name and len(name) < 40:
            return (None if line is one.root else line), name
        line = line.parent
    return None, ""


def _link_of(one: Sketch) -> str | None:
    tag = one.author_tag
    if tag is None:
        return None
    link = tag if tag.name == "a" else tag.find("a", href=True) or tag.find_parent("a", href=True)
    if link is None or not link.get("href"):
        return None
    href = str(link["href"])
    return None if href.startswith(("#", "javascript:", "mailto:")) else href


# -- what -----------------------------------------------------------------------------------


def _find_body(one: Sketch) -> Tag | None:
    """The element that holds what was said and neither name nor time; None for the whole record."""
    meta = [tag for tag in (one.author_tag, one.time_tag) if tag is not None]
    above = {id(parent) for tag in meta for parent in tag.parents}
    open_to_all = list(_free(one, {id(tag) for tag in meta}))
    weights = _weights(open_to_all)
    free = [tag for tag in open_to_all if id(tag) not in above]
    hinted = [t for t in free if words.SAID.search(label_of(t)) and t.name not in ("a", "img")]
    most = max((weights[id(t)] for t in free), default=0)
    named = max(hinted, key=lambda t: weights[id(t)], default=None)
    if named is not None and weights[id(named)] >= max(0.4 * most, 1):
        return named
    heaviest = max(free, key=lambda t: weights[id(t)], default=None)
    return _climb(heaviest, one, above) if heaviest is not None and most else None


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
        letters = len(_strings(tag)) or (tag.name == "img")
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
        if paragraphs and (fellows or beside is one.root) or len(_strings(beside)) > 30
        else tag
    )


def _is_aside(tag: Tag) -> bool:
    return (
        bool(words.ASIDE.search(label_of(tag)))
        or _is_control(tag)
        or tag.name in ("footer", "header")
    )


def _said(one: Sketch, others: Collection[int]) -> str:
    """What was said, with everything marked that was not."""
    root = one.body or one.root
    marked = [t for t in (one.author_tag, one.time_tag) if t is not None]
    marked += [t for t in one.tags if _is_aside_within(t, one)]
    if one.body is None:
        marked += [line for t in list(marked) if (line := _line_of(t, one)) is not None]
    marked += [t for t in root.find_all(True) if id(t) in others]
    for tag in marked:
        tag[NOT_SAID] = ""
    text = text_of(root, drop=f"[{NOT_SAID}], form, .screen-reader-text, .sr-only")
    for tag in marked:
        del tag[NOT_SAID]
    return _without_name(text, one)


def _is_aside_within(tag: Tag, one: Sketch) -> bool:
    if one.body is not None and (tag is one.body or any(tag is p for p in one.body.parents)):
        return False
    if one.body is not None and not any(p is one.body for p in tag.parents):
        return False
    if _is_control(tag):
        return tag.name not in ("p", "b", "i", "em", "strong") or tag.find("a") is not None
    label = label_of(tag)
    return bool(label and words.ASIDE.search(label)) and len(tag.get_text()) < 200


def _line_of(tag: Tag, one: Sketch) -> Tag | None:
    """The line of names and times around a part, where it says nothing else."""
    line = None
    for parent in tag.parents:
        if parent is one.root:
            break
        rest = shown(parent)
        for part in (one.author, one.time or ""):
            rest = rest.replace(part, " ", 1) if part else rest
        if len(parent.get_text()) > 200 or len(_squeeze(rest)) > 40:
            break
        line = parent
    return line


def _without_name(text: str, one: Sketch) -> str:
    """Without a name or time that stood at the very top, in no element of its own."""
    if one.body is not None or not text:
        return text
    first, _, rest = text.partition("\n")
    if (
        rest
        and len(first) < 120
        and (name_in(first, one.time) == one.author or words.CONTROL.fullmatch(first))
    ):
        return rest.strip()
    if one.author_tag is not None:
        text = re.sub(r"^(?:says?|said|wrote|schrieb|dit|dice)?\s*[:：,|–—-]\s*", "", text)
    return text
