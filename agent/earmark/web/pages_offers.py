"""“And from now on?”: what could be learned of the words of an item that a person corrected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from ..enrich.corrections import ITEM, WORD
from ..folding import fold
from ..keeping.corrections import sameness
from ..keeping.learning import learnable
from ..model import Json
from ..store.edit import UNKNOWN
from ..store.judged import JUDGED, YOU, is_yours, judged


def offers(document: Json, corrections: Sequence[Json]) -> list[Json]:
    """What could be learned of words from what a person says of an item, and was not yet.

    Each is as `Corrections.add` takes it, without `phrase` where only the person knows the words.
    """
    every = learnable(as_judged(document), document, what_was_said(document))
    if not every:
        return []
    text = fold(str(document.get("text") or ""))
    known = {_same(each) for each in corrections}
    meant = {_meaning(each) for each in corrections if _stands(each, text)}
    return [
        offer
        for offer in every
        if ("phrase" in offer and _same(offer) not in known)
        or ("phrase" not in offer and _meaning(offer) not in meant)
    ]


def as_judged(document: Json) -> Json:
    """The document as if a person had said nothing of its tags and feeling."""
    remembered = (document.get(JUDGED) or {}).get("tags") or {}
    tags = [tag for tag in document.get("tags") or () if tag.get("by") != YOU]
    tags += [tag for tag in remembered.values() if tag]
    feeling = judged(document, "sentiment")
    return {**document, "tags": tags, "sentiment": feeling}


def what_was_said(document: Json) -> Json:
    """What a person says of tags and feeling, as a patch."""
    mine = [tag for tag in document.get("tags") or () if tag.get("by") == YOU]
    said: Json = {
        "remove_tags": [tag["name"] for tag in mine if tag.get("removed")],
        "add_tags": [tag["name"] for tag in mine if not tag.get("removed")],
    }
    feeling = document.get("sentiment")
    return said | ({"sentiment": feeling} if is_yours(feeling) else {})


def _stands(correction: Json, text: str) -> bool:
    return "phrase" in correction and _folded(correction["phrase"]) in text


@lru_cache(maxsize=50_000)
def _folded(phrase: str) -> str:
    return fold(phrase).rstrip("*")


def _meaning(correction: Json) -> tuple[object, ...]:
    """What a correction says that its words mean, whichever these are."""
    praises = correction.get("strength", 0) > 0
    return correction["kind"], correction.get("tag"), correction.get("holds"), praises


def saying(corrections: Sequence[Json], item: Json) -> Callable[[str], float | None]:
    """Tells how strong a person said that a word of an item is; None where nothing was said."""
    tag = str((item.get("language") or {}).get("tag") or UNKNOWN).split("-")[0]
    language = "" if tag == UNKNOWN else tag
    said = {_same(each): each["strength"] for each in corrections if each["kind"] == WORD}

    def of(phrase: str) -> float | None:
        asked = {"kind": WORD, "phrase": phrase}
        return said.get(_same(asked | {"language": language}), said.get(_same(asked)))

    return of


def _same(correction: Json) -> tuple[object, ...]:
    """What two corrections cannot share, remembered: every page of an item asks it of all."""
    if correction["kind"] == ITEM:
        return sameness(correction)
    asked = (correction.get(each, "") for each in ("kind", "tag", "language", "phrase"))
    return _remembered(*asked)


@lru_cache(maxsize=50_000)
def _remembered(kind: str, tag: str, language: str, phrase: str) -> tuple[object, ...]:
    return sameness({"kind": kind, "tag": tag, "language": language, "phrase": phrase})
