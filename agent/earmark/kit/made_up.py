"""Made-up words in the place of real ones: one for each, of the same script, shape and length."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable

from .tokens import plain

TRIES = 40  # at one length, before the word grows by a sign

# A letter gives way to another of its group, so that a language keeps its looks.
_GROUPS = (
    "aeiou", "öü", "âî", "șț", "şğ", "éèê", "áíóú", "àù",
    "аеиоуыюя", "бвгджзклмнпрстх", "αεηιουω", "βγδζκλμνπρστφχ",
    "אבגדהולמנרשת", "بتجدرسشفلمنهو", "پچژگ",
)  # fmt: skip
_CONSONANTS = "bdfgklmnprstvz"
_HEX = "abcdef"
_KEPT = frozenset("ıçăñœæøåßñëïûôãõäйьъёکیكيةءأإآئؤىاـー々")
_HAN = (
    "山川田本村松林森石岩島原野沢池橋谷岡崎宮寺城町市里浜岸波海空雲星月光風雨雪花草木竹梅桜桃菊葉"
    "根枝実種米麦豆茶酒味塩油糸布衣紙筆墨書文字語詩歌声音楽笛鼓弓矢刀剣馬牛羊犬鳥魚虫貝亀鶴竜虎"
)
_HIRAGANA = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん"
)
_KATAKANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
)


class MadeUp:
    """What stands for each word and number of one page; the same for the same, always.

    taken: the words of the page itself, which nothing made up may be. seed: for tests.
    """

    def __init__(self, taken: Iterable[str], seed: int | None = None) -> None:
        self._taken = {*taken}
        self._chance = random.Random(seed)
        self._made: dict[str, str] = {}

    def token(self, token: str) -> str:
        """The made-up form of a word, a number or an id: letters for letters, digits for digits."""
        key = plain(token)
        if key not in self._made:
            self._made[key] = self._new(key)
        return _cased(self._made[key], unicodedata.normalize("NFC", token))

    def _new(self, key: str) -> str:
        grown = ""
        while True:
            for _ in range(TRIES):
                made = self._draw(key + grown)
                if made not in self._taken and made != key:
                    self._taken.add(made)
                    return made
            grown += key[-1] if key[-1] not in _KEPT else "a"

    def _draw(self, key: str) -> str:
        hexadecimal = key.isascii() and len(key) > 7 and {*key} <= {*"0123456789abcdef"}
        letters = _HEX if hexadecimal and not key.isdecimal() else ""
        drawn = [self._sign(sign, letters) for sign in key]
        if key[0].isdecimal() and unicodedata.decimal(key[0]):
            while not unicodedata.decimal(drawn[0]):  # a number keeps its length
                drawn[0] = self._digit(key[0])
        return "".join(drawn)

    def _sign(self, sign: str, letters: str) -> str:
        if sign.isdecimal():
            return self._digit(sign)
        if sign.isascii():
            group = letters or ("aeiou" if sign in "aeiou" else _CONSONANTS)
        else:
            group = _group_of(sign)
        return self._chance.choice(group) if group else sign

    def _digit(self, sign: str) -> str:
        return chr(ord(sign) - unicodedata.decimal(sign) + self._chance.randrange(10))


def _group_of(sign: str) -> str:
    """The letters that may stand for one beyond ASCII; none for what keeps its place."""
    if sign in _KEPT or not sign.isalpha():
        return ""
    for group in _GROUPS:
        if sign in group:
            return group
    if "\u3041" <= sign <= "\u309f":
        return _HIRAGANA
    if "\u30a0" <= sign <= "\u30ff":
        return _KATAKANA
    if "\u3400" <= sign <= "\u9fff":
        return _HAN
    return _neighbours(sign)


def _neighbours(sign: str) -> str:
    """The letters of the same kind beside it in the table of all signs."""
    start = ord(sign) & ~0x3F
    kind = unicodedata.category(sign)
    return "".join(
        chr(code) for code in range(start, start + 0x40) if unicodedata.category(chr(code)) == kind
    )


def _cased(made: str, like: str) -> str:
    """`made` with capitals where `like` has them."""
    if len(made) == len(like):
        return "".join(_upper(m) if o.isupper() else m for m, o in zip(made, like, strict=True))
    if like.isupper() and len(like) > 1:
        return "".join(map(_upper, made))
    return _upper(made[0]) + made[1:] if like[:1].isupper() else made


def _upper(sign: str) -> str:
    upper = sign.upper()
    return upper if len(upper) == 1 else sign
