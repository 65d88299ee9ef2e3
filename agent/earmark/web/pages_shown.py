"""How an item's values are put before a person: names, times, lines of text, differences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

from ..query.highlight import Piece, Span, pieces
from .i18n import N_, Words, without_bidi_controls
from .pages_terms_form import handle_lines

PREVIEW_LENGTH = 320
# Beyond this many words a difference is shown as one replacement: comparing is quadratic.
DIFFERENCE_WORDS = 4000

STATE_NAMES = {
    "new": N_("New"),
    "open": N_("Open"),
    "waiting": N_("Waiting"),
    "done": N_("Done"),
    "snoozed": N_("Snoozed"),
    "ignored": N_("Ignored"),
}
KIND_NAMES = {
    "post": N_("Post"),
    "comment": N_("Comment"),
    "reply": N_("Reply"),
    "review": N_("Review"),
    "message": N_("Message"),
    "poll": N_("Poll"),
    "quote": N_("Quote"),
    "note": N_("Note"),
}
TAG_NAMES = {
    "intent:complaint": N_("Complaint"),
    "intent:question": N_("Question"),
    "intent:suggestion": N_("Suggestion"),
    "intent:praise": N_("Praise"),
    "intent:bug": N_("Bug"),
    "intent:purchase-intent": N_("Wants to buy"),
    "intent:need": N_("Need"),
    "intent:expectation": N_("Expectation"),
    "intent:spam": N_("Spam"),
    "intent:other": N_("Other"),
    "about:pricing": N_("Pricing"),
    "about:shipping": N_("Shipping"),
    "about:support": N_("Support"),
    "signal:urgent": N_("Urgent"),
    "signal:churn-risk": N_("May leave"),
    "signal:advocate": N_("Advocate"),
    "signal:influencer": N_("Many listen to them"),
    "signal:interest": N_("Interested"),
    "signal:buying-habit": N_("Buying habit"),
    "signal:beta-candidate": N_("May want to try new things"),
    "signal:recruit": N_("May want to work with us"),
    "signal:content-idea:learn": N_("Content idea: to learn"),
    "signal:content-idea:explore": N_("Content idea: to explore"),
    "signal:content-idea:qa": N_("Content idea: questions and answers"),
    "signal:quote": N_("Worth quoting"),
    "signal:pii": N_("Personal data"),
    "signal:promise": N_("Promised by us"),
}
FEELING_NAMES = {
    "positive": N_("Positive"),
    "negative": N_("Negative"),
    "mixed": N_("Mixed"),
    "none": N_("No feeling"),
    "unknown": N_("Not known"),
}
EMOTION_NAMES = {
    "anger": N_("Anger"),
    "disappointment": N_("Disappointment"),
    "worry": N_("Worry"),
    "thanks": N_("Thanks"),
    "admiration": N_("Admiration"),
}
TERM_KINDS = {
    "brand": N_("Brand"),
    "product": N_("Product"),
    "campaign": N_("Campaign"),
    "event": N_("Event"),
    "person": N_("Person"),
    "competitor": N_("Competitor"),
}
COUNT_NAMES = {
    "likes": N_("Likes"),
    "dislikes": N_("Dislikes"),
    "replies": N_("Replies"),
    "shares": N_("Shares"),
    "views": N_("Views"),
}
KEEP_NAMES = {
    "everything": N_("Everything"),
    "about_us": N_("Pages about us, with their threads"),
    "by_hand": N_("Only what I capture by hand"),
}
FILTER_NAMES = {
    "text": N_("Words"),
    "state": N_("State"),
    "platform": N_("Platform"),
    "language": N_("Language"),
    "tag": N_("Tag"),
    "kind": N_("Kind"),
    "author": N_("Author"),
    "page": N_("Page"),
    "since": N_("Since"),
    "until": N_("Until"),
}


@dataclass(slots=True)
class ShownTime:
    """A time in a list: `label` for the eye, `exactly` for the tooltip, `machine` for <time>."""

    label: str
    exactly: str
    machine: str
    about: bool


def parse_moment(text: str) -> datetime:
    """A stored UTC time (`…Z`)."""
    return datetime.fromisoformat(text)


def published(words: Words, item: Mapping[str, Any]) -> ShownTime | None:
    """When an item was published, as narrowly as it is known; None where the page said nothing."""
    bounds = item.get("published") or {}
    if not bounds.get("earliest") or not bounds.get("latest"):
        return None
    earliest, latest = parse_moment(bounds["earliest"]), parse_moment(bounds["latest"])
    about = latest - earliest >= timedelta(hours=1)
    middle = earliest + (latest - earliest) / 2
    label = words.day(middle) if about else words.briefly(middle)
    exactly = [_span(words, earliest, latest)]
    if said := without_bidi_controls(bounds.get("shown") or ""):
        exactly.append(words("the page said “%s”") % isolated(said))
    return ShownTime(label, " · ".join(exactly), bounds["earliest"], about)


def isolated(text: str) -> str:
    """`text` with a direction of its own, where there is no element to give it one."""
    return f"\u2068{text}\u2069"


def _span(words: Words, earliest: datetime, latest: datetime) -> str:
    if earliest == latest:
        return words.exactly(earliest)
    between = {"earliest": words.exactly(earliest), "latest": words.exactly(latest)}
    return words("between %(earliest)s and %(latest)s") % between


def seen(words: Words, moment: str | None) -> ShownTime | None:
    """When this machine saw something."""
    if not moment:
        return None
    when = parse_moment(moment)
    return ShownTime(words.briefly(when), words.exactly(when), moment, about=False)


def reply_time(words: Words, item: Mapping[str, Any]) -> str:
    """How long it took until one of our accounts answered; empty where that is not known."""
    after = (item.get("answered") or {}).get("after")
    if not after:
        return ""
    least, most = words.duration(after["least"]), words.duration(after["most"])
    return (
        least if least == most else words("%(least)s to %(most)s") % {"least": least, "most": most}
    )


def preview(text: str, found: Sequence[Span] = ()) -> list[Piece]:
    """The first lines of a text, cut at a word, or those around the first thing found in it."""
    first, after = found[0] if found else (0, 0)
    text_start = len(text) - len(text.lstrip())
    start = _cut_before(text, first) if after > text_start + PREVIEW_LENGTH else text_start
    end = len(text.rstrip())
    if end - start > PREVIEW_LENGTH:
        end = start + PREVIEW_LENGTH
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    cut = pieces(text, found, start, end)
    before = [Piece("…", False)] if start > text_start else []
    return [*before, *cut, *([Piece("…", False)] if end < len(text.rstrip()) else [])]


def _cut_before(text: str, found: int) -> int:
    """Where a preview of what stands at `found` begins: some words before it."""
    space = text.find(" ", max(0, found - PREVIEW_LENGTH // 4), found)
    return space + 1 if space >= 0 else found


def paragraphs(text: str, found: Sequence[Span] = ()) -> Iterator[list[list[Piece]]]:
    """The paragraphs of a text, each a list of lines; every line gets a direction of its own.
    A line is cut where something found in the text begins and ends."""
    block: list[list[Piece]] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            block.append(pieces(text, found, at, end))
        elif block:
            yield block
            block = []
        at = end + 1
    if block:
        yield block


def html_language(item: Mapping[str, Any]) -> str:
    """The `lang` of an item's text; empty where it is not known."""
    tag = str((item.get("language") or {}).get("tag", ""))
    return tag if tag != "und" and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag) else ""


