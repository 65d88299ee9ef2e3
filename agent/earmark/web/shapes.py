"""Shapes of what may come in: each checks a value, naming the field, and prints its JSON schema."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from ..errors import EarmarkError
from ..model import Json


class Malformed(EarmarkError):
    """A body that is not what the contract says; the text names the field and what it must be."""

    code = "malformed"
    status = 400

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path or 'The body'} must be {expected}.", "See /v1/openapi.json.")


class Shape(Protocol):
    """What a value must look like."""

    def check(self, value: Any, path: str) -> Any:
        """The value, tidied; raises Malformed, with `path` as the name of the field."""

    def schema(self) -> Json:
        """The same in JSON Schema."""


@dataclass(frozen=True)
class Text:
    """A string; longer than `clip` it is cut, longer than `most` (UTF-8 bytes) it is refused."""

    least: int = 0
    most: int = 10_000
    clip: int = 0
    choices: tuple[str, ...] = ()
    pattern: str = ""
    expected: str = ""

    def check(self, value: Any, path: str) -> str:
        if not isinstance(value, str):
            raise Malformed(path, self.expected or "a string")
        if self.choices and value not in self.choices:
            raise Malformed(path, f"one of {', '.join(self.choices)}")
        if self.clip:
            return value[: self.clip]
        if not self.least <= len(value) or len(value.encode("utf-8", "replace")) > self.most:
            raise Malformed(path, f"a string of {self.least} to {self.most} bytes")
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise Malformed(path, self.expected)
        return value

    def schema(self) -> Json:
        facts = {"enum": list(self.choices), "pattern": self.pattern, "minLength": self.least}
        limit = {} if self.clip or self.choices else {"maxLength": self.most}
        return {"type": "string"} | {key: fact for key, fact in facts.items() if fact} | limit


@dataclass(frozen=True)
class Moment:
    """A point in time: ISO 8601 with a zone."""

    def check(self, value: Any, path: str) -> str:
        try:
            aware = datetime.fromisoformat(value).tzinfo is not None
        except (TypeError, ValueError):
            aware = False
        if not aware:
            raise Malformed(path, "a time like 2026-01-31T12:00:00Z")
        return str(value)

    def schema(self) -> Json:
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True)
class WebAddress:
    """An http or https URL."""

    most: int = 16_384

    def check(self, value: Any, path: str) -> str:
        if not isinstance(value, str) or len(value) > self.most or not self._is_address(value):
            raise Malformed(path, "an http or https URL")
        return value

    def _is_address(self, value: str) -> bool:
        try:
            parts = urlsplit(value)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and bool(parts.hostname)

    def schema(self) -> Json:
        return {"type": "string", "format": "uri", "maxLength": self.most}


@dataclass(frozen=True)
class Number:
    """A number between two bounds, whole unless `fractions`."""

    least: int
    most: int
    fractions: bool = False

    def check(self, value: Any, path: str) -> Any:
        fits = isinstance(value, int | float if self.fractions else int)
        if isinstance(value, bool) or not fits:
            raise Malformed(path, "a number" if self.fractions else "a whole number")
        if not self.least <= value <= self.most:
            raise Malformed(path, f"between {self.least} and {self.most}")
        return value

    def schema(self) -> Json:
        kind = "number" if self.fractions else "integer"
        return {"type": kind, "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, value: Any, path: str) -> bool:
        if not isinstance(value, bool):
            raise Malformed(path, "true or false")
        return value

    def schema(self) -> Json:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Anything:
    """Any JSON value."""

    def check(self, value: Any, path: str) -> Any:
        return value

    def schema(self) -> Json:
        return {}


@dataclass(frozen=True)
class ListOf:
    """A list of one shape, at most `most` long."""

    entry: Shape
    most: int

    def check(self, value: Any, path: str) -> list[Any]:
        if not isinstance(value, list):
            raise Malformed(path, "a list")
        if len(value) > self.most:
            raise Malformed(path, f"a list of at most {self.most}")
        return [self.entry.check(each, f"{path}[{index}]") for index, each in enumerate(value)]

    def schema(self) -> Json:
        return {"type": "array", "maxItems": self.most, "items": self.entry.schema()}


@dataclass(frozen=True)
class Record:
    """An object; fields it does not know are passed on, unless it is `closed`.

    An optional field that is null counts as left out.
    """

    fields: dict[str, Shape] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    closed: bool = False

    def check(self, value: Any, path: str) -> Json:
        if not isinstance(value, dict):
            raise Malformed(path, "an object")
        prefix = f"{path}." if path else ""
        if self.closed and (unknown := value.keys() - self.fields.keys()):
            raise Malformed(
                prefix + sorted(unknown)[0], f"left out: known are {', '.join(self.fields)}"
            )
        if missing := [name for name in self.required if value.get(name) is None]:
            raise Malformed(prefix + missing[0], "given")
        given = {name: each for name, each in value.items() if each is not None}
        return {
            name: self.fields[name].check(each, prefix + name) if name in self.fields else each
            for name, each in given.items()
        }

    def schema(self) -> Json:
        properties = {name: shape.schema() for name, shape in self.fields.items()}
        schema: Json = {"type": "object", "properties": properties}
        schema |= {"required": list(self.required)} if self.required else {}
        return schema | ({"additionalProperties": False} if self.closed else {})
