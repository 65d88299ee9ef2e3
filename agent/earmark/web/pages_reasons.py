"""Reasons in the reader's language.

A judgement is kept with its reason in English, as the API prints it. What has the form of a
sentence of ours is told again in the language of the reader; anything else, as what a plugin of
somebody else's says, stays as it is. Whatever was quoted has a direction of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from markupsafe import Markup

from ..query.messages import MESSAGES
from .i18n import N_, Words, without_bidi_controls
from .pages_shown import FEELING_NAMES, KIND_NAMES, STATE_NAMES, tag_name

LONGEST = 4000  # characters of a reason that are looked at: matching grows with their square
PLACES = ("in_text", "in_name", "in_handle", "in_poll", "in_note")
FIELDS = (
    "author", "language", "state", "kind", "platform", "page", "thread", "assignee", "sentiment",
    "emotion", "effort", "priority", "audience", "rating", "followers", "likes", "dislikes",
    "replies", "shares", "views",
)  # fmt: skip
FLAGS = (
    "question", "answered", "unanswered", "corrected", "spam", "ours", "edited", "truncated",
)  # fmt: skip
# Whatever fits one is told so; the first that fits is taken.
OF_QUERIES = (
    "found_alike", "found", "not_exactly", "not_there_longer", "not_there", "nothing_like_1",
    "nothing_like_2", "nothing_fits", "not_near", "since", "until", "not_since", "not_until", "on",
    "not_on", "tagged", "not_tagged", "any", "flagged", "not_flagged", "not_known",
    "field_is_other", "field_is",
)  # fmt: skip
OF_TERMS_AND_LISTS = (
    # of a watch term
    N_("It mentions “%(written)s”: %(reason)s. Hence the tag %(tag)s."),
    N_("“%(written)s”, another name of %(name)s"),
    N_("“%(written)s”, %(name)s with an ending"),
    N_("“%(written)s”, a misspelling of %(name)s"),
    N_("%(written)s, the account"),
    N_("%(written)s, the hashtag"),
    N_("a link to %(written)s"),
    N_("“%(written)s” is retired: nobody looks for it."),
    N_("“%(written)s” is there, and only where it is excluded: %(names)s."),
    N_("None of %(names)s is there, nor a spelling of it."),
    N_("%(names)s is not there, nor a spelling of it."),
    # of a correction
    N_("you said so of the same text"),
    N_("“%(written)s” means this, you said"),
    N_("“%(written)s” is praise, you said"),
    N_("“%(written)s” is blame, you said"),
    # of a word list
    N_("“%(written)s” after “%(but)s”"),
    N_("rated %(count)s of %(best)s"),
    N_("a remark that asks, wants and judges nothing"),
    N_("%(count)s followers"),
    N_("an e-mail address"),
    N_("a bank account number"),
    N_("a card number"),
    N_("a national identity number"),
    N_("a telephone number"),
    N_("“%(written)s”"),
)
_PLACE = re.compile(r"%\((\w+)\)s")
_SIGNS = {
    "count": r"-?[\d.,]+",
    "best": r"[\d.]+",
    "written": "[^“”]+",
    "names": "“.+”",
}
# Several reasons in one, as rules and word lists put them together.
_SEVERAL = (re.compile("; "), re.compile(r", (?=“|rated |an? )"))


def retold(words: Words, because: str) -> Markup:
    """A reason in the language of `words`, as far as it is one of ours."""
    told = _told(words, because)
    if told is not None:
        return told
    for between in _SEVERAL:
        parts = between.split(because[:LONGEST])
        each = [told for part in parts if (told := _told(words, part)) is not None]
        if 1 < len(parts) == len(each):
            return Markup(" · ").join(each)
    return apart(because)


def _told(words: Words, because: str) -> Markup | None:
    for form, pattern in _patterns():
        if match := pattern.fullmatch(because[:LONGEST]):
            found = match.groupdict()
            values = {name: _value(words, form, name, found) for name in found}
            # Ours, from a catalogue of ours; the values are escaped as they go in.
            return Markup(words(form)) % values
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    forms = [*(MESSAGES[code] for code in OF_QUERIES), *OF_TERMS_AND_LISTS]
    return [(form, _pattern(form)) for form in forms]


def _pattern(form: str) -> re.Pattern[str]:
    fixed, names = _PLACE.split(form)[::2], _PLACE.findall(form)
    signs = _SIGNS | {"where": _any(PLACES), "field": _any(FIELDS)}
    if form in (MESSAGES["flagged"], MESSAGES["not_flagged"]):
        signs["value"] = _any(FLAGS)
    groups = [f"(?P<{name}>{signs.get(name, '.+')})" for name in names]
    pairs = zip(map(re.escape, fixed), [*groups, ""], strict=True)
    return re.compile("".join(part for pair in pairs for part in pair), re.DOTALL)


def _any(codes: Iterable[str]) -> str:
    return "|".join(re.escape(MESSAGES[code]) for code in codes)


def _value(words: Words, form: str, name: str, found: Mapping[str, str]) -> Markup:
    value = found[name]
    if name in ("where", "field") or form in (MESSAGES["flagged"], MESSAGES["not_flagged"]):
        return Markup(words(value))
    if name == "tag" or form in (MESSAGES["tagged"], MESSAGES["not_tagged"]):
        return apart(tag_name(words, value))
    if name in ("value", "wanted") and "field" in found:
        return apart(_held(words, found["field"], value))
    if name == "reason":
        return retold(words, value)
    return apart(value)


def _held(words: Words, field: str, value: str) -> str:
    """What a field holds, as the inbox calls it."""
    if field == MESSAGES["language"]:
        return words.language_name(value) if value != "und" else words("Not known")
    names = {"state": STATE_NAMES, "kind": KIND_NAMES, "sentiment": FEELING_NAMES}
    known = next((names[code] for code in names if MESSAGES[code] == field), {})
    return words(known[value]) if value in known else value


def apart(text: str) -> Markup:
    """A text of others inside a sentence: it cannot move what stands around it."""
    return Markup("<bdi>{}</bdi>").format(without_bidi_controls(text))


def teller(words: Words) -> Callable[[str], Markup]:
    """`retold` for templates."""
    return lambda because: retold(words, because)
