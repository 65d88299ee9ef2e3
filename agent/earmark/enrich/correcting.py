"""Corrections alone, for items that are in the archive; runs in a worker."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..model import Json
from ..registry import registry
from .corrections import BY, Corrections
from .knowledge import knowledge_at
from .language import known
from .rules import BY as BY_RULE
from .run import Problems, detect, feelings_of, suggested

YOU = "you"
APPLIED = "_corrected"  # the corrections that had a say in what was judged of an item


def judge_corrected(
    items: Sequence[Json], skip: Collection[str] = (), knowledge: str = ""
) -> list[Json | None]:
    """What is judged now of items that corrections have a say in, or had: `{language, tags,
    sentiment?, _corrected?}`, each as an item has it. None for the others, and where a plugin
    failed.

    `items` are stored documents. Plugins named in `skip` are not asked; what they said stays.
    """
    corrected = knowledge_at(knowledge).corrected
    concerned = [item for item in items if item.get(APPLIED) or corrected.concerning(item)]
    asked = [
        _without_private(item) | {"language": _language(item, corrected)} for item in concerned
    ]
    judged = iter(_judged(concerned, asked, corrected, skip))
    there = {id(item) for item in concerned}
    return [next(judged) if id(item) in there else None for item in items]


def _judged(
    items: Sequence[Json], asked: Sequence[Json], corrected: Corrections, skip: Collection[str]
) -> list[Json | None]:
    problems: list[Problems] = [[] for _ in items]
    taggers = {plugin for plugin in registry().roster.taggers if plugin not in skip}
    new = suggested(asked, skip, problems)
    feelings = feelings_of(asked, skip, problems, corrected)
    return [
        None
        if problem
        else {
            "language": one["language"],
            "tags": _tags(item, one, tags, taggers, corrected),
            "sentiment": _feeling(item, feeling, skip),
            APPLIED: corrected.concerning(one),
        }
        for item, one, tags, feeling, problem in zip(
            items, asked, new, feelings, problems, strict=True
        )
    ]


def _language(item: Json, corrected: Corrections) -> Json:
    """The language as a person said it of this item or of its text; else as it was told, and told
    again where a correction did that is gone."""
    language, text = item.get("language") or {}, str(item.get("text") or "")
    if language.get("source") == YOU:
        return dict(language)
    if said := corrected.language(text):
        return said
    return known(detect([text])[0]) if language.get("source") == BY else dict(language)


def _tags(
    item: Json,
    asked: Json,
    new: Sequence[Json],
    taggers: Collection[str],
    corrected: Corrections,
) -> list[Json]:
    """What people, rules and those who are not asked here say stays; the rest is judged anew."""
    there = [tag for tag in item.get("tags") or () if tag.get("by") not in {*taggers, BY}]
    firm = [tag for tag in there if _is_firm(tag)]
    names = {tag.get("name") for tag in there}
    told = [tag for tag in there if not _is_firm(tag)]
    told += [tag for tag in new if tag["name"] not in names]
    settled = {tag.get("name") for tag in firm}
    return firm + [tag for tag in corrected.tags(asked, told) if tag["name"] not in settled]


def _is_firm(tag: Json) -> bool:
    by = str(tag.get("by", ""))
    return by == YOU or by.startswith(BY_RULE) or tag.get("removed") is True


def _feeling(item: Json, feeling: Json | None, skip: Collection[str]) -> Json | None:
    was: Json = item.get("sentiment") or {}
    if was.get("by") == YOU:
        return was
    silent = feeling is None and not set(registry().roster.sentiment) - set(skip)
    return was if silent and was.get("by") != BY else feeling


def _without_private(item: Json) -> Json:
    return {key: value for key, value in item.items() if not key.startswith("_")}
