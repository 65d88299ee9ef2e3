"""langdetect's profiles and our own as one table, summed exactly where langdetect samples.

For a text x and a language l, S(l) is the sum over all runs g of one to three letters in x of
ln(p(g|l) + a) - ln a, where p is the run's share among those of its length in l's profile. Each
run's row of logs is one long whole number, 32 bits a column: adding such numbers adds all columns
at once, in any order to the same bit, and needs no library for it.
"""

from __future__ import annotations

import json
import math
import struct
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from .ngrams import grams_of, words_of

SMOOTHING = 0.5 / 10_000
COMMON_WORD = 14.0  # nats for a language that a word is very common in
HOPELESS = 80  # nats behind the likeliest language
STEPS = 4096  # of a column, to one nat
LONGEST = 2_000  # signs of a text; more tells nothing new, and a column cannot overflow
BITS = 32
MOST = (1 << BITS) - 1  # that a column holds
OURS = ("az", "ckb", "ku")
# Languages that share letters compete; what has a script of its own needs no profile.
SCRIPTS = {
    "ARABIC": ("ar", "ckb", "fa", "ur"),
    "CYRILLIC": ("bg", "mk", "ru", "uk"),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "LATIN": (
        "af", "az", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id",
        "it", "ku", "lt", "lv", "nl", "no", "pl", "pt", "ro", "sk", "sl", "so", "sq", "sv", "sw",
        "tl", "tr", "vi",
    ),
}  # fmt: skip


class Spelling(NamedTuple):
    """How a language is also typed: its letters replaced, and the nats that this must make up for.

    Without those, every Turkish text would be Azerbaijani typed without its ə.
    """

    tag: str
    replaced: Mapping[int, int]
    against: float = 0.0


_PLAIN = str.maketrans("ăâîșțşţçğıöşüĂÂÎȘȚŞŢÇĞİÖŞÜ", "aaiststcgiosuAAISTSTCGIOSU")
SPELLINGS = (
    Spelling("tr", _PLAIN),
    Spelling("ro", _PLAIN),
    Spelling("az", str.maketrans("əƏ", "eE"), against=15.0),
    Spelling("az", str.maketrans("əçğıöşüƏÇĞİÖŞÜ", "ecgiosuECGIOSU"), against=25.0),
    Spelling("fa", str.maketrans("کۀ", "كه"), against=5.0),
)
Profile = dict[str, float]


class Column(NamedTuple):
    """One language in one spelling."""

    script: str
    tag: str
    replaced: Mapping[int, int]
    against: int = 0  # in steps


class Block(NamedTuple):
    """The columns of one script: from `start` the plain ones of `tags`, from `others` the rest."""

    start: int
    tags: tuple[str, ...]
    others: int
    spellings: tuple[Column, ...]


def _columns_of(script: str) -> list[Column]:
    """The languages of a script, as profiles spell them; then as they are typed too."""
    tags = SCRIPTS[script]
    typed = [spelling for spelling in SPELLINGS if spelling.tag in tags]
    return [Column(script, tag, {}) for tag in tags] + [
        Column(script, one.tag, one.replaced, round(one.against * STEPS)) for one in typed
    ]


def _blocks() -> list[Block]:
    blocks: list[Block] = []
    start = 0
    for script, tags in SCRIPTS.items():
        spellings = tuple(_columns_of(script)[len(tags) :])
        blocks.append(Block(start, tags, start + len(tags), spellings))
        start += len(tags) + len(spellings)
    return blocks


