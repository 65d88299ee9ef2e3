"""What people corrected, kept for the next time.

Each is `{id, kind, at}` and, by its kind, `{language?, phrase, strength}` for a `word` (from -3 to
3, 0 tells nothing), `{tag, language?, phrase, holds}` for a `tag` (the phrase means it, or does
not), `{key, platform, item, text, language?, sentiment?, tags?: {name: holds}}` for an `item`
(what was said of one, true of every item with the same text; key: see `enrich.corrections`). A
phrase ending in * also stands for its longer forms. at: UTC, ISO 8601.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from tinydb.table import Table

from ..enrich.corrections import ITEM, TAG, WORD, is_findable, is_sign
from ..errors import EarmarkError
from ..folding import fold
from ..model import Json
from ..store.changes import now
from ..store.edit import UNKNOWN, BadPatch, language_code
from ..store.queries import row_of
from .given import BadChoice, a_switch, an_object, tidied
from .given_messages import told
from .listed import read_list, write_list

LONGEST_PHRASE, LONGEST_TAG = 100, 100  # characters
STRONGEST = 3
MOST = 20_000  # that are entered, and as many that were said of items
Result = TypeVar("Result")


class NoSuchCorrection(EarmarkError):
    """No correction has this id."""

    code = "no_such_correction"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such correction.", "GET /v1/corrections lists them.")


class Log(Protocol):
    """What is needed of the store: `earmark.store.log.Log` has it."""

    def table(self, name: str) -> Table:
        """A table of documents."""

    def call(self, work: Callable[[sa.Connection], Result]) -> Result:
        """Do work in the writer; tables that it changes are changed in the same transaction."""


class Corrections:
    """The corrections in the order they came; may be asked and changed from any thread."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._table = log.table("corrections")
        self._changing = threading.Lock()
        self._now = read_list(self._table)

    def all(self) -> list[Json]:
        """All of them, the same list until something in it changes."""
        return self._now

    def one(self, id: int) -> Json:
        """The correction of that id; raises NoSuchCorrection."""
        found = (each for each in self._now if each["id"] == id)
        if (correction := next(found, None)) is None:
            raise NoSuchCorrection
        return correction

    def add(self, given: Any) -> Json:
        """Keep a correction; one of the same phrase is replaced. Raises BadChoice."""
        new = correction_of(given)
        kept = self._change(lambda before: added(before, new, now()))
        return next(each for each in kept if sameness(each) == sameness(new))

    def change(self, id: int, patch: Json) -> Json:
        """Change what is given of a correction. Raises NoSuchCorrection or BadChoice."""
        self._change(lambda before: changed(before, self.one(id), patch))
        return self.one(id)

    def forget(self, id: int) -> Json:
        """Delete a correction; how it was. Raises NoSuchCorrection."""
        gone = self.one(id)
        self._change(lambda before: [each for each in before if each["id"] != id])
        return gone

    def put_back(self, gone: Json) -> None:
        """Keep again what was forgotten; what was said of the same since then stands."""
        mine = sameness(gone)
        self._change(
            lambda before: (
                before if any(sameness(one) == mine for one in before) else [*before, gone]
            )
        )

    def forget_lost(self) -> int:
        """Forget what was said of items that are gone, by whatever way they went; how many."""

        def work(connection: sa.Connection, known: list[Json]) -> tuple[list[Json], int]:
            left = [each for each in known if each["kind"] != ITEM or _is_there(connection, each)]
            gone = len(known) - len(left)
            return (left if gone else known), gone

        return self.change_with(work)

    def change_with(
        self, work: Callable[[sa.Connection, list[Json]], tuple[list[Json], Result]]
    ) -> Result:
        """Have `work(connection, corrections)` change the log, and answer with the corrections as
        they are to be then: both in one transaction, or neither where it raises."""
        with self._changing:

            def write(connection: sa.Connection) -> tuple[list[Json], Result]:
                after, result = work(connection, self._now)
                same = after is self._now
                return after if same else write_list(self._table, self._now, after), result

            self._now, result = self._log.call(write)
            return result

    def _change(self, change: Callable[[list[Json]], list[Json]]) -> list[Json]:
        self.change_with(lambda _, before: (change(before), None))
        return self._now


