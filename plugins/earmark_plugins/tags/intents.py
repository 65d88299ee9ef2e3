"""What a comment wants and is about, by word lists that any native speaker can mend.

The lists are `words/<language>.toml`: for each tag, words and phrases. Case, accents and letter
variants do not matter; a word ending in * also stands for its longer forms.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, islice
from typing import Any

from earmark import Tag, fold, hookimpl

WORD = re.compile("[\\w\u200c\u0300-\u036f\u0640\u064b-\u065f\u0670]+")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
QUESTION_MARK = re.compile("[?؟]")
SHOWN = 3  # different words given as the reason for one tag
HITS = 20  # and looked for among so many
LONGEST = 20_000  # characters of a text that are read


class Words:
    """A text as folded words between single spaces, each remembering how it was written."""

    def __init__(self, text: str) -> None:
        self._written = [(part, word) for word in WORD.findall(text) for part in _parts(word)]
        self._starts = [0, *accumulate(len(part) + 1 for part, _ in self._written)]
        self.folded = "".join(f"{part} " for part, _ in self._written)

    def written(self, start: int, end: int) -> str:
        """The words between two places of `folded`, as they were written."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return " ".join(dict.fromkeys(word for _, word in self._written[first:last]))


@hookimpl
def suggest_tags(items: list[dict[str, Any]]) -> list[list[Tag]]:
    """Tags by the word list of each item's language.

    Where the language is unknown, as it often is for very short texts, all lists are used: one
    word is then all there is to go by, and its reason is shown beside the tag. A text in a
    language without a list can still be told to be a question by its mark.
    """
    return [list(_tags(item)) for item in items]


def _tags(item: dict[str, Any]) -> Iterator[Tag]:
    text = ADDRESS.sub(" ", item.get("text", "")[:LONGEST])
    words = Words(text)
    tag = item.get("language", {}).get("tag", "und").split("-")[0]
    found: dict[str, list[str]] = {}
    if mark := QUESTION_MARK.search(text):
        found["intent:question"] = [mark[0]]
    for patterns in lists().values() if tag == "und" else [lists().get(tag, {})]:
        for name, pattern in patterns.items():
            hits = islice(pattern.finditer(words.folded), HITS)
            found.setdefault(name, []).extend(words.written(*hit.span()) for hit in hits)
    for name, because in found.items():
        if because:
            shown = list(dict.fromkeys(because))[:SHOWN]
            yield Tag(name, because=", ".join(f"“{word}”" for word in shown))


@lru_cache(maxsize=1)
def lists() -> dict[str, dict[str, re.Pattern[str]]]:
    """For each language with a word list, for each tag, the pattern of its words."""
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    for path in (files(__package__) / "words").iterdir():
        if path.name.endswith(".toml"):
            entries = tomllib.loads(path.read_text(encoding="utf-8"))
            found[path.name.removesuffix(".toml")] = {
                name: _pattern(words) for name, words in entries.items()
            }
    return found


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words; the longest, so that the reason shows all of it."""
    rests: dict[str, list[str]] = {}
    spellings = {spelling for phrase in phrases for spelling in _spellings(phrase)}
    for spelling in sorted(spellings, key=lambda spelling: (-len(spelling), spelling)):
        rests.setdefault(spelling[0], []).append(spelling[1:])
    # By first letter: most words of a text are then passed over at once.
    either = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(rests.items()))
    return re.compile(f"(?<!\\S)(?:{either})(?!\\S)")


def _spellings(phrase: str) -> set[str]:
    """Patterns of a phrase: with a ZWNJ as two words and as one."""
    patterns = set()
    for spelling in (phrase, phrase.replace("\u200c", "")):
        words = [part for word in WORD.findall(spelling) for part in _parts(word)]
        patterns.add(" ".join(map(re.escape, words)) + (r"\w*" if phrase.endswith("*") else ""))
    return patterns


def _parts(word: str) -> list[str]:
    return fold(word).replace("\u200c", " ").split()
