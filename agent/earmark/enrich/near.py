"""Names that misspelt words may mean, found without comparing them with every name.

Two spellings that differ by d mistakes (letters left out, added, changed, or two neighbours
swapped) share what is left when up to d letters are taken out of each. So each name is filed
under what is left of it, and a word is looked up under what is left of the word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

Entry = TypeVar("Entry")
LEAST = 5  # letters of a name that is looked for misspelt
ALIKE = 0.80  # of the letters
MOST_MISTAKES = 2
_HEAD = 8  # letters of longer names that are filed: two mistakes leave six of them
_WHOLE = -1  # instead of the place of a word in a name: the name itself
_SHORT = 9  # letters of names that are also filed whole, without one letter
_WORD = 4  # letters of a word of a name that the name is filed under
_TORN = 7  # letters of a name that may be torn apart and misspelt at once
_PIECE = 3  # letters of the piece of a torn name that has no mistake
_EACH_ALIKE = 0.6  # each word of a name of several is at least so much like its own


def alike(word: str, name: str, least: float = ALIKE) -> float:
    """How alike two folded spellings are, 0 to 1; 0 where it is less than `least`, or more than
    two mistakes."""
    longest = max(len(word), len(name))
    most = min(MOST_MISTAKES, int((1 - least) * longest + 0.001))
    mistakes = DamerauLevenshtein.distance(word, name, score_cutoff=most)
    return 1 - mistakes / longest if mistakes <= most else 0.0


def like(name: str, words: Sequence[str]) -> list[str]:
    """The words that may be misspellings of one name, and perhaps some more: all at once."""
    scorer = DamerauLevenshtein.normalized_similarity
    slack = ALIKE - 0.1  # the sign of a drawn-out word is no letter
    return [
        found[0] for found in process.extract_iter(name, words, scorer=scorer, score_cutoff=slack)
    ]


def one_mistake(word: str, name: str) -> bool:
    """Whether two spellings are the same but for one mistake at most."""
    return DamerauLevenshtein.distance(word, name, score_cutoff=1) <= 1


class Near:
    """An index over names, each given by its folded words and known by its place in the list."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        self._names = ["".join(words) for words in names]
        self._words = names
        whole = (
            (left, (number, _WHOLE))
            for number, name in enumerate(self._names)
            if LEAST <= len(name) <= _SHORT
            for left in without_one(name)
        )
        parts = (
            (left, (number, place))
            for number, words in enumerate(names)
            if len(words) > 1
            for place, word in enumerate(words)
            if len(word) >= _WORD
            for left in without_one(word)
        )
        self._near = filed(chain(whole, parts))  # one index: looking into it is what costs
        self._heads = filed(
            (left, number)
            for number, name in enumerate(self._names)
            if len(name) >= _HEAD
            for left in set(without(MOST_MISTAKES, name[:_HEAD]))
        )
        self._torn = filed(
            (piece, number)
            for number, words in enumerate(names)
            if len(words) == 1 and len(words[0]) >= _TORN
            for piece in pieces(words[0])
        )

    def meant(self, word: str, parts_only: bool = False) -> tuple[list[int], list[tuple[int, int]]]:
        """The names that one word may mean, and the names of several words of which one may be
        this word, with which one, counted from 0: the others are to be looked at with `is_like`.

        `parts_only`: the first are not wanted.
        """
        near = _under(self._near, without_one(word))
        likely = set() if parts_only else {number for number, place in near if place == _WHOLE}
        if len(word) >= _HEAD and not parts_only:
            likely |= _under(self._heads, without(MOST_MISTAKES, word[:_HEAD]))
        names = [number for number in likely if alike(word, self._names[number])]
        parts = [(number, place) for number, place in near if place != _WHOLE]
        return names, [each for each in parts if one_mistake(word, self._words[each[0]][each[1]])]

    def is_like(self, words: Sequence[str], number: int) -> bool:
        """Whether as many words may mean a name, each of them and all together: “my store” is not
        “Mi Store”."""
        own = self._words[number]
        each = all(alike(*pair, _EACH_ALIKE) for pair in zip(words, own, strict=True))
        return each and alike("".join(words), self._names[number]) > 0

    def is_piece(self, word: str) -> bool:
        """Whether some name begins or ends with a word."""
        return word in self._torn

    def torn(self, first: str, last: str) -> list[int]:
        """The names that two neighbours may mean, torn apart and with one mistake at most in one
        of the two."""
        length = len(first) + len(last)
        near = {*self._torn.get(first, ()), *self._torn.get(last, ())}
        fitting = [n for n in near if abs(len(self._names[n]) - length) <= 1]
        return [number for number in fitting if is_torn(first, last, self._names[number])]


def is_torn(first: str, last: str, name: str) -> bool:
    """Whether two neighbours are the halves of a name, one of them with one mistake at most."""
    intact = name.startswith(first) or name.endswith(last)
    return intact and one_mistake(first + last, name)


def filed(entries: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    """What is filed under each text; in tuples, which cost the garbage collector nothing."""
    lists: dict[str, list[Entry]] = {}
    for text, entry in entries:
        lists.setdefault(text, []).append(entry)
    return {text: tuple(entries) for text, entries in lists.items()}


def pieces(name: str) -> set[str]:
    """What a torn name may begin or end with."""
    cuts = range(_PIECE, len(name) - 1)
    return {name[:cut] for cut in cuts} | {name[-cut:] for cut in cuts}


def without_one(word: str) -> set[str]:
    """The word, and what is left of it without each of its letters."""
    return {word, *[word[:place] + word[place + 1 :] for place in range(len(word))]}


def without(letters: int, word: str) -> Iterator[str]:
    """What is left of a word without so many of its letters, any of them."""
    return map("".join, combinations(word, len(word) - letters))


def _under(filed: dict[str, tuple[Entry, ...]], texts: Iterable[str]) -> set[Entry]:
    """What is filed under any of some texts: under most of them nothing is."""
    return {entry for text in filed.keys() & texts for entry in filed[text]}
