"""How an item was understood, as a person sees and corrects it: language, feeling, tags."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ..enrich.corrections import BY as LEARNED
from ..enrich.mentions import BY as TERMS
from ..enrich.rules import BY as RULE
from ..model import Json
from ..store.judged import YOU, judged
from ..store.log import Log
from ..store.ruled_items import one
from ..store.used_tags import tags_in_use
from .i18n import Words
from .operations import AGENT
from .pages_marks import telling_words
from .pages_offers import offers, saying
from .pages_reasons import apart
from .pages_shown import TAG_NAMES, tag_name

UNKNOWN = "und"
MOST_WORDS = 12  # that told a feeling, and are shown to be corrected
# What our own plugins tell apart, and what else is much written on the web.
LANGUAGES = frozenset({
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "ckb", "cs", "cy", "da", "de", "el",
    "en", "es", "et", "eu", "fa", "fi", "fil", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu",
    "hy", "id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky", "lo", "lt", "lv",
    "mk", "ml", "mn", "mr", "ms", "my", "ne", "nl", "no", "pa", "pl", "ps", "pt", "ro", "ru",
    "sd", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl",
    "tr", "ug", "uk", "ur", "uz", "vi", "yi", "zh", "zu",
})  # fmt: skip


async def judgements(request: Any, item: Json, words: Words) -> Json:
    """What the templates of an item's judgements need."""
    agent = request.app[AGENT]
    document, known = await asyncio.to_thread(_read, agent.log, item)
    feeling, corrections = judged(document, "sentiment"), agent.corrections.all()
    felt = felt_words(feeling)
    return {
        "languages": languages(words, item),
        "felt_words": felt,
        "telling": telling_words(feeling),
        "known_tags": sorted({*TAG_NAMES, *known}),
        "told_by": lambda tag: told_by(words, tag),
        "offers": offers(document, corrections),
        "said_of": saying(corrections if felt else [], item),
    }


def _read(log: Log, item: Json) -> tuple[Json, list[str]]:
    return one(log, item["platform"], item["id"]) or item, tags_in_use(log)


def felt_words(feeling: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The words that tell a feeling and what each weighs, those that weigh most first."""
    words = feeling.get("words") or {}
    return sorted(words.items(), key=lambda word: -abs(word[1]))[:MOST_WORDS]


def languages(words: Words, item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The codes and names one may choose from, the item's own among them, by name."""
    own = str((item.get("language") or {}).get("tag") or UNKNOWN)
    codes = {*LANGUAGES, own} - {UNKNOWN}
    named = sorted(((code, words.language_name(code)) for code in codes), key=_by_name)
    return [(UNKNOWN, words("Not known")), *named]


def _by_name(named: tuple[str, str]) -> str:
    return named[1].casefold()


def told_by(words: Words, judged: Mapping[str, Any]) -> Markup:
    """Who says so: the person, a watch term, a rule or a plugin."""
    by = str(judged.get("by") or "")
    if by == YOU:
        return Markup(words("by you"))
    if by == TERMS:
        return Markup(words("a name you listen for"))
    if by == LEARNED:
        return Markup(words("as you corrected"))
    if by.startswith(RULE):
        return Markup(words("your rule %(name)s")) % {"name": apart(by.removeprefix(RULE))}
    return Markup(words("by %(by)s")) % {"by": apart(by)} if by else Markup()


def tag_meant(words: Words, typed: str, known: Sequence[str] = tuple(TAG_NAMES)) -> str:
    """The tag that was typed, by its name or by what it is called in the reader's language."""
    typed = " ".join(typed.split())
    called = {tag_name(words, name).casefold(): name for name in known}
    return typed if typed in known else called.get(typed.casefold(), typed)
