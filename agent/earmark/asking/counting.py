"""How many people answered what: each person once, whatever they said in how many replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .offer import Offer
from .replies import Reply


@dataclass(slots=True)
class Count:
    """The people who gave one answer, and the replies that say so."""

    people: int = 0
    replies: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Counts:
    """People for each option by id, and for those who answered otherwise or not at all.

    One person's replies are taken together: several options may be theirs, `none` only where they
    named no option, `silent` only where no reply of theirs answers.
    """

    options: dict[int, Count]
    other: Count
    none: Count
    silent: Count
    people: int
    answered: int

    def share(self, count: Count) -> float:
        """The share of those who answered, 0 to 1."""
        return count.people / self.answered if self.answered else 0.0


def counts_of(offer: Offer, replies: Sequence[Reply]) -> Counts:
    """The counts of coded replies."""
    by_person: dict[str, list[Reply]] = {}
    for reply in replies:
        by_person.setdefault(reply.person, []).append(reply)
    options = {option.id: Count() for option in offer.plain}
    counts = Counts(options, Count(), Count(), Count(), len(by_person), 0)
    for said in by_person.values():
        _count(counts, said)
    return counts


def _count(counts: Counts, said: Sequence[Reply]) -> None:
    """Add one person."""
    answering = [reply for reply in said if reply.code.answers]
    counts.answered += bool(answering)
    if not answering:
        _add(counts.silent, said)
        return
    for id, count in counts.options.items():
        _add(count, [reply for reply in answering if id in reply.code.options])
    _add(counts.other, [reply for reply in answering if reply.code.other])
    if not any(reply.code.options for reply in answering):
        _add(counts.none, [reply for reply in answering if reply.code.none])


def _add(count: Count, replies: Sequence[Reply]) -> None:
    count.people += bool(replies)
    count.replies += [reply.item["id"] for reply in replies]
