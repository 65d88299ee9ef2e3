"""Texts, addresses and labels with people's words replaced: the same for the same, on one page.

What is kept is what is known: words of interfaces, words that a plugin looks for, times, small
numbers. Everything else is taken to be somebody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from urllib.parse import quote, unquote, urlsplit

from .made_up import MadeUp
from .people import People
from .tokens import TOKEN, plain, words_in
from .told import Told
from .vocabulary import address_words, interface_words

LONG_NUMBER = 5  # digits: an id
LONG_ID = 8  # signs of letters and digits mixed
MILLISECONDS = 13  # digits of a moment, as addresses have it
TELEPHONE = 9  # digits
PROSE = 6  # words that no interface has, in one piece
SHORT = 3  # letters; fewer before a number are no name
SLUG = 2  # more words than that are a title in an address

ISO = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?(?!\w)"
_URL = r"(?:https?:)?//[^\s\"'<>()]+"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PHONE = r"(?<!\w)\+?\d[\d\s().-]{7,}\d(?!\w)"
_HEX = "[0-9a-fA-F]{1,4}"
_COMPUTER = rf"(?<![\w.:])(?:\d{{1,3}}(?:\.\d{{1,3}}){{3}}|{_HEX}(?::(?:{_HEX})?){{3,7}})(?![\w.:])"
_PIECES = re.compile(
    f"(?P<time>{ISO})|(?P<url>{_URL})|(?P<mail>{_MAIL})|(?P<computer>{_COMPUTER})"
    f"|(?P<phone>{_PHONE})|{TOKEN.pattern}"
)
# A date ends where its third number ends: 06.12.34.56.78 is somebody's telephone.
_DATE = re.compile(
    r"(?<![\d./-])\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[\s,]+\d{1,2}[:.]\d\d)?(?![./-]?\d)"
)
_PLACE = re.compile(r"[/=&%]|:~:")  # in an anchor that is more than an id
_URL_ALONE = re.compile(r"https?://")
_NUMBERED = re.compile(r"([a-z]+)([0-9]{3,})", re.IGNORECASE)  # c7704569, post123
_UNIT = re.compile(r"\d+([a-z]+)")
_BELONGS = re.compile(
    r"(?:^|[-_])(?:author|user|byuser|by|from|member|tag|category|term)[-_]([\w-]+)$"
)
_VOCABULARY_HOSTS = ("schema.org", "w3.org", "ogp.me", "microformats.org", "purl.org")
_OUT_OF_THE_WAY = (".example", ".invalid", ".test")


class DisguisedText:
    """The rules for one page.

    structure: the words a plugin looks for, which are nobody's. site: what its addresses have in
    common at the host's end; empty where the host itself is somebody's. `must_go` are words that
    a first look had left; `counted` says what was replaced.
    """

    def __init__(
        self, made: MadeUp, people: People, structure: Collection[str] = (), site: str = ""
    ) -> None:
        self.made = made
        self.people = people
        self.structure = frozenset(structure) | address_words() | people.id_words
        self.kept = interface_words() | frozenset(structure) | people.id_words
        self.site = site
        self.must_go: set[str] = set()
        self.counted: Counter[str] = Counter()
        self.told = Told()
        self._personal = people.words - self.kept - self.structure
        self._ids = {word for word in people.ids if len(word) > 3} - self.structure
        self._like_words = {n[0] for n in people.names if len(n) == 1} - frozenset(structure)
        self._phrases = _phrases(name for name in people.names if self.kept & {*name})

    def text(self, text: str, *, prose: bool = False, dated: bool = False) -> str:
        """Plain text. prose: nothing in it is interface. dated: its long numbers are times."""
        if not text.strip():
            return text
        words = words_in(text)
        prose = prose or self.people.says(words) or self._reads_as_prose(words)
        if self._phrases and not prose:
            text = self._phrases.sub(lambda found: self.all(found[0]), text)
        timeless = not any(word[0].isdecimal() for word in words)
        return _PIECES.sub(lambda found: self._piece(found, prose, dated, timeless), text)

    def _reads_as_prose(self, words: list[str]) -> bool:
        strange = [w for w in words if w not in self.kept and not w[0].isdecimal()]
        return len(strange) >= PROSE

    def _piece(self, found: re.Match[str], prose: bool, dated: bool, timeless: bool) -> str:
        kind, piece = found.lastgroup, found[0]
        if kind == "time":
            return piece
        if kind == "url":
            return self.address(piece)
        if kind == "mail":
            return self._mail(piece)
        if kind == "computer":
            self.counted["network addresses"] += 1
            return self.all(piece)
        if kind == "phone":
            return self._phone(piece, prose, dated)
        if kind == "digits":
            return self.digits(piece, prose, dated)
        return self._word(piece, prose or (timeless and plain(piece) in self._like_words))

    def _word(self, word: str, prose: bool) -> str:
        key = plain(word)
        unit = _UNIT.fullmatch(key)
        known = key in self.kept or (unit and unit[1] in self.kept)
        if known and not prose and key not in self.must_go:
            return word
        self.counted["words"] += 1
        return self._made(word)

    def digits(self, digits: str, prose: bool, dated: bool) -> str:
        """A number: as it is where it is small or, among times, may be a moment."""
        long = len(digits) > 2 if prose else len(digits) >= LONG_NUMBER
        own = plain(digits) in self.must_go or plain(digits) in self._ids
        if not own and (not long or (dated and _is_moment(digits))):
            return digits
        self.counted["numbers"] += 1
        return self.made.token(digits)

    def _mail(self, address: str) -> str:
        self.counted["e-mail addresses"] += 1
        local, _, host = address.partition("@")
        return f"{self.all(local)}@{self.all(host.split('.')[0])}.example"

    def _phone(self, piece: str, prose: bool, dated: bool) -> str:
        digits = [sign for sign in piece if sign.isdecimal()]
        if len(digits) < TELEPHONE or _DATE.search(piece) or piece.isdecimal():
            return TOKEN.sub(lambda found: self.digits(found[0], prose, dated), piece)
        self.counted["telephone numbers"] += 1
        return self.all(piece)

    def all(self, text: str) -> str:
        """Every token of it made up."""
        return TOKEN.sub(lambda found: self._made(found[0]), text)

    def _made(self, token: str) -> str:
        """A made-up token; what a numbered name begins with stays, so that selectors find it."""
        numbered = _NUMBERED.fullmatch(token)
        if numbered and (len(numbered[1]) < SHORT or plain(numbered[1]) in self.structure):
            return numbered[1] + self.made.token(numbered[2])
        return self.made.token(token)

    # -- addresses ---------------------------------------------------------------------------

    def address(self, url: str) -> str:
        """An address in its shape: the site's own host and the words of its paths stay."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return self.all(url)
        if parts.scheme in ("mailto", "tel"):
            return f"{parts.scheme}:{self.all(parts.path)}"
        if parts.scheme and parts.scheme not in ("http", "https"):
            return "#"
        if parts.netloc.lower().removeprefix("www.") in _VOCABULARY_HOSTS:
            return self.label(url)
        self.counted["addresses"] += 1
        front, mark, anchor = url.partition("#")
        scheme = f"{parts.scheme}:" if parts.scheme else ""
        start = f"{scheme}//{self.host(parts.netloc)}" if parts.netloc else ""
        path = front[len(scheme) + (2 + len(parts.netloc) if parts.netloc else 0) :]
        path = re.sub(r"[^/?&=;+]+", lambda found: self._segment(found[0]), path)
        return start + path + mark + self.anchor(anchor)

    def anchor(self, anchor: str) -> str:
        """What follows the `#`: an id, or all that an address may hold (`#/people/mira`)."""
        if not _PLACE.search(anchor):
            return self.label(anchor)
        return re.sub(r"[^/?&=;+,!:~]+", lambda found: self._segment(found[0]), anchor)

    def host(self, netloc: str) -> str:
        """A host: as it is where it is the site's, else a made-up one under `.example`."""
        name, colon, port = netloc.rpartition("@")[2].lower().partition(":")
        if self.site and (name == self.site or name.endswith(f".{self.site}")):
            return self._segment(name[: -len(self.site)]) + self.site + colon + port
        if name == "localhost" or name.startswith("127."):
            return name + colon + port
        if name.startswith("[") or name.replace(".", "").isdigit():
            return self.all(netloc)
        front, name = ("www.", name[4:]) if name.startswith("www.") else ("", name)
        owned = max(name.split(".")[:-1] or [name], key=len)
        if name.endswith(_OUT_OF_THE_WAY):
            owned = name.rpartition(".")[0]
        return f"{front}{self.all(owned)}.example{colon}{port}"

    def _segment(self, segment: str) -> str:
        """One piece of a path or a query."""
        written = unquote(segment)
        if _URL_ALONE.match(written):
            return quote(self.address(written), safe="")
        words = words_in(written)
        strange = any(word not in self.structure and not word[0].isdecimal() for word in words)
        own = strange and (len(words) > SLUG or self.people.says(words))
        made = TOKEN.sub(lambda found: self._in_address(found[0], own), written)
        return quote(made, safe="~!$'()*,:@%.-_") if written != segment else made

    def _in_address(self, token: str, own: bool) -> str:
        key = plain(token)
        if token.isdecimal():
            small = len(token) < LONG_NUMBER or (len(token) == MILLISECONDS and _is_moment(token))
            known = small and key not in self._ids
        else:
            known = key in self.structure or (not own and key in self.kept)
        return token if known and key not in self.must_go else self._made(token)

    # -- labels ------------------------------------------------------------------------------

    def label(self, value: str, *, hashed: bool = False) -> str:
        """A class, an id, a role, a type: as it is, but for what is somebody's in it.

        hashed: it may hold signs that no person is behind, as classes do.
        """
        return re.sub(r"\S+", lambda found: self._label(found[0], hashed), value)

    def _label(self, value: str, hashed: bool) -> str:
        belongs = _BELONGS.search(value)
        named = {*words_in(belongs[1])} if belongs else set()
        words = [] if hashed else words_in(value)
        named |= self.told.named_last(words)
        return self._named(value, self.told.from_text(words) | (named - self.structure), hashed)

    def key(self, name: str) -> str:
        """A key in JSON: as it is, but for what is somebody's in it."""
        return self._named(name, self.told.from_data(words_in(name)), False)

    def _named(self, value: str, named: set[str], hashed: bool) -> str:
        """A label in which the words `named` are somebody's, unless they are known."""
        own = named - self.kept
        return TOKEN.sub(lambda found: self._in_label(found[0], own, hashed), value)

    def _in_label(self, token: str, own: set[str], hashed: bool) -> str:
        key = plain(token)
        somebodys = key in self._personal or key in self._ids or key in self.must_go
        long = LONG_NUMBER if key.isdecimal() else LONG_ID
        opaque = len(key) >= long and any(sign.isdecimal() for sign in key)
        opaque = opaque and not (hashed and not key.isdecimal()) and key not in self.structure
        if not (somebodys or opaque or key in own):
            return token
        self.counted["ids"] += 1
        return self._made(token)


def _phrases(names: Iterable[tuple[str, ...]]) -> re.Pattern[str] | None:
    """What finds the names of several words that an interface has, too."""
    written = [r"[\W_]+".join(map(re.escape, name)) for name in names if len(name) > 1]
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE) if written else None


def _is_moment(digits: str) -> bool:
    """Whether a number may be seconds, milli- or microseconds since 1970, of this century."""
    number = int(digits)
    return any(10**9 <= number // scale < 2**31 for scale in (1, 1000, 10**6))
