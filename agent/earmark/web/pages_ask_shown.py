"""What the panel of an ask shows beside its item: counts, and the replies with their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..asking.asked import look
from ..asking.coding import Code
from ..asking.counting import Count, Counts
from ..asking.offer import LONGEST, Offer
from ..asking.replies import Reply
from ..model import Json
from ..store.log import Log
from .i18n import N_, Words
from .render import item_path, with_query

SHOWN = 25  # replies at a time
OTHER, NONE, SILENT = "other", "none", "silent"
ANSWER, FROM = "answer", "from"  # of the address: which replies are shown, and from which on
SOURCES = {
    "poll": N_("Options from the poll."),
    "text": N_("Options found in what was written."),
    "you": N_("Options given by you."),
}
REASONS = {
    "said": "%(words)s",
    "denies": N_("only denies %(words)s"),
    "agrees": N_("agrees with the reply above it"),
    "any": N_("says that it does not matter"),
    "unnamed": N_("an answer that names no option"),
    "manners": N_("only says %(words)s"),
    "asks": N_("asks back"),
    "empty": N_("no words"),
    "aside": N_("no answer to it"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer with its count; `href` shows who gave it."""

    key: str
    label: str
    people: int
    share: float | None
    href: str
    current: bool


def panel(log: Log, item: Json, thread: Sequence[Json], here: Json, words: Words) -> Json:
    """What `_ask.html` shows of an item; blocking. `here` is the view in the address, with which
    answer's replies are shown and from which on."""
    asked = look(log, item, thread)
    if asked.offer is None or asked.counts is None:
        kept, address = bool(asked.kept), _address(item, here)
        return {"can": asked.can, "offer": None, "kept": kept, "here": address}
    rows = _rows(asked.offer, asked.counts, here, item)
    chosen = next((row for row in rows if row.current), None)
    replies = _replies_of(asked.replies, chosen.key, asked.counts) if chosen else asked.replies
    start = _start(here.get(FROM, ""))
    more = {**here, FROM: start + SHOWN}
    return {
        "offer": asked.offer,
        "kept": bool(asked.kept),
        "source": SOURCES[asked.offer.source],
        "counts": asked.counts,
        "is_all": asked.is_all,
        "rows": rows,
        "chosen": chosen,
        "replies": replies[start : start + SHOWN],
        "many": len(replies),
        "more": _address(item, more) if len(replies) > start + SHOWN else "",
        "every": _address(item, {**here, ANSWER: "", FROM: ""}),
        "here": _address(item, here),
        "lines": lines_of(asked.offer),
        "told": partial(told, words),
    }


def _rows(offer: Offer, counts: Counts, here: Json, item: Json) -> list[Row]:
    told: list[tuple[str, str, Count]] = [
        (str(option.id), option.label, counts.options[option.id]) for option in offer.plain
    ]
    told += [(OTHER, "", counts.other), (NONE, "", counts.none), (SILENT, "", counts.silent)]
    return [
        Row(
            *(key, label, count.people, None if key == SILENT else counts.share(count)),
            *(_address(item, {**here, ANSWER: key, FROM: ""}), key == here.get(ANSWER)),
        )
        for key, label, count in told
    ]


def _address(item: Json, query: Mapping[str, Any]) -> str:
    return f"{with_query(item_path(item), query)}#ask"


def _replies_of(replies: Sequence[Reply], key: str, counts: Counts) -> list[Reply]:
    """The replies that say one answer."""
    named = {OTHER: counts.other, NONE: counts.none, SILENT: counts.silent}
    wanted = {*(named.get(key) or counts.options[int(key)]).replies}
    return [reply for reply in replies if reply.item["id"] in wanted]


def _start(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0


def lines_of(offer: Offer) -> str:
    """The options as they are edited: one a line, other words for it behind bars."""
    return "\n".join(" | ".join((option.label, *option.aliases)) for option in offer.options)


def options_in(lines: str) -> list[Json]:
    """Options as a person wrote them, one a line."""
    parts = ([part.strip() for part in line.split("|")] for line in lines.splitlines())
    return [
        {"label": label[:LONGEST], "aliases": [alias[:LONGEST] for alias in aliases if alias]}
        for label, *aliases in parts
        if label
    ]


def told(words: Words, code: Code) -> str:
    """Why a reply is coded as it is, in the reader's language."""
    return words(REASONS[code.how]) % {"words": code.words} if code.how else ""
