"""The second language of a text whose words are in two, as they often are where people chat."""

from __future__ import annotations

from collections.abc import Sequence

from .ngrams import words_of
from .profiles import LONGEST, Profiles

# One of the two is English: others are seldom mixed, and kin ones cannot be told word by word.
ENGLISH = "en"
MIXED_WITH_IT = ("az", "de", "es", "fr", "id", "it", "ku", "pt", "ro", "tr")
FEWEST_WORDS = 2
FEWEST_LETTERS = 6
LEAST_SHARE = 0.15
NATS = 20.0  # by which a run of words must be rather in the other language, and the rest not


def second_language(profiles: Profiles, text: str, main: str) -> dict[str, float]:
    """The language of the run of words that is least in `main`, with its share of the letters.

    Empty where the text seems to be in one language.
    """
    words = words_of(text[:LONGEST])
    if len(words) < 2 * FEWEST_WORDS:
        return {}
    if main == ENGLISH:
        # None can lead by more than whichever leads most word by word, and usually not even that.
        most = [profiles.most_lead(word, main, MIXED_WITH_IT) for word in words]
        others: tuple[str, ...] = MIXED_WITH_IT if _best_run(most)[2] > NATS else ()
    else:
        others = (ENGLISH,) if main in MIXED_WITH_IT else ()
    found: dict[str, float] = {}
    best = NATS
    for other in others:
        leads = [profiles.lead(word, main, other) for word in words]
        start, end, gain = _best_run(leads)
        share = sum(map(len, words[start:end])) / sum(map(len, words))
        if gain > best and gain - sum(leads) > NATS and _is_enough(words[start:end], share):
            best, found = gain, {other: share}
    return found


def _is_enough(words: Sequence[str], share: float) -> bool:
    """One word may be a name, and a few letters anything."""
    letters = sum(map(len, words))
    return len(words) >= FEWEST_WORDS and letters >= FEWEST_LETTERS and share >= LEAST_SHARE


def _best_run(leads: Sequence[float]) -> tuple[int, int, float]:
    """Where the run with the highest sum begins and ends, and that sum."""
    best = (0, 0, 0.0)
    start, total = 0, 0.0
    for at, lead in enumerate(leads):
        if total <= 0.0:
            start, total = at, 0.0
        total += lead
        if total > best[2]:
            best = (start, at + 1, total)
    return best