def _is_there(connection: sa.Connection, said: Json) -> bool:
    return row_of(connection, said["platform"], said["item"]) is not None


def correction_of(value: Any) -> Json:
    """A correction as a person enters it, tidied; raises BadChoice."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind not in CHECKS:
        raise BadChoice("What is corrected is not said.", f"kind is one of {', '.join(CHECKS)}.")
    checks = CHECKS[kind]
    given = an_object(value, "A correction", ("kind", *checks))
    for field in checks:
        if field not in given and field != "language":
            raise BadChoice(f"A correction of a {kind} needs {field}.")
    tidy = {field: check(given[field]) for field, check in checks.items() if field in given}
    return {"kind": kind} | {field: each for field, each in tidy.items() if each != ""}


def added(corrections: Sequence[Json], new: Json, at: str) -> list[Json]:
    """The corrections with one more, or another one of the same phrase."""
    mine = sameness(new)
    others = [each for each in corrections if sameness(each) != mine]
    old = next((each for each in corrections if sameness(each) == mine), None)
    if sum(each["kind"] != ITEM for each in others) >= MOST:
        raise BadChoice(told("no_room", most=MOST, name="corrections"), told("delete_some"))
    return [*others, new | {"at": at} | ({"id": old["id"]} if old else {})]


def changed(corrections: Sequence[Json], old: Json, patch: Json) -> list[Json]:
    """The corrections, one of them changed; raises BadChoice."""
    if old["kind"] == ITEM:
        raise BadChoice("What was said of an item is changed on the item.", "PATCH the item.")
    stays = {key: each for key, each in old.items() if key not in ("id", "at")}
    new = correction_of(stays | patch | {"kind": old["kind"]})
    if any(sameness(each) == sameness(new) and each["id"] != old["id"] for each in corrections):
        raise BadChoice(told("there_already", text=new["phrase"]), told("change_that_one"))
    whole = new | {"id": old["id"], "at": now()}
    return [whole if each["id"] == old["id"] else each for each in corrections]


def sameness(correction: Json) -> tuple[object, ...]:
    """What two corrections cannot share."""
    if correction["kind"] == ITEM:
        return ITEM, correction["key"]
    phrase = correction["phrase"]
    phrase = phrase if is_sign(phrase) else " ".join(fold(phrase).split())
    return correction["kind"], correction.get("tag"), correction.get("language", ""), phrase


def _phrase(value: Any) -> str:
    phrase = tidied(value, "A phrase", LONGEST_PHRASE)
    if not is_findable(phrase):
        raise BadChoice(told("nothing_to_find"), told("give_word_or_emoji"))
    if not is_sign(phrase) and any(unicodedata.category(sign) == "So" for sign in phrase):
        raise BadChoice(told("word_and_emoji"), told("give_one_of_them"))
    return phrase


def _language(value: Any) -> str:
    """The code of a language; empty for any."""
    if value == "":
        return ""
    try:
        code = language_code(value)
    except BadPatch as error:
        raise BadChoice(error.message, error.hint) from error
    return "" if code == UNKNOWN else code


def _strength(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= STRONGEST:
        raise BadChoice(f"strength must be a number from -{STRONGEST} to {STRONGEST}.")
    return value


CHECKS: dict[str, dict[str, Callable[[Any], Any]]] = {
    WORD: {"language": _language, "phrase": _phrase, "strength": _strength},
    TAG: {
        "tag": lambda value: tidied(value, "A tag", LONGEST_TAG),
        "language": _language,
        "phrase": _phrase,
        "holds": lambda value: a_switch(value, "holds"),
    },
}
