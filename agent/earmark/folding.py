"""One folding for search, matching and fingerprints: what is stored and what is typed meet here.

`fold` makes spellings of one word equal; `search_tokens` and `search_query` prepare folded text
for an FTS5 table with `tokenize = "unicode61 remove_diacritics 0"`.
"""

from __future__ import annotations

import re
import unicodedata

ZWNJ = "\u200c"
# Stands in every indexed text, for a query of nothing but exclusions to take from.
_EVERY_TEXT = "\ue000"

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

# Scripts written without spaces: each sign is a token of its own.
_SIGN = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
_UNSAFE = re.compile('[\x00-\x1f"\ud800-\udfff]')
_ASKED = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


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


def fold(text: str) -> str:
    """`text` with spellings of one word made equal: case, accents, letter and digit variants.

    Folding twice changes nothing. ZWNJ and everything that is no letter or digit stay.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text.translate(_FOLDED))


def search_tokens(text: str) -> str:
    """`text` folded for the full-text index.

    A word with ZWNJ is indexed split and, at the end, joined; each sign of Chinese, Japanese,
    Thai and their like is a token.
    """
    folded = _UNSAFE.sub(" ", fold(text))
    joined = {word.replace(ZWNJ, "") for word in folded.split() if ZWNJ in word}
    return " ".join([_split(folded), *sorted(joined), _EVERY_TEXT])


def search_query(text: str) -> str:
    """What a person typed as an FTS5 MATCH expression; empty when it holds nothing to look for.

    All words must occur; "words in quotes" stand together; -word must not occur. No input makes
    a syntax error.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for asked in _ASKED.finditer(text):
        term = _term(asked["phrase"] if asked["phrase"] is not None else asked["word"])
        if term:
            (unwanted if asked["no"] else wanted).append(term)
    if not wanted and not unwanted:
        return ""
    found = " AND ".join(wanted) or f'"{_EVERY_TEXT}"'
    return " NOT ".join([f"({found})", *unwanted])


def _term(text: str) -> str:
    """A quoted FTS5 phrase, or with ZWNJ either of its spellings; empty without letter or digit."""
    folded = _UNSAFE.sub(" ", fold(text))
    if not any(sign.isalnum() for sign in folded):
        return ""
    split, joined = _split(folded), _split(folded.replace(ZWNJ, ""))
    return f'"{split}"' if split == joined else f'("{split}" OR "{joined}")'


def _split(folded: str) -> str:
    return _SIGN.sub(r" \1 ", folded.replace(ZWNJ, " "))
