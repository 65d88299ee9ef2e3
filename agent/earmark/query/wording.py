"""Why a part of a query holds for an item, or fails, in a few words."""

from __future__ import annotations

from typing import Any

from .said import Subject
from .spans import Occurrence, occurrences, spans_of
from .tree import Alike, Amount, Exact, Field, Near, Node, Pattern, When, Words

SHOWN = 80  # signs of a text in a reason
NAMES = {
    "author": "the author",
    "language": "the language",
    "state": "the state",
    "kind": "the kind",
    "platform": "the platform",
    "page": "the page",
    "thread": "the thread",
    "assignee": "the assignee",
    "sentiment": "the sentiment",
    "rating": "the rating",
    "followers": "the author’s followers",
}
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


def present(node: Node, subject: Subject) -> str:
    """Why a part without parts of its own holds."""
    match node:
        case Words() | Near():
            return _found(subject, occurrences(node, subject)[0])
        case Alike(word):
            return f"{_found(subject, occurrences(node, subject)[0])}, like “{word}”"
        case Exact() | Pattern():
            return _found_exactly(node, subject)
        case Amount(name):
            return f"{_name(name)} is {_value(node, subject):g}"
        case When():
            return f"it was said {node.name} {node.value}"
        case Field("tag", value):
            return f"it is tagged {value}"
        case Field("is", value):
            return "everything may be found" if value == "any" else f"it is {value}"
        case Field("on", value):
            return f"it was said on {value}"
        case Field(name, value):
            return f"{_name(name)} is {value}"
    return ""


def absent(node: Node, subject: Subject) -> str:
    """Why a part without parts of its own fails."""
    match node:
        case Words(written, longer):
            return f"“{written}{'*' if longer else ''}” is not there"
        case Alike(written, edits):
            letters = "1 other letter" if edits == 1 else f"{edits} other letters"
            return f"nothing like “{written}” is there, with {letters}"
        case Near():
            return f"{_near(node)} are not within {node.within} words of each other"
        case Exact(written):
            return f"“{written}” is not there, written exactly so"
        case Pattern(expression):
            return f"nothing fits /{expression}/"
        case When():
            return f"it was not said {node.name} {node.value}"
        case Field("tag", value):
            return f"it is not tagged {value}"
        case Field("is", value):
            return f"it is not {value}"
        case Field("on", value):
            return f"it was not said on {value}"
        case Amount(name) | Field(name):
            return _otherwise(node, name, subject)
    return ""


def _found(subject: Subject, found: Occurrence) -> str:
    number, first, after = found
    passage = subject.passages[number]
    written = passage.text[passage.words[first].start : passage.words[after - 1].end]
    return f"“{_short(written)}” is in {passage.where}"


def _found_exactly(node: Exact | Pattern, subject: Subject) -> str:
    for where, text in subject.texts:
        for start, end in spans_of(node, text):
            return f"“{_short(text[start:end])}” is in {where}"
    return ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def _near(node: Near) -> str:
    words = [f"“{each.written}”" for part in node.parts for each in _words_of(part)]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _words_of(part: Any) -> list[Words | Alike]:
    return list(part.parts) if hasattr(part, "parts") else [part]


def _otherwise(node: Field | Amount, name: str, subject: Subject) -> str:
    found = _value(node, subject)
    wanted = node.value if isinstance(node, Field) else f"{node.sign} {node.number:g}"
    if found is None:
        return f"{_name(name)} is not known"
    return f"{_name(name)} is {_short(str(found))}, not {wanted}"


def _value(node: Field | Amount, subject: Subject) -> Any:
    if isinstance(node, Amount) and node.name == "sentiment":
        return subject.number("sentiment", "score")
    path = PATHS.get(node.name, (node.name,))
    return subject.number(*path) if isinstance(node, Amount) else subject.field(*path)


def _name(name: str) -> str:
    return NAMES.get(name, f"the number of {name}")
