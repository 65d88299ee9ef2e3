"""A text in pieces: words of one script, numbers, and ids that mix letters with digits."""

from __future__ import annotations

import re
import unicodedata

# Marks that belong to the letter before them, and the joiners inside Persian and Indic words.
_MARK = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963"
    "\u0970-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a"
)
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA, _KATAKANA = "\u3041-\u309f", "\u30a0-\u30ff\uff66-\uff9f"
_LETTER = rf"(?![{_HAN}{_HIRAGANA}{_KATAKANA}])[^\W\d_]"
MIXED = r"[A-Za-z]+[0-9][A-Za-z0-9]*|[0-9]+[A-Za-z][A-Za-z0-9]*"
WORD = (
    rf"[{_HAN}]+|[{_HIRAGANA}]+|[{_KATAKANA}]+"
    rf"|{_LETTER}(?:{_LETTER}|[{_MARK}]|[\u200c\u200d]+(?={_LETTER}))*"
)
TOKEN = re.compile(rf"(?P<mixed>{MIXED})|(?P<word>{WORD})|(?P<digits>\d+)")


def words_in(text: str) -> list[str]:
    """The tokens of `text` as they are compared: composed, in lower case."""
    return [plain(found[0]) for found in TOKEN.finditer(unicodedata.normalize("NFC", text))]


def plain(token: str) -> str:
    """A token as it is compared, sign by sign, so that its length stays."""
    composed = unicodedata.normalize("NFC", token)
    return composed.lower() if composed.isascii() else "".join(map(_lower, composed))


def _lower(sign: str) -> str:
    lower = sign.lower()
    return lower if len(lower) == 1 else "i" if sign == "İ" else sign
