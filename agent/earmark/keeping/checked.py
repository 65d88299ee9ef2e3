"""What a person may choose: every part of the choices checked and tidied, its error in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from ..errors import EarmarkError
from ..folding import ZWNJ, fold
from ..model import Json
from .sites import as_site, conversation_at, covers, host_in, shown
from .words import words_of

EVERYTHING, ABOUT_US, BY_HAND = "everything", "about_us", "by_hand"
KEEPS = (EVERYTHING, ABOUT_US, BY_HAND)  # the later keeps less
SWITCHES = ("responses", "messages")  # of a site, off unless a person switched them on
MOST_SITES, MOST_ACCOUNTS, MOST_TERMS, MOST_STEPS = 2000, 1000, 5000, 100
MOST_CONVERSATIONS, LONGEST_ADDRESS = 2000, 16_384
MOST_DAYS, MOST_MEGABYTES = 3650, 1_000_000  # of what is kept raw
LONGEST_SITE, LONGEST_HANDLE, LONGEST_TERM, LONGEST_STEP = 2000, 100, 200, 50  # characters
_PLATFORM = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_STEP = re.compile(r"[a-z0-9_-]+")


class BadChoice(EarmarkError):
    """Something that cannot be chosen."""

    code = "bad_choice"


def checked(patch: Any) -> Json:
    """The parts of the choices in `patch`, tidied; raises EarmarkError for the first bad one."""
    if not isinstance(patch, dict):
        raise BadChoice("The choices must be one object.", KNOWN)
    if unknown := sorted(str(key) for key in patch.keys() - CHECKS.keys()):
        raise BadChoice(f"“{shown(unknown[0])}” cannot be chosen.", KNOWN)
    return {key: CHECKS[key](value) for key, value in patch.items()}


def _sites(value: Any) -> list[Json]:
    sites: dict[str, Json] = {}
    for each in _list(value, "sites", MOST_SITES):
        given = _object(each, "A site", {"site", "keep", *SWITCHES})
        site = as_site(_text(given.get("site"), "A site", LONGEST_SITE))
        chosen = {"site": site, "keep": _keep(given.get("keep"))} | _switched_on(given)
        if sites.setdefault(site, chosen) != chosen:
            raise BadChoice(f"“{site}” stands there twice.", "Choose one thing for it.")
    return list(sites.values())


def _switched_on(given: Json) -> Json:
    """What is off unless a person switched it on; only what is on is written down."""
    for name in SWITCHES:
        if not isinstance(given.get(name, False), bool):
            raise BadChoice(f"{name} of a site must be true or false.")
    return {name: True for name in SWITCHES if given.get(name)}


def _conversations(value: Any) -> list[Json]:
    found: dict[str, Json] = {}
    for each in _list(value, "conversations", MOST_CONVERSATIONS):
        given = _object(each, "A conversation", {"site", "url"})
        site = as_site(_text(given.get("site"), "A site", LONGEST_SITE))
        url = _text(given.get("url"), "The address of a conversation", LONGEST_ADDRESS)
        if not covers(site, host_in(url)):
            raise BadChoice(f"A conversation is not on “{site}”.", "Give its own site and address.")
        address = conversation_at(url)
        found.setdefault(address, {"site": site, "url": address})
    return list(found.values())


def _accounts(value: Any) -> list[Json]:
    accounts: dict[tuple[str, str], Json] = {}
    for each in _list(value, "accounts", MOST_ACCOUNTS):
        given = _object(each, "An account", {"handle", "platform"})
        handle = _words(given.get("handle"), "An account", LONGEST_HANDLE).lstrip("@").strip()
        account = {"handle": handle}
        if platform := given.get("platform"):
            if not isinstance(platform, str) or not _PLATFORM.fullmatch(platform):
                raise BadChoice(
                    f"“{shown(str(platform))}” is no platform.",
                    "Use a platform's name as GET /v1/plan gives it, or leave it out.",
                )
            account["platform"] = platform
        accounts.setdefault((fold(handle), account.get("platform", "")), account)
    return list(accounts.values())


def _terms(value: Any) -> list[str]:
    terms = [_words(each, "A term", LONGEST_TERM) for each in _list(value, "terms", MOST_TERMS)]
    return list({fold(term): term for term in reversed(terms)}.values())[::-1]


def _first_run(value: Any) -> Json:
    given = _object(value, "first_run", {"seen", "done"})
    seen = _list(given.get("seen", []), "first_run.seen", MOST_STEPS)
    for step in seen:
        if not isinstance(step, str) or not _STEP.fullmatch(step) or len(step) > LONGEST_STEP:
            raise BadChoice("A step of the first run has a short name.", "Like choose-sites.")
    done = given.get("done", False)
    if not isinstance(done, bool):
        raise BadChoice("first_run.done must be true or false.")
    return {"seen": list(dict.fromkeys(seen)), "done": done}


def _raw(value: Any) -> Json:
    """How long, and how much of it, pages are kept as they came: whichever ends first."""
    given = _object(value, "raw", {"days", "megabytes"})
    days = _number(given.get("days"), "raw.days", MOST_DAYS)
    megabytes = _number(given.get("megabytes"), "raw.megabytes", MOST_MEGABYTES)
    return {"days": days, "megabytes": megabytes}


def _number(value: Any, name: str, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise BadChoice(f"{name} must be a whole number from 1 to {most}.")
    return value


def _keep(value: Any) -> str:
    if value not in KEEPS:
        raise BadChoice("What to keep is not said.", f"Use one of {', '.join(KEEPS)}.")
    return str(value)


def _list(value: Any, name: str, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise BadChoice(f"{name} must be a list.")
    if len(value) > most:
        raise BadChoice(f"These are {len(value)} {name}; there is room for {most}.", "Keep fewer.")
    return value


def _object(value: Any, name: str, known: Iterable[str]) -> Json:
    if not isinstance(value, dict) or value.keys() - set(known):
        raise BadChoice(f"{name} must be an object of {', '.join(sorted(known))}.")
    return value


def _text(value: Any, name: str, longest: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadChoice(f"{name} must be a text that is not empty.")
    if len(value) > longest:
        raise BadChoice(f"{name} is longer than {longest} characters.", "Shorten it.")
    return value


def _words(value: Any, name: str, longest: int) -> str:
    """A text that can be looked for, without what nobody sees in it."""
    text = " ".join("".join(map(_visible, _text(value, name, longest))).split())
    if not words_of(text):
        raise BadChoice(
            f"“{shown(text)}” has no letter or digit.", f"{name} is found by its words: write one."
        )
    return text


def _visible(sign: str) -> str:
    """Line ends as spaces; no controls, marks of direction or half characters.

    ZWNJ stays: it spells words.
    """
    if sign.isspace():
        return " "
    hidden = unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign != ZWNJ
    return "" if hidden else sign


CHECKS: dict[str, Callable[[Any], Any]] = {
    "sites": _sites,
    "conversations": _conversations,
    "elsewhere": _keep,
    "accounts": _accounts,
    "terms": _terms,
    "first_run": _first_run,
    "raw": _raw,
}
KNOWN = f"There are {', '.join(CHECKS)}."
