"""What a new or changed watch term would catch in the archive, and what it would lose."""

from __future__ import annotations

import json
from functools import partial

from ..enrich.candidates import Candidates
from ..enrich.mentions import matches_in, tag_of, tags_of
from ..enrich.watch import Watch
from ..model import Json
from ..store.log import Log
from ..store.watched import carries, is_of_terms, is_refused
from ..store.worded import documents, rows_tagged, rows_with, stored_words
from .sides import Side

LOOKED_AT = 2000  # items, the newest of those that may mention the term
LONGEST = 240  # characters of a sample


def preview(log: Log, term: Json, before: Json | None) -> Json:
    """What the term would do to what is there: `{newly, lost, kept, looked_at, candidates,
    is_all}`.

    before: the term as it is now, None for a new one. `newly` and `lost` are `{count, samples:
    [{platform, id, text, because, start, end}]}`, kept is how many stay; start and end are where
    the mention stands in the text of the sample. candidates: how many may mention it;
    is_all: whether all of them were looked at, not only the newest.
    """
    tag = tag_of(before or term)
    with log.reading() as connection:
        words = [word for word, _ in stored_words(connection)]
        phrases = [] if term.get("retired") else Candidates(term).phrases(words)
        found = {*rows_with(connection, phrases), *rows_tagged(connection, tag)}
        rows = sorted(found, reverse=True)
        some = [json.loads(text) for _, text in documents(connection, rows[:LOOKED_AT])]
    newly, lost, kept = Side(), Side(), 0
    watch = Watch([term])
    for document in some:
        caught = _caught(watch, document, tag)
        had = carries(document, tag)
        kept += bool(had and caught)
        if caught and not had:
            newly.add(partial(_sample, document, *caught))
        elif not caught and (was := _of_terms(document, tag)):
            lost.add(partial(_sample, document, str(was.get("because", "")), (0, 0)))
    told = {"newly": newly.told(), "lost": lost.told(), "kept": kept}
    told |= {"looked_at": len(some), "candidates": len(rows)}
    return told | {"is_all": len(rows) <= LOOKED_AT}


def _caught(watch: Watch, document: Json, tag: str) -> tuple[str, tuple[int, int]] | None:
    """Why the term means the item, and where that stands in its text; None where it does not, or
    a person said so."""
    matches = [] if is_refused(document, tag) else matches_in(watch, document)
    if not matches:
        return None
    text = str(document.get("text") or "")
    spans = (
        (match.start, match.end)
        for match in matches
        if text[match.start : match.end] == match.written
    )
    return str(tags_of(watch, matches)[0]["because"]), next(spans, (0, 0))


def _of_terms(document: Json, name: str) -> Json | None:
    """The tag of that name, where terms put it on."""
    tags = document.get("tags") or ()
    return next((tag for tag in tags if tag.get("name") == name and is_of_terms(tag)), None)


def _sample(document: Json, because: str, span: tuple[int, int]) -> Json:
    """As much of an item as is shown, with the mention in it."""
    text = str(document.get("text") or "")
    begin = max(0, span[0] - LONGEST // 3)
    start, end = span[0] - begin, span[1] - begin
    key = {"platform": document["platform"], "id": document["id"]}
    shown = text[begin : begin + LONGEST]
    return key | {"text": shown, "because": because, "start": start, "end": end}
