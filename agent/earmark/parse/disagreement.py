"""Where two readers of the same fragments differ: the platform's own, and that of any site.

The second one knows nothing of the site and errs now and then. So it is heard only where it reads
most of the sample, and where what it says is believable: a name that is a time, or one and the
same on everything, is its own mistake. A difference counts when most fragments show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..model import Fragment, Json, Page
from .absolute_dates import iso_moment
from .dates import resolve_published

COMMENTS, TEXT, AUTHOR, PUBLISHED = "comments", "text", "author", "published"
LEAST = 3  # fragments in which the second reader finds something said, and that can be compared
READS = 0.6  # of the sample, that it must read to be heard at all
MOSTLY = 0.65  # of what can be compared, that must differ
MISSED = 0.3  # of what it reads, in which the first reader finds nothing
TOLD_APART = 60  # letters and digits by which a text is found in its fragment
COMPARED = 1_500  # letters and digits of a text
SLACK = 40  # letters and digits of interface that the second reader may take for text
CLEARLY_SAID = 40  # letters and digits; what is shorter may be interface, whoever reads it
SAME_DAY = timedelta(hours=26)  # clocks of unknown zones may be so far apart


@dataclass
class Pair:
    """One fragment as both read it: `ours` are its platform's items, `theirs` the second's."""

    shown: str
    quoted: list[str]
    ours: list[Json]
    theirs: list[Json] = field(default_factory=list)

    @property
    def other(self) -> Json:
        return self.theirs[0]

    @property
    def own(self) -> Json:
        """The item that is most like what the second reader found."""
        return max(self.ours, key=lambda item: sum(_overlap(_said(item), _said(self.other))))

    @property
    def name(self) -> str:
        """Who said it, to the second reader."""
        return _letters(str((self.other.get("author") or {}).get("name") or ""))


def compare(sample: Sequence[Json], records: Sequence[Json], page: Page) -> Json | None:
    """`{differs, agrees}`, lists of COMMENTS, TEXT, AUTHOR and PUBLISHED.

    `sample` is of `sample_of`, `records` what the second reader found in all of it. None where
    that is too little to go by.
    """
    pairs = _paired(sample, [each for each in records if _said(each)])
    if len(pairs) < max(LEAST, READS * len(sample)):
        return None
    both = [pair for pair in pairs if pair.ours]
    fields = {
        TEXT: _same_texts(both),
        AUTHOR: _same_authors(both, page),
        PUBLISHED: _same_times(both),
    }
    told = {name: _mostly(list(same)) for name, same in fields.items()}
    told = {COMMENTS: not _misses_some(pairs), **told}
    return {
        "differs": [name for name, same in told.items() if same is False],
        "agrees": [name for name, same in told.items() if same is True],
    }


def _paired(sample: Sequence[Json], records: Sequence[Json]) -> list[Pair]:
    """Each record with the fragment whose text holds it; fragments without one are left out."""
    pairs = [_unpaired(each) for each in sample]
    for record in records:
        said = _said(record)
        around = [pair for pair in pairs if said[:TOLD_APART] in pair.shown]
        fresh = [pair for pair in around if not pair.theirs] or around
        same = [pair for pair in fresh if any(_said(item) == said for item in pair.ours)]
        if fresh:
            (same or fresh)[0].theirs.append(record)
    return [pair for pair in pairs if pair.theirs]


def _unpaired(part: Json) -> Pair:
    soup = Fragment.from_json(part["fragment"]).soup
    quoted = [_letters(tag.get_text(" ")) for tag in soup.find_all("blockquote")]
    return Pair(_letters(soup.get_text(" ")), quoted, part["items"])


def _mostly(same: Sequence[bool | None]) -> bool | None:
    """Whether most of what could be compared is the same; None where that is too little."""
    known = [each for each in same if each is not None]
    if len(known) < LEAST:
        return None
    differ = known.count(False) / len(known)
    return False if differ >= MOSTLY else True if differ <= 1 - MOSTLY else None


# -- how many -------------------------------------------------------------------------------


def _misses_some(pairs: Sequence[Pair]) -> bool:
    missed = sum(not pair.ours or _holds_more(pair) for pair in pairs)
    return missed >= max(LEAST, MISSED * len(pairs))


def _holds_more(pair: Pair) -> bool:
    """Whether the second reader finds in a fragment what none of its items says."""
    ours = " ".join(map(_said, pair.ours))
    return len(pair.theirs) > len(pair.ours) and any(_said(r) not in ours for r in pair.theirs)


# -- what -----------------------------------------------------------------------------------


def _same_texts(pairs: Sequence[Pair]) -> Iterator[bool | None]:
    different = len({_said(pair.own) for pair in pairs})
    one_on_all = different <= len(pairs) / 2  # “Reply”, say
    for pair in pairs:
        yield _same_text(pair) if not one_on_all or _said(pair.own) == _said(pair.other) else False


def _same_text(pair: Pair) -> bool | None:
    own, other = _said(pair.own), _said(pair.other)
    if _is_anothers(own, pair) or _names_the_author_too(own, other, pair):
        return False
    of_own, of_other = _overlap(own, other)
    if of_other >= 0.9 or (of_own >= 0.7 and (of_other >= 0.5 or len(other) <= len(own) + SLACK)):
        return True
    return False if len(other) >= max(len(own), CLEARLY_SAID) else None


def _is_anothers(own: str, pair: Pair) -> bool:
    """Whether it is a name or a quote, and nothing else."""
    if not own or own == _said(pair.other):
        return False
    is_name = own == pair.name or own in _own_names(pair.own)
    return is_name or 0 < pair.shown.count(own) <= sum(each.count(own) for each in pair.quoted)


def _names_the_author_too(own: str, other: str, pair: Pair) -> bool:
    """Whether it holds all that was said, and who said it: it is more than the text."""
    return bool(pair.name) and other in own and pair.name in own.replace(other, "", 1)


def _overlap(one: str, other: str) -> tuple[float, float]:
    """The share of the pairs of letters of each that the other has too."""
    pairs, others = _pairs_of_letters(one), _pairs_of_letters(other)
    common = (pairs & others).total()
    return common / max(pairs.total(), 1), common / max(others.total(), 1)


def _pairs_of_letters(text: str) -> Counter[str]:
    return Counter(text[n : n + 2] for n in range(max(len(text) - 1, min(len(text), 1))))


# -- who ------------------------------------------------------------------------------------


def _same_authors(pairs: Sequence[Pair], page: Page) -> Iterator[bool | None]:
    names = [pair.name if _is_believable(pair, page) else "" for pair in pairs]
    if len(set(filter(None, names))) < 2:  # all by one: perhaps no name at all
        return
    for pair, name in zip(pairs, names, strict=True):
        yield _same_name(pair.own, name) if name else None


def _is_believable(pair: Pair, page: Page) -> bool:
    """Whether it is no time."""
    shown = str((pair.other.get("author") or {}).get("name") or "")
    return not shown or resolve_published(shown, page.captured_at, lang=page.lang) is None


def _same_name(own: Json, found: str) -> bool:
    return any(name in found or found in name for name in _own_names(own))


def _own_names(own: Json) -> list[str]:
    author = own.get("author") or {}
    names = (_letters(str(author.get(key) or "")) for key in ("name", "handle", "id"))
    return [name for name in names if name]


# -- when -----------------------------------------------------------------------------------


def _same_times(pairs: Sequence[Pair]) -> Iterator[bool | None]:
    found = [pair.other.get("published") for pair in pairs]
    if len({each["earliest"] for each in found if each}) < 2:  # all at once: perhaps the page's own
        return
    for pair, other in zip(pairs, found, strict=True):
        yield _same_time(pair.own.get("published"), other) if other else None


def _same_time(own: Json | None, other: Json) -> bool | None:
    if not own:
        return False
    (begins, ends), (others_begin, others_end) = _bounds(own), _bounds(other)
    if begins is None or ends is None or others_begin is None or others_end is None:
        return None
    return begins <= others_end + SAME_DAY and others_begin <= ends + SAME_DAY


def _bounds(published: Json) -> tuple[datetime | None, datetime | None]:
    return iso_moment(str(published["earliest"])), iso_moment(str(published["latest"]))


# -- letters --------------------------------------------------------------------------------


def _said(item: Json) -> str:
    return _letters(str(item.get("text") or ""))[:COMPARED]


def _letters(text: str) -> str:
    """Letters and digits alone, folded: what stays when markup and spaces are written otherwise."""
    return "".join(filter(str.isalnum, text.casefold()))
