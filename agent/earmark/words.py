"""Words of a text as lists of words are matched against them, each knowing where it stands.

`words_of` reads a text once however many plugins ask; `Phrases` finds listed phrases in it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from .folding import fold

LONGEST = 20_000  # characters of a text that are read
_KNOWN_WORD = 40  # longer words are no words of a list, and would only fill the memory
_TELLING = 4
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Marks within words: Latin and Arabic vowels, tatweel, ZWNJ, and the vowel signs of India.
_MARKS = "\u200c\u0300-\u036f\u0640\u064b-\u065f\u0670\u0900-\u0dff"
_SENTENCE_END = "!?…\n\u061f\u06d4\u3002\uff01\uff1f\uff61"
_READ = re.compile(
    f"(?P<sign>[{_SPACELESS}])|(?P<word>(?:(?![_{_SPACELESS}])[\\w{_MARKS}])+)"
    f"|(?P<sentence>[{_SENTENCE_END}]|\\.(?!\\w))"
    "|(?P<clause>[,;:()\u060c\u061b\u3001\uff0c–—]|\\s-\\s)"
)
_SIGN = re.compile(f"([{_SPACELESS}])")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|(?<!\w)@[\w.]+",
    re.IGNORECASE,
)
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
Meaning = TypeVar("Meaning")


class Word(NamedTuple):
    """One word, or one sign of a script without spaces.

    `forms` are its folded spellings: as written, and if letters are drawn out ("sooo") with each
    run of them twice and once. `start` and `end` are places in the text; `sentence` and `clause`
    count up.
    """

    forms: tuple[str, ...]
    start: int
    end: int
    sentence: int
    clause: int


class Words(NamedTuple):
    """A text and its words; addresses and handles are no words."""

    text: str
    words: tuple[Word, ...]

    def written(self, first: int, end: int) -> str:
        """The words from `first` up to before `end`, as they were written."""
        return self.text[self.words[first].start : self.words[end - 1].end]


class Found(NamedTuple, Generic[Meaning]):
    """A listed phrase that stands at the words from `first` up to before `end`."""

    meaning: Meaning
    first: int
    end: int


def without_addresses(text: str) -> str:
    """`text` with links, e-mail addresses and handles blanked, every other sign in its place."""
    if "@" not in text and "/" not in text and "www" not in text.lower():
        return text
    return _ADDRESS.sub(lambda address: " " * len(address[0]), text)


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """The words of a text, of its first 20,000 characters; kept for whoever asks next."""
    text = text[:LONGEST]
    words: list[Word] = []
    sentence = clause = 0
    for part in _READ.finditer(without_addresses(text)):
        if part.lastgroup == "sentence":
            sentence += 1
            clause += 1
        elif part.lastgroup == "clause":
            clause += 1
        else:
            start, end = part.span()
            for forms in _forms(part[0]) if end - start <= _KNOWN_WORD else _read(part[0]):
                words.append(Word(forms, start, end, sentence, clause))
    return Words(text, tuple(words))


class Phrases(Generic[Meaning]):
    """Phrases, each with a meaning; one ending in * also stands for its longer forms.

    Case, accents and letter variants do not matter; a ZWNJ in a phrase may be a space or nothing
    in the text. No phrase reaches over the end of a sentence.
    """

    def __init__(self, listed: Iterable[tuple[str, Meaning]]) -> None:
        self._by_word: dict[str, list[tuple[tuple[str, ...], bool, Meaning]]] = defaultdict(list)
        self._by_stem: dict[str, list[Meaning]] = defaultdict(list)
        for phrase, meaning in listed:
            for words in _spellings(phrase):
                if len(words) == 1 and phrase.endswith("*"):
                    self._by_stem[words[0]].append(meaning)
                elif words:
                    self._by_word[words[0]].append((words[1:], phrase.endswith("*"), meaning))
        for entries in self._by_word.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._stem_lengths = sorted({len(stem) for stem in self._by_stem}, reverse=True)

    def all_in(self, text: Words) -> Iterator[Found[Meaning]]:
        """Every phrase in the text, in its order, the longest of those at one place first."""
        for index in range(len(text.words)):
            yield from self.at(text, index)

    def longest_in(self, text: Words) -> Iterator[Found[Meaning]]:
        """The phrases in the text that do not overlap: at each place the longest, all it means."""
        index = 0
        while index < len(text.words):
            found = self.at(text, index)
            end = found[0].end if found else index + 1
            yield from (one for one in found if one.end == end)
            index = end

    def at(self, text: Words, index: int) -> list[Found[Meaning]]:
        """The phrases that begin at one word, longest first."""
        found: list[Found[Meaning]] = []
        stemmed: list[Found[Meaning]] = []
        for form in text.words[index].forms:
            for rest, open_end, meaning in self._by_word.get(form, ()):
                if not rest or _continues(text.words, index, rest, open_end):
                    found.append(Found(meaning, index, index + 1 + len(rest)))
            for length in self._stem_lengths:
                if length <= len(form):
                    for meaning in self._by_stem.get(form[:length], ()):
                        stemmed.append(Found(meaning, index, index + 1))
            if found or stemmed:
                break
        return found + stemmed


def languages_knowing(text: Words, listed: Phrases[str]) -> list[str]:
    """For a text of unknown language: the languages whose phrases cover most of it, maybe several.

    `listed` holds the phrases of all languages, each meaning its language. A short word of plain
    letters tells nothing: it stands in too many languages.
    """
    known: Counter[str] = Counter()
    for found in listed.all_in(text):
        written = text.written(found.first, found.end)
        if found.end - found.first > 1 or len(written) >= _TELLING or not written.isascii():
            known[found.meaning] += found.end - found.first
    most = max(known.values(), default=0)
    return sorted(language for language, count in known.items() if count == most)


def _continues(words: tuple[Word, ...], index: int, rest: tuple[str, ...], open_end: bool) -> bool:
    following = words[index + 1 : index + 1 + len(rest)]
    if len(following) < len(rest) or following[-1].sentence != words[index].sentence:
        return False
    last = rest[-1]
    if not all(
        expected in word.forms for expected, word in zip(rest[:-1], following, strict=False)
    ):
        return False
    return any(form == last or (open_end and form.startswith(last)) for form in following[-1].forms)


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    """The words of a phrase, with a ZWNJ read as a space and as nothing."""
    return {
        tuple(word.forms[0] for word in words_of.__wrapped__(spelling).words)
        for spelling in (phrase, phrase.replace("\u200c", ""))
    }


def _read(written: str) -> list[tuple[str, ...]]:
    """The folded forms of each part of a written word; ZWNJ parts it, and each spaceless sign."""
    folded = fold(written).replace("\u200c", " ")
    return [_shortened(part) for part in _SIGN.sub(r" \1 ", folded).split()]


@lru_cache(maxsize=30_000)
def _forms(written: str) -> list[tuple[str, ...]]:
    return _read(written)


def _shortened(word: str) -> tuple[str, ...]:
    if not _DRAWN_OUT.search(word):
        return (word,)
    return (word, _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word))
