"""How much each word and emoji of a text says, once negation, intensity and contrast are heard."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from earmark import Phrases, Words

from .lists import APPLAUSE, BUT, LAUGH, LESS, MORE, NOT_AFTER, NOT_BEFORE, Meaning, Signs
from .places import Place, places_of, telling
from .unfelt import FAINT, asked_in, opens_question, without_asked, without_hoped

REACH = 3  # words between a negation and what it turns
REACH_BACK = 2
SIGNS_A_WORD = 2
SPACELESS = frozenset({"ja", "th", "zh"})
# A denied good word blames a little less than its opposite; a denied bad one hardly praises.
DENIED_GOOD, DENIED_BAD = -0.7, -0.4
STRONGER, WEAKER, LOUDER, EXCLAIMED = 1.3, 0.6, 1.25, 1.1
BEFORE_BUT, AFTER_BUT = 0.6, 1.4
GLAD = frozenset({"thanks", "admiration"})
STRONGEST = 3.0
AGAIN = 0.25  # what each repetition of an emoji adds, three at most


class Felt(NamedTuple):
    """One thing said: its words as written, what they weigh plainly and beside a "but".

    What asks or wishes weighs nothing. `after_but` is the word of contrast before it, `sign` the
    emoji it is; what is `leaning` goes with praise and with blame; what is `applause` may mock.
    """

    shown: str
    plain: float
    weight: float
    emotions: tuple[str, ...]
    place: int
    after_but: str = ""
    sign: str = ""
    leaning: bool = False
    said: str = ""  # what a person said of it
    applause: bool = False


def felt_words(
    text: Words, phrases: Phrases[Meaning], language: str, yours: Phrases[Meaning] | None = None
) -> list[Felt]:
    """What the words of a text tell, weighed; `yours` is what a person said of words."""
    places = list(places_of(text, phrases, yours))
    stretch = SIGNS_A_WORD if language in SPACELESS else 1
    said = without_hoped(text, telling(places), places, stretch)
    said = without_asked(text, said, places)
    asked = [Felt("", 0, 0, (), place.first) for place in places if place.asks]
    if not said:
        return asked
    denied = _denied(text, said, places, stretch)
    hearing = _Hearing(text, places, stretch)
    return [
        *asked,
        *(
            _with_what_was_said(
                text, place, _weighed(text, place, denied.get(place.first, -1), hearing)
            )
            for place in said
        ),
    ]


def said_of(written: str, strength: float) -> str:
    """What a person said of a word, as a reason."""
    return f"“{written}” is {'praise' if strength > 0 else 'blame'}, you said"


def _with_what_was_said(text: Words, place: Place, felt: Felt) -> Felt:
    if not place.yours:
        return felt
    written = " ".join(text.written(place.first, place.end).split())
    said = said_of(written, place.strength)
    return felt._replace(
        said=said if felt.plain * place.strength > 0 else f"“{felt.shown}”: {said}"
    )


def felt_signs(text: Words, known: Signs) -> list[Felt]:
    """What the emoji and emoticons of a text tell, each kind once."""
    if known.maybe.isdisjoint(text.signs):
        return []
    starts = [word.start for word in text.words]
    seen: dict[str, list[int]] = {}
    for found in known.pattern.finditer(text.bare):
        sign = found[0] if found[0] in known.strength else _single(found[0], known.strength)
        seen.setdefault(sign, []).append(found.start())
    return [
        Felt(
            sign,
            known.strength[sign],
            known.strength[sign] * (1 + AGAIN * min(len(places) - 1, 3)),
            (known.emotions[sign],) if sign in known.emotions else (),
            bisect_right(starts, places[0]),
            sign=sign,
            leaning=sign in known.leaning,
            applause=sign in known.applause,
        )
        for sign, places in seen.items()
    ]


def _single(repeated: str, known: dict[str, float]) -> str:
    """The emoticon that a run of several begins with."""
    return next(
        repeated[:length] for length in range(len(repeated), 0, -1) if repeated[:length] in known
    )


def _denied(text: Words, said: list[Place], places: list[Place], stretch: int) -> dict[int, int]:
    """For each place that is denied, by its first word: the word its negation begins at or ends."""
    asked = asked_in(text)
    before = {
        p.end: p
        for p in places
        if NOT_BEFORE in p.roles and not p.strength and not opens_question(text, p, asked)
    }
    after = {p.first: p for p in places if NOT_AFTER in p.roles and not p.strength}
    problems = {i for p in said if p.strength < 0 and not p.own for i in range(p.first, p.end)}
    ends = {place.end for place in said}
    denied: dict[int, int] = {}
    for place in said:
        clause = text.words[place.first].clause
        for index in range(place.first, max(place.first - REACH * stretch, 0) - 1, -1):
            if index < place.first and index in ends:
                break
            negation = before.get(index)
            if negation is None or text.words[index - 1].clause != clause:
                continue
            if place.strength > 0 or negation.first not in problems:
                denied[place.first] = negation.first
            break
        for index in range(place.end, min(place.end + REACH_BACK * stretch + 1, len(text.words))):
            if index in after and text.words[index].clause == clause:
                denied.setdefault(place.first, after[index].end)
    return denied


class _Hearing:
    """What changes the weight of the words around it: intensity, contrast and exclamation."""

    def __init__(self, text: Words, places: list[Place], stretch: int) -> None:
        self._text = text
        self._stretch = stretch
        self._more = self._edges(places, MORE)
        self._less = self._edges(places, LESS)
        self._buts: dict[int, list[Place]] = {}
        for place in places:
            if BUT in place.roles:
                self._buts.setdefault(text.words[place.first].sentence, []).append(place)

    def intensity(self, place: Place) -> float:
        """How much stronger or weaker words beside it, capitals and drawn-out letters make it."""
        factor = 1.0
        if self._beside(place, self._more):
            factor *= STRONGER
        elif self._beside(place, self._less):
            factor *= WEAKER
        words = self._text.words[place.first : place.end]
        written = self._text.written(place.first, place.end)
        capitals = any(len(word) > 2 and word.isupper() for word in written.split())
        loud = capitals and not self._shouted
        if loud or any(len(word.forms) > 1 for word in words):
            factor *= LOUDER
        if "!" in self._text.text[words[-1].end : words[-1].end + 3]:
            factor *= EXCLAIMED
        return factor

    def contrast(self, place: Place) -> tuple[float, str]:
        """What a "but" before or behind makes of it, and the word of contrast it follows."""
        sentence = self._text.words[place.first].sentence
        here, following = self._buts.get(sentence), self._buts.get(sentence + 1)
        if here and here[0].first < place.first and here[-1].first < place.first:
            return AFTER_BUT, self._text.written(here[0].first, here[0].end)
        before = here and here[0].first > place.first
        if before or (following and self._opens_sentence(following[0].first)):
            return BEFORE_BUT, ""
        return 1.0, ""

    @cached_property
    def _shouted(self) -> bool:
        """Whether most letters are capitals, so that capitals say nothing."""
        letters = [sign for sign in self._text.text if sign.isalpha()]
        return sum(map(str.isupper, letters)) > 0.6 * len(letters)

    def _edges(self, places: list[Place], role: str) -> dict[str, set[int]]:
        of_role = [place for place in places if role in place.roles]
        return {"end": {p.end for p in of_role}, "first": {p.first for p in of_role}}

    def _beside(self, place: Place, edges: dict[str, set[int]]) -> bool:
        """Right before it, or one word further; or right behind it."""
        near = range(max(place.first - self._stretch, 0), place.first + 1)
        return any(index in edges["end"] for index in near) or place.end in edges["first"]

    def _opens_sentence(self, index: int) -> bool:
        words = self._text.words
        return index == 0 or words[index - 1].sentence != words[index].sentence


def _fitting(emotions: tuple[str, ...], plain: float) -> tuple[str, ...]:
    """The emotions on the side of a word's weight ("thanks for nothing" thanks nobody).

    The strongest praise is admiration; the strongest blame, stressed, is anger.
    """
    fitting = tuple(one for one in emotions if (one in GLAD) == (plain > 0))
    if fitting or abs(plain) < STRONGEST:
        return fitting
    return ("admiration",) if plain > 0 else ("anger",) if plain < -STRONGEST else ()


def _weighed(text: Words, place: Place, negation: int, hearing: _Hearing) -> Felt:
    if LAUGH in place.roles:
        shown = text.written(place.first, place.end)
        return Felt(shown, place.strength, place.strength, (), place.first, leaning=True)
    plain = place.strength * hearing.intensity(place)
    first, end = place.first, place.end
    emotions = _fitting(place.emotions, plain)
    if negation >= 0:
        plain *= DENIED_GOOD if plain > 0 else DENIED_BAD
        emotions = ()
        first, end = min(first, negation), max(end, negation)
    contrast, after = hearing.contrast(place)
    shown, applause = text.written(first, end), APPLAUSE in place.roles
    faint = abs(place.strength) < FAINT and not place.yours
    return Felt(
        shown,
        plain,
        plain * contrast,
        emotions,
        place.first,
        after,
        leaning=faint,
        applause=applause,
    )
