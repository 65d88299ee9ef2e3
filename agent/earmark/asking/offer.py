"""An ask as it is offered: its options, and which of them stand for all, none or something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..folding import fold
from ..words import words_of
from .lexicon import Lexicon, lexicon

MOST = 30  # options
LONGEST = 200  # characters of an option
ALL, NONE, OTHER, YES, NO = "all", "none", "other", "yes", "no"
STANDS_FOR = (ALL, NONE, OTHER)  # no answers of their own
POLL, TEXT, YOU = "poll", "text", "you"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer offered.

    `id` is its number, which it keeps; `place` is where it stands, from 1, or 0 where
    nobody could choose it by number. `role`: `all`, `none`,
    `other` for what is said of the other options, `yes` and `no`, or empty. `mark` is the emoji
    that it is offered by, `aliases` are other words for it.
    """

    id: int
    place: int
    label: str
    role: str = ""
    mark: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What is asked: the options in order, who found them, and by what.

    `source` is `poll`, `text` or `you`. `listed`: they came with numbers or letters, which then
    mean places; `letters` are those, where they are letters.
    """

    options: tuple[Option, ...]
    source: str
    because: str
    listed: bool = False
    letters: tuple[str, ...] = ()

    @property
    def plain(self) -> tuple[Option, ...]:
        """The options that are answers of their own."""
        return tuple(option for option in self.options if option.role not in STANDS_FOR)


def offer_of(
    labels: Sequence[tuple[str, str]],
    languages: tuple[str, ...],
    source: str,
    because: str,
    *,
    listed: bool = False,
    letters: Sequence[str] = (),
) -> Offer | None:
    """The offer of some options, each a label and the emoji before it; None where they are not at
    least two different ones."""
    known = lexicon(languages)
    options = tuple(
        Option(place, place, label, role_of(label, known), mark)
        for place, (label, mark) in enumerate(labels, 1)
    )
    offer = Offer(_with_yes(options), source, because, listed, tuple(letters))
    different = {fold(option.label) for option in offer.options}
    if len(offer.plain) < 2 or len(options) > MOST or len(different) < len(options):
        return None
    return offer


def role_of(label: str, known: Lexicon) -> str:
    """What an option says of the others, where it is such a one: “all of these”, “Other:”."""
    read = words_of(label)
    whole = (0, len(read.words))
    said = {one.role for one in known.every_said(read) if (one.first, one.end) == whole}
    roles: Iterable[tuple[str, str]] = (
        *((NONE, NONE), (OTHER, OTHER), (ALL, ALL), ("all_bare", ALL), ("both", ALL)),
        *((YES, YES), (NO, NO)),
    )
    return next((role for key, role in roles if key in said), "")


def _with_yes(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """“Shall we go or not?” offers yes and no."""
    if len(options) == 2 and options[1].role == NO and not options[0].role:
        return (replace(options[0], role=YES), options[1])
    return options
