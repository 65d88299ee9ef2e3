"""Why an item carries its tags, and why each rule and watch term holds for it or does not."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Json
from .mentions import tag_of, tags_for
from .rules import BY, explain
from .watch import Watch

YOU, TERMS, CORRECTIONS = "you", "terms", "corrections"


def why(item: Json, bare: Json, rules: Sequence[Json], terms: Sequence[Json]) -> Json:
    """`{tags, rules, terms}`, each a list with `told`, a sentence.

    `item` is the stored document, `bare` the same as rules see it. tags: as stored, removed ones
    as well. rules: as `explain` tells them. terms: `{term, kind, matched, told}`.
    """
    return {
        "tags": [tag | {"told": _of_tag(tag)} for tag in item.get("tags", [])],
        "rules": [explain(rule, bare) for rule in rules],
        "terms": [_of_term(term, bare) for term in terms],
    }


def _of_tag(tag: Json) -> str:
    name, by, because = tag["name"], str(tag.get("by", "")), tag.get("because")
    reason = f": {because}." if because else "."
    if tag.get("removed"):
        return f"You took “{name}” off; no rule, term or plugin puts it on again."
    if by == YOU:
        return f"You put “{name}” on."
    if by == TERMS:
        return f"A watch term put “{name}” on{reason}"
    if by == CORRECTIONS:
        return f"What you corrected before put “{name}” on{reason}"
    if by.startswith(BY):
        return f"Your rule “{by.removeprefix(BY)}” put “{name}” on{reason}"
    return f"The plugin “{by}” put “{name}” on{reason}"


def _of_term(term: Json, item: Json) -> Json:
    found = {"term": term["name"], "kind": term["kind"]}
    if term.get("retired"):
        told = f"“{term['name']}” is retired: nobody looks for it."
        return found | {"matched": False, "told": told}
    for tag in tags_for(Watch([term]), item):
        told = f"It mentions “{term['name']}”: {tag['because']}. Hence the tag {tag_of(term)}."
        return found | {"matched": True, "told": told}
    return found | {"matched": False, "told": _absent(term, item)}


def _absent(term: Json, item: Json) -> str:
    free = {key: value for key, value in term.items() if key != "exclusions"}
    if term.get("exclusions") and tags_for(Watch([free]), item):
        excluded = ", ".join(f"“{each}”" for each in term["exclusions"])
        return f"“{term['name']}” is there, and only where it is excluded: {excluded}."
    others = [f"“{each}”" for each in term.get("aliases", ())]
    names = ", ".join([f"“{term['name']}”", *others])
    return (
        f"None of {names} is there, nor a spelling of it."
        if others
        else (f"{names} is not there, nor a spelling of it.")
    )