def anchor(item: Mapping[str, Any]) -> str:
    """The element id of an item's row: item ids hold characters that an id may not."""
    key = f"{item['platform']}/{item['id']}"
    return f"row-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def author_name(item: Mapping[str, Any]) -> str:
    """What the platform calls the author; empty where it shows nobody."""
    author = item.get("author") or {}
    return next((author[key] for key in ("name", "handle", "id") if author.get(key)), "")


def tag_name(words: Words, name: str) -> str:
    """What a tag is called: that of a watch term by its kind and name, others by our own words."""
    _, _, rest = name.partition(":")
    kind, colon, term = rest.partition(":")
    if colon and term and kind in TERM_KINDS and tag_axis(name):
        return f"{words(TERM_KINDS[kind])}: {isolated(term)}"
    return words(TAG_NAMES[name]) if name in TAG_NAMES else name


def tag_axis(name: str) -> str:
    """`intent`, `about` or `signal` for a tag on one of those axes; empty for a free one."""
    axis, colon, _ = name.partition(":")
    return axis if colon and axis in ("intent", "about", "signal") else ""


@dataclass(slots=True)
class Change:
    """A run of words in a difference: `kept`, `added` or `removed`."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Change]:
    """What an edit changed, word by word."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    if len(old) + len(new) > DIFFERENCE_WORDS:
        return [Change("removed", before), Change("added", after)]
    return list(_changes(old, new))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Change("kept", "".join(old[a:b]))
            continue
        if b > a:
            yield Change("removed", "".join(old[a:b]))
        if d > c:
            yield Change("added", "".join(new[c:d]))


