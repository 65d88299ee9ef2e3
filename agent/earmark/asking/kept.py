"""What a person said of an ask, kept in the log: `{platform, id, dropped?, offer?, codes?}`.

dropped: it asks nothing with options. offer: the options as they are from now on, whoever found
them. codes: `{id of a reply: {options?, other?, none?}}`, which nothing but the person changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from tinydb import where
from tinydb.table import Document, Table

from ..errors import EarmarkError
from ..folding import fold
from ..keeping.given import BadChoice, a_list, some_words
from ..keeping.given_messages import told as said
from ..keeping.listed import put
from ..model import Json
from ..store.log import Log
from .coding import Code
from .finding import found_in, languages_asked
from .lexicon import lexicon
from .offer import LONGEST, MOST, STANDS_FOR, YOU, Offer, Option, role_of
from .replies import ids_of

TABLE = "asks"
MOST_ALIASES = 100
Edit = Callable[[Json], Json]


class NoSuchOption(EarmarkError):
    """No option has this number."""

    code = "no_such_option"
    status = 400

    def __init__(self) -> None:
        super().__init__("The ask has no such option.", "GET the ask lists them with their ids.")


class NotAsked(EarmarkError):
    """The item asks nothing with options."""

    code = "not_an_ask"
    status = 409

    def __init__(self) -> None:
        super().__init__("This item asks nothing with options.", "Give the options first.")


def kept_of(log: Log, item: Json) -> Json:
    """What was said of an item's ask; empty where nothing was."""
    return {} if (found := _document(log.table(TABLE), item)) is None else dict(found)


def change(log: Log, item: Json, edit: Edit) -> Json:
    """Have what `edit` makes of what was said; nobody else changes it meanwhile."""

    def work(_: object) -> Json:
        table = log.table(TABLE)
        before = _document(table, item)
        after = edit(dict(before or {}))
        if not after:
            table.remove(doc_ids=[] if before is None else [before.doc_id])
            return after
        after = {"platform": item["platform"], "id": item["id"], **after}
        if before is not None:
            put(table, before.doc_id, after)
        else:
            table.insert(after)
        return after

    return log.call(work)


def _document(table: Table, item: Json) -> Document | None:
    """What is kept of an item under any id that it has or had."""
    key = (where("platform") == item["platform"]) & where("id").one_of(ids_of(item))
    found = table.get(key)
    return found if isinstance(found, Document) else None


def offer_in(kept: Json, item: Json) -> Offer | None:
    """The options as they are: those kept, else those found; None where nothing is asked."""
    if kept.get("dropped"):
        return None
    if given := kept.get("offer"):
        options = tuple(
            Option(**{**option, "aliases": tuple(option.get("aliases", ()))})
            for option in given["options"]
        )
        return Offer(**{**given, "options": options, "letters": tuple(given["letters"])})
    return found_in(item)


def codes_in(kept: Json) -> dict[str, Code]:
    """The codes that the person gave, by the replies' ids."""
    return {
        id: Code(
            frozenset(code.get("options", ())), bool(code.get("other")), bool(code.get("none"))
        )
        for id, code in kept.get("codes", {}).items()
    }


def with_options(kept: Json, item: Json, given: Sequence[Json]) -> Json:
    """With options as a person gave them: `{label, aliases?, id?}`. One of the same id, or of the
    same words, stays itself; codes forget options that are gone, and answer otherwise then."""
    before = offer_in(kept, item)
    options: list[Option] = []
    for entry in _checked(given):
        options.append(_option(entry, before, options, item))
    if sum(option.role not in STANDS_FOR for option in options) < 2:
        raise BadChoice(said("one_option"), said("one_a_line"))
    codes = _codes_left(kept.get("codes", {}), {option.id for option in options})
    return _kept(_given_by_hand(tuple(options), before), codes)


def _given_by_hand(options: tuple[Option, ...], before: Offer | None) -> Offer:
    """The offer of these options; still the one that was found where only aliases are new."""
    if before is None:
        return Offer(options, YOU, "given by hand")
    labels = [option.label for option in before.options]
    if labels == [option.label for option in options]:
        return replace(before, options=options)
    return replace(before, options=options, source=YOU, because="given by hand")


def dropped(_: Json) -> Json:
    """It asks nothing with options."""
    return {"dropped": True}


def with_code(kept: Json, item: Json, reply: str, code: Code) -> Json:
    """With the code that the person gives to a reply; raises NotAsked, NoSuchOption."""
    offer = _required(kept, item)
    if not code.options <= {option.id for option in offer.plain}:
        raise NoSuchOption
    if code.none and (code.options or code.other):
        raise BadChoice(said("none_and_other"), said("one_of_both"))
    told: Json = {"options": sorted(code.options), "other": code.other, "none": code.none}
    told = {key: value for key, value in told.items() if value}
    return _kept(offer, {**kept.get("codes", {}), reply: told})


