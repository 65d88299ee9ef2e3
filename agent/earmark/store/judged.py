"""What was judged of a thing that a person then said otherwise: kept, so that it can be had back.

It stands in `_judged` (`{language?, sentiment?, tags?: {name: tag}}`, empty where nothing was
judged), goes on with later judgements, and is not printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Json
from ..query.said import mapping

YOU = "you"
JUDGED = "_judged"


def is_yours(told: object) -> bool:
    """Whether a person told a language or a feeling."""
    return YOU in (mapping(told).get("source"), mapping(told).get("by"))


def judged(document: Json, field: str) -> Json:
    """What was judged of a language or a feeling, whatever a person said of it."""
    if is_yours(document.get(field)):
        return dict(mapping(mapping(document.get(JUDGED)).get(field)))
    return dict(mapping(document.get(field)))


def keep_judged(document: Json, field: str) -> None:
    """Remember what was judged, before a person's word takes its place."""
    if not is_yours(document.get(field)):
        renew_judged(document, field, document.get(field))


def renew_judged(document: Json, field: str, told: object) -> None:
    document[JUDGED] = {**mapping(document.get(JUDGED)), field: told or {}}


def put_judged_back(document: Json, field: str) -> None:
    """Take a person's word on a language or a feeling back."""
    if not is_yours(document.get(field)):
        return
    judged = dict(mapping(document.get(JUDGED)))
    if told := judged.pop(field, None):
        document[field] = told
    else:
        document.pop(field, None)
    _keep(document, judged)


def keep_judged_tag(document: Json, name: str) -> None:
    """Remember a tag as it was put on, or that nobody had, before a person speaks of it."""
    known = [tag for tag in document.get("tags", []) if tag.get("name") == name]
    if any(tag.get("by") == YOU for tag in known):
        return
    judged = mapping(document.get(JUDGED))
    tags = {**mapping(judged.get("tags")), name: known[0] if known else {}}
    document[JUDGED] = {**judged, "tags": tags}


def renew_judged_tags(document: Json, suggested: Sequence[Json], *, replace: bool) -> None:
    """Let what was remembered of tags be what is suggested now, beside it or in its place."""
    judged = mapping(document.get(JUDGED))
    if remembered := mapping(judged.get("tags")):
        now = {tag.get("name"): tag for tag in suggested}
        tags = {name: now.get(name, {} if replace else tag) for name, tag in remembered.items()}
        document[JUDGED] = {**judged, "tags": tags}


def put_judged_tag_back(document: Json, name: str) -> None:
    """Take a person's word on a tag back: it is there again, or not, as it was judged."""
    known = document.get("tags", [])
    others = [tag for tag in known if tag.get("name") != name or tag.get("by") != YOU]
    if len(others) == len(known):
        return
    judged = dict(mapping(document.get(JUDGED)))
    tags = dict(mapping(judged.get("tags")))
    told = tags.pop(name, None)
    document["tags"] = [*others, told] if told else others
    _keep(document, {**judged, "tags": tags})


def _keep(document: Json, judged: Json) -> None:
    left = {key: told for key, told in judged.items() if key != "tags" or told}
    if left:
        document[JUDGED] = left
    else:
        document.pop(JUDGED, None)
