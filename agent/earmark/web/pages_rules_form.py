"""The form of a rule: what is typed in it as a rule, and a rule as it is typed."""

from __future__ import annotations

from typing import Any

from ..keeping.rules_text import CHECKS
from ..model import Json
from .pages_rules_query import APART, apart, joined
from .pages_terms_form import lines_in

LINES = ("name", "state", "assignee", "effort", "note")
CASES = ("matches", "not")


def rule_in(form: Any, before: Json | None) -> Json:
    """The rule that a form holds; nothing is checked yet but its query. Raises BadQuery."""
    was = before or {}
    rule: Json = {field: _typed(form, field) for field in LINES}
    rule["when"] = _when(form, was)
    rule["add_tags"] = lines_in(form.get("add_tags"))
    rule["priority"] = _number(_typed(form, "priority"))
    rule |= {"hide": form.get("hide") == "yes", "enabled": form.get("enabled") == "yes"}
    rule |= {field: _cases(form, field, was.get(field, [])) for field in CASES}
    said = {key: rule[key] for key in CHECKS if _says_something(key, rule[key], was)}
    return {"name": rule["name"], "when": rule["when"]} | said


def shown_of(rule: Json) -> Json:
    """A rule as its form shows it."""
    when = str(rule.get("when", ""))
    query, chosen = apart(when)
    texts = {field: str(rule.get(field, "")) for field in (*LINES, "priority")}
    cases = {field: "\n".join(map(str, rule.get(field, ()))) for field in ("add_tags",)}
    cases |= {field: "\n".join(_lines(rule.get(field, []))) for field in CASES}
    more = sum(len(rule.get(field, [])) - len(_lines(rule.get(field, []))) for field in CASES)
    switches = {"hide": rule.get("hide", False), "enabled": rule.get("enabled", True)}
    return {**texts, **cases, **switches, **dict.fromkeys(APART, ""), **chosen} | {
        "query": query,
        "more_cases": more,
    }


def as_typed(form: Any, before: Json | None) -> Json:
    """What was typed, to be shown again."""
    texts = (*LINES, "priority", "query", "add_tags", *APART, *CASES)
    typed: Json = {field: str(form.get(field, "")) for field in texts}
    typed |= {field: form.get(field) == "yes" for field in ("hide", "enabled")}
    return typed | {"more_cases": shown_of(before)["more_cases"] if before else 0}


def _when(form: Any, was: Json) -> str:
    """The query; as it was written where the form says the same."""
    query = str(form.get("query", "")).replace("\r\n", "\n").strip()
    chosen = {name: value for name in APART if (value := _typed(form, name))}
    if was and apart(was["when"]) == (query, chosen):
        return str(was["when"])
    return joined(query, chosen)


def _typed(form: Any, field: str) -> str:
    return str(form.get(field, "")).strip()


def _number(typed: str) -> int | str:
    """A whole number where it is one; what else was typed is told to be none."""
    digits = typed.lstrip("+-")
    return int(typed) if digits.isdecimal() and len(digits) < 10 else typed


def _cases(form: Any, field: str, was: list[Any]) -> list[Any]:
    """The lines as test cases; cases that are no lines stay as the file has them."""
    lines, known = lines_in(form.get(field)), _lines(was)
    return was if lines == known else [*lines, *(case for case in was if not _is_line(case))]


def _lines(cases: list[Any]) -> list[str]:
    return [case for case in cases if _is_line(case)]


def _is_line(case: Any) -> bool:
    return isinstance(case, str) and lines_in(case) == [case]


def _says_something(key: str, value: Any, was: Json) -> bool:
    """Whether a key is written down: not where it says what is so anyway, unless it was there."""
    usual = key == "enabled"
    if isinstance(value, bool):
        return value != usual or was.get(key) == value
    return value not in ("", [])
