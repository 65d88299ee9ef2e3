"""A reply coded to the options of an ask, with what decided.

What is looked for, in this order: options chosen by number, letter or place; offered by an emoji;
named by their words; taken or refused all at once. What answers and does none of that is *other*;
what does not answer (thanks, a question back) has no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..words import Words, words_of
from .choosing import chosen_in
from .lexicon import Lexicon, Said, lexicon
from .lexicon import languages as listed_languages
from .listed import without_dress
from .naming import Named, Naming
from .offer import ALL, NO, NONE, OTHER, YES, Offer, Option
from .sentences import QUESTION

LONGEST = 3000  # characters of a reply that are read
_DENYING_BEFORE = ("not_before", "indifferent")  # “I don't mind the ads”
_DENYING = (*_DENYING_BEFORE, "not_after", "no")
_BETWEEN = 3  # words that may stand between “not” and what it denies
_LONGEST_OTHER = 30  # words of an answer that names no option
AGREED = frozenset({"+1", "++", "^", "^^", "☝️", "👆", "💯"})
_SHOWN = 60  # characters of a reply that a reason quotes
_QUOTED = re.compile(r"(?m)^\s*>.*$")
_ASKED = re.compile(f"[{QUESTION}]")


BECAUSE = {
    "said": "{words}",
    "denies": "only denies {words}",
    "agrees": "agrees with the reply above it",
    "any": "says that it does not matter",
    "unnamed": "an answer that names no option",
    "manners": "only says {words}",
    "asks": "asks back",
    "empty": "no words",
    "aside": "no answer to it",
}


@dataclass(frozen=True, slots=True)
class Code:
    """What a reply answers: ids of options, `other` for an answer that is none of them, `none`
    where it refuses them all. With none of that it does not answer. `how` it was decided is one
    of `BECAUSE`, by which `words` of the reply."""

    options: frozenset[int] = frozenset()
    other: bool = False
    none: bool = False
    how: str = ""
    words: str = ""

    @property
    def because(self) -> str:
        """What decided, in a sentence; empty where a person did."""
        return BECAUSE[self.how].format(words=self.words) if self.how else ""

    @property
    def answers(self) -> bool:
        """Whether anything was answered."""
        return bool(self.options) or self.other or self.none


class _Reply(NamedTuple):
    """A reply as it is read."""

    text: Words
    said: list[Said]
    known: Lexicon
    language: str
    direct: bool

    def has(self, *roles: str) -> bool:
        return any(one.role in roles for one in self.said)

    def quoted(self, first: int, end: int) -> str:
        shown = " ".join(self.text.written(first, end).split())
        return f"“{shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + '…'}”"


class Coder:
    """Codes the replies to one offer."""

    def __init__(self, offer: Offer, languages: tuple[str, ...]) -> None:
        self._offer = offer
        self._languages = languages
        self._naming = Naming(offer.plain, lexicon(languages))
        self._by_place = {option.place: option for option in offer.options if option.place}
        self._names_numbers = not offer.listed and any(
            sign.isdigit() for option in offer.options for sign in option.label
        )
        self._marks = {option.mark: option for option in offer.options if option.mark}

    def code(self, text: str, language: str = "", *, direct: bool = True) -> Code:
        """The code of a reply in a language (BCP 47; empty where unknown). `direct`: it replies to
        the ask itself, not to another reply."""
        reply = self._read(text, language, direct)
        named = self._naming.named_in(reply.text, reply.language)
        wanted = [one for one in named if one.denies or not _is_denied(reply, one, named)]
        kept = [one for one in wanted if not _is_asked(reply, one)]
        return (
            self._picked(reply, kept)
            or self._all_except(reply, named)
            or self._sweeping(reply, kept)
            or self._named(reply, kept)
            or self._denied(reply, named if not wanted else ())
            or self._other(reply)
        )

    def agrees(self, text: str, language: str = "") -> bool:
        """Whether a reply to a reply says nothing but that it is so for them too."""
        reply = self._read(text, language, direct=False)
        plain = text.strip() in AGREED
        filled = _filled(reply.said, "same", "alone", "chatter")
        return plain or (reply.has("same") and len(filled) == len(reply.text.words))

    def _read(self, text: str, language: str, direct: bool) -> _Reply:
        read = words_of(_QUOTED.sub("", text[:LONGEST]))
        base = language.partition("-")[0].lower()
        known = lexicon(_together(self._languages, base))
        tag = base if base in self._languages else ""  # told wrongly of many a short text
        return _Reply(read, known.every_said(read), known, tag, direct)

    def _picked(self, reply: _Reply, named: Sequence[Named]) -> Code | None:
        """By number, letter, place or emoji, with those that are named beside."""
        text = without_dress(reply.text.text)
        found = [(option, option.mark) for mark, option in self._marks.items() if mark in text]
        for one in chosen_in(reply.text, reply.said, reply.known, self._offer):
            option = self._by_place.get(one.place)
            if option and (not self._names_numbers or option.role):
                found.append((option, reply.quoted(one.first, one.end)))
        if not found:
            return None
        reasons = [reason for _, reason in found]
        reasons += [reply.quoted(one.first, one.end) for one in named]
        because = ", ".join(dict.fromkeys(reasons))
        code = self._of([option for option, _ in found], because)
        options = code.options | {one.option for one in named}
        return replace(code, options=options, none=code.none and not options)

    def _named(self, reply: _Reply, named: Sequence[Named]) -> Code | None:
        """By their words."""
        because = ", ".join(reply.quoted(one.first, one.end) for one in named)
        return (
            Code(frozenset(one.option for one in named), how="said", words=because)
            if named
            else None
        )

    def _denied(self, reply: _Reply, named: Sequence[Named]) -> Code | None:
        """An answer that only says which it is not."""
        if not named or not reply.direct or _ASKED.search(reply.text.bare):
            return None
        words = reply.quoted(named[0].first, named[0].end)
        return Code(other=True, how="denies", words=words)

    def _all_except(self, reply: _Reply, named: Sequence[Named]) -> Code | None:
        """“Anything but green”: the options that are not named behind it."""
        for one in reply.said:
            if one.role == "except" and (one.first == 0 or reply.has("all", "all_bare")):
                out = {each.option for each in named if each.first >= one.end}
                left = [option for option in self._offer.plain if option.id not in out]
                if out and left:
                    return self._of(left, reply.quoted(one.first, one.end))
        return None

    def _sweeping(self, reply: _Reply, named: Sequence[Named]) -> Code | None:
        """All, both or none of them; yes or no. What is named beside tells more than “both” of
        three, and than “none”."""
        every = _first(reply.said, "all") or self._bare_all(reply)
        if every is None and len(self._offer.plain) == 2:
            every = _first(reply.said, "both")
        none = _first(reply.said, "none")
        if none and not named:
            return Code(none=True, how="said", words=reply.quoted(none.first, none.end))
        if every and not none and not _is_asked(reply, every):
            return self._of(self._offer.plain, reply.quoted(every.first, every.end))
        if reply.has("indifferent") and not named:
            return Code(how="any")
        return None if named else self._yes_or_no(reply)

    def _bare_all(self, reply: _Reply) -> Said | None:
        """“all” alone or with words that say no more: it stands in many sentences."""
        filled = _filled(reply.said, "all_bare", "alone", "chatter", "function")
        found = _first(reply.said, "all_bare")
        thanks = _first(reply.said, "chatter")  # “thank you all”
        if found is None or (thanks and thanks.first < found.first):
            return None
        return found if len(filled) == len(reply.text.words) else None

    def _yes_or_no(self, reply: _Reply) -> Code | None:
        by_role = {option.role: option for option in self._offer.plain if option.role in (YES, NO)}
        for one in reply.said:
            if one.role in by_role and one.first == 0:
                return self._of([by_role[one.role]], reply.quoted(one.first, one.end))
        return None

    def _other(self, reply: _Reply) -> Code:
        """An answer that is none of the options, or no answer."""
        if not reply.text.words:
            return Code(how="empty")
        if said := _first(reply.said, "other"):
            return Code(other=True, how="said", words=reply.quoted(said.first, said.end))
        if _ASKED.search(reply.text.bare) or _asks_by_words(reply):
            return Code(how="asks")
        if said := _first(reply.said, "chatter"):
            return Code(how="manners", words=reply.quoted(said.first, said.end))
        said = _first(reply.said, "lead")
        short = len(reply.text.words) <= _LONGEST_OTHER
        if said or (reply.direct and short and _tells(reply)):
            return Code(other=True, how="unnamed")
        return Code(how="aside")

    def _of(self, options: Iterable[Option], words: str) -> Code:
        """The code of options chosen, where some may stand for others."""
        code = Code(how="said", words=words)
        for option in options:
            code = _with(code, option, self._offer)
        return replace(code, none=code.none and not code.options)


def _with(code: Code, option: Option, offer: Offer) -> Code:
    if option.role == ALL:
        return replace(code, options=frozenset(each.id for each in offer.plain))
    if option.role == NONE:
        return replace(code, none=True)
    if option.role == OTHER:
        return replace(code, other=True)
    return replace(code, options=code.options | {option.id})


def _together(languages: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The lists of the ask with that of the reply."""
    own = (language,) if language in listed_languages() else ()
    return tuple(dict.fromkeys((*own, *languages)))


