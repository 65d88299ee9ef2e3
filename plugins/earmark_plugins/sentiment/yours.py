"""What a person said that words and emoji feel like: it stands above the lists."""

from __future__ import annotations

from functools import lru_cache

from earmark import Phrases, WordFeeling, Words

from .lists import SAID, Meaning, Signs, signs, with_signs
from .weighing import Felt, felt_signs, said_of

Told = tuple[WordFeeling, ...]
STYLE = "\ufe0f"  # asks for a colourful emoji, and is there or not


@lru_cache(maxsize=32)
def your_phrases(words: Told, language: str) -> Phrases[Meaning] | None:
    """What was said of words in a language; in no language in particular, of all of them."""
    said = [
        (one.phrase, Meaning(SAID, one.strength, yours=True))
        for one in words
        if not one.is_sign and _holds(one, language)
    ]
    return Phrases(said) if said else None


def felt_in_signs(text: Words, words: Told, language: str) -> list[Felt]:
    """What emoji and emoticons tell."""
    mine, known = _your_signs(words, language)
    told = felt_signs(text, known)
    return [_said(one, mine) for one in told if one.plain]


def nothing_told(text: Words, words: Told, language: str) -> str:
    """The words and emoji of a text that a person said tell nothing, as a reason."""
    phrases = your_phrases(words, language)
    found = [one for begun in phrases.found_in(text) for one in begun] if phrases else []
    silent = [text.written(one.first, one.end) for one in found if not one.meaning.strength]
    mine, _ = _your_signs(words, language)
    silent += [sign for sign, strength in mine.items() if not strength and sign in text.bare]
    return ", ".join(f"“{each}” tells nothing, you said" for each in dict.fromkeys(silent))


def _holds(one: WordFeeling, language: str) -> bool:
    return not language or not one.language or one.language == language


@lru_cache(maxsize=32)
def _your_signs(words: Told, language: str) -> tuple[dict[str, float], Signs]:
    said = (one for one in words if one.is_sign and _holds(one, language))
    mine = {sign: one.strength for one in said if (sign := one.phrase.replace(STYLE, ""))}
    return mine, with_signs(mine) if mine else signs()


def _said(one: Felt, mine: dict[str, float]) -> Felt:
    """An emoji that a person spoke of is neither mockery nor a way to speak."""
    if one.sign not in mine:
        return one
    return one._replace(sign="", leaning=False, said=said_of(one.shown, one.plain))
