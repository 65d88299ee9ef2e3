"""Words of a text as lists of words are matched against them, each knowing where it stands.

`words_of` reads a text once however many plugins ask; `Phrases` finds listed phrases in it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from .folding import SPACELESS, fold

LONGEST = 20_000  # characters of a text that are read
_KNOWN_WORD = 40  # longer words are no words of a list, and would only fill the memory
_REMEMBERED = 5_000  # words whose beginnings are kept in mind
_STEM_KEY = 3
_TELLING = 4
# Marks within words: Latin and Arabic vowels, tatweel, ZWNJ, and the vowel signs of India.
_MARKS = "\u200c\u0300-\u036f\u0640\u064b-\u065f\u0670\u0900-\u0dff"
_SENTENCE_END = "!?…\n\u061f\u06d4\u3002\uff01\uff1f\uff61"
_READ = re.compile(
    f"([{SPACELESS}]|(?:(?![_{SPACELESS}])[\\w{_MARKS}])+)"  # 1: a sign or a word
    f"|([{_SENTENCE_END}]|\\.(?!\\w))"  # 2: the end of a sentence
    "|([,;:()\u060c\u061b\u3001\uff0c–—]|\\s-\\s)"  # 3: of a clause
)
_WORD, _SENTENCE = 1, 2
_SIGN = re.compile(f"([{SPACELESS}])")
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
    """A text and its words; addresses and handles are no words, and blanks in `bare`."""

    text: str
    words: tuple[Word, ...]
    bare: str

    def written(self, first: int, end: int) -> str:
        """The words from `first` up to before `end`, as they were written."""
        return self.text[self.words[first].start : self.words[end - 1].end]


class Found(NamedTuple, Generic[Meaning]):
    """A listed phrase that stands at the words from `first` up to before `end`."""

    meaning: Meaning
    first: int
    end: int


def _without_addresses(text: str) -> str:
    """`text` with links, e-mail addresses and handles blanked, every other sign in its place."""
    if "@" not in text and "/" not in text and "www" not in text.lower():
        return text
    return _ADDRESS.sub(lambda address: " " * len(address[0]), text)


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """The words of a text, of its first 20,000 characters; kept for whoever asks next."""
    text = text[:LONGEST]
    bare = _without_addresses(text)
    words: list[Word] = []
    sentence = clause = 0
    for part in _READ.finditer(bare):
        if part.lastindex == _WORD:
            start, end = part.span()
            for forms in _forms(part[0]) if end - start <= _KNOWN_WORD else _read(part[0]):
                words.append(Word(forms, start, end, sentence, clause))
        else:
            clause += 1
            sentence += part.lastindex == _SENTENCE
    return Words(text, tuple(words), bare)


class _Node(Generic[Meaning]):
    """A place in the tree of phrases: what may follow, what ends here, what may end openly."""

    __slots__ = ("meanings", "next", "stems")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Meaning]] = {}
        self.meanings: list[Meaning] = []
        self.stems: list[tuple[str, Meaning]] = []

    def after(self, forms: tuple[str, ...]) -> _Node[Meaning] | None:
        """Where a word in any of its spellings leads."""
        for form in forms:
            if form in self.next:
                return self.next[form]
        return None


class Phrases(Generic[Meaning]):
    """Phrases, each with a meaning; one ending in * also stands for its longer forms.

    Case, accents and letter variants do not matter; a ZWNJ in a phrase may be a space or nothing
    in the text. No phrase reaches over the end of a sentence.
    """

    def __init__(self, listed: Iterable[tuple[str, Meaning]]) -> None:
        self._root: _Node[Meaning] = _Node()
        for phrase, meaning in listed:
            for words in _spellings(phrase):
                self._add(words, phrase.endswith("*"), meaning)
        self._stems: dict[str, list[tuple[str, Meaning]]] = defaultdict(list)
        for stem, meaning in sorted(self._root.stems, key=lambda entry: -len(entry[0])):
            self._stems[stem[:_STEM_KEY]].append((stem, meaning))
        self._begun: dict[str, _Begun[Meaning]] = {}

    def _add(self, words: tuple[str, ...], open_end: bool, meaning: Meaning) -> None:
        node = self._root
        for word in words[:-1]:
            node = node.next.setdefault(word, _Node())
        if open_end and words:
            node.stems.append((words[-1], meaning))
        elif words:
            node.next.setdefault(words[-1], _Node()).meanings.append(meaning)

    def found_in(self, text: Words) -> Iterator[list[Found[Meaning]]]:
        """The phrases in the text: for each word where any begins, those, the longest first."""
        words, last = text.words, len(text.words) - 1
        for index, word in enumerate(words):
            for form in word.forms:
                begun = self._begun.get(form) or self._begin(form)
                if begun.only_before is not None and (
                    index == last or not _any_in(words[index + 1].forms, begun.only_before)
                ):
                    continue
                if found := _followed(words, index, begun):
                    yield found
                    break

    def _begin(self, form: str) -> _Begun[Meaning]:
        """What begins with a word; words that were met are kept in mind."""
        keys = dict.fromkeys(form[:length] for length in range(_STEM_KEY, 0, -1))
        stemmed = [
            meaning
            for key in keys
            for stem, meaning in self._stems.get(key, ())
            if form.startswith(stem)
        ]
        node = self._root.next.get(form)
        ends_here = stemmed or (node and (node.meanings or node.stems))
        begun = _Begun(node, stemmed, None if ends_here else node.next if node else {})
        if len(self._begun) < _REMEMBERED and len(form) <= _KNOWN_WORD:
            self._begun[form] = begun
        return begun


class _Begun(NamedTuple, Generic[Meaning]):
    """What begins with a word: phrases, and what it means by its stem alone.

    `only_before` holds the words of which one must follow for anything to be found; many words
    begin phrases and are none.
    """

    node: _Node[Meaning] | None
    stemmed: list[Meaning]
    only_before: dict[str, _Node[Meaning]] | None


def _followed(words: tuple[Word, ...], index: int, begun: _Begun[Meaning]) -> list[Found[Meaning]]:
    """What begins at a word, as far as the words after it go on with it; longest first."""
    found = [Found(meaning, index, index + 1) for meaning in begun.stemmed]
    node, end, sentence = begun.node, index + 1, words[index].sentence
    while node:
        if node.meanings:
            found[:0] = [Found(meaning, index, end) for meaning in node.meanings]
        if end == len(words) or words[end].sentence != sentence:
            break
        forms = words[end].forms
        if node.stems:
            found[:0] = [
                Found(meaning, index, end + 1)
                for stem, meaning in node.stems
                if any(form.startswith(stem) for form in forms)
            ]
        node = node.after(forms)
        end += 1
    return found


def _any_in(forms: tuple[str, ...], following: dict[str, _Node[Meaning]]) -> bool:
    return forms[0] in following or any(form in following for form in forms[1:])


def languages_knowing(text: Words, listed: Phrases[str]) -> list[str]:
    """For a text of unknown language: the languages whose phrases cover most of it, maybe several.

    `listed` holds the phrases of all languages, each meaning its language. A short word of plain
    letters tells nothing: it stands in too many languages.
    """
    known: Counter[str] = Counter()
    for found in (one for begun in listed.found_in(text) for one in begun):
        written = text.written(found.first, found.end)
        if found.end - found.first > 1 or len(written) >= _TELLING or not written.isascii():
            known[found.meaning] += found.end - found.first
    most = max(known.values(), default=0)
    return sorted(language for language, count in known.items() if count == most)


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    """The words of a phrase, with a ZWNJ read as a space and as nothing."""
    return {_words_alone(phrase), _words_alone(phrase.replace("\u200c", ""))}


@lru_cache(maxsize=4)
def _words_alone(phrase: str) -> tuple[str, ...]:
    parts = (part[0] for part in _READ.finditer(phrase) if part.lastindex == _WORD)
    return tuple(forms[0] for part in parts for forms in _forms(part))


def _read(written: str) -> list[tuple[str, ...]]:
    """The folded forms of each part of a written word; ZWNJ parts it, and each spaceless sign."""
    folded = fold(written)
    if folded.isascii() and folded.isalnum():
        return [_shortened(folded)]
    folded = folded.replace("\u200c", " ")
    return [_shortened(part) for part in _SIGN.sub(r" \1 ", folded).split()]


@lru_cache(maxsize=30_000)
def _forms(written: str) -> list[tuple[str, ...]]:
    return _read(written)


def _shortened(word: str) -> tuple[str, ...]:
    if not _DRAWN_OUT.search(word):
        return (word,)
    return (word, _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word))
