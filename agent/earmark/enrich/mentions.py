"""Watch terms in an item: in its text, and in what the page marked as handles, hashtags, links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from ..folding import fold
from ..model import Json
from .watch import BEST, Match, Watch

BY = "terms"  # who put the tags on
AXES = {
    "brand": "about:brand",
    "product": "about:product",
    "campaign": "about:campaign",
    "event": "about:event",
    "person": "about:person",
    "competitor": "signal:competitor",
}
_WRITTEN = 80  # characters of a mention that a reason quotes
_SAID = {
    "exact": "“{written}”",
    "alias": "“{written}”, another name of {term}",
    "inflected": "“{written}”, {name} with an ending",
    "misspelt": "“{written}”, a misspelling of {name}",
    "handle": "{written}, the account",
    "hashtag": "{written}, the hashtag",
    "link": "a link to {written}",
}


def with_accounts(terms: Sequence[Json], accounts: Iterable[Json]) -> list[Json]:
    """The terms, each brand with the handles of the person's own accounts that speak for it."""
    brands = {fold(term["name"]): dict(term) for term in terms if term["kind"] == "brand"}
    for account in accounts:
        if brand := account.get("brand"):
            term = brands.setdefault(fold(brand), {"name": brand, "kind": "brand", "implied": True})
            handle = {key: account[key] for key in ("handle", "platform") if key in account}
            term["handles"] = [*term.get("handles", []), handle]
    return [*(term for term in terms if term["kind"] != "brand"), *brands.values()]


def tag_of(term: Json) -> str:
    """The tag that a term puts on what mentions it."""
    return f"{AXES[term['kind']]}:{term['name']}"


def matches_in(watch: Watch, item: Json) -> list[Match]:
    """All mentions in an item; places are those in its text, or in what the page marked."""
    platform = str(item.get("platform") or "")
    language = str((item.get("language") or {}).get("tag") or "")
    return [match for text in texts_of(item) for match in watch.find(text, platform, language)]


def texts_of(item: Json) -> Iterator[str]:
    """The text, and what is marked and does not stand in it as well."""
    text = str(item.get("text") or "")
    yield text
    for sign, field in (("@", "mentions"), ("#", "hashtags"), ("", "links")):
        for each in item.get(field) or ():
            marked = sign + unquote(str(each)).strip().lstrip("@#")
            if marked not in text:
                yield marked


def tags_for(watch: Watch, item: Json) -> list[Json]:
    """A tag for each term that an item mentions, with what was found of it and how."""
    return tags_of(watch, matches_in(watch, item))


def tags_of(watch: Watch, found: Iterable[Match]) -> list[Json]:
    """A tag for each term of these mentions."""
    by_term: dict[int, list[Match]] = {}
    for match in found:
        by_term.setdefault(match.term, []).append(match)
    tags: dict[str, Json] = {}
    for number, matches in by_term.items():
        term = watch.terms[number]
        tag = {"name": tag_of(term), "by": BY, "because": _because(term, matches)}
        tags.setdefault(tag["name"], tag)
    return list(tags.values())


def _because(term: Json, matches: list[Match]) -> str:
    """What tells best that the term was meant."""
    best = min(matches, key=lambda match: BEST.index(match.how))
    written = best.written
    if len(written) > _WRITTEN:
        written = f"{written[: _WRITTEN - 1]}…"
    return _SAID[best.how].format(written=written, name=best.name, term=term["name"])
