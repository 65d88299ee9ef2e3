"""What a person gave, checked piece by piece; each error says in words what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from ..errors import EarmarkError
from ..folding import ZWNJ, words_in
from ..model import Json
from .given_messages import told
from .sites import shown

_PLATFORM = re.compile(r"[a-z][a-z0-9_-]{0,63}")


class BadChoice(EarmarkError):
    """Something that cannot be chosen."""

    code = "bad_choice"


def a_list(value: Any, name: str, most: int) -> list[Any]:
    """A list of at most so many."""
    if not isinstance(value, list):
        raise BadChoice(f"{name} must be a list.")
    if len(value) > most:
        raise BadChoice(
            told("too_many_given", count=len(value), name=name, most=most), told("delete_some")
        )
    return value


def an_object(value: Any, name: str, known: Iterable[str]) -> Json:
    """An object with no other keys than these."""
    if not isinstance(value, dict) or value.keys() - set(known):
        raise BadChoice(f"{name} must be an object of {', '.join(sorted(known))}.")
    return value


def a_number(value: Any, name: str, most: int) -> int:
    """A whole number from 1 on."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise BadChoice(f"{name} must be a whole number from 1 to {most}.")
    return value


def a_switch(value: Any, name: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise BadChoice(f"{name} must be true or false.")
    return value


def a_text(value: Any, name: str, longest: int) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise BadChoice(told("given_empty", name=name))
    if len(value) > longest:
        raise BadChoice(told("given_too_long", name=name, most=longest), told("shorten_it"))
    return value


def tidied(value: Any, name: str, longest: int) -> str:
    """A text on one line, without what nobody sees in it."""
    return " ".join("".join(map(_visible, a_text(value, name, longest))).split())


def some_words(value: Any, name: str, longest: int) -> str:
    """A text that can be looked for."""
    text = tidied(value, name, longest)
    if not words_in(text):
        raise BadChoice(told("no_letter", text=shown(text)), told("found_by_words", name=name))
    return text


def a_platform(value: Any) -> str:
    """The name of a platform."""
    if not isinstance(value, str) or not _PLATFORM.fullmatch(value):
        raise BadChoice(told("no_platform", text=shown(str(value))), told("which_platforms"))
    return value


def a_handle(value: Any, name: str, longest: int) -> str:
    """The name of an account, without the @ in front."""
    return some_words(value, name, longest).lstrip("@").strip()


def _visible(sign: str) -> str:
    """Line ends as spaces; no controls, marks of direction or half characters.

    ZWNJ stays: it spells words.
    """
    if sign.isspace():
        return " "
    hidden = unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign != ZWNJ
    return "" if hidden else sign
