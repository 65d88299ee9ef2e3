"""One thing that was looked at, and how it is said in the reader's language."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol

from ..called import with_called
from ..model import Json
from .field_names import FIELD_NAMES
from .messages import MESSAGES

MOMENTS = frozenset({"at"})
LISTED = 8  # of a longer list the first are enough in a sentence
FIELDS = "fields"  # names of `FIELD_NAMES`
COMMAND = "command"  # to be copied: not a sign more than it has


@dataclass(frozen=True)
class Finding:
    """What was found: a stable code of `MESSAGES`, and what its words need to know.

    values: JSON values; `at` is a time in ISO 8601, `fields` are names of an item's fields;
    everything else is shown as it is.
    """

    code: str
    values: Json = field(default_factory=dict)

    @property
    def is_problem(self) -> bool:
        """Whether something is to be done about it."""
        return bool(MESSAGES[self.code].fix)

    def as_json(self) -> Json:
        """`{code, check, problem, values}`, in no language."""
        check = MESSAGES[self.code].check
        return {
            "code": self.code,
            "check": check,
            "problem": self.is_problem,
            "values": self.values,
        }


class Words(Protocol):
    """One language, as `earmark.web.i18n.Words` has it."""

    def __call__(self, message: str) -> str: ...
    def number(self, value: float) -> str: ...
    def exactly(self, moment: datetime) -> str: ...
    def listed(self, names: list[str]) -> str: ...
    def isolated(self, text: str) -> str: ...
    def command(self, text: str) -> str: ...


@dataclass(frozen=True)
class Said:
    """A finding in words. Commands stand between backticks; without a fix all is well."""

    code: str
    check: str
    problem: bool
    values: Json
    message: str
    fix: str

    def as_json(self) -> Json:
        """Every field under its name."""
        return asdict(self)


def say(finding: Finding, words: Words) -> Said:
    """`finding` in the language of `words`."""
    told = MESSAGES[finding.code]
    shown = {name: _shown(name, value, words) for name, value in finding.values.items()}
    message, fix = (
        words.command(with_called(words(text) % shown)) for text in (told.message, told.fix)
    )
    return Said(**finding.as_json(), message=message, fix=fix)


def _shown(name: str, value: Any, words: Words) -> str:
    if name == COMMAND:
        return str(value)
    if name in MOMENTS:
        return words.isolated(words.exactly(datetime.fromisoformat(value)))
    if name == FIELDS:
        return words.listed([words(FIELD_NAMES[each]) for each in value])
    if isinstance(value, list):
        names = [words.isolated(_plain(each)) for each in value[:LISTED]]
        return words.listed(names + ["…"] * (len(value) > LISTED))
    if isinstance(value, int | float):
        return words.number(value)
    return words.isolated(_plain(value))


def _plain(value: object) -> str:
    """Text from outside: a backtick of its own would look like the edge of a command."""
    return str(value).replace("`", "'")
