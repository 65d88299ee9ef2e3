"""Rules as data: what a person wants said of, and done with, the items that a query finds.

A rule is `{name, when, add_tags?, state?, assignee?, effort?, priority?, hide?, enabled?, note?}`;
`when` is a query. Rules judge an item by itself: none sees what another one did to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from ..model import Json
from ..query.match import holds, matches
from ..query.parse import parse_query
from ..query.said import Subject
from ..query.tree import BadQuery, Node, Query
from .order import quickest_first
from .sieve import Sieve

BY = "rule:"  # of a tag, with the name of the rule behind it
FIELDS = ("state", "assignee", "priority")  # of these the first rule that holds has its way
LONGEST_REASON = 500  # characters
NOBODY_DID_ANYTHING: Json = {"state": "new"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, ready to be asked."""

    name: str
    query: Query
    quick: Node  # what the query asks, in the order in which it is answered soonest
    tags: tuple[str, ...]
    sets: Json  # what it sets, by the name of the item's field
    efforts: tuple[str, ...]


class Rules:
    """Rules that are switched on, in their order; `broken` says why one cannot be read any more."""

    def __init__(self, rules: Iterable[Json]) -> None:
        self.broken: dict[str, str] = {}
        used = (self._of(rule) for rule in rules if rule.get("enabled", True))
        self.rules = [rule for rule in used if rule]
        self._sieve = Sieve([rule.query.root for rule in self.rules])

    def _of(self, rule: Json) -> Rule | None:
        """A query that was taken once may not be one for a later version of Earmark."""
        try:
            return compiled(rule)
        except BadQuery as error:
            self.broken[str(rule["name"])] = error.message
            return None

    def caught(self, item: Json | Subject, now: datetime | None = None) -> list[tuple[Rule, str]]:
        """The rules that hold for an item, each with the parts and words that decided."""
        subject = item if isinstance(item, Subject) else Subject(NOBODY_DID_ANYTHING | item)
        now = now or datetime.now(UTC)
        likely = (self.rules[place] for place in self._sieve.may_hold(subject))
        return [
            (rule, reason_of(matches(rule.query, subject, now).because))
            for rule in likely
            if holds(rule.quick, subject, now)
        ]


def compiled(rule: Json) -> Rule:
    """A rule as data, ready to be asked; raises BadQuery."""
    sets = {field: rule[field] for field in FIELDS if field in rule}
    if rule.get("hide"):
        sets["spam"] = True
    effort = rule.get("effort")
    tags, query = tuple(rule.get("add_tags", ())), parse_query(rule["when"])
    quick = quickest_first(query.root)
    return Rule(rule["name"], query, quick, tags, sets, (effort,) if effort else ())


def apply_rules(rules: Rules, item: Json | Subject, now: datetime | None = None) -> Json:
    """What rules add to an item: `{tags, set, efforts}`, and nothing of it is the person's.

    tags: as an item has them, each by `rule:NAME`. set: `{field: {value, rule}}`. efforts:
    `{effort: rule}`. Whoever takes it in lets what a person did stand (see `store.ruled`).
    """
    return _ruling(rules.caught(item, now))


def _ruling(caught: Iterable[tuple[Rule, str]]) -> Json:
    tags: dict[str, Json] = {}
    sets: Json = {}
    efforts: dict[str, str] = {}
    for rule, because in caught:
        for name in rule.tags:
            tags.setdefault(name, {"name": name, "by": BY + rule.name, "because": because})
        for field, value in rule.sets.items():
            sets.setdefault(field, {"value": value, "rule": rule.name})
        for effort in rule.efforts:
            efforts.setdefault(effort, rule.name)
    return {"tags": list(tags.values()), "set": sets, "efforts": efforts}


def explain(rule: Json, item: Json, now: datetime | None = None) -> Json:
    """Why a rule holds for an item or not: `{rule, matched, enabled, because, missing, told}`.

    told: the same in a sentence.
    """
    name, enabled = str(rule["name"]), rule.get("enabled", True) is True
    try:
        verdict = matches(parse_query(rule["when"]), NOBODY_DID_ANYTHING | item, now)
    except BadQuery as error:
        told = f"Rule “{name}” cannot be read: {error.message}"
        return _told(name, False, enabled, [], [error.message], told)
    because, missing = verdict.because, verdict.missing
    if verdict.matched:
        told = f"Rule “{name}” holds: {reason_of(because)}."
    else:
        told = f"Rule “{name}” does not hold: {reason_of(missing)}."
    if not enabled:
        told += " It is switched off."
    return _told(name, verdict.matched, enabled, because, missing, told)


def reason_of(reasons: Sequence[str]) -> str:
    """Reasons as one text of bounded length."""
    text = "; ".join(reasons)
    return text if len(text) <= LONGEST_REASON else f"{text[: LONGEST_REASON - 1]}…"


def judge_by_rules(items: Sequence[Json], rules: str) -> list[Json]:
    """For each item what rules add, as `apply_rules` tells it, and `caught: {rule: because}`.

    `rules` is a JSON list of them. Runs in a worker: `workers.call(judge_by_rules, …)`.
    """
    known, now = _rules_of(rules), datetime.now(UTC)
    found = [known.caught(item, now) for item in items]
    return [
        _ruling(caught) | {"caught": {rule.name: because for rule, because in caught}}
        for caught in found
    ]


@lru_cache(maxsize=2)
def _rules_of(text: str) -> Rules:
    return Rules(json.loads(text))


def _told(
    name: str, matched: bool, enabled: bool, because: list[str], missing: list[str], told: str
) -> Json:
    found = {"rule": name, "matched": matched, "enabled": enabled, "told": told}
    return found | {"because": because, "missing": missing}
