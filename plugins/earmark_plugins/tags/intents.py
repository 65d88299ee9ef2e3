"""What a comment wants and is about, whom it comes from, and what gives it away.

Words tell most tags (`word_lists`), with what was denied or meant otherwise taken out
(`evidence`); question marks, ratings, followers and the shapes of personal data tell the rest.
Each tag's reason shows the words as they were written.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from earmark import Tag, Words, hookimpl, words_of

from .evidence import Evidence, found_in, settled
from .personal_data import personal_data
from .word_lists import KIND, UNKIND, fitting, languages, mocking, word_list

QUESTION_MARKS = frozenset("?\u061f\uff1f\u2753\u2754")
LONGEST = 20_000  # characters of a text that are read
SHOWN = 3  # different words given as the reason for one tag
SHOWN_LETTERS = 40  # of one of them
FOLLOWERS = 10_000  # that make a voice others listen to
REMARK = 3  # words, or twice as many signs, that say something
LOW, HIGH = 0.4, 0.8  # shares of the best rating: one or two of five stars, four or five
PROMISE = "signal:promise"  # by whom it has to be kept
AGAINST = {
    "intent:complaint": {"intent:praise"},
    "intent:praise": {"intent:complaint", "intent:bug", "signal:churn-risk"},
}


@hookimpl
def suggest_tags(items: list[dict[str, Any]]) -> list[list[Tag]]:
    """Tags by the word list of each item's language, its shape, its rating and its author.

    A text of unknown language, often a very short one, is read by the list that knows most of
    its words. A text in a language without a list can still ask by its mark.
    """
    return [list(_tags(item)) for item in items]


def _tags(item: dict[str, Any]) -> Iterator[Tag]:
    text = words_of(item.get("text", "")[:LONGEST])
    found: dict[str, list[str]] = {}
    told = _evidence(text, item.get("language", {}))
    if not item.get("ours"):
        told = [one for one in told if one.tag != PROMISE]
    words: dict[str, list[tuple[Evidence, str]]] = {}
    for one in told:
        if one.tag != KIND and one.tag != UNKIND:
            shown = _quoted(text, one)
            found.setdefault(one.tag, []).append(shown)
            if not one.sign:
                words.setdefault(one.tag, []).append((one, shown))
    for tag, reason in _rated(item.get("rating"), set(found)):
        found.setdefault(tag, []).append(reason)
    if kinds := personal_data(text.text):
        found["signal:pii"] = kinds
    if followers := _reach(item.get("author")):
        found["signal:influencer"] = [f"{followers:,} followers"]
    if not _wants_or_judges(found, told) and _says_something(text):
        found["intent:other"] = ["a remark that asks, wants and judges nothing"]
    for name, because in found.items():
        yield _tag(text, name, because, words.get(name, []))


def _tag(text: Words, name: str, because: list[str], words: list[tuple[Evidence, str]]) -> Tag:
    """A tag with its reasons, of which some are words of the text, as they are quoted."""
    reasons, shown = list(dict.fromkeys(because)), {quoted for _, quoted in words}
    besides = [reason for reason in reasons if reason not in shown]
    spans = [(text.words[one.first].start, text.words[one.end - 1].end) for one, _ in words]
    return Tag(name, because=", ".join(reasons[:SHOWN]), spans=spans, besides=", ".join(besides))


def _evidence(text: Words, language: dict[str, Any]) -> list[Evidence]:
    told = [found_in(text, word_list(one), one) for one in _readers(text, language)]
    if language.get("tag", "und") == "und" and _quarrel(told):
        told = []
    found = settled([*(one for found in told for one in found), *_marks(text)])
    return found if mocking().isdisjoint(text.signs) else list(_mocked(text, found))


def _mocked(text: Words, found: list[Evidence]) -> Iterator[Evidence]:
    """Evidence with kind words taken for what they are beside an emoji that mocks: a complaint."""
    emoji = next(sign for sign in text.bare if sign in mocking())
    praised = any(one.tag == "intent:praise" for one in found)
    for one in found:
        if one.tag == ("intent:praise" if praised else KIND):
            shown = f"{text.written(one.first, one.end)} {emoji}"
            yield one._replace(tag="intent:complaint", sign=shown)
        else:
            yield one


def _wants_or_judges(found: dict[str, list[str]], told: list[Evidence]) -> bool:
    said = any(tag.startswith(("intent:", "signal:")) for tag in found)
    return said or any(one.tag in (KIND, UNKIND) for one in told)


def _readers(text: Words, language: dict[str, Any]) -> list[str]:
    """The languages whose lists read a text: its own, also a second one, or the fitting ones."""
    tag = language.get("tag", "und").split("-")[0]
    if tag == "und":
        return fitting(text)
    second = (language.get("second") or {}).get("tag", "").split("-")[0]
    return [one for one in dict.fromkeys((tag, second)) if one in languages()]


def _quarrel(told: list[list[Evidence]]) -> bool:
    """Whether lists that fit a text equally well say the opposite of each other."""
    tags = {one.tag for found in told for one in found}
    return "intent:praise" in tags and bool(tags & AGAINST["intent:praise"])


def _marks(text: Words) -> Iterator[Evidence]:
    if QUESTION_MARKS.isdisjoint(text.signs):
        return
    starts = [word.start for word in text.words]
    for place, sign in enumerate(text.bare):
        if sign in QUESTION_MARKS:
            before = bisect_left(starts, place) - 1
            sentence = text.words[before].sentence if before >= 0 else -1
            yield Evidence("intent:question", before, before, sentence, sign)


def _rated(rating: dict[str, Any] | None, found: set[str]) -> Iterator[tuple[str, str]]:
    """A rating blames or praises, unless the words say the opposite."""
    value, best = (rating or {}).get("value"), (rating or {}).get("best")
    best = 5 if best is None else best
    if not isinstance(value, int | float) or not isinstance(best, int | float) or best <= 0:
        return
    share = value / best
    tag = "intent:complaint" if share <= LOW else "intent:praise" if share >= HIGH else ""
    if tag and not found & AGAINST[tag]:
        yield tag, f"rated {value:g} of {best:g}"


def _says_something(text: Words) -> bool:
    """Whether there are words enough for a remark: no link, name, number or emoji alone."""
    weight = 0.0
    for word in text.words:
        if any(sign.isalpha() for sign in word.forms[0]):
            spaceless = word.end - word.start == 1 and word.forms[0][0] >= "\u0e00"
            weight += 0.5 if spaceless else 1
            if weight >= REMARK:
                return True
    return False


def _reach(author: dict[str, Any] | None) -> int:
    followers = (author or {}).get("followers")
    many = isinstance(followers, int | float) and followers >= FOLLOWERS
    return int(followers) if many else 0  # type: ignore[arg-type]


def _quoted(text: Words, one: Evidence) -> str:
    shown = one.sign or " ".join(text.written(one.first, one.end).split())
    return f"“{shown if len(shown) <= SHOWN_LETTERS else shown[: SHOWN_LETTERS - 1] + '…'}”"
