"""What speaks for a group being a section of remarks, and what against it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Protocol

from bs4 import Tag

from . import words
from .alike import MANY, share_of_times
from .elements import is_longer, label_of, link_around, shown, squeeze
from .placement import HEADINGS
from .record import Sketch, without_times

CUT_SHORT = ("…", "...", "[…]", "»", "→")
_NUMBER = re.compile(r"\d+")
_TITLE = re.compile(r"title|headline", re.IGNORECASE)
_PORTRAIT = re.compile(r"avatar|gravatar|profile|user|portrait|photo", re.IGNORECASE)


class Named(Protocol):
    """Elements called alike, and how."""

    key: tuple[str, str]
    members: list[Tag]


def evidence(group: Named, whole: list[Sketch]) -> float:
    """What speaks for remarks: their names, a heading before them, controls to answer with."""
    first = group.members[0]
    score = 3.0 if words.SURE.search(group.key[1]) else 0.0
    score = score or 1.5 * bool(words.REMARK.search(group.key[1]))
    score += 2 * any(words.SURE.search(label) for label in _labels_around(first)[:5])
    score += 2 * (_is_headed(first) or _is_called_aloud(first))
    score += 3 * share_of(whole, lambda one: one.controls > 0)
    score += 2 * share_of(whole, _leads_nowhere)
    score += 1.5 * share_of(whole, _has_portrait)
    score += 1.5 * share_of(whole, lambda one: bool(one.link and words.PROFILE.search(one.link)))
    score += 1.5 * share_of(whole, lambda one: one.body is not None and one.body.find("a") is None)
    score += 1.5 * share_of(whole, _names_its_author)
    return score + 0.5 * (len({one.author for one in whole}) > 1)


def against(group: Named, whole: list[Sketch]) -> float:
    """What speaks for articles, products and the like: headlines that lead away, cut texts."""
    is_sure = bool(words.SURE.search(group.key[1]))
    around = _labels_around(group.members[0])[:8]
    score = 2.0 * bool(words.TEASER.search(group.key[1]) and not is_sure)
    score += 4.0 * bool(words.BYLINE.search(group.key[1]))
    score += (1.5 if is_sure else 4) * any(words.ELSEWHERE.search(label) for label in around)
    score += 4 * share_of(whole, _has_headline) + 6 * share_of(whole, _is_a_headline)
    score += 4 * share_of(whole, lambda one: _has_headline(one) and _tells_how_many(one))
    score += 3 * share_of(whole, _is_mostly_link) + 3 * share_of(whole, _is_one_link)
    score += 4 * share_of(whole, _is_named_in_a_sentence)
    score += 6 * (not is_sure) * share_of(whole, _tells_of_the_last)
    score += 3 * (not is_sure and _all_lead_to_one(whole))
    score += 2 * share_of(whole, lambda one: one.text.rstrip().endswith(CUT_SHORT))
    score += 3 * share_of(whole, lambda one: len(one.text) < 8)
    score += (
        2 * (len(group.members) < 3)
        + 1.5 * (len(group.members) < 2)
        + 6 * (1 - share_of_times(whole))
    )
    score += 4 * share_of(whole, lambda one: _is_interface(one.text))
    score += 6 * (len(group.members) == 1 and group.members[0].find("h1") is not None)
    texts = len({without_times(one.text) for one in whole})
    return score + 4 * (texts < 0.6 * len(whole)) + 4 * (texts == 1 < len(whole))


def _is_interface(text: str) -> bool:
    """Whether a text is nothing but numbers and what stands on controls: “/ 19 views /”."""
    if len(text) > 60:
        return False
    rest = _NUMBER.sub("", text).strip(" /|·–—-:,.()\n")
    return not rest or bool(words.CONTROL.fullmatch(rest) or words.HOW_MANY.fullmatch(text))


def share_of(ones: list[Sketch], holds: Callable[[Sketch], bool]) -> float:
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
