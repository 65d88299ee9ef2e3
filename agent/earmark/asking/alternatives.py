"""Options given within sentences: “Ads? Too few posts?”, “Tea or coffee?”, “Çay mı kahve mi?”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from ..folding import SPACELESS
from ..words import Words, words_of
from .lexicon import Lexicon
from .offer import MOST
from .sentences import Sentence, tidy

SHORT = 6  # words of an option; of a script without spaces, three times as many signs
ENOUGH = 3  # short questions in a row that ask together where nothing leads up to them
_ALIKE = 2  # words that two clauses begin with alike
_AFTER_ALL = 3  # words of what may follow an ask, if it does not call for answers
_PARTICLES = frozenset({"mi", "mu"})
_SPACELESS = re.compile(f"[{SPACELESS}]")
_LEADS_UP = re.compile(r"[:：]|\s[-–—]\s")
_COMMA = re.compile("[,،、，;؛]")


class Part(NamedTuple):
    """Words of a sentence, from `first` up to before `end`."""

    first: int
    end: int

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.end - self.first


def short_questions(sentences: Sequence[Sentence], known: Lexicon) -> list[str]:
    """Options asked one after another. Something has to lead up to them: a question of its own,
    or words before a colon; three of them ask together without it."""
    start, closing = 0, _closing(sentences, known)
    for asks, run in groupby(sentences, lambda sentence: sentence.asks):
        row = list(run)
        if asks and start + len(row) >= closing and (found := _row(row, known)):
            return found
        start += len(row)
    return []


def _row(row: Sequence[Sentence], known: Lexicon) -> list[str]:
    """The options at the end of questions in a row."""
    found: list[str] = []
    for place in range(len(row) - 1, -1, -1):
        text = row[place].text
        head, tail = _parted(text)
        label = _bare(tail, known)
        leads = place == 0 and len(found) > 1 and _begins_open(text, known)
        if (leads and not head) or not label or not _is_option(label, known):
            return found if leads or len(found) >= ENOUGH else []
        found.insert(0, label)
        if head:
            return found if len(found) > 1 and _begins_open(head, known) else []
    return found if len(found) >= ENOUGH or _joined(row, known) else []


def _parted(text: str) -> tuple[str, str]:
    """What leads up to the first option, and the rest."""
    found = list(_LEADS_UP.finditer(text))
    return (text[: found[-1].start()], text[found[-1].end() :]) if found else ("", text)


def _joined(row: Sequence[Sentence], known: Lexicon) -> bool:
    """“Tea? Or coffee?”"""
    return len(row) == 2 and any(
        one.first == 0 for one in known.said_in(words_of(row[1].text), "or")
    )


def _is_option(label: str, known: Lexicon) -> bool:
    """Whether a short question can be an option: no question of its own, no greeting."""
    read = words_of(label)
    if not read.words or _length(read, Part(0, len(read.words))) > SHORT:
        return False
    said = known.said_in(read, "which", "chatter", "same")
    open_at = (one.first == 0 or one.end == len(read.words) for one in said if one.role == "which")
    manners = any(one.role != "which" for one in said)
    return not (manners or known.is_rhetoric(read) or any(open_at))


def _begins_open(text: str, known: Lexicon) -> bool:
    """Whether a sentence is an open question, and no heading."""
    read = words_of(text)
    return bool(known.said_in(read, "which", "ask")) and not known.is_rhetoric(read)


def _closing(sentences: Sequence[Sentence], known: Lexicon) -> int:
    """From which sentence on there is nothing but calls for answers, and a few words."""
    start = len(sentences)
    while start and _closes(words_of(sentences[start - 1].text), known):
        start -= 1
    return start


def _closes(sentence: Words, known: Lexicon) -> bool:
    return len(sentence.words) <= _AFTER_ALL or bool(known.said_in(sentence, "ask"))


def alternatives(sentences: Sequence[Sentence], known: Lexicon) -> list[str]:
    """The options of the last question that offers some, joined by “or” or by particles, or of
    what is joined by slashes after it."""
    if found := _joined_by_slashes(sentences):
        return found
    for place in range(len(sentences) - 1, max(_closing(sentences, known) - 2, -1), -1):
        if sentences[place].asks:
            if found := _joined_by_or(sentences[place].text, known):
                return found
            if found := _joined_by_particles(sentences[place].text, known):
                return found
    return []


def _joined_by_slashes(sentences: Sequence[Sentence]) -> list[str]:
    """“Shall we go on? Yes / No”"""
    if not sentences or not any(sentence.asks for sentence in sentences[-2:]):
        return []
    labels = [tidy(label) for label in sentences[-1].text.split("/")]
    read = [words_of(label).words for label in labels]
    return labels if len(labels) > 1 and all(0 < len(words) <= ENOUGH for words in read) else []


def _joined_by_or(text: str, known: Lexicon) -> list[str]:
    tail = _parted(text)[1]
    chunk = tail if known.said_in(words_of(tail), "or") else text
    read = words_of(chunk)
    ors = known.said_in(read, "or")
    if not ors or known.is_rhetoric(words_of(text)):
        return []
    parts = _split(read, [(one.first, one.end) for one in ors])
    if len(parts) > MOST:
        return []
    if clauses := _clauses(read, parts):
        return _labels(read, [_edged(read, part, known) for part in clauses])
    parts = _without_lead(read, parts, known)
    parts = [_edged(read, part, known) for part in parts]
    return _labels(read, _evened(read, parts, known))


def _clauses(read: Words, parts: Sequence[Part]) -> list[Part]:
    """“Do you read it or do you guess?”: both after the words that they begin with alike."""
    if len(parts) != 2:
        return []
    forms = [word.forms[0] for word in read.words]
    first, last = parts
    alike = forms[last.first : last.first + _ALIKE]
    for place in range(first.first, first.end - _ALIKE):
        if len(alike) == _ALIKE and forms[place : place + _ALIKE] == alike:
            return [Part(place + _ALIKE, first.end), Part(last.first + _ALIKE, last.end)]
    return []


def _joined_by_particles(text: str, known: Lexicon) -> list[str]:
    """Turkish and Azerbaijani: each alternative has a particle behind it."""
    read = words_of(_parted(text)[1])
    at = [n for n, word in enumerate(read.words) if word.forms[0] in _PARTICLES]
    asks = words_of(text)
    if not 2 <= len(at) <= MOST or known.is_rhetoric(asks) or known.said_in(asks, "which"):
        return []
    ends = [0, *(place + 1 for place in at)]
    parts = [Part(begin, end) for begin, end in zip(ends, at, strict=False)]
    parts = [_edged(read, part, known) for part in _after_lead_in(read, parts, known)]
    even = _evened(read, parts, known)
    return _labels(read, even) if all(part.size <= ENOUGH for part in even) else []


def _split(read: Words, cuts: Sequence[tuple[int, int]]) -> list[Part]:
    """The parts between “or” and between commas."""
    ends = [(place, place) for place in range(1, len(read.words)) if _comma_before(read, place)]
    joined = {place for first, end in cuts for place in range(first, end + 1)}
    edges = sorted({*cuts, *(cut for cut in ends if cut[0] not in joined)})
    begins = [0, *(end for _, end in edges)]
    stops = [*(first for first, _ in edges), len(read.words)]
    return [Part(a, b) for a, b in zip(begins, stops, strict=True) if a < b]


def _comma_before(read: Words, place: int) -> bool:
    between = read.text[read.words[place - 1].end : read.words[place].start]
    return _COMMA.search(between) is not None


def _without_lead(read: Words, parts: list[Part], known: Lexicon) -> list[Part]:
    """Without clauses that ask (“which is better, …”) or only turn to people (“friends, …”), and
    what leads to the first option."""
    open_at = {one.first for one in known.said_in(read, "which")}
    turned = {(one.first, one.end) for one in known.said_in(read, "lead_in", "chatter")}
    while len(parts) > 2 and (parts[0] in turned or open_at & {*range(*parts[0])}):
        parts = parts[1:]
    return _after_lead_in(read, parts, known)


def _after_lead_in(read: Words, parts: list[Part], known: Lexicon) -> list[Part]:
    """With the first option after the last words that lead to it."""
    if not parts:
        return parts
    first = parts[0]
    ends = [one.end for one in known.said_in(read, "lead_in") if one.end < first.end]
    return [Part(max([first.first, *ends]), first.end), *parts[1:]]


def _edged(read: Words, part: Part, known: Lexicon) -> Part:
    """A part without particles and words that tell nothing at its ends."""
    tails = {one.end: one.first for one in known.said_in(read, "tail")}
    dull = [word.forms[0] in known.dull for word in read.words]
    first, end = part
    while first + 1 < end and dull[first]:
        first += 1
    while end - 1 > first and (dull[end - 1] or tails.get(end, first) > first):
        end = end - 1 if dull[end - 1] else tails[end]
    return Part(first, end)


def _evened(read: Words, parts: Sequence[Part], known: Lexicon) -> list[Part]:
    """What belongs to a sentence around the first and the last option is cut off: they are as
    long as the others are."""
    if len(parts) < 2:
        return []
    first, last = parts[0], parts[-1]
    around_first = max(part.size for part in parts[1:])
    if first.size > around_first:
        first = Part(first.end - around_first, first.end)
    around_last = max(part.size for part in [first, *parts[1:-1]])
    if last.size > around_last + 2:
        last = _edged(read, Part(last.first, last.first + around_last + 1), known)
    return [first, *parts[1:-1], last]


def _labels(read: Words, parts: Iterable[Part]) -> list[str]:
    """The options as they were written; none where one is empty or too long."""
    found = list(parts)
    if not found or not all(0 < _length(read, part) <= SHORT for part in found):
        return []
    return [tidy(read.written(*part)) for part in found]


def _length(read: Words, part: Part) -> float:
    """How many words a part has; three signs of a script without spaces count as one."""
    signs = sum(1 for n in range(*part) if _SPACELESS.match(read.words[n].forms[0]))
    return part.size - signs + signs / 3


def _bare(text: str, known: Lexicon) -> str:
    """A question without the “or” before it and the particles behind it."""
    read = words_of(text)
    first, end = 0, len(read.words)
    for one in known.said_in(read, "or"):
        first = one.end if one.first == 0 else first
    while end > first + 1 and read.words[end - 1].forms[0] in _PARTICLES:
        end -= 1
    return tidy(read.written(first, end)) if first < end else ""
