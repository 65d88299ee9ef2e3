"""Rules over HTTP: read, written, tried on the archive; and why an item was tagged or was not."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..enrich.why import why as told_why
from ..errors import EarmarkError
from ..keeping.rules_edit import ChangedMeanwhile, digest
from ..keeping.rules_text import (
    LONGEST_TEXT,
    MOST_RULES,
    checked_rules,
    read_rules,
    write_rules,
)
from ..keeping.watch_terms import NoSuchTerm
from ..model import Json
from ..store import ruled_items
from ..store.ruled import without_ruling
from .api_items import ITEM, NO_ITEM, key_of
from .bodies import answer, read_json
from .operations import AGENT, Access, operation
from .shapes import ListOf, Record, Text

MOST_TERMS = 200  # told of one item when none is asked for by name
# What a rule may say is known by `earmark.keeping.rules_text` alone.
RULES = Record(
    {"toml": Text(most=4 * LONGEST_TEXT), "rules": ListOf(Record(), MOST_RULES)}, closed=True
)
THE_RULES = "`{toml, rules: [{name, when, add_tags?, state?, …}]}`"
CANNOT_BE = "A rule that cannot be: which one, its line and the spot."


@operation(
    "The rules, as the text that was written and as data.",
    access=Access.OWNER,
    answers={200: f"{THE_RULES}; the ETag changes with them."},
)
async def rules(request: web.Request) -> web.Response:
    return as_kept(request)


@operation(
    "Have these rules from now on, given as a text or as data; each must pass its test cases.",
    access=Access.OWNER,
    body=RULES,
    headers={"If-Match": "The ETag that the change is based on; without it, the last one wins."},
    answers={
        200: f"{THE_RULES}.",
        400: f"{CANNOT_BE} Nothing was changed.",
        412: "Somebody else changed the rules meanwhile.",
    },
)
async def change_rules(request: web.Request) -> web.Response:
    given, kept = await read_json(request, RULES), request.app[AGENT].rules
    refuse_both(given)
    if not given:
        raise EarmarkError("Give toml or rules.", code="malformed")
    seen = request.headers.get("If-Match", "*").strip().removeprefix("W/").strip('"')

    def edit(text: str, _: list[Json]) -> str:
        if seen not in ("*", digest(text)):
            raise ChangedMeanwhile
        return given["toml"] if "toml" in given else write_rules(checked_rules(given["rules"]))

    await asyncio.to_thread(kept.change, edit)
    return as_kept(request)


@operation(
    "Try rules on the archive, those given or else those kept; nothing is written.",
    access=Access.OWNER,
    body=RULES,
    answers={
        200: "`{looked_at, items, would_change, rules: [{rule, enabled, caught, would_change, "
        "noise, noise_rate?, samples: [{platform, id, text, because}]}], failing: [{rule, text, "
        "wanted, because}]}`.",
        400: CANNOT_BE,
    },
)
async def test_rules(request: web.Request) -> web.Response:
    given, agent = await read_json(request, RULES), request.app[AGENT]
    refuse_both(given)
    if "toml" in given:
        tried = await asyncio.to_thread(read_rules, given["toml"])
    elif "rules" in given:
        tried = await asyncio.to_thread(checked_rules, given["rules"])
    else:
        tried = agent.rules.rules()
    return answer(await agent.ruling.test(tried))


@operation(
    "Why an item carries its tags, and why each rule and watch term holds for it or does not.",
    query={"term": f"Only this watch term; without it at most {MOST_TERMS} are told."},
    answers={
        200: "`{tags: [{name, by, because?, removed?, told}], rules: [{rule, matched, enabled, "
        "told, because, missing}], terms: [{term, kind, matched, told}]}`.",
        **NO_ITEM,
    },
)
async def why(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    found = await asyncio.to_thread(ruled_items.one, agent.log, *key_of(request))
    if found is None:
        raise EarmarkError("There is no such item.", code="not_found", status=404)
    terms = terms_asked(agent.choices.terms(), request.query.get("term", ""))
    bare = without_ruling(found)
    told = await asyncio.to_thread(told_why, found, bare, agent.rules.rules(), terms)
    return answer(told)


def terms_asked(terms: list[Json], name: str) -> list[Json]:
    """The watch terms to tell of; raises NoSuchTerm."""
    if not name:
        return terms[:MOST_TERMS]
    asked = [term for term in terms if term["name"].casefold() == name.casefold()]
    if not asked:
        raise NoSuchTerm
    return asked


def as_kept(request: web.Request) -> web.Response:
    kept = request.app[AGENT].rules
    rules = {"toml": kept.text, "rules": kept.rules()}
    return answer(rules, etag=digest(kept.text))


def refuse_both(given: Json) -> None:
    """Raise where rules came in two ways: nobody knows which are meant."""
    if "toml" in given and "rules" in given:
        raise EarmarkError("Give toml or rules, not both.", code="malformed")


ROUTES = [
    web.get("/v1/rules", rules),
    web.put("/v1/rules", change_rules),
    web.post("/v1/rules/test", test_rules),
    web.get(f"{ITEM}/why", why),
]