def without_code(kept: Json, replies: Sequence[str]) -> Json:
    """Without what the person said of a reply, by any of its ids."""
    codes = {id: code for id, code in kept.get("codes", {}).items() if id not in replies}
    left = {key: value for key, value in (kept | {"codes": codes}).items() if value}
    return left if codes or _is_by_hand(kept) else {}


def _is_by_hand(kept: Json) -> bool:
    """Whether the options say anything that was not found."""
    offer = kept.get("offer", {})
    aliases = any(option["aliases"] for option in offer.get("options", ()))
    return bool(kept.get("dropped")) or offer.get("source") == YOU or aliases


def learned(kept: Json, item: Json, words: str, option: int | None) -> tuple[Json, int]:
    """With words that from now on name an option, or are a new one; and which option that is."""
    offer = _required(kept, item)
    told = some_words(words, "Words for an option", LONGEST)
    if option is None:
        new = _new_id(offer.options)
        grown = (*offer.options, Option(new, _next_place(offer, offer.options), told))
        _refuse_twins(grown)
        by_hand = replace(offer, options=grown, source=YOU, because="given by hand")
        return _kept(by_hand, kept.get("codes", {})), new
    if option not in {each.id for each in offer.plain}:
        raise NoSuchOption
    options = tuple(_aliased(each, told) if each.id == option else each for each in offer.options)
    return _kept(replace(offer, options=options), kept.get("codes", {})), option


def _aliased(option: Option, words: str) -> Option:
    same = {fold(each) for each in (option.label, *option.aliases)}
    if fold(words) in same:
        return option
    if len(option.aliases) >= MOST_ALIASES:
        raise BadChoice(
            said("no_room", most=MOST_ALIASES, name="other words"), said("take_some_away")
        )
    return replace(option, aliases=(*option.aliases, words))


def _required(kept: Json, item: Json) -> Offer:
    if (offer := offer_in(kept, item)) is None:
        raise NotAsked
    return offer


def _checked(given: Sequence[Json]) -> list[Json]:
    if len(given) > MOST:
        raise BadChoice(said("no_room", most=MOST, name="options"), said("delete_some"))
    return [
        {
            "label": some_words(entry.get("label"), "An option", LONGEST),
            "aliases": [
                some_words(each, "One of aliases", LONGEST)
                for each in a_list(entry.get("aliases", []), "aliases", MOST_ALIASES)
            ],
            "id": entry.get("id"),
        }
        for entry in given
    ]


def _option(
    entry: Mapping[str, Any], offer: Offer | None, so_far: Sequence[Option], item: Json
) -> Option:
    """One option as it was given, with the number, place and mark that it had."""
    label, known = entry["label"], offer.options if offer else ()
    left = [option for option in known if option.id not in {each.id for each in so_far}]
    same = (option for option in left if fold(option.label) == fold(label))
    before = next((o for o in left if o.id == entry["id"]), None) or next(same, None)
    role = role_of(label, lexicon(languages_asked(item)))
    aliases = tuple(dict.fromkeys(entry["aliases"]))
    if before:
        place = before.place if offer and offer.listed else len(so_far) + 1
        option = replace(before, place=place, label=label, role=role, aliases=aliases)
    else:
        place, id = _next_place(offer, so_far), _new_id([*known, *so_far])
        option = Option(id, place, label, role, aliases=aliases)
    _refuse_twins((*so_far, option))
    return option


def _next_place(offer: Offer | None, so_far: Sequence[Option]) -> int:
    """The place of one more option: none in a list, which people number as it was posted."""
    return 0 if offer and offer.listed else len(so_far) + 1


def _refuse_twins(options: Sequence[Option]) -> None:
    labels = [fold(option.label) for option in options]
    if len(set(labels)) < len(labels):
        raise BadChoice(said("there_already", text=options[-1].label), said("write_once"))
    if len(options) > MOST:
        raise BadChoice(said("no_room", most=MOST, name="options"), said("delete_some"))


def _new_id(options: Sequence[Option]) -> int:
    return max((option.id for option in options), default=0) + 1


def _codes_left(codes: Mapping[str, Json], ids: set[int]) -> Json:
    """The codes without options that are gone; what is left with nothing answers otherwise."""
    left: Json = {}
    for reply, code in codes.items():
        options = [id for id in code.get("options", ()) if id in ids]
        lost = len(options) < len(code.get("options", ()))
        told = code | {"options": options} | ({"other": True} if lost and not options else {})
        left[reply] = {key: value for key, value in told.items() if value}
    return left


def _kept(offer: Offer, codes: Json) -> Json:
    kept: Json = {"offer": asdict(offer)}
    return kept | ({"codes": codes} if codes else {})
