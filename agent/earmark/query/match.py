"""One item judged by a query, in memory, with the reasons for and against."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..folding import fold
from ..model import Json
from .fields import AMOUNT_PATHS, addresses, site_of, tags_meant
from .flags import ASKED
from .moments import beginning, ending
from .said import Subject
from .spans import stands, stands_in
from .tree import (
    Alike,
    Amount,
    And,
    Exact,
    Field,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    When,
    Words,
    every,
)  # fmt: skip
from .wording import absent, present

SIGNS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a query lets an item through, and why.

    `because` are the parts that hold; `missing`, empty for a match, those it fails by. Each
    reason is a few words.
    """

    matched: bool
    because: list[str]
    missing: list[str]


def matches(query: Query, item: Json | Subject, now: datetime | None = None) -> Verdict:
    """The verdict on one item, with reasons. To judge an item by many queries, make it a
    `Subject` once, and ask `is_match` first."""
    subject = item if isinstance(item, Subject) else Subject(item)
    now = now or datetime.now(UTC)
    parts = query.root.parts if isinstance(query.root, And) else (query.root,)
    told = [explained(part, subject, now) for part in parts]
    holding = dict.fromkeys(reason for held, reasons in told if held for reason in reasons)
    failing = dict.fromkeys(reason for held, reasons in told if not held for reason in reasons)
    return Verdict(all(held for held, _ in told), list(holding), list(failing))


def is_match(query: Query, item: Json | Subject, now: datetime | None = None) -> bool:
    """Whether a query lets an item through."""
    subject = item if isinstance(item, Subject) else Subject(item)
    return holds(query.root, subject, now or datetime.now(UTC))


def hides_spam(query: Query) -> bool:
    """Whether spam stays hidden: it does until the query speaks of it."""
    return not any(
        isinstance(node, Field) and node.name == "is" and node.value in ("spam", "any")
        for node in every(query.root)
    )


def holds(node: Node, subject: Subject, now: datetime) -> bool:
    """Whether one part of a query holds for an item."""
    return _HOLDS[type(node)](node, subject, now)


def explained(node: Node, subject: Subject, now: datetime) -> tuple[bool, list[str]]:
    """Whether a part of a query holds, and what that comes from."""
    if isinstance(node, Not):
        held, reasons = explained(node.part, subject, now)
        return not held, reasons
    if isinstance(node, And | Or):
        told = [explained(part, subject, now) for part in node.parts]
        held = all(each for each, _ in told) if isinstance(node, And) else any(e for e, _ in told)
        return held, [reason for each, reasons in told if each is held for reason in reasons]
    held = holds(node, subject, now)
    return held, [present(node, subject) if held else absent(node, subject)]


def _all_hold(node: And, subject: Subject, now: datetime) -> bool:
    return all(holds(part, subject, now) for part in node.parts)


def _any_holds(node: Or, subject: Subject, now: datetime) -> bool:
    return any(holds(part, subject, now) for part in node.parts)


def _fails(node: Not, subject: Subject, now: datetime) -> bool:
    return not holds(node.part, subject, now)


def _stands(node: Words | Alike | Near, subject: Subject, now: datetime) -> bool:
    return stands(node, subject)


def _stands_in(node: Exact | Pattern, subject: Subject, now: datetime) -> bool:
    return any(stands_in(node, text) for _, text in subject.texts)


def _compares(node: Amount, subject: Subject, now: datetime) -> bool:
    found = subject.number(*AMOUNT_PATHS.get(node.name, (node.name,)))
    return found is not None and SIGNS[node.sign](found, node.number)


def _is_when(node: When, subject: Subject, now: datetime) -> bool:
    earliest, latest = subject.published
    if node.name == "since":
        return (latest or "") >= (beginning(node.value, now) or "")
    return (earliest or "~") < (ending(node.value, now) or "")


def _has(node: Field, subject: Subject, now: datetime) -> bool:
    return _FIELDS.get(node.name, _same)(subject, node)


def _same(subject: Subject, node: Field) -> bool:
    return bool(subject.field(node.name) == node.value)


def _language(subject: Subject, node: Field) -> bool:
    tag = subject.field("language", "tag")
    return isinstance(tag, str) and (tag == node.value or tag.startswith(f"{node.value}-"))


def _author(subject: Subject, node: Field) -> bool:
    name = fold(node.value).removeprefix("@")
    return not subject.author_names.isdisjoint({name, f"@{name}"})


def _tag(subject: Subject, node: Field) -> bool:
    if node.value.endswith("*"):
        return any(name.startswith(node.value[:-1]) for name in subject.tags)
    return not subject.tags.isdisjoint(tags_meant(node.value))


def _on(subject: Subject, node: Field) -> bool:
    site = site_of(node.value)
    url = subject.field("page_url")
    here = isinstance(url, str) and any(
        f"{url}/".startswith(f"{each}/") for each in addresses(site)
    )
    return here or subject.field("platform") == site


def _page(subject: Subject, node: Field) -> bool:
    url = subject.field("page_url")
    if not isinstance(url, str):
        return False
    if "://" in node.value:
        return url == node.value.partition("#")[0]
    return any(url.startswith(each) for each in addresses(node.value))


def _thread(subject: Subject, node: Field) -> bool:
    names = {subject.field(key) for key in ("id", "root_id", "parent_id")}
    platform, _, id = node.value.partition("/")
    return node.value in names or (id in names and subject.field("platform") == platform)


def _is(subject: Subject, node: Field) -> bool:
    if node.value in ASKED:
        return ASKED[node.value](subject)
    return node.value == "any" or subject.field(node.value) is True


def _feeling(subject: Subject, node: Field) -> bool:
    return bool(subject.field("sentiment", "label") == node.value)


def _emotion(subject: Subject, node: Field) -> bool:
    return node.value in subject.emotions


def _effort(subject: Subject, node: Field) -> bool:
    return fold(node.value) in map(fold, subject.efforts)


def _assignee(subject: Subject, node: Field) -> bool:
    name = subject.field("assignee")
    return isinstance(name, str) and fold(name) == fold(node.value)


_FIELDS: dict[str, Callable[[Subject, Field], bool]] = {
    "language": _language,
    "author": _author,
    "tag": _tag,
    "on": _on,
    "page": _page,
    "thread": _thread,
    "is": _is,
    "sentiment": _feeling,
    "emotion": _emotion,
    "effort": _effort,
    "assignee": _assignee,
}
_HOLDS: dict[type[Node], Callable[[Any, Subject, datetime], bool]] = {
    And: _all_hold,
    Or: _any_holds,
    Not: _fails,
    Words: _stands,
    Alike: _stands,
    Near: _stands,
    Exact: _stands_in,
    Pattern: _stands_in,
    Amount: _compares,
    When: _is_when,
    Field: _has,
}
