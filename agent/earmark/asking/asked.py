"""An ask as it stands: its options, the replies with their codes, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Json
from ..store import queries
from ..store.log import Log
from .coding import Coder
from .counting import Count, Counts, counts_of
from .finding import languages_asked
from .kept import codes_in, kept_of, offer_in
from .offer import Offer
from .replies import Reply, coded, may_ask, replies_below


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item asks and what was answered. `is_all`: every reply that the log has is in it.

    `offer` is None where nothing is asked with options; `can`: whether it could be an ask, as a
    post or by an account of ours or because a person said so.
    """

    item: Json
    kept: Json
    offer: Offer | None
    replies: list[Reply]
    counts: Counts | None
    can: bool
    is_all: bool


def look(log: Log, item: Json, thread: Sequence[Json] | None = None) -> Asked:
    """Read an item as an ask; `thread` is its thread where that was read already. Blocks."""
    kept = kept_of(log, item)
    can = may_ask(item) or bool(kept)
    offer = offer_in(kept, item) if can else None
    if not can:
        return Asked(item, kept, None, [], None, can, is_all=True)
    around = queries.thread(log, item["platform"], item["id"]) if thread is None else thread
    is_all = len(around) < queries.THREAD_LIMIT
    if offer is None or not ("offer" in kept or any(replies_below(around, item))):
        return Asked(item, kept, None, [], None, can, is_all)
    replies = coded(around, item, Coder(offer, languages_asked(item)), codes_in(kept))
    return Asked(item, kept, offer, replies, counts_of(offer, replies), can, is_all)


def printed(asked: Asked) -> Json:
    """An ask as the API answers it."""
    if asked.offer is None or asked.counts is None:
        return {"asks": False} | ({"dropped": True} if asked.kept.get("dropped") else {})
    counts = asked.counts
    found = {"source": asked.offer.source, "because": asked.offer.because}
    options = [
        {"id": option.id, "label": option.label}
        | ({"role": option.role} if option.role else {})
        | ({"aliases": list(option.aliases)} if option.aliases else {})
        | (_count(counts, counts.options[option.id]) if option.id in counts.options else {})
        for option in asked.offer.options
    ]
    rest = {name: _count(counts, getattr(counts, name)) for name in ("other", "none")}
    silent = {"people": counts.silent.people, "replies": counts.silent.replies}
    numbers = {"people": counts.people, "answered": counts.answered, "is_all": asked.is_all}
    replies = [_reply(reply) for reply in asked.replies]
    return {"asks": True, **found, "options": options, **rest, "silent": silent, **numbers} | {
        "replies": replies
    }


def _count(counts: Counts, count: Count) -> Json:
    share = round(counts.share(count), 4)
    return {"people": count.people, "share": share, "replies": count.replies}


def _reply(reply: Reply) -> Json:
    code, item = reply.code, reply.item
    told: Json = {"platform": item["platform"], "id": item["id"], "options": sorted(code.options)}
    told |= {name: True for name in ("other", "none") if getattr(code, name)}
    return told | {"by": reply.by} | ({"because": code.because} if code.because else {})
