"""Cuts a query into brackets, operators and terms, each knowing where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..errors import Told
from ..folding import spellings
from .alike import base_of
from .engine import WrongPattern, compiled
from .fields import NAMES, WrongValue, nearest, node_of
from .messages import told
from .tree import Alike, BadQuery, Exact, Node, Pattern, Words

Kind = Literal["(", ")", "and", "or", "not", "near", "near(", "term"]
OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
QUOTES = {'"': '"', "“": "”", "„": "”“", "«": "»"}
FARTHEST = 100  # words that NEAR may reach
MOST_EDITS = 2
FIELDS_TOLD_APART = tuple(name for name in NAMES if len(name) > 3)  # one letter off is no word

_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()]|$)")
_NEAR = re.compile(r"(O?)NEAR(?:/(\d*)(f?))?(?=[\s(]|$)")
_FIELD = re.compile(r"([A-Za-z]+):")
_PATTERN = re.compile(r"/((?:[^/\\]|\\.)+)/(i?)(?=[\s)]|$)", re.DOTALL)
_FUZZY = re.compile(r"(.+)~(\d+)", re.DOTALL)
_CHUNK = re.compile(r"\S+")
_MINUS = re.compile("-+")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a query. A term that holds nothing to look for has no node."""

    kind: Kind
    start: int
    end: int
    node: Node | None = None
    within: int = 0
    ordered: bool = False


