"""Rules over HTTP: read, written, tried on the archive; and why an item was tagged or was not."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..enrich.why import why as told_why
from ..errors import EarmarkError
from ..keeping.rules_text import LONGEST_TEXT, MOST_RULES, checked_rules, read_rules
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
    answers={200: f"{THE_RULES}."},
)
async def rules(request: web.Request) -> web.Response:
    kept = request.app[AGENT].rules
    return answer({"toml": kept.text, "rules": kept.rules()})


@operation(
    "Have these rules from now on, given as a text or as data; each must pass its test cases.",
    access=Access.OWNER,
    body=RULES,
    answers={200: f"{THE_RULES}.", 400: f"{CANNOT_BE} Nothing was changed."},
)
async def change_rules(request: web.Request) -> web.Response:
    given, kept = await read_json(request, RULES), request.app[AGENT].rules
    refuse_both(given)
    if "toml" in given:
        await asyncio.to_thread(kept.save, given["toml"])
    elif "rules" in given:
        await asyncio.to_thread(kept.save_list, given["rules"])
    else:
        raise EarmarkError("Give toml or rules.", code="malformed")
    return answer({"toml": kept.text, "rules": kept.rules()})


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
