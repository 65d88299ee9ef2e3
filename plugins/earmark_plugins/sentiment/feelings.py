"""The feeling of a comment, by small lists of words and emoji, and its rating where it has one.

Each judgement shows the words that decided. "None" says that no feeling is told, "mixed" that two
are, and "unknown" that the language has no list and neither emoji nor rating help.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal

from earmark import Emotion, Phrases, Sentiment, Words, hookimpl, words_of

from .exclaiming import exclaimed
from .hashtags import with_hashtags_parted
from .lists import Meaning, feelings, fitting, languages
from .manners import meant
from .unfelt import QUESTION_MARKS
from .weighing import Felt, felt_words
from .yours import Told, felt_in_signs, nothing_told, your_phrases

LONGEST = 20_000  # characters of a text that are read
SHOWN = 4  # things given as the reason
SHOWN_LETTERS = 40  # of one of them
TOLD_LETTERS = 100  # of a word that is told beside the reason
NO_LIST: Phrases[Meaning] = Phrases([])
LEAST = 0.5  # weight that is a feeling
SOME_WEIGHT = 0.9  # of praise and of blame, that makes a feeling mixed
HALF = 0.5  # share of the lesser in the greater, from which it is
HALF_BESIDE_BUT = 0.3
FLATTENING = 8.0  # a single strong word scores 0.7, many come near to 1
ANY_LANGUAGE = "en"  # knows laughter, as all do
KIND, UNKIND = 0.5, -0.5  # a rating from -1 to 1: four or five stars, one or two
Label = Literal["positive", "negative", "mixed", "none", "unknown"]
Name = Literal["anger", "disappointment", "worry", "thanks", "admiration"]
EMOTIONS: tuple[Name, ...] = ("anger", "disappointment", "worry", "thanks", "admiration")


@hookimpl
def judge_sentiment(items: list[dict[str, Any]], words: Told) -> list[Sentiment | None]:
    """The feeling of each item, by the list of its language, emoji and rating.

    Of a text in unknown language the list decides that knows most of its words; where several
    know as many, they must agree. `words` are what a person said of words: they count more.
    """
    return [_judged(item, words) for item in items]


def _judged(item: dict[str, Any], words: Told) -> Sentiment:
    text = with_hashtags_parted(words_of(item.get("text", "")[:LONGEST]))
    language = _tag(item.get("language"))
    told = _told(text, item.get("language", {}), words)
    asks = not QUESTION_MARKS.isdisjoint(text.signs)
    felt = meant([*(told or []), *felt_in_signs(text, words, language)], len(text.words), asks)
    rating = _stars(item.get("rating"))
    if not felt and rating is None:
        silent = nothing_told(text, words, language) if words else ""
        return Sentiment("unknown" if told is None and not silent else "none", because=silent)
    middling = rating is not None and UNKIND < rating < KIND
    return _beside_rating(_of_words(felt, middling), rating, item.get("rating") or {})


def _tag(language: dict[str, Any] | None) -> str:
    """The language that lists are called by; empty where nobody knows."""
    tag = str((language or {}).get("tag", "und")).split("-")[0]
    return "" if tag == "und" else tag


def _told(text: Words, language: dict[str, Any], words: Told) -> list[Felt] | None:
    """What the words tell; None where no list can read them."""
    tag, second = _tag(language), _tag(language.get("second"))
    if not tag:
        return _guessed(text, words)
    readable = [one for one in (tag, second) if one in languages()]
    told = [felt_words(text, feelings(one), one, your_phrases(words, one)) for one in readable]
    if not told:
        felt = felt_words(text, NO_LIST, tag, your_phrases(words, tag))
        return felt or (None if text.words else [])
    if not any(told):
        return exclaimed(text, feelings(readable[0]), readable[0])
    return list({one.place: one for felt in reversed(told) for one in felt}.values())


def _guessed(text: Words, words: Told) -> list[Felt] | None:
    """What a text of unknown language tells: by the lists that know most of its words, agreeing."""
    read_by, yours = fitting(text) or [ANY_LANGUAGE], your_phrases(words, "")
    told = [felt_words(text, feelings(one), one, yours) for one in read_by]
    if any(told) and len({_of_words(felt).label for felt in told}) == 1:
        return told[0]
    return None if text.words else []


def _of_words(felt: Sequence[Felt], middling: bool = False) -> Sentiment:
    kind = [one for one in felt if one.weight > 0]
    unkind = [one for one in felt if one.weight < 0]
    praise, blame = sum(one.weight for one in kind), -sum(one.weight for one in unkind)
    if praise + blame < LEAST:
        return Sentiment("none")
    total = praise - blame
    score = round(total / math.sqrt(total * total + FLATTENING), 2)
    words = _weights([*kind, *unkind])
    if _is_mixed(kind, unkind, middling):
        reason = _reason(kind, 2) + ", " + _reason(unkind, 2)
        return Sentiment("mixed", score, reason, _all(felt), words)
    if praise > blame:
        return Sentiment("positive", score, _reason(kind, SHOWN), _all(felt), words)
    return Sentiment("negative", score, _reason(unkind, SHOWN), _all(felt), words)


def _weights(felt: Sequence[Felt]) -> dict[str, float]:
    """Words as written, and what each weighs; what is too long for a phrase is left out."""
    return {one.shown: round(one.weight, 2) for one in felt if 0 < len(one.shown) <= TOLD_LETTERS}


def _is_mixed(kind: list[Felt], unkind: list[Felt], middling: bool) -> bool:
    """Whether praise and blame both have weight; beside a middling rating, any weight."""
    praise, blame = sum(one.plain for one in kind), -sum(one.plain for one in unkind)
    lesser, greater = sorted((praise, blame))
    contrasted = any(one.after_but for one in [*kind, *unkind])
    share = 0 if middling else HALF_BESIDE_BUT if contrasted else HALF
    return lesser >= SOME_WEIGHT and lesser >= greater * share


def _reason(felt: list[Felt], most: int) -> str:
    """The words that weigh most, in the text's order."""
    strongest = sorted(felt, key=lambda one: -abs(one.weight))[:most]
    shown = [_named(one) for one in sorted(strongest, key=lambda one: one.place)]
    return ", ".join(dict.fromkeys(shown))


