"""Why a part of a query holds for an item, or fails, in a few words."""

from __future__ import annotations

from typing import Any

from ..errors import Told
from .messages import told
from .said import Subject
from .spans import Occurrence, occurrences, spans_of
from .tree import Alike, Amount, Exact, Field, Near, Node, Pattern, When, Words

SAID_AS = {"tag": "tagged", "is": "flagged", "on": "on"}
SHOWN = 80  # signs of a text in a reason
PATHS = {
    "language": ("language", "tag"),
    "author": ("author", "name"),
    "page": ("page_url",),
    "on": ("page_url",),
    "thread": ("root_id",),
    "sentiment": ("sentiment", "label"),
    "rating": ("rating", "value"),
    "followers": ("author", "followers"),
}


def present(node: Node, subject: Subject) -> Told:
    """Why a part without parts of its own holds."""
    match node:
        case Words() | Near():
            return told("found", **_found(subject, occurrences(node, subject)[0]))
        case Alike(word):
            found = _found(subject, occurrences(node, subject)[0])
            return told("found_alike", **found, word=word)
        case Exact() | Pattern():
            return told("found", **_found_exactly(node, subject))
        case Amount(name):
            return told("field_is", field=told(name), value=_value(node, subject))
        case When():
            return told(node.name, day=node.value)
        case Field("is", "any"):
            return told("any")
        case Field("tag" | "is" | "on"):
            return _of_field("", node)
        case Field(name, value):
            return told("field_is", field=told(name), value=value)
    raise AssertionError(node)  # And, Or and Not have parts


def absent(node: Node, subject: Subject) -> Told:
    """Why a part without parts of its own fails."""
    match node:
        case Words(written, longer):
            return told("not_there_longer" if longer else "not_there", words=written)
        case Alike(written, edits):
            return told(f"nothing_like_{edits}", word=written)
        case Near():
            return told("not_near", words=_near(node), within=node.within)
        case Exact(written):
            return told("not_exactly", words=written)
        case Pattern():
            return told("nothing_fits", pattern=node.source)
        case When():
            return told(f"not_{node.name}", day=node.value)
        case Field("tag" | "is" | "on"):
            return _of_field("not_", node)
        case Amount(name) | Field(name):
            return _otherwise(node, name, subject)
    raise AssertionError(node)


def _of_field(no: str, node: Field) -> Told:
    value = told(node.value) if node.name == "is" else node.value
    return told(no + SAID_AS[node.name], value=value)


def _found(subject: Subject, found: Occurrence) -> dict[str, str]:
    number, first, after = found
    passage = subject.passages[number]
    written = passage.text[passage.words[first].start : passage.words[after - 1].end]
    return {"found": _short(written), "where": passage.where}


def _found_exactly(node: Exact | Pattern, subject: Subject) -> dict[str, str]:
    return next(
        {"found": _short(text[start:end]), "where": where}
        for where, text in subject.texts
        for start, end in spans_of(node, text)
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def _near(node: Near) -> list[str]:
    return [f"“{each.written}”" for part in node.parts for each in _words_of(part)]


def _words_of(part: Any) -> list[Words | Alike]:
    return list(part.parts) if hasattr(part, "parts") else [part]


def _otherwise(node: Field | Amount, name: str, subject: Subject) -> Told:
    found = _value(node, subject)
    if found is None:
        return told("not_known", field=told(name))
    wanted = node.value if isinstance(node, Field) else f"{node.sign} {node.number:g}"
    value = found if isinstance(found, int | float) else _short(str(found))
    return told("field_is_other", field=told(name), value=value, wanted=wanted)


def _value(node: Field | Amount, subject: Subject) -> Any:
    if node.name in ("effort", "emotion"):
        several = subject.efforts if node.name == "effort" else subject.emotions
        return ", ".join(several) or None
    if isinstance(node, Amount) and node.name == "sentiment":
        return subject.number("sentiment", "score")
    path = PATHS.get(node.name, (node.name,))
    return subject.number(*path) if isinstance(node, Amount) else subject.field(*path)
