"""What rules say of an item, beside what people did with it, which always counts more.

Which fields a rule set stands in `_by_rules` (`{field: rule, efforts: {effort: rule}}`), which a
person set in `_by_you`; neither is printed.
"""

from __future__ import annotations

import copy
from collections.abc import Collection

from ..model import Json
from ..query.said import mapping

BY_RULE = "rule:"  # begins the `by` of a rule's tag
BY_RULES, BY_YOU = "_by_rules", "_by_you"
FIELDS = ("state", "assignee", "priority", "spam")
UNTOUCHED: Json = {"state": "new"}  # what a field says that nobody set; the others say nothing


def note_by_you(document: Json, field: str) -> None:
    """Remember that a person set a field: from then on no rule does."""
    if field not in FIELDS:
        return
    document[BY_YOU] = sorted({*document.get(BY_YOU, ()), field})
    _forget(document, field)


def note_both(document: Json, other: Json) -> None:
    """Let an item that another one is joined to remember what people set in either."""
    if other.get(BY_YOU):
        document[BY_YOU] = sorted({*document.get(BY_YOU, ()), *other[BY_YOU]})


def take_ruling(document: Json, ruling: Json | None) -> None:
    """Let fields that nobody set say what rules say, and add its tags and efforts.

    A tag that is there, or that was taken off, stays as it is.
    """
    if not ruling:
        return
    known = document.get("tags") or []
    names = {tag.get("name") for tag in known}
    if new := [tag for tag in ruling.get("tags", []) if tag["name"] not in names]:
        document["tags"] = [*known, *new]
    for field, told in ruling.get("set", {}).items():
        if _is_free(document, field):
            document[field] = told["value"]
            _remember(document, field, told["rule"])
    _add_efforts(document, ruling.get("efforts", {}))


def without_ruling(document: Json, rules: Collection[str] | None = None) -> Json:
    """The document as if these rules, by default any, had never said anything of it."""
    bare = copy.deepcopy(document)
    if "tags" in bare:
        bare["tags"] = [tag for tag in bare["tags"] if not _is_of(tag, rules)]
    noted = dict(mapping(bare.get(BY_RULES)))
    for field in FIELDS:
        if field in noted and (rules is None or noted[field] in rules):
            _take_back(bare, field)
    of_rules = mapping(noted.get("efforts"))
    gone = [each for each, rule in of_rules.items() if rules is None or rule in rules]
    for effort in gone:
        _take_effort_back(bare, effort)
    return bare


def ruled_anew(document: Json, ruling: Json, rules: Collection[str] | None = None) -> Json:
    """The document with what these rules, by default all, say now in place of what they said."""
    anew = without_ruling(document, rules)
    take_ruling(anew, ruling)
    if "tags" in anew and same_tags(anew["tags"], document.get("tags") or []):
        anew["tags"] = document.get("tags") or []  # the order alone is no change
    if "tags" not in document and not anew.get("tags"):
        anew.pop("tags", None)
    return anew


def same_tags(one: list[Json], other: list[Json]) -> bool:
    """Whether two lists hold the same tags in some order."""
    return sorted(map(repr, map(_sorted, one))) == sorted(map(repr, map(_sorted, other)))


def _sorted(tag: Json) -> list[tuple[str, object]]:
    return sorted(tag.items())


def _is_of(tag: Json, rules: Collection[str] | None) -> bool:
    by = str(tag.get("by", ""))
    if tag.get("removed") or not by.startswith(BY_RULE):
        return False
    return rules is None or by.removeprefix(BY_RULE) in rules


def _is_free(document: Json, field: str) -> bool:
    nothing = UNTOUCHED.get(field)
    return field not in document.get(BY_YOU, ()) and (document.get(field) or nothing) == nothing


def _add_efforts(document: Json, efforts: Json) -> None:
    there = document.get("efforts", [])
    if new := {effort: rule for effort, rule in efforts.items() if effort not in there}:
        document["efforts"] = [*there, *new]
        of_rules = mapping(mapping(document.get(BY_RULES)).get("efforts"))
        _remember(document, "efforts", {**of_rules, **new})


def _take_effort_back(document: Json, effort: str) -> None:
    left = [each for each in document.get("efforts", []) if each != effort]
    of_rules = dict(document[BY_RULES]["efforts"])
    del of_rules[effort]
    if left:
        document["efforts"] = left
    else:
        document.pop("efforts", None)
    if of_rules:
        _remember(document, "efforts", of_rules)
    else:
        _forget(document, "efforts")


def _take_back(document: Json, field: str) -> None:
    if field in UNTOUCHED:
        document[field] = UNTOUCHED[field]
    else:
        document.pop(field, None)
    _forget(document, field)


def _remember(document: Json, field: str, rule: object) -> None:
    document[BY_RULES] = {**mapping(document.get(BY_RULES)), field: rule}


def _forget(document: Json, field: str) -> None:
    noted = {name: rule for name, rule in mapping(document.get(BY_RULES)).items() if name != field}
    if noted:
        document[BY_RULES] = noted
    else:
        document.pop(BY_RULES, None)
