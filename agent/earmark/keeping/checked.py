"""What a person may choose: every part of the choices checked and tidied, its error in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..model import Json
from .given import BadChoice, a_list, a_number, a_switch, a_text, an_object
from .my_accounts import accounts_of
from .sites import as_site, conversation_at, covers, host_in, shown
from .watch_terms import names_in

EVERYTHING, ABOUT_US, BY_HAND = "everything", "about_us", "by_hand"
KEEPS = (EVERYTHING, ABOUT_US, BY_HAND)  # the later keeps less
SWITCHES = ("responses", "messages")  # of a site, off unless a person switched them on
MOST_SITES, MOST_STEPS = 2000, 100
MOST_CONVERSATIONS, LONGEST_ADDRESS = 2000, 16_384
MOST_DAYS, MOST_MEGABYTES = 3650, 1_000_000  # of what is kept raw
LONGEST_SITE, LONGEST_STEP = 2000, 50  # characters
_STEP = re.compile(r"[a-z0-9_-]+")


def checked(patch: Any) -> Json:
    """The parts of the choices in `patch`, tidied; raises EarmarkError for the first bad one."""
    if not isinstance(patch, dict):
        raise BadChoice("The choices must be one object.", KNOWN)
    if unknown := sorted(str(key) for key in patch.keys() - CHECKS.keys()):
        raise BadChoice(f"“{shown(unknown[0])}” cannot be chosen.", KNOWN)
    return {key: CHECKS[key](value) for key, value in patch.items()}


def _sites(value: Any) -> list[Json]:
    sites: dict[str, Json] = {}
    for each in a_list(value, "sites", MOST_SITES):
        given = an_object(each, "A site", {"site", "keep", *SWITCHES})
        site = as_site(a_text(given.get("site"), "A site", LONGEST_SITE))
        chosen = {"site": site, "keep": _keep(given.get("keep"))} | _switched_on(given)
        if sites.setdefault(site, chosen) != chosen:
            raise BadChoice(f"“{site}” stands there twice.", "Choose one thing for it.")
    return list(sites.values())


def _switched_on(given: Json) -> Json:
    """What is off unless a person switched it on; only what is on is written down."""
    return {
        name: True for name in SWITCHES if a_switch(given.get(name, False), f"{name} of a site")
    }


def _conversations(value: Any) -> list[Json]:
    found: dict[str, Json] = {}
    for each in a_list(value, "conversations", MOST_CONVERSATIONS):
        given = an_object(each, "A conversation", {"site", "url"})
        site = as_site(a_text(given.get("site"), "A site", LONGEST_SITE))
        url = a_text(given.get("url"), "The address of a conversation", LONGEST_ADDRESS)
        if not covers(site, host_in(url)):
            raise BadChoice(f"A conversation is not on “{site}”.", "Give its own site and address.")
        address = conversation_at(url)
        found.setdefault(address, {"site": site, "url": address})
    return list(found.values())


def _first_run(value: Any) -> Json:
    given = an_object(value, "first_run", {"seen", "done"})
    seen = a_list(given.get("seen", []), "first_run.seen", MOST_STEPS)
    for step in seen:
        if not isinstance(step, str) or not _STEP.fullmatch(step) or len(step) > LONGEST_STEP:
            raise BadChoice("A step of the first run has a short name.", "Like choose-sites.")
    done = a_switch(given.get("done", False), "first_run.done")
    return {"seen": list(dict.fromkeys(seen)), "done": done}


def _raw(value: Any) -> Json:
    """How long, and how much of it, pages are kept as they came: whichever ends first."""
    given = an_object(value, "raw", {"days", "megabytes"})
    days = a_number(given.get("days"), "raw.days", MOST_DAYS)
    megabytes = a_number(given.get("megabytes"), "raw.megabytes", MOST_MEGABYTES)
    return {"days": days, "megabytes": megabytes}


def _keep(value: Any) -> str:
    if value not in KEEPS:
        raise BadChoice("What to keep is not said.", f"Use one of {', '.join(KEEPS)}.")
    return str(value)


CHECKS: dict[str, Callable[[Any], Any]] = {
    "sites": _sites,
    "conversations": _conversations,
    "elsewhere": _keep,
    "accounts": accounts_of,
    "terms": names_in,
    "first_run": _first_run,
    "raw": _raw,
}
KNOWN = f"There are {', '.join(CHECKS)}."
