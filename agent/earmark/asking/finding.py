"""Whether an item asks something with options, and which.

What is told is told by a poll, a list, questions in a row, or “A or B?”. Where it is not plain,
nothing is asked: a person can always give the options by hand.
"""

from __future__ import annotations

import re

from ..model import Json
from ..words import words_of
from .alternatives import alternatives, short_questions
from .lexicon import Lexicon, languages_of, lexicon
from .listed import Listing, lists_in
from .offer import POLL, TEXT, Offer, offer_of
from .sentences import QUESTION, sentences_of, tidy

LONGEST = 5000  # characters of a post that are read
_WORDS_OF_LABEL = 15
_SPACES = re.compile(r"[^\S\n]+")


def found_in(item: Json) -> Offer | None:
    """What an item asks; None where it asks nothing with options."""
    text = _SPACES.sub(" ", str(item.get("text") or "")[:LONGEST])
    languages = languages_asked(item)
    if options := (item.get("poll") or {}).get("options"):
        labels = [(tidy(str(option.get("label") or "")), "") for option in options]
        filled = [pair for pair in labels if pair[0]]
        return offer_of(filled, languages, POLL, "a poll")
    return _of_text(text, languages)


def languages_asked(item: Json) -> tuple[str, ...]:
    """The lists of words that read an item."""
    tag = str((item.get("language") or {}).get("tag") or "")
    return languages_of(tag, str(item.get("text") or "")[:LONGEST])


def _of_text(text: str, languages: tuple[str, ...]) -> Offer | None:
    known = lexicon(languages)
    for listing in lists_in(text):
        if _asks(listing, known):
            because = f"a list of {len(listing.labels)}"
            letters = listing.letters
            if offer := offer_of(
                listing.labels, languages, TEXT, because, listed=True, letters=letters
            ):
                return offer
    sentences = sentences_of(text)
    row = short_questions(sentences, known)
    if offer := offer_of([(label, "") for label in row], languages, TEXT, "questions in a row"):
        return offer
    labels = [(label, "") for label in alternatives(sentences, known)]
    return offer_of(labels, languages, TEXT, "“or” in a question")


def _asks(listing: Listing, known: Lexicon) -> bool:
    """Whether a list is one of answers: something asks or calls for them right beside it, and its
    entries are no questions with answers."""
    labels = [label for label, _ in listing.labels]
    if any(sign in label for label in labels for sign in QUESTION):
        return False
    if any(len(words_of(label).words) > _WORDS_OF_LABEL for label in labels):
        return False
    before = sentences_of(listing.before)[-2:]
    after = sentences_of(listing.after)[:2]
    around = [words_of(one.text) for one in [*before, *after]]
    if any(map(known.is_rhetoric, around)):
        return False
    led = bool(before) and before[-1].asks
    chosen = bool(after) and after[0].asks and bool(known.said_in(words_of(after[0].text), "which"))
    return led or chosen or any(known.said_in(each, "ask") for each in around)