def _named(one: Felt) -> str:
    if one.said:
        return one.said
    shown = f"“{_short(one.shown)}”"
    return f"{shown} after “{one.after_but}”" if one.after_but else shown


def _all(felt: Sequence[Felt]) -> list[Emotion]:
    """The emotions told, each with its words."""
    return [
        Emotion(name, _reason(telling, 3))
        for name in EMOTIONS
        if (telling := [one for one in felt if name in one.emotions])
    ]


def _stars(rating: dict[str, Any] | None) -> float | None:
    """A rating from -1 (a fifth of the best, or less) to 1 (the best); None without one."""
    value, best = (rating or {}).get("value"), _best(rating)
    if not isinstance(value, int | float) or best <= 0:
        return None
    return max(-1.0, min(1.0, round((value / best - 0.6) / 0.4, 2)))


def _best(rating: dict[str, Any] | None) -> float:
    best = (rating or {}).get("best")
    return 5 if best is None else best if isinstance(best, int | float) else 0


def _beside_rating(words: Sentiment, stars: float | None, rating: dict[str, Any]) -> Sentiment:
    """What words and rating say together; where they disagree, the feeling is mixed."""
    if stars is None:
        return words
    shown = f"rated {rating['value']:g} of {_best(rating):g}"
    side: Label = "positive" if stars >= KIND else "negative" if stars <= UNKIND else "mixed"
    if words.label == "none":
        return Sentiment(side, stars, shown, words.emotions, words.words)
    disagree = {words.label, side} == {"positive", "negative"}
    label: Label = "mixed" if disagree else words.label
    score = round((words.score + stars) / 2, 2)
    return Sentiment(label, score, f"{words.because}, {shown}", words.emotions, words.words)


def _short(shown: str) -> str:
    shown = " ".join(shown.split())
    return shown if len(shown) <= SHOWN_LETTERS else f"{shown[: SHOWN_LETTERS - 1]}…"
