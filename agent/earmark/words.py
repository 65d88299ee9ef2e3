"""Words of a text as lists of words are matched against them, each knowing where it stands.

`words_of` reads a text once however many plugins ask; `Phrases` finds listed phrases in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, Generic, NamedTuple, TypeVar

from .folding import SPACELESS, Remembered, fold

LONGEST = 20_000  # characters of a text that are read
_KNOWN_WORD = 40  # longer words are no words of a list, and would only fill the memory
_KNOWN_WORDS = 30_000  # whose forms are kept in mind
_REMEMBERED = 5_000  # words of which it is kept in mind what begins with them
_TELLING = 4
_GAP = "…"
_CLAUSE_END = "|"
_BETWEEN = 4  # what a gap may hold: a word counts 2, a sign of a script without spaces 1
_JOINED_TO = 2  # letters that others are joined to, at least
# Marks within words: Latin and Arabic vowels, tatweel, ZWNJ, and the vowel signs of India.
_MARKS = "\u200c\u0300-\u036f\u0640\u064b-\u065f\u0670\u0900-\u0dff"
_SENTENCE_END = "!?…\n\u061f\u06d4\u3002\uff01\uff1f\uff61"
_READ = re.compile(
    f"([{SPACELESS}]|(?:[^\\W_{SPACELESS}]+|[{_MARKS}]+)+)"  # 1: a sign or a word
    f"|([{_SENTENCE_END}]|\\.(?!\\w))"  # 2: the end of a sentence
    "|([,;:()\u060c\u061b\u3001\uff0c–—]|\\s-\\s)"  # 3: of a clause
)
_READ_ASCII = re.compile(r"([A-Za-z0-9]+)|([!?\n]|\.(?!\w))|([,;:()]|\s-\s)")  # the same, sooner
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
    """A text and its words; addresses and handles are no words, and blanks in `bare`.

    `signs` are the different characters of `bare`.
    """

    text: str
    words: tuple[Word, ...]
    bare: str
    signs: frozenset[str]

    def written(self, first: int, end: int) -> str:
        """The words from `first` up to before `end`, as they were written."""
        return self.text[self.words[first].start : self.words[end - 1].end]


class Found(NamedTuple, Generic[Meaning]):
    """A listed phrase that stands at the words from `first` up to before `end`."""

    meaning: Meaning
    first: int
    end: int


# A NamedTuple's own constructor takes three times as long, and there is one for each word.
_new_word: Callable[[tuple[Any, ...]], Word] = partial(tuple.__new__, Word)
_new_found: Callable[[tuple[Any, ...]], Found[Any]] = partial(tuple.__new__, Found)


def _without_addresses(text: str) -> str:
    """`text` with links, e-mail addresses and handles blanked, every other sign in its place."""
    if "@" not in text and "/" not in text and "www" not in text.lower():
        return text
    return _ADDRESS.sub(lambda address: " " * len(address[0]), text)


@lru_cache(maxsize=64)  # more than the texts of a batch would be much memory where they are long
def words_of(text: str) -> Words:
    """The words of a text, of its first 20,000 characters; kept for whoever asks next."""
    text = text[:LONGEST]
    bare = _without_addresses(text)
    words: list[Word] = []
    sentence = clause = 0
    for part in (_READ_ASCII if bare.isascii() else _READ).finditer(bare):
        if part.lastindex == _WORD:
            start, end = part.span()
            for forms in _FORMS[part[0]]:
                words.append(_new_word((forms, start, end, sentence, clause)))
        else:
            clause += 1
            sentence += part.lastindex == _SENTENCE
    return Words(text, tuple(words), bare, frozenset(bare))


_NOTHING: dict[str, Any] = {}


class _Node(Generic[Meaning]):
    """A place in the tree of phrases: what may follow, at once or after a gap, what ends here,
    what ends here if the clause does, what may end openly, and as what.

    There are a hundred thousand of them: what most have not got takes no room.
    """

    __slots__ = ("beginnings", "closing", "gap", "meanings", "next", "stems")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Meaning]] = _NOTHING
        self.gap: _Node[Meaning] | None = None
        self.meanings: tuple[Meaning, ...] = ()
        self.closing: tuple[Meaning, ...] = ()
        self.stems: tuple[tuple[str, Meaning], ...] = ()
        self.beginnings: tuple[str, ...] = ()  # those of `stems`, to be looked for at once

    def child(self, word: str) -> _Node[Meaning]:
        """Where a word of a phrase, or a gap in it, leads; made if need be."""
        if word == _GAP:
            self.gap = self.gap or _Node()
            return self.gap
        if self.next is _NOTHING:
            self.next = {}
        return self.next.setdefault(word, _Node())

    def end_openly(self, stem: str, meaning: Meaning) -> None:
        """Let a phrase end in a word that goes on after its stem."""
        self.stems += ((stem, meaning),)
        self.beginnings += (stem,)

    def after(self, forms: tuple[str, ...]) -> _Node[Meaning] | None:
        """Where a word in any of its spellings leads."""
        for form in forms:
            if form in self.next:
                return self.next[form]
        return None


class Phrases(Generic[Meaning]):
    """Phrases, each with a meaning; one ending in * also stands for its longer forms.

    One ending in | stands only where its clause ends, and … in one for up to two words, or none.
    Case, accents and letter variants do not matter; a ZWNJ in a phrase may be a space or nothing
    in the text. No phrase reaches over the end of a sentence. `joined` are letters that a language
    writes as one with the word that follows: an Arabic "and".
    """

    def __init__(self, listed: Iterable[tuple[str, Meaning]], joined: str = "") -> None:
        self._joined = joined
        self._root: _Node[Meaning] = _Node()
        for phrase, meaning in listed:
            for words in _spellings(phrase):
                self._add(words, phrase[-1:], meaning)
        self._stems: dict[str, list[Meaning]] = {}
        for stem, meaning in self._root.stems:
            self._stems.setdefault(stem, []).append(meaning)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._known: dict[tuple[str, ...], tuple[_Begun[Meaning], ...]] = {}

    def _add(self, words: tuple[str, ...], ending: str, meaning: Meaning) -> None:
        if not words:
            return
        node = self._root
        for word in words[:-1]:
            node = node.child(word)
        if ending == "*":
            node.end_openly(words[-1], meaning)
            return
        node = node.child(words[-1])
        if ending == _CLAUSE_END:
            node.closing += (meaning,)
        else:
            node.meanings += (meaning,)

    def found_in(self, text: Words) -> Iterator[list[Found[Meaning]]]:
        """The phrases in the text: for each word where any begins, those, the longest first."""
        words, known = text.words, self._known
        for index, word in enumerate(words):
            begun = known.get(word.forms)
            if begun is None:
                begun = self._meet(word.forms)
            found = _found_at(words, index, begun) if begun else []
            if self._joined and (parted := self._parted(word.forms)):
                # A listed word is not read as another one with a letter before it.
                other = _found_at(words, index, known.get(parted) or self._meet(parted))
                found = found + [one for one in other if not found or one.end > index + 1]
                found.sort(key=lambda one: -one.end)
            if found:
                yield found

    def _meet(self, forms: tuple[str, ...]) -> tuple[_Begun[Meaning], ...]:
        """What begins with a word; words that were met are kept in mind."""
        begun = tuple(filter(None, map(self._begun, forms)))
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        if len(forms[0]) <= _KNOWN_WORD:
            self._known[forms] = begun
        return begun

    def _parted(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        """The spellings of a word without a letter joined to its beginning."""
        return tuple(
            form[1:] for form in forms if form[0] in self._joined and len(form) > _JOINED_TO
        )

    def _begun(self, form: str) -> _Begun[Meaning] | None:
        """What begins with one spelling of a word."""
        stemmed: list[Meaning] = []
        for length in range(min(self._longest_stem, len(form)), 0, -1):
            stemmed += self._stems.get(form[:length], ())
        node = self._root.next.get(form)
        return _begun(node, stemmed) if node or stemmed else None


class _Begun(NamedTuple, Generic[Meaning]):
    """What begins with a word: what it means alone, and from where phrases go on, if any do.

    `only_before` holds the words of which one must follow for anything to be found; many words
    begin phrases and are none.
    """

    alone: list[Meaning]
    node: _Node[Meaning] | None
    only_before: dict[str, _Node[Meaning]]


def _begun(node: _Node[Meaning] | None, stemmed: list[Meaning]) -> _Begun[Meaning]:
    if node is None:
        return _Begun(stemmed, None, _NOTHING)
    ends_elsewhere = node.gap or node.beginnings or node.closing
    if not (node.next or ends_elsewhere):
        return _Begun([*node.meanings, *stemmed], None, _NOTHING)
    waits = not (stemmed or node.meanings or ends_elsewhere)
    return _Begun(stemmed, node, node.next if waits else _NOTHING)


def _found_at(
    words: tuple[Word, ...], index: int, spelt: tuple[_Begun[Meaning], ...]
) -> list[Found[Meaning]]:
    """What begins at a word in the first of its spellings in which anything does; longest first,
    as far as the words after it go on with it."""
    end = index + 1
    for alone, node, only_before in spelt:
        if only_before and (end == len(words) or only_before.keys().isdisjoint(words[end].forms)):
            continue
        found = _followed(words, index, end, node) if node else []
        if alone:
            found += [_new_found((meaning, index, end)) for meaning in alone]
        if found:
            return found
    return []


def _followed(
    words: tuple[Word, ...], index: int, end: int, node: _Node[Meaning]
) -> list[Found[Meaning]]:
    """What began at the word `index` and has been reached before the word `end`; longest first."""
    sentence = words[index].sentence
    found: list[Found[Meaning]] = []
    gapped = False
    while True:
        if node.meanings:
            found[:0] = [_new_found((meaning, index, end)) for meaning in node.meanings]
        if node.closing and _clause_ends(words, end):
            found[:0] = [_new_found((meaning, index, end)) for meaning in node.closing]
        if not (node.next or node.gap or node.beginnings):  # as after most phrases
            break
        if end == len(words) or words[end].sentence != sentence:
            break
        if node.gap:
            found += _beyond_gap(words, index, end, node.gap)
            gapped = True
        if node.beginnings:
            found[:0] = _open_ended(words, index, end, node)
        following = node.after(words[end].forms)
        if following is None:
            break
        node = following
        end += 1
    return sorted(found, key=lambda one: -one.end) if gapped else found


def _beyond_gap(
    words: tuple[Word, ...], index: int, end: int, gap: _Node[Meaning]
) -> Iterator[Found[Meaning]]:
    clause, room = words[end - 1].clause, _BETWEEN
    while room >= 0 and end < len(words) and words[end].clause == clause:
        word = words[end]
        if gap.beginnings:
            yield from _open_ended(words, index, end, gap)
        if node := gap.after(word.forms):
            yield from _followed(words, index, end + 1, node)
        room -= 1 if _is_sign(word) else 2
        end += 1


def _open_ended(
    words: tuple[Word, ...], index: int, end: int, node: _Node[Meaning]
) -> list[Found[Meaning]]:
    """What the word `end` ends as one of the longer forms of what is listed."""
    forms = words[end].forms
    for form in forms:
        if form.startswith(node.beginnings):
            return [
                _new_found((meaning, index, end + 1))
                for stem, meaning in node.stems
                if any(form.startswith(stem) for form in forms)
            ]
    return []


def _clause_ends(words: tuple[Word, ...], end: int) -> bool:
    """Whether a clause ends before a word; after a sign that is a word, a blank ends one too."""
    if end == len(words) or words[end].clause != words[end - 1].clause:
        return True
    return _is_sign(words[end - 1]) and words[end].start > words[end - 1].end


def _is_sign(word: Word) -> bool:
    return word.forms[0] >= "\u0e00" and _SIGN.fullmatch(word.forms[0]) is not None


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
    words: list[str] = []
    for part in _READ.finditer(phrase):
        if part.lastindex == _WORD:
            words += (forms[0] for forms in _FORMS[part[0]])
        elif part[0] == _GAP and words:
            words.append(_GAP)
    while words and words[-1] == _GAP:
        words.pop()
    return tuple(words)


def _read(written: str) -> tuple[tuple[str, ...], ...]:
    """The folded forms of each part of a written word; ZWNJ parts it, and each spaceless sign."""
    folded = fold(written)
    if folded.isascii() and folded.isalnum():
        return (_shortened(folded),)
    folded = folded.replace("\u200c", " ")
    return tuple(map(_shortened, _SIGN.sub(r" \1 ", folded).split()))


_FORMS = Remembered(_read, _KNOWN_WORDS, _KNOWN_WORD)


def _shortened(word: str) -> tuple[str, ...]:
    if not _DRAWN_OUT.search(word):
        return (word,)
    return (word, _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word))
