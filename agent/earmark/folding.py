"""One folding for search and matching: what is stored and what is typed meet here.

`fold` makes spellings of one word equal. `words_in` cuts a text into folded words that know where
they stand in it; `search_index` writes those words for an FTS5 table with `tokenize = 'ascii'`,
which takes them as they are, and `spellings` says as which words a typed one may be stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import product
from typing import NamedTuple, TypeVar

ZWNJ = "\u200c"
# Stands between the passages of an indexed text and at its end: no phrase reaches over it, and a
# query of nothing but exclusions takes from it.
EVERY_TEXT = "\ue000"
# Stands before a word that was drawn out ("coooool"), stored with each letter once.
DRAWN_OUT = "\ue001"

# Combining marks of Latin, Greek, Cyrillic, Hebrew and Arabic (those of Indic scripts are letters
# to their readers and stay), tatweel, soft hyphen and bidi marks.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0640\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_SAME = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه",
        "ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe",
    }
    | {chr(0x0660 + n): str(n) for n in range(10)}
    | {chr(0x06F0 + n): str(n) for n in range(10)}
)  # fmt: skip
# Letters that came later; fingerprints are made without them.
_SAME_TODAY = str.maketrans({"ٱ": "ا", "ہ": "ه", "ھ": "ه", "ے": "ی", "ڪ": "ک"})

# Scripts written without spaces: each sign is a word of its own, with the marks that make it.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_SIGN = re.compile(f"[{SPACELESS}]")
_MARKS_OF_SIGNS = "\u3099\u309a"
_RUN = re.compile(f"[{SPACELESS}][{_MARKS_OF_SIGNS}]*|[^ {SPACELESS}]+")
_ASCII_RUN = re.compile("[A-Za-z0-9]+")
_DRAWN = re.compile(r"([^\W\d_])\1{2,}")
_REPEATED = re.compile(r"([^\W\d_])\1+")
# Invisible signs inside a word: soft hyphen, joiners, marks of direction.
_WITHIN = frozenset("\u00ad\u061c\u200c\u200d\u200e\u200f\u2060\ufeff")
_INVISIBLE = re.compile("[\u200c\u200d\u2060\ufeff\ufe00-\ufe0f]")
_APOSTROPHES = frozenset("\u02bb\u02bc")  # letters to Unicode, apostrophes to those who type them
_PARTING = re.compile(f"[{SPACELESS}\u02bb\u02bc]")  # letters that do not stay in one word
LONGEST_WORD = 200  # signs; what follows does not count
_REMEMBERED = 40  # signs of a run that is remembered
_MANY_RUNS = 50_000  # that are
_SHORT = 2_000  # signs of a text whose words are remembered
_MANY = 5  # words of a phrase whose drawn-out spellings are combined; of more, one at a time

Result = TypeVar("Result")


class _FoldedSigns(dict[int, str]):
    """A self-filling `str.translate` table; bounded, since hostile text tries every sign."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        folded = unicodedata.normalize("NFKC", sign).casefold()
        folded = _DROPPED.sub("", unicodedata.normalize("NFKD", folded)).translate(_SAME)
        folded = unicodedata.normalize("NFC", folded)
        if len(self) < 150_000:
            self[code] = folded
        return folded


_FOLDED = _FoldedSigns()


class _WordSigns(dict[int, str]):
    """Letters, digits and what stands inside words stay; everything else is a space."""

    def __missing__(self, code: int) -> str:
        sign = chr(code) if _is_of_words(chr(code)) else " "
        if len(self) < 150_000:
            self[code] = sign
        return sign


def _is_of_words(sign: str) -> bool:
    category = unicodedata.category(sign)
    if category == "So":  # a letter in a circle is one, the trade mark sign is not
        return len(fold(sign)) == 1 and fold(sign).isalnum()
    return sign in _WITHIN or (category[0] in "LNM" and sign not in _APOSTROPHES)


_WORD_SIGNS = _WordSigns()


class Word(NamedTuple):
    """A folded word, and where what it was written as stands in the text."""

    folded: str
    start: int
    end: int


# A NamedTuple's own constructor takes three times as long, and there is one for each word.
_new_word: Callable[[tuple[str, int, int]], Word] = partial(tuple.__new__, Word)


