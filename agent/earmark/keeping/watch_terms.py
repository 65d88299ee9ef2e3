"""Watch terms: whom and what to listen for.

`{id, name, kind, ours, can_act, aliases?, handles?, hashtags?, exclusions?, purpose?, owner?,
common?, retired?, added_at}`. kind: see `KINDS`. ours: whether pages that name it are about us.
can_act: whether somebody can act on what is heard. handles: `{handle, platform?}`. exclusions:
phrases that name something else (“apple pie”). common: never looked for misspelt. retired: kept,
and not looked for. added_at: UTC, ISO 8601.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..errors import EarmarkError
from ..folding import fold
from ..model import Json
from .given import BadChoice, a_handle, a_list, a_platform, a_switch, an_object, some_words, tidied
from .given_messages import told

KINDS = ("brand", "product", "campaign", "event", "person", "competitor")
MOST, MOST_NAMES = 20_000, 200
LONGEST_NAME, LONGEST_HANDLE, LONGEST_PURPOSE = 200, 100, 1000  # characters
# What of a term is only there when somebody entered it: without any, only its name is left.
DETAILS = ("aliases", "handles", "hashtags", "exclusions", "purpose", "owner")


class NoSuchTerm(EarmarkError):
    """No watch term has this id."""

    code = "no_such_term"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such term.", "GET /v1/terms lists them.")


def term_of(value: Any) -> Json:
    """A term, tidied and whole; raises BadChoice."""
    given = {"kind": "brand"} | patch_of(value)
    if "name" not in given:
        raise BadChoice(told("term_without_name"))
    usual: Json = {"ours": given["kind"] != "competitor", "can_act": True}
    return without_nothing(usual | given)


def patch_of(value: Any) -> Json:
    """What of a term is given, tidied; empty where it is to be taken away."""
    given = an_object(value, "A term", CHECKS)
    return {field: CHECKS[field](each, field) for field, each in given.items()}


def added(terms: Sequence[Json], new: Sequence[Json], at: str) -> list[Json]:
    """The terms and new ones; raises BadChoice for a name that is there already."""
    after = [*terms, *({**term, "added_at": at} for term in new)]
    refuse_twins(after)
    if len(after) > MOST:
        raise BadChoice(told("no_room", most=MOST, name="terms"), told("delete_some"))
    return after


def unknown(terms: Sequence[Json], found: Sequence[Json]) -> list[Json]:
    """Those found whose name is not there."""
    there = {fold(term["name"]) for term in terms}
    return [term for term in found if fold(term["name"]) not in there]


def changed(terms: Sequence[Json], id: int, patch: Json) -> list[Json]:
    """The terms, one of them changed; raises NoSuchTerm or BadChoice."""
    if not any(term["id"] == id for term in terms):
        raise NoSuchTerm
    after = [without_nothing(term | patch) if term["id"] == id else term for term in terms]
    refuse_twins(after)
    return after


def without(terms: Sequence[Json], id: int) -> list[Json]:
    """The terms but one; raises NoSuchTerm."""
    left = [term for term in terms if term["id"] != id]
    if len(left) == len(terms):
        raise NoSuchTerm
    return left


def names_of_us(terms: Sequence[Json]) -> list[str]:
    """The names by which pages are about us."""
    return [term["name"] for term in terms if means_us(term)]


def means_us(term: Json) -> bool:
    return bool(term["ours"] and not term.get("retired"))


def named_again(terms: Sequence[Json], names: Sequence[str], at: str) -> list[Json]:
    """The terms with exactly these as the names of us.

    A name left out takes its term away; where more than the name was entered, the term is only
    retired, and comes back with its name.
    """
    wanted = {fold(name): name for name in reversed(names)}
    after = [each for each in (_asked_for(term, wanted) for term in terms) if each is not None]
    there = {fold(term["name"]) for term in after}
    new = [term_of({"name": name}) for key, name in reversed(wanted.items()) if key not in there]
    return added(after, new, at)


def _asked_for(term: Json, wanted: dict[str, str]) -> Json | None:
    name = wanted.get(fold(term["name"]))
    if name is not None:
        same = {key: value for key, value in term.items() if key != "retired"}
        back = same | {"name": name, "ours": True}
        return term if back == term else back
    if not means_us(term):
        return term
    return term | {"retired": True} if any(map(term.get, DETAILS)) else None


def names_in(value: Any) -> list[str]:
    """Names as Setup gives them, each once."""
    found = [some_words(each, "A term", LONGEST_NAME) for each in a_list(value, "terms", MOST)]
    return list({fold(name): name for name in reversed(found)}.values())[::-1]


def refuse_twins(terms: Sequence[Json]) -> None:
    seen: set[str] = set()
    for term in terms:
        key = fold(term["name"])
        if key in seen:
            raise BadChoice(told("there_already", text=term["name"]), told("change_that_one"))
        seen.add(key)


def without_nothing(term: Json) -> Json:
    """A term without fields that say nothing; `ours` and `can_act` always say something."""
    kept = ("ours", "can_act")
    return {field: value for field, value in term.items() if value or field in kept}


def _kind(value: Any, _: str) -> str:
    if value not in KINDS:
        raise BadChoice("What kind of term it is, is not said.", f"Use one of {', '.join(KINDS)}.")
    return str(value)


def _names(value: Any, field: str) -> list[str]:
    found = [some_words(each, f"One of {field}", LONGEST_NAME) for each in _few(value, field)]
    return list(dict.fromkeys(found))


def _hashtags(value: Any, field: str) -> list[str]:
    return list(dict.fromkeys(name.lstrip("#＃").replace(" ", "") for name in _names(value, field)))


def _handles(value: Any, field: str) -> list[Json]:
    found = [_handle(each) for each in _few(value, field)]
    return [handle for place, handle in enumerate(found) if handle not in found[:place]]


def _handle(value: Any) -> Json:
    given = an_object(value, "One of handles", ("handle", "platform"))
    handle: Json = {"handle": a_handle(given.get("handle"), "A handle", LONGEST_HANDLE)}
    return handle | ({"platform": a_platform(given["platform"])} if given.get("platform") else {})


def _few(value: Any, field: str) -> list[Any]:
    return a_list(value, field, MOST_NAMES)


def _words(value: Any, field: str) -> str:
    return tidied(value, field, LONGEST_PURPOSE) if value else ""


CHECKS: dict[str, Callable[[Any, str], Any]] = {
    "name": lambda value, _: some_words(value, "A term", LONGEST_NAME),
    "kind": _kind,
    "ours": a_switch,
    "can_act": a_switch,
    "common": a_switch,
    "retired": a_switch,
    "aliases": _names,
    "handles": _handles,
    "hashtags": _hashtags,
    "exclusions": _names,
    "purpose": _words,
    "owner": _words,
}
