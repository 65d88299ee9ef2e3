"""What a new or changed rule would catch in the archive, lose and change."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial

from ..enrich.rules import NOBODY_DID_ANYTHING, Rules, apply_rules
from ..model import Json
from ..query.highlight import highlights
from ..query.match import is_match, matches
from ..query.parse import parse_query
from ..query.said import Subject
from ..store import ruled_items
from ..store.answers import with_answers
from ..store.log import Log
from ..store.ruled import ruled_anew, without_ruling
from ..store.worded import documents
from .sides import Side

LOOKED_AT = 1000  # items, the newest of those that a rule may hold for
LONGEST = 2000  # characters of a sample


def preview(log: Log, rule: Json, before: Json | None) -> Json:
    """What the rule would do to what is there, were it on: `{caught, newly, lost, kept,
    would_change, looked_at, is_all}`.

    before: the rule as it is now, None for a new one. `newly` and `lost` are `{count, samples:
    [{platform, id, text, because, spans, changes}]}`: `because` are reasons, `spans` is where
    that stands in the text, `changes` whether applying the rule would change the item. kept is how
    many both hold for. is_all: whether everything that it may hold for was looked at; where it was
    not, caught is still for how many it holds if the index can tell. Raises BadQuery.
    """
    queries = [parse_query(each["when"]) for each in (rule, before) if each]
    with log.reading() as connection:
        found = [ruled_items.that_may_hold(connection, each, LOOKED_AT + 1) for each in queries]
        rows = sorted({row for each in found for row in each}, reverse=True)
        some = [json.loads(text) for _, text in documents(connection, rows[:LOOKED_AT])]
        some = with_answers(connection, some)
        is_all = len(rows) <= LOOKED_AT
        held = None if is_all else ruled_items.count_held(connection, queries[0])
    told = _Look(rule, before).at(some)
    caught = told["caught"] if held is None else held
    return told | {"caught": caught, "looked_at": len(some), "is_all": is_all}


class _Look:
    """A rule and what it was, ready to be asked about many items."""

    def __init__(self, rule: Json, before: Json | None) -> None:
        self.query = parse_query(rule["when"])
        self.was = parse_query(before["when"]) if before else None
        self.rules = Rules([rule | {"enabled": True}])
        self.names = {each["name"] for each in (rule, before) if each}
        self.now = datetime.now(UTC)

    def at(self, items: list[Json]) -> Json:
        newly, lost, kept, would_change = Side(), Side(), 0, 0
        for document in items:
            bare = without_ruling(document)
            subject = Subject(NOBODY_DID_ANYTHING | bare)
            holds = is_match(self.query, subject, self.now)
            held = self.was is not None and is_match(self.was, subject, self.now)
            changes = (holds or held) and self._changes(document, subject)
            would_change += changes
            kept += holds and held
            if holds != held:
                side = newly if holds else lost
                side.add(partial(self._sample, document, subject, changes))
        sides = {"newly": newly.told(), "lost": lost.told(), "kept": kept}
        return sides | {"caught": newly.count + kept, "would_change": would_change}

    def _changes(self, document: Json, subject: Subject) -> bool:
        ruling = apply_rules(self.rules, subject, self.now)
        return ruled_anew(document, ruling, self.names) != document

    def _sample(self, document: Json, subject: Subject, changes: bool) -> Json:
        verdict = matches(self.query, subject, self.now)
        text = str(document.get("text") or "")[:LONGEST]
        return {
            "platform": document["platform"],
            "id": document["id"],
            "text": text,
            "because": verdict.because if verdict.matched else verdict.missing,
            "spans": highlights(self.query, text),
            "changes": changes,
        }