def _first(said: Sequence[Said], role: str) -> Said | None:
    return next((one for one in said if one.role == role), None)


def _filled(said: Sequence[Said], *roles: str) -> set[int]:
    """The words that phrases of these roles take."""
    return {n for one in said if one.role in roles for n in range(one.first, one.end)}


def _is_denied(reply: _Reply, one: Named, named: Sequence[Named]) -> bool:
    """Whether a negation stands before it, or right behind it at the end of a clause."""
    words = reply.text.words
    clause = words[one.first].clause
    others = {n for each in named if each is not one for n in range(each.first, each.end)}
    for said in reply.said:
        if words[said.end - 1].clause != clause or said.role not in _DENYING:
            continue
        between = range(said.end, one.first)
        near = said.end <= one.first and len(between) <= _BETWEEN
        within = one.first <= said.first < one.end
        if said.role in _DENYING_BEFORE and (within or (near and not others & {*between})):
            return True
        if one.end <= said.first <= one.end + 1 and (
            said.role == "not_after" or _ends_clause(reply, said)
        ):
            return True
    return False


def _ends_clause(reply: _Reply, said: Said) -> bool:
    words = reply.text.words
    return said.end == len(words) or words[said.end].clause != words[said.end - 1].clause


def _is_asked(reply: _Reply, one: Named | Said) -> bool:
    """Whether it stands in a question that says more than that."""
    words = reply.text.words
    sentence = words[one.first].sentence
    own = [n for n, word in enumerate(words) if word.sentence == sentence]
    after = words[own[-1] + 1].start if own[-1] + 1 < len(words) else len(reply.text.bare)
    if not _ASKED.search(reply.text.bare[words[own[-1]].end : after]):
        return False
    return len(own) > one.end - one.first


def _asks_by_words(reply: _Reply) -> bool:
    return any(one.role == "which" and one.first == 0 for one in reply.said)


def _tells(reply: _Reply) -> bool:
    """Whether it says anything beyond agreeing and denying."""
    dull = _filled(reply.said, "same", "alone", "yes", "no", "function")
    letters = any(sign.isalpha() for word in reply.text.words for sign in word.forms[0])
    return letters and len(dull) < len(reply.text.words)
