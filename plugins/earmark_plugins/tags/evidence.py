"""What in a text speaks for a tag, and which of it falls when several things are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from earmark import Phrases, Words

from .word_lists import APPLAUSE, BUT, KIND, NO, NOT_AFTER, NOT_BEFORE, THANKS, UNKIND

# What turns into its opposite when denied, and how many words may lie between.
_WISHED = dict.fromkeys(
    [
        "intent:praise", "intent:purchase-intent", "signal:advocate", "signal:interest",
        "signal:beta-candidate", "signal:promise",
    ],
    2,
)  # fmt: skip
_FEARED = dict.fromkeys(
    ["intent:complaint", "intent:bug", "intent:need", "signal:churn-risk", "signal:urgent"], 1
)
_DENIABLE = _WISHED | _FEARED
_NEGATIONS, _FELT = {NOT_BEFORE, NOT_AFTER}, {KIND, UNKIND}
_SIGNS_A_WORD = 2
_SPACELESS = frozenset({"ja", "th", "zh"})
# Words of the first are none when they are part of a longer phrase of the second.
_PART_OF = {
    "intent:praise": {"intent:complaint", "intent:bug", "intent:suggestion", "signal:churn-risk"},
    "intent:complaint": {"intent:praise"},
    "intent:bug": {"intent:praise"},
    "intent:question": {"intent:suggestion"},
    "intent:purchase-intent": {"intent:complaint", "signal:churn-risk"},
}
# Beside the first thanks are manners; beside the second applause mocks.
_BUSINESS = {
    "intent:complaint", "intent:bug", "intent:question", "intent:suggestion", "intent:need",
    "signal:churn-risk", "signal:urgent", UNKIND,
}  # fmt: skip
_BLAME = {"intent:complaint", "intent:bug", "signal:churn-risk"}
# Where a phrase says that something is no complaint, its words are not unkind either.
_AS_WELL = {"intent:complaint": UNKIND, "intent:praise": KIND}


class Evidence(NamedTuple):
    """Words that speak for a tag: from word `first` up to before word `end`, in one sentence.

    `sign` is what speaks where no word does.
    """

    tag: str
    first: int
    end: int
    sentence: int
    sign: str = ""


def found_in(text: Words, phrases: Phrases[str], language: str) -> list[Evidence]:
    """What the list of one language finds in a text, without what the text denies.

    KIND and UNKIND stand beside tags: for words that tell a feeling.
    """
    words = text.words
    found = [
        Evidence(meaning, first, end, words[first].sentence)
        for begun in phrases.found_in(text)
        for meaning, first, end in begun
    ]
    told = {one.tag for one in found}
    if any(tag.startswith(NO) for tag in told):
        found = _without_excepted(found)
    felt = [one for one in found if one.tag in _FELT]
    if len(felt) == len(found):
        return felt
    tagged = _joined([one for one in found if ":" in one.tag])
    if not tagged:
        return felt
    undenied = tagged
    if not told.isdisjoint(_NEGATIONS):
        stretch = _SIGNS_A_WORD if language in _SPACELESS else 1
        undenied = _without_denied(text, tagged, found, stretch)
    return _without_manners([*undenied, *felt], found)


def settled(found: Sequence[Evidence]) -> list[Evidence]:
    """What is left of all evidence: no part of a longer phrase, no question that is a wish."""
    if len(found) < 2:
        return list(found)
    told = {one.tag for one in found}
    wished = {one.sentence for one in found if one.tag == "intent:suggestion"}
    may_be_parts = any(not told.isdisjoint(_PART_OF.get(tag, ())) for tag in told)
    return [
        one
        for one in (_whole(found) if may_be_parts else found)
        if not (one.sentence in wished and one.tag == "intent:question")
    ]


def _joined(found: Sequence[Evidence]) -> list[Evidence]:
    """Evidence for one tag that overlaps joined to one."""
    joined: dict[tuple[str, int], Evidence] = {}
    last: dict[str, Evidence] = {}
    for one in found:
        before = last.get(one.tag)
        if before and one.first < before.end:
            one = before._replace(end=max(one.end, before.end))
        joined[one.tag, one.first] = last[one.tag] = one
    return list(joined.values())


def _whole(found: Sequence[Evidence]) -> Iterator[Evidence]:
    """Without evidence that is part of a longer phrase which means something else."""
    covering: dict[int, list[Evidence]] = {}
    for one in found:
        for index in range(one.first, one.end):
            covering.setdefault(index, []).append(one)
    for one in found:
        if not any(
            other.tag in _PART_OF.get(one.tag, ())
            and other.first <= one.first
            and one.end <= other.end
            and other.end - other.first > one.end - one.first
            for other in covering.get(one.first, ())
        ):
            yield one


def _without_denied(
    text: Words, tagged: list[Evidence], found: list[Evidence], stretch: int
) -> list[Evidence]:
    """Without what a negation stands before or behind.

    A negation within a phrase of blame ("doesn't work") can deny praise, and nothing else.
    """
    before = _negations(found, NOT_BEFORE, tagged)
    after = _negations(found, NOT_AFTER, tagged)
    begun = {one.first for one in tagged}

    def denied(one: Evidence) -> bool:
        between = _DENIABLE[one.tag] * stretch
        clause = text.words[one.first].clause
        for index in range(one.first, max(one.first - between, 0) - 1, -1):
            if one.tag in before.get(index, ()):
                return text.words[index - 1].clause == clause
            if index < one.first and index in begun:
                break
        return any(
            one.tag in after.get(index, ()) and text.words[index].clause == clause
            for index in range(one.end, min(one.end + stretch + 1, len(text.words)))
        )

    return [one for one in tagged if one.tag not in _DENIABLE or not denied(one)]


def _negations(
    found: list[Evidence], role: str, tagged: list[Evidence]
) -> dict[int, Mapping[str, int]]:
    """The tags that negations can deny, by the word after one, or the word one begins with."""
    within: dict[int, set[str]] = {}
    for one in tagged:
        for index in range(one.first, one.end) if one.end - one.first > 1 else ():
            within.setdefault(index, set()).add(one.tag)
    denying: dict[int, Mapping[str, int]] = {}
    for one in found:
        holders = within.get(one.first, set())
        if one.tag == role and not holders & _WISHED.keys():
            place = one.end if role == NOT_BEFORE else one.first
            denying[place] = _WISHED if holders else _DENIABLE
    return denying


def _without_manners(tagged: list[Evidence], found: list[Evidence]) -> list[Evidence]:
    """Without praise that only thanks, where something is asked, goes wrong or hurts; or that only
    applauds where something goes wrong, and no "but" parts them."""
    praise = [one for one in tagged if one.tag == "intent:praise"]
    said = {one.tag for one in tagged}
    if not praise or said.isdisjoint(_BUSINESS):
        return tagged
    mocks = not said.isdisjoint(_BLAME) and not any(one.tag == BUT for one in found)
    manners = {THANKS, APPLAUSE} if mocks else {THANKS}
    polite = {i for one in found if one.tag in manners for i in range(one.first, one.end)}
    if any(one.first not in polite for one in praise):
        return tagged
    return [one for one in tagged if one.tag != "intent:praise"]


def _without_excepted(found: list[Evidence]) -> list[Evidence]:
    """Without what begins in a phrase that says that it is not meant so, and is no longer phrase
    that begins as that does."""
    reach: dict[tuple[str, int], int] = {}
    inside: set[tuple[str, int]] = set()
    for one in found:
        if one.tag.startswith(NO):
            tag = one.tag.removeprefix(NO)
            for each in (tag, _AS_WELL.get(tag, tag)):
                reach[each, one.first] = max(one.end, reach.get((each, one.first), 0))
                inside.update((each, index) for index in range(one.first + 1, one.end))
    return [
        one
        for one in found
        if not one.tag.startswith(NO)
        and (one.tag, one.first) not in inside
        and one.end > reach.get((one.tag, one.first), 0)
    ]
