"""Who wrote a record: the element that looks most like a name."""

from __future__ import annotations

import re
from typing import Protocol

from bs4 import Tag

from . import words
from .elements import is_control, is_longer, label_of, link_around, shown, squeeze, strings
from .moments import time_in

LONGEST_NAME = 60
_LEAST = 1.5
_EMPHATIC = {"b", "strong", "cite", "h2", "h3", "h4", "h5", "h6", "dt", "address"}
_CLOCK = re.compile(r"T?\d{1,2}[:.]\d{2}\b")
_RUNNING = {"p", "div", "span"}
_RECORD = re.compile("comment|post|review")
_MARKED = re.compile(r"(?:^|\s)(?:fn|author|creator)(?:\s|$)")
_CALLED_AUTHOR = re.compile(
    r"(?:^|[\s-])(?:fn|author|user-?name|nickname|poster)(?:-\d+)?(?:\s|$)", re.IGNORECASE
)


class Parts(Protocol):
    """What is known of a record when its author is sought."""

    root: Tag
    tags: list[Tag]
    time: str | None
    time_tag: Tag | None
    author_tag: Tag | None


def find_author(one: Parts) -> tuple[Tag | None, str]:
    given = one.root.get("data-author") or one.root.get("data-username")
    best: tuple[float, Tag | None, str] = (1.5, None, "")
    for place, tag in enumerate(one.tags):
        if is_longer(tag, 200):
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
            is_after = len(before.strip()) <= 2 or words.BEFORE_NAME.match(after.strip())
            text = after if is_after else before
    if len(text) > LONGEST_NAME + 30:
        return ""
    text = squeeze(text).strip(" ·•|-–—,")
    text = words.AFTER_NAME.sub("", words.BEFORE_NAME.sub("", text)).strip(" ·•|–—,:;")
    if not any(c.isalnum() for c in text) or len(text) > LONGEST_NAME:
        return ""
    if len(text.split()) > (12 if is_sure else 6):
        return ""
    if not is_sure and not any(c.isalpha() for c in text):
        return ""
    if not is_sure and (words.NOBODYS.fullmatch(text) or words.CONTROL.fullmatch(text)):
        return ""
    if _CLOCK.match(text):
        return ""
    return "" if time_in(text) or re.search(r"\w{3}[.!?]\s+\w|https?://", text) else text


def is_called_author(tag: Tag) -> bool:
    """Whether its maker says that an element is the author's name."""
    label = label_of(tag)
    return bool(_CALLED_AUTHOR.search(label))


def _author_score(tag: Tag, name: str, one: Parts) -> float:
    label = label_of(tag)
    score = _by_label(tag, label) + _by_link(tag, name)
    score += 1.5 * (tag.name in _EMPHATIC) - 1.5 * (tag is one.time_tag)
    score -= 3 * (is_control(tag) and tag.name != "a") + 2.5 * _holds_a_name(tag, name)
    return score - 2.5 * _is_a_mention(tag) + _neighbourhood(tag, one)


def _holds_a_name(tag: Tag, name: str) -> bool:
    """Whether the name proper is a part of it, and the rest says more of the person."""
    for below in tag.find_all(True):
        own = shown(below)
        if not own or len(own) >= len(name):
            continue
        is_called = bool(words.AUTHOR.search(label_of(below)))
        if name.startswith(own) and (is_called or below.name in _EMPHATIC):
            return True
        if name.endswith(own) and is_called:
            return True
    return False


def _by_label(tag: Tag, label: str) -> float:
    score = 3.0 * bool(words.AUTHOR.search(label))
    score += 5 * bool(_MARKED.search(label) or "author" in _relations(tag))
    if words.NAMED.search(label):
        return score + 2.5
    score -= 1.5 * bool(words.NOT_NAME.search(_RECORD.sub("", label)))
    return score - 2 * bool(words.SAID.search(label) and not words.AUTHOR.search(label))


def _by_link(tag: Tag, name: str) -> float:
    href = str(tag.get("href") or "")
    if tag.name != "a" or not href:
        return 0.0
    score = 3.0 if words.PROFILE.search(href) else 1.0
    score += 1.0 * bool({"nofollow", "ugc", "external"} & _relations(tag))
    return score - 3 * (href.startswith("#") or name.startswith("#") or "reply" in href)


def _relations(tag: Tag) -> set[str]:
    return {str(value) for value in tag.get_attribute_list("rel")}


def _is_a_mention(tag: Tag) -> bool:
    """Whether it stands in the middle of what somebody says."""
    around = tag.parent
    return around is not None and around.name in _RUNNING and len(strings(around)) > 40


def _neighbourhood(tag: Tag, one: Parts) -> float:
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


def _from_line(one: Parts) -> tuple[Tag | None, str]:
    """A name that has no element of its own: “Posted by Mina on 3 May”."""
    line = one.time_tag
    for _ in range(3):
        if line is None or line is one.root.parent:
            break
        own = shown(line) if not is_longer(line, 120) else strings(line)
        name = name_in(own, one.time)
        if name and len(name) < 40:
            return (None if line is one.root else line), name
        line = line.parent
    return None, ""


def link_of(one: Parts) -> str | None:
    """The address that the author's name leads to."""
    link = link_around(one.author_tag) if one.author_tag is not None else None
    href = str(link["href"]) if link is not None else ""
    return None if not href or href.startswith(("#", "javascript:", "mailto:")) else href