def scan(text: str) -> list[Token]:
    """The pieces of a query, in order; raises BadQuery."""
    return list(_Scanner(text).tokens())


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[int] = []

    def tokens(self) -> Iterator[Token]:
        at = 0
        while at < len(self.text):
            if self.text[at].isspace():
                at += 1
                continue
            token = self._at(at)
            yield token
            at = token.end
        if self.open:
            raise self._bad(told("never_closed"), self.open[-1])

    def _at(self, start: int) -> Token:
        return self._bracket(start) or self._operator(start) or self._term(start)

    def _bracket(self, start: int) -> Token | None:
        if self.text[start] == "(":
            self.open.append(start)
            return Token("(", start, start + 1)
        if self.text[start] != ")":
            return None
        if not self.open:
            raise self._bad(told("never_opened"), start)
        self.open.pop()
        return Token(")", start, start + 1)

    def _operator(self, start: int) -> Token | None:
        if found := _OPERATOR.match(self.text, start):
            return Token(OPERATORS[found[1]], start, found.end())
        if found := _NEAR.match(self.text, start):
            return self._near(found)
        minus = _MINUS.match(self.text, start)
        if minus and not self._signs_only(start) and self.text[minus.end() :][:1].strip():
            return Token("not", start, minus.end())
        return None

    def _near(self, found: re.Match[str]) -> Token:
        digits = found[2] or ""
        within = int(digits) if 0 < len(digits) <= len(str(FARTHEST)) else 0
        if not 1 <= within <= FARTHEST:
            message = told("near_distance", most=FARTHEST, example=f"{found[1]}NEAR/5")
            raise self._bad(message, *found.span())
        ordered = bool(found[1] or found[3])
        group = self.text.startswith("(", found.end())  # NEAR/5(a b), not a NEAR/5 b
        kind: Kind = "near(" if group else "near"
        return Token(kind, *found.span(), within=within, ordered=ordered)

    def _term(self, start: int) -> Token:
        if self.text[start] in QUOTES:
            return self._phrase(start)
        if self.text[start] == "=" and (token := self._exact(start)):
            return token
        if found := _PATTERN.match(self.text, start):
            return self._pattern(found)
        if end := self._signs_only(start):
            return Token("term", start, end)
        found = _FIELD.match(self.text, start)
        if found and found[1].lower() in NAMES:
            return self._field(start, found[1].lower(), found.end())
        if found:
            self._refuse_misspelt(found)
        return self._word(start)

    def _refuse_misspelt(self, found: re.Match[str]) -> None:
        """Raise for what is but one letter off a field: as words it would find nothing."""
        begins = self.text[found.end() : found.end() + 2]
        near = nearest(found[1].lower(), FIELDS_TOLD_APART, most=1)
        if near and begins[:1].strip() and begins != "//":
            raise self._bad(told("wrong_field", field=found[1], near=near), *found.span())

    def _quoted(self, start: int) -> tuple[str, int]:
        """What stands in quotes, and where they end; quotes that never close go to the end."""
        ends = QUOTES[self.text[start]]
        for at in range(start + 1, len(self.text)):
            if self.text[at] in ends:
                return self.text[start + 1 : at], at + 1
        return self.text[start + 1 :], len(self.text)

    def _phrase(self, start: int) -> Token:
        phrase, end = self._quoted(start)
        longer = self.text.startswith("*", end)
        return Token("term", start, end + longer, _words(phrase, longer))

    def _exact(self, start: int) -> Token | None:
        """`="C++"` or `=iOS`; None for a smiley."""
        if self.text[start + 1 : start + 2] in QUOTES and start + 1 < len(self.text):
            written, end = self._quoted(start + 1)
        else:
            if self._signs_only(start):
                return None
            end = self._word_end(start + 1)
            written = self.text[start + 1 : end]
        source = self.text[start:end]
        return Token("term", start, end, Exact(written, source) if written.strip() else None)

    def _pattern(self, found: re.Match[str]) -> Token:
        try:
            compiled(found[1], bool(found[2]))
        except WrongPattern as error:
            message = told("wrong_pattern", reason=error.args[0])
            raise self._bad(message, *found.span()) from None
        return Token("term", *found.span(), Pattern(found[1], bool(found[2]), found[0]))

    def _field(self, start: int, written: str, at: int) -> Token:
        if self.text[at : at + 1] in QUOTES and at < len(self.text):
            value, end = self._quoted(at)
        else:
            end = self._word_end(at)
            value = self.text[at:end]
        if not value.strip():
            raise self._bad(told("no_value", field=written), start, end)
        try:
            node = node_of(NAMES[written], value.strip())
        except WrongValue as error:
            raise self._bad(error.told, start, end) from None
        return Token("term", start, end, node)

    def _word(self, start: int) -> Token:
        end = self._word_end(start)
        written = self.text[start:end]
        if fuzzy := _FUZZY.fullmatch(written):
            return Token("term", start, end, self._alike(fuzzy[1], fuzzy[2], start, end))
        longer = written.endswith("*")
        return Token("term", start, end, _words(written, longer))

    def _alike(self, word: str, digits: str, start: int, end: int) -> Node | None:
        if digits not in ("0", "1", "2"):
            raise self._bad(told("alike_letters"), start, end)
        if digits == "0" or not spellings(word):
            return _words(word, False)
        base, edits = base_of(word), int(digits)
        if not base:
            raise self._bad(told("alike_no_word"), start, end)
        if len(base) <= 2 * edits:
            raise self._bad(told("alike_too_short"), start, end)
        return Alike(word, edits)

    def _signs_only(self, start: int) -> int:
        """Where signs end that hold nothing to look for, as a smiley; 0 where they do not."""
        chunk = _CHUNK.match(self.text, start)
        if not chunk or any(sign.isalnum() or sign in QUOTES for sign in chunk[0]):
            return 0
        if chunk[0].lstrip("-").startswith("("):
            return 0
        closing = min(len(chunk[0]) - len(chunk[0].rstrip(")")), len(self.open))
        return chunk.end() - closing

    def _word_end(self, start: int) -> int:
        """Where a word ends: brackets inside it are its own, and so are those of a smiley."""
        inside = 0
        for at in range(start, len(self.text)):
            sign = self.text[at]
            if sign.isspace() or sign == '"':
                return at
            inside += sign == "("
            if sign == ")" and inside == 0:
                if self.open:
                    return at
                if at == start or self.text[at - 1].isalnum():
                    raise self._bad(told("never_opened"), at)
            inside -= sign == ")" and inside > 0
        return len(self.text)

    def _bad(self, message: Told, start: int, end: int = 0) -> BadQuery:
        return BadQuery(message, self.text, start, end)


def _words(text: str, longer: bool) -> Words | None:
    """Words to look for; None where there is no letter or digit."""
    return Words(" ".join(text.rstrip("*").split()), longer) if spellings(text) else None
