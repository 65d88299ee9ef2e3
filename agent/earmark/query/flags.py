"""What `is:` asks of an item beyond the fields that say it in a word."""

from __future__ import annotations

import re
from collections.abc import Callable

from .said import Subject, mapping

QUESTION = "intent:question"
YOU = "you"  # the `by`, or the `source`, of what a person said

_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*", re.IGNORECASE)
# The marks of all scripts; the one in Latin also stands in addresses, before `name=value`.
_MARK = re.compile(r"[؟？⁇⁈⁉¿⸮՞፧]|\?(?!\w*=)")


def has_question_mark(text: object) -> bool:
    """Whether a text asks by its marks; those of addresses say nothing."""
    if not isinstance(text, str) or not _MARK.search(text):
        return False
    return bool(_MARK.search(_ADDRESS.sub(" ", text)))


def is_question(subject: Subject) -> bool:
    """Whether it is tagged as one or has the mark of one, and no person said otherwise."""
    if QUESTION in subject.tags:
        return True
    denied = any(tag.get("name") == QUESTION and tag.get("removed") for tag in _tags(subject))
    return not denied and has_question_mark(subject.field("text"))


def is_corrected(subject: Subject) -> bool:
    """Whether a person said something of it: a tag put on or taken off, a language, a feeling."""
    told = (mapping(subject.field(name)) for name in ("language", "sentiment"))
    if any(YOU in (each.get("source"), each.get("by")) for each in told):
        return True
    return any(tag.get("by") == YOU for tag in _tags(subject))


def is_answered(subject: Subject) -> bool:
    """Whether the person's own accounts answered it, where that was looked up."""
    return subject.field("ours") is not True and bool(subject.field("answered"))


def is_unanswered(subject: Subject) -> bool:
    """Whether others said it and no account of the person's answered."""
    return subject.field("ours") is not True and not subject.field("answered")


ASKED: dict[str, Callable[[Subject], bool]] = {
    "question": is_question,
    "corrected": is_corrected,
    "answered": is_answered,
    "unanswered": is_unanswered,
}


def _tags(subject: Subject) -> list[dict[str, object]]:
    tags = subject.field("tags")
    return [dict(mapping(tag)) for tag in tags] if isinstance(tags, list) else []
