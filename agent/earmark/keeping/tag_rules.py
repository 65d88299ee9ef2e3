"""The rules that a person wrote, kept in the log as the text that they wrote."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from tinydb.table import Table

from ..model import Json
from ..query.match import Verdict, matches
from ..query.parse import parse_query
from .listed import put
from .rules_messages import told
from .rules_text import BadRules, read_rules

THE_ONE = 1  # the id of the only document
CASE: Json = {"kind": "comment", "state": "new"}


class Tables(Protocol):
    """The one thing needed of the store: `earmark.store.log.Log` has it."""

    def table(self, name: str) -> Table:
        """A table of documents."""


class TagRules:
    """The rules in their order; may be asked and changed from any thread."""

    def __init__(self, log: Tables) -> None:
        self._table = log.table("tag_rules")
        self._changing = threading.Lock()
        stored = self._table.get(doc_id=THE_ONE)
        document: Json = dict(stored) if isinstance(stored, dict) else {"text": "", "rules": []}
        self._text: str = document["text"]
        self._rules: list[Json] = document["rules"]

    @property
    def text(self) -> str:
        """The rules as a TOML text, with the comments of whoever wrote it."""
        return self._text

    def rules(self) -> list[Json]:
        """The rules as data, the same list until they are changed."""
        return self._rules

    def save(self, text: str) -> list[Json]:
        """Have these rules from now on, where all is well with them and their test cases.

        Raises BadRules and changes nothing where something is not.
        """
        return self.change(lambda *_: text)

    def change(self, edit: Callable[[str, list[Json]], str]) -> list[Json]:
        """Have the text that `edit` makes of the text and the rules as they are; nobody else
        changes them meanwhile. Raises what `edit` raises, and BadRules as `save` does."""
        with self._changing:
            text = edit(self._text, self._rules)
            rules = read_rules(text)
            refuse_failing(rules)
            put(self._table, THE_ONE, {"text": text, "rules": rules})
            self._text, self._rules = text, rules
        return rules


def failing_cases(rules: Sequence[Json]) -> list[Json]:
    """The test cases that a rule does not meet: `{rule, text, wanted, because}`.

    wanted: whether it should have caught it; because: why it did, or did not.
    """
    return [
        {"rule": rule["name"], "text": text_of(case), "wanted": wanted, "because": because}
        for rule in rules
        for key, wanted in (("matches", True), ("not", False))
        for case in rule.get(key, [])
        if (because := _reasons(rule, case, wanted))
    ]


def refuse_failing(rules: Sequence[Json]) -> None:
    """Raise BadRules for the first test case that a rule does not meet."""
    for failing in failing_cases(rules):
        code = "misses_case" if failing["wanted"] else "catches_case"
        wrong = told(code, rule=failing["rule"], text=failing["text"])
        raise BadRules(wrong, told("mend", reasons=failing["because"]), "when")


def text_of(case: Any) -> str:
    """The text of a test case."""
    return str(case["text"] if isinstance(case, dict) else case)


def item_of(case: Any) -> Json:
    """A test case as the item that it stands for."""
    given = dict(case) if isinstance(case, dict) else {"text": case}
    author = {
        key: given.pop(name)
        for name, key in (("author", "handle"), ("followers", "followers"))
        if name in given
    }
    if "language" in given:
        given["language"] = {"tag": given["language"]}
    if "rating" in given:
        given["rating"] = {"value": given["rating"]}
    if "tags" in given:
        given["tags"] = [{"name": name} for name in given["tags"]]
    return CASE | given | ({"author": author} if author else {})


def _reasons(rule: Json, case: Any, wanted: bool) -> list[str]:
    verdict: Verdict = matches(parse_query(rule["when"]), item_of(case))
    if verdict.matched is wanted:
        return []
    return (verdict.because if verdict.matched else verdict.missing) or [rule["when"]]