def steady_fold(text: str) -> str:
    """The folding of fingerprints. Items without an id of their own are known by it, so it stays
    as it is for ever; `fold` may learn more letters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text.translate(_FOLDED))


def fold(text: str) -> str:
    """`text` with spellings of one word made equal: case, accents, letter and digit variants.

    Folding twice changes nothing. ZWNJ and everything that is no letter or digit stay.
    """
    return text.lower() if text.isascii() else steady_fold(text).translate(_SAME_TODAY)


def words_in(text: str, *, joined: bool = False) -> tuple[Word, ...]:
    """The folded words of a text, in order; remembered for whoever asks next.

    Each sign of Chinese, Japanese, Thai and their like is a word. ZWNJ parts words, or with
    `joined` it does not. A word with a letter three or more times in a row begins with
    `DRAWN_OUT` and has each letter once.
    """
    return _remembered(text, joined) if len(text) <= _SHORT else _words(text, joined)


def _words(text: str, joined: bool) -> tuple[Word, ...]:
    words: list[Word] = []
    for run in _runs(text, joined):
        start, end = run.span()
        for folded in _STORED[run[0]]:
            words.append(_new_word((folded, start, end)))
    return tuple(words)


_remembered = lru_cache(maxsize=256)(_words)  # of the texts of a batch, terms and rules ask alike


def _runs(text: str, joined: bool) -> Iterable[re.Match[str]]:
    if text.isascii():
        return _ASCII_RUN.finditer(text)
    signs = text.translate(_WORD_SIGNS)
    return _RUN.finditer(signs if joined else signs.replace(ZWNJ, " "))


def inside_word(text: str, at: int) -> bool:
    """Whether a place in a text is between two signs of one word of `words_in`."""
    if not 0 < at < len(text):
        return False
    before, after = list(text[at - 1 : at + 1].translate(_WORD_SIGNS).replace(ZWNJ, " "))
    if _SIGN.match(before):
        return after in _MARKS_OF_SIGNS
    return before != " " and after != " " and not _SIGN.match(after)


class Remembered(dict[str, Result]):
    """What `read` makes of texts, for looking up: of at most `most`, none with more signs than
    `longest`. A function's own cache would take longer for what is met most often."""

    def __init__(self, read: Callable[[str], Result], most: int, longest: int) -> None:
        super().__init__()
        self._read, self._most, self._longest = read, most, longest

    def __missing__(self, text: str) -> Result:
        found = self._read(text)
        if len(self) >= self._most:
            self.clear()
        if len(text) <= self._longest:
            self[text] = found
        return found


def _stored_run(run: str) -> tuple[str, ...]:
    """As which words a run of word signs is stored."""
    return tuple(map(_stored, _parts(run)))


_STORED = Remembered(_stored_run, _MANY_RUNS, _REMEMBERED)


def _parts(run: str) -> list[str]:
    """The folded words of a run of word signs: one, but for signs that stand for several."""
    folded = fold(run[:LONGEST_WORD])
    if folded.isalnum() and (folded.isascii() or not _PARTING.search(folded)):  # most
        return [folded]
    folded = _INVISIBLE.sub("", folded).translate(_WORD_SIGNS)
    return [
        part for part in _RUN.findall(folded) if any(map(str.isalnum, part)) or _SIGN.match(part)
    ]


def _stored(word: str) -> str:
    return DRAWN_OUT + squeezed(word) if _DRAWN.search(word) else word


def squeezed(word: str) -> str:
    """A folded word with each letter once where it is repeated."""
    return _REPEATED.sub(r"\1", word)


def passages(text: str) -> list[tuple[Word, ...]]:
    """The words of a text; where it has ZWNJ, once parted by it and once not."""
    both = [words_in(text)] if ZWNJ not in text else [words_in(text), words_in(text, joined=True)]
    return [words for words in both if words]


def search_index(texts: Iterable[str]) -> str:
    """The words of texts for the full-text index; no phrase reaches from one to the next."""
    every = [words for text in texts for words in passages(text)]
    written = [" ".join(word.folded for word in words) for words in every]
    return f" {EVERY_TEXT} ".join([*written, ""]).strip() or EVERY_TEXT


def spellings(text: str) -> list[tuple[str, ...]]:
    """The stored words, in order, that a typed word or phrase may stand as; any of them is it.

    Empty without letter or digit. A typed word finds itself drawn out; a typed drawn-out word
    finds the letter once, twice, or drawn out otherwise.
    """
    ways = [
        [_spelt(part) for run in _runs(text, joined) for part in _parts(run[0])]
        for joined in (False, True)
    ]
    return list(dict.fromkeys(way for words in ways if words for way in _combined(words)))


def _combined(words: list[list[str]]) -> Iterable[tuple[str, ...]]:
    """Every choice of one spelling a word; of long phrases only one word is varied at a time."""
    if len(words) <= _MANY:
        return product(*words)
    usual = [spelt[0] for spelt in words]
    varied = [
        (*usual[:place], other, *usual[place + 1 :])
        for place, spelt in enumerate(words)
        for other in spelt[1:]
    ]
    return [tuple(usual), *varied]


def _spelt(word: str) -> list[str]:
    """What a typed word may be stored as, itself first."""
    if word.isdigit() or _SIGN.match(word):
        return [word]
    if not _DRAWN.search(word):
        return [word, DRAWN_OUT + squeezed(word)]
    once, twice = _DRAWN.sub(r"\1", word), _DRAWN.sub(r"\1\1", word)
    return list(dict.fromkeys([DRAWN_OUT + squeezed(word), once, twice]))