def around_in_thread(
    items: Iterable[Mapping[str, Any]], item_id: str
) -> list[tuple[int, Mapping[str, Any]]]:
    """(depth, item): what an item answers, itself, and everything that answers it, in order."""
    by_id: dict[Any, Mapping[str, Any]] = {item["id"]: item for item in items}
    children: dict[str, list[Mapping[str, Any]]] = {}
    for item in by_id.values():
        children.setdefault(item.get("parent_id") or "", []).append(item)
    chain = list(_ancestors(by_id, item_id))
    ordered = [(depth, item) for depth, item in enumerate(reversed(chain))]
    waiting = [(len(chain), by_id[item_id])] if item_id in by_id else []
    taken = {item["id"] for item in chain}
    while waiting:
        depth, item = waiting.pop()
        if item["id"] in taken:
            continue
        taken.add(item["id"])
        ordered.append((depth, item))
        waiting += [(depth + 1, child) for child in reversed(children.get(item["id"], []))]
    return ordered


def _ancestors(by_id: Mapping[Any, Mapping[str, Any]], item_id: str) -> Iterator[Mapping[str, Any]]:
    """Nearest first; a page that claims a circle is followed round only once."""
    passed: set[Any] = {item_id}
    parent = by_id.get(item_id, {}).get("parent_id")
    while parent in by_id and parent not in passed:
        passed.add(parent)
        yield by_id[parent]
        parent = by_id[parent].get("parent_id")


def sign(value: float) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


def for_templates(words: Words) -> dict[str, Callable[..., Any] | Mapping[str, Any]]:
    """Everything of this file that templates call, bound to one interface language."""

    def named(names: Mapping[str, str]) -> Callable[[str], str]:
        return lambda key: words(names[key]) if key in names else key

    return {
        "published": lambda item: published(words, item),
        "seen": lambda moment: seen(words, moment),
        "reply_time": lambda item: reply_time(words, item),
        "preview": preview,
        "paragraphs": paragraphs,
        "pieces": pieces,
        "html_language": html_language,
        "author_name": author_name,
        "tag_axis": tag_axis,
        "anchor": anchor,
        "difference": difference,
        "around_in_thread": around_in_thread,
        "state_name": named(STATE_NAMES),
        "kind_name": named(KIND_NAMES),
        "tag_name": lambda name: tag_name(words, name),
        "term_kind": named(TERM_KINDS),
        "feeling_name": named(FEELING_NAMES),
        "emotion_name": named(EMOTION_NAMES),
        "handle_lines": handle_lines,
        "count_name": named(COUNT_NAMES),
        "filter_name": named(FILTER_NAMES),
        "keep_name": named(KEEP_NAMES),
        "state_names": STATE_NAMES,
        "tag_names": TAG_NAMES,
        "count_names": COUNT_NAMES,
    }
