"""Rules as a person reads and writes them: one TOML text, each rule with its own test cases.

[[rule]]
name = "late parcels"
when = 'parcel NEAR/5 (late OR lost)'
add_tags = ["about:shipping", "signal:urgent"]
matches = ["My parcel is two weeks late"]
not = ["A parcel shelf"]
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..errors import EarmarkError, Told
from ..model import STATES, Json
from ..query.parse import parse_query
from ..query.tree import And, BadQuery
from .rules_messages import told

MOST_RULES, MOST_TAGS, MOST_CASES = 1000, 20, 100
LONGEST_TEXT = 1_000_000  # characters of the whole text
LARGEST = 10**15  # number in a test case
LONGEST_NAME, LONGEST_TAG, LONGEST_NOTE, LONGEST_CASE = 80, 100, 2000, 10_000
MOST_PRIORITY = 100
ACTIONS = ("add_tags", "state", "assignee", "effort", "priority", "hide")
CASE_FIELDS = {
    "text", "language", "platform", "author", "kind", "page_url", "tags", "rating", "likes",
    "dislikes", "replies", "shares", "views", "followers",
}  # fmt: skip

HEADER = re.compile(r"\s*\[\[\s*(?:rule|\"rule\"|'rule')\s*\]\]")
_SPOT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


class BadRules(EarmarkError):
    """Rules that cannot be kept; the message names rule and line, the hint the spot.

    key: what of the rule is wrong; problem: what is wrong with it, without the rule's name.
    """

    code = "bad_rules"
    status = 400

    def __init__(self, message: Told, hint: str = "", key: str = "") -> None:
        super().__init__(message, hint)
        self.key = key
        self.problem: Told = message.values.get("problem", message)


class _Wrong(Exception):
    """What is wrong with one key of a rule, and a hint."""

    def __init__(self, key: str, problem: Told, hint: str = "") -> None:
        super().__init__(problem)
        self.key, self.problem, self.hint = key, problem, hint


def read_rules(text: str) -> list[Json]:
    """The rules of a TOML text, checked but for their test cases; raises BadRules."""
    if len(text) > LONGEST_TEXT:
        raise BadRules(told("rules_too_long", most=LONGEST_TEXT), told("keep_fewer"))
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also for a number of too many digits
        raise _no_toml(text, str(error)) from None
    if unknown := sorted(document.keys() - {"rule"}):
        stray = told("outside_a_rule", key=_shown(unknown[0]))
        raise BadRules(stray, told("how_one_begins"))
    return checked_rules(document.get("rule", []), text)


def checked_rules(rules: Any, text: str = "") -> list[Json]:
    """Rules as data, checked and tidied; lines of `text`, which they were read from, are named."""
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise BadRules(told("no_list"), told("how_one_begins"))
    if len(rules) > MOST_RULES:
        raise BadRules(told("too_many_rules", count=len(rules), most=MOST_RULES))
    lines = _Lines(text, len(rules))
    known: dict[str, str] = {}
    found = []
    for place, given in enumerate(rules):
        try:
            rule = _rule(given)
            if rule["name"].casefold() in known:
                raise _Wrong("name", told("twin"), told("name_each"))
        except _Wrong as wrong:
            raise _bad(place, given, wrong, lines.of(place, wrong.key)) from None
        known[rule["name"].casefold()] = rule["name"]
        found.append(rule)
    return found


def _bad(place: int, given: Json, wrong: _Wrong, line: int) -> BadRules:
    called = given.get("name")
    name = f"“{_shown(called)}”" if isinstance(called, str) and called else str(place + 1)
    code, at = ("in_rule_at", {"line": line}) if line else ("in_rule", {})
    return BadRules(told(code, rule=name, problem=wrong.problem, **at), wrong.hint, wrong.key)


def write_rules(rules: Sequence[Json]) -> str:
    """Rules as a TOML text that `read_rules` reads back."""
    return "\n".join("[[rule]]\n" + "".join(_lines_of(rule)) for rule in rules)


def line_of(rule: Json, key: str) -> str:
    """A key of a rule as a line of that text."""
    return f"{key} = {_toml(rule[key])}\n"


def _lines_of(rule: Json) -> list[str]:
    return [line_of(rule, key) for key in CHECKS if key in rule]


def _toml(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_toml(each)}' for key, each in value.items())}}}"
    return json.dumps(value)


def _quoted(text: str) -> str:
    """As a person would write it: in single quotes where it has double ones or backslashes."""
    plain = "'" not in text and text.isprintable()
    return f"'{text}'" if plain and ('"' in text or "\\" in text) else _escaped(text)


def _escaped(text: str) -> str:
    # What JSON leaves as it is and TOML does not take: DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# -- one rule ----------------------------------------------------------------------------------


def _rule(given: Json) -> Json:
    if unknown := sorted(given.keys() - CHECKS.keys()):
        raise _Wrong(unknown[0], *_unknown(unknown[0], CHECKS))
    for key in ("name", "when"):
        if key not in given:
            raise _Wrong(key, told("no_key", key=key))
    rule = {key: CHECKS[key](given[key], key) for key in CHECKS if key in given}
    if not any(rule.get(key) for key in ACTIONS):
        raise _Wrong("name", told("does_nothing"), told("give_one_of", actions=ACTIONS))
    return rule


def _line(most: int) -> Callable[[Any, str], str]:
    def check(value: Any, key: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise _Wrong(key, told("empty_text", key=key))
        tidy = " ".join(value.split())
        if len(tidy) > most:
            raise _Wrong(key, told("long_text", key=key, most=most))
        if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in tidy):
            raise _Wrong(key, told("unseen_sign", key=key))
        return tidy

    return check


def _when(value: Any, key: str) -> str:
    if not isinstance(value, str) or any(unicodedata.category(sign) == "Cs" for sign in value):
        raise _Wrong(key, told("no_query", key=key), told("as_in", example="when = 'late lang:en'"))
    try:
        root = parse_query(value).root
    except BadQuery as error:
        raise _Wrong(key, error.told, error.hint) from None
    if root == And(()):
        raise _Wrong(key, told("catches_everything"))
    return value


def _tags(value: Any, key: str) -> list[str]:
    tags = _list(value, key, MOST_TAGS)
    return list(dict.fromkeys(_line(LONGEST_TAG)(tag, key) for tag in tags))


def _list(value: Any, key: str, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise _Wrong(key, told("no_short_list", key=key, most=most))
    return value


def _state(value: Any, key: str) -> str:
    if value not in STATES or value == "new":
        states = tuple(state for state in STATES if state != "new")
        raise _Wrong(key, told("no_choice", key=key, allowed=states))
    return str(value)


def _priority(value: Any, key: str) -> int:
    fits = isinstance(value, int) and not isinstance(value, bool)
    if not fits or value == 0 or abs(value) > MOST_PRIORITY:
        limits = {"least": -MOST_PRIORITY, "most": MOST_PRIORITY}
        raise _Wrong(key, told("no_priority", key=key, **limits))
    return int(value)


def _switch(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(key, told("no_switch", key=key))
    return value


def _cases(value: Any, key: str) -> list[Any]:
    return [_case(case, key) for case in _list(value, key, MOST_CASES)]


def _case(case: Any, key: str) -> Any:
    """A text, or a table of what an item has."""
    text = case.get("text") if isinstance(case, dict) else case
    if not isinstance(text, str) or len(text) > LONGEST_CASE:
        raise _Wrong(key, told("no_case", key=key, most=LONGEST_CASE))
    if isinstance(case, dict):
        if unknown := sorted(case.keys() - CASE_FIELDS):
            raise _Wrong(key, *_unknown(unknown[0], sorted(CASE_FIELDS)))
        if not all(_is_plain(each) for each in case.values()):
            raise _Wrong(key, told("no_plain_case", key=key))
    return case


def _unknown(key: str, known: Iterable[str]) -> tuple[Told, Told]:
    return told("unknown_key", key=_shown(key)), told("known_keys", known=list(known))


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return abs(value) <= LARGEST  # false for what is no number
    return isinstance(value, str)


CHECKS: dict[str, Callable[[Any, str], Any]] = {
    "name": _line(LONGEST_NAME),
    "when": _when,
    "add_tags": _tags,
    "state": _state,
    "assignee": _line(LONGEST_TAG),
    "effort": _line(LONGEST_TAG),
    "priority": _priority,
    "hide": _switch,
    "enabled": _switch,
    "note": _line(LONGEST_NOTE),
    "matches": _cases,
    "not": _cases,
}


# -- where it stands ---------------------------------------------------------------------------


class _Lines:
    """Where the rules of a text and their keys stand; nothing where that is not sure."""

    def __init__(self, text: str, count: int) -> None:
        self._lines = text.splitlines()
        heads = [number for number, line in enumerate(self._lines) if HEADER.match(line)]
        self._heads = [*heads, len(self._lines)] if len(heads) == count else []

    def of(self, place: int, key: str) -> int:
        """The line of a key, or of its rule; 0 where that is not sure."""
        if not self._heads:
            return 0
        first, last = self._heads[place], self._heads[place + 1]
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        at = next((n for n in range(first, last) if wanted.match(self._lines[n])), first)
        return at + 1


def _no_toml(text: str, message: str) -> BadRules:
    """The line that is no TOML, with a caret under the spot."""
    found = _SPOT.search(message)
    said = message[: found.start()] if found else message
    if not found or not found[1]:
        return BadRules(told("not_toml", reason=said))
    number, column = int(found[1]), int(found[2])
    line = "".join(" " if s.isspace() else s for s in text.split("\n")[number - 1])
    begin = max(0, column - 60)
    spot = f"{line[begin : begin + 120]}\n{' ' * (column - 1 - begin)}^"
    return BadRules(told("not_toml_at", line=number, column=column, reason=said), spot)


def _shown(text: str) -> str:
    """For a message: on one line, short, without what steers a terminal."""
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"