class Profiles:
    """The table, asked for words and texts."""

    def __init__(self) -> None:
        columns = [column for script in SCRIPTS for column in _columns_of(script)]
        self._rows = _table(columns)
        self._common = _common_words(columns)
        self._blocks = _blocks()
        self._spelt: dict[str, list[tuple[int, int]]] = {}
        for at, column in enumerate(columns):
            self._spelt.setdefault(column.tag, []).append((at, column.against))
        self._bytes = len(columns) * BITS // 8
        self._unpack = struct.Struct(f"<{len(columns)}I").unpack
        self._word = lru_cache(maxsize=8192)(self._added)
        self.lead = lru_cache(maxsize=8192)(self._lead)
        self.most_lead = lru_cache(maxsize=8192)(self._most_lead)

    def probabilities(self, text: str) -> dict[str, float]:
        """How probable each language is that is written in a script of `text`; may be empty.

        Hopeless ones are left out: they are most, and would only cost time.
        """
        best = self._best(sum(map(self._word, words_of(text[:LONGEST]))))
        if not best:
            return {}
        top = max(best.values())
        least = top - HOPELESS * STEPS
        odds = {
            tag: math.exp((score - top) / STEPS) for tag, score in best.items() if score >= least
        }
        whole = math.fsum(odds.values())
        return {tag: value / whole for tag, value in odds.items()}

    def _lead(self, word: str, main: str, other: str) -> float:
        """By how many nats a word is rather in the language `other` than in `main`."""
        row = self._word(word)
        return (self._score(row, other) - self._score(row, main)) / STEPS

    def _most_lead(self, word: str, main: str, others: tuple[str, ...]) -> float:
        """The `lead` of the one of `others` that leads most."""
        row = self._word(word)
        return (max(self._score(row, tag) for tag in others) - self._score(row, main)) / STEPS

    def _score(self, total: int, tag: str) -> int:
        return max((total >> BITS * at & MOST) - against for at, against in self._spelt[tag])

    def _added(self, word: str) -> int:
        """The rows of a word's runs; what is shouted is read as if it were not."""
        word = word.lower() if len(word) > 1 and word.isupper() else word
        rows = filter(None, map(self._rows.get, grams_of(word)))
        return sum(rows, start=self._common.get(word.lower(), 0))

    def _best(self, total: int) -> dict[str, int]:
        """Each language's score in steps, by the spelling that fits best."""
        sums = self._unpack(total.to_bytes(self._bytes, "little"))
        best: dict[str, int] = {}
        for start, tags, others, spellings in self._blocks:
            if any(sums[start:others]):
                best.update(zip(tags, sums[start:others], strict=True))
                for at, spelling in enumerate(spellings, others):
                    if sums[at] - spelling.against > best[spelling.tag]:
                        best[spelling.tag] = sums[at] - spelling.against
        return best


def _table(columns: list[Column]) -> dict[str, int]:
    """For each run of letters its row, as one number."""
    rows: dict[str, int] = {}
    for at, column in enumerate(columns):
        for gram, share in _spelt(_profile(column.tag), column.replaced).items():
            if _script(gram) == column.script:
                steps = round(math.log(share / SMOOTHING + 1) * STEPS)
                rows[gram] = rows.get(gram, 0) + (steps << BITS * at)
    return rows


def _common_words(columns: list[Column]) -> dict[str, int]:
    """For each word that is very common in some languages what it adds to them, as one number."""
    words = tomllib.loads((files(__package__) / "common_words.toml").read_text(encoding="utf-8"))
    steps = round(COMMON_WORD * STEPS)
    rows: dict[str, int] = {}
    for at, column in enumerate(columns):
        plain = words_of(words.get(column.tag, ""))
        for word in {each.translate(column.replaced) for each in plain}:
            rows[word] = rows.get(word, 0) + (steps << BITS * at)
    return rows


def _spelt(profile: Profile, replaced: Mapping[int, int]) -> Profile:
    if not replaced:
        return profile
    spelt: Profile = {}
    for gram, share in profile.items():
        typed = gram.translate(replaced)
        spelt[typed] = spelt.get(typed, 0.0) + share
    return spelt


def _profile(tag: str) -> Profile:
    """The share of each run among those of its length."""
    if tag in OURS:
        content = (files(__package__) / "own_profiles" / f"{tag}.json").read_text(encoding="utf-8")
    else:
        content = (files("langdetect") / "profiles" / tag).read_text(encoding="utf-8")
    profile = json.loads(content)
    totals = profile["n_words"]
    return {
        gram: count / totals[len(gram) - 1]
        for gram, count in profile["freq"].items()
        if len(gram) <= len(totals)
    }


@cache
def _script(gram: str) -> str:
    """The one script that the letters of a run are of, by its Unicode name; else nothing."""
    scripts = {_script_of(sign) for sign in gram if sign.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""


@cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0]
