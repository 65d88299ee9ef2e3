"""“Why? Why not?”: what held for an item and what did not, and an answer about one thing asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from ..enrich.mentions import tag_of
from ..enrich.why import why as told_why
from ..folding import fold
from ..model import Json
from ..store import ruled_items
from ..store.ruled import without_ruling
from ..store.used_tags import tags_in_use
from .api_rules import MOST_TERMS
from .i18n import Words
from .operations import AGENT, Access, operation
from .pages_data import NoSuchItem, count_problems
from .pages_inbox import query_of
from .pages_judged import tag_meant, told_by
from .pages_shown import TAG_NAMES
from .render import fragment, item_path, render, with_query, words_for

if TYPE_CHECKING:
    from ..agent import Agent

MOST_ASKED = 200  # characters of a question


@dataclass(slots=True)
class Answer:
    """What is to be said of the tag, rules and watch terms that a question names.

    tag: its name. worn: as the item has it, also taken off. rules and terms: those of this name,
    and those that would put the tag on, each as `enrich.why` tells of it. known: whether our own
    plugins may put the tag on.
    """

    asked: str
    tag: str = ""
    worn: Json | None = None
    rules: list[Json] = field(default_factory=list)
    terms: list[Json] = field(default_factory=list)
    known: bool = False


@operation("Why an item is tagged, and why not.", access=Access.OWNER, produces="text/html")
async def why(request: web.Request) -> web.Response:
    """A page, or with `?part=why` what it says, for the inbox; `ask` names a tag, rule or term."""
    agent, words = request.app[AGENT], words_for(request)
    key = (request.match_info["platform"], request.match_info["id"])
    asked = " ".join(request.query.get("ask", "").split())[:MOST_ASKED]
    told = await asyncio.to_thread(look, agent, key, asked, words)
    here = {**query_of(request), "cursor": request.query.get("cursor", "")}
    context = {
        **told,
        "here": here,
        "back": with_query(item_path(told["item"]), here),
        "told_by": lambda tag: told_by(words, tag),
    }
    if request.query.get("part") == "why":
        body = fragment(request, "_why.html", **context)
        return web.Response(text=body, content_type="text/html")
    problems = await count_problems(agent)
    return render(request, "why.html", section="inbox", problem_count=problems, **context)


def look(agent: Agent, key: tuple[str, str], asked: str, words: Words) -> Json:
    """What the page shows; blocking."""
    found = ruled_items.one(agent.log, *key)
    if found is None:
        raise NoSuchItem
    rules, terms = agent.rules.rules(), agent.choices.terms()
    known = [*TAG_NAMES, *tags_in_use(agent.log)]
    known += [tag for rule in rules for tag in rule.get("add_tags", ())]
    known += [tag_of(term) for term in terms[:MOST_TERMS]]
    told = told_why(found, without_ruling(found), rules, terms[:MOST_TERMS])
    return {
        "item": found,
        "rules": _in_two(told["rules"]),
        "terms": _in_two(told["terms"]),
        "more_terms": max(0, len(terms) - MOST_TERMS),
        "tags": [tag for tag in told["tags"] if not tag.get("removed")],
        "removed": [tag for tag in told["tags"] if tag.get("removed")],
        "answer": _answer(found, asked, words, known, rules, terms) if asked else None,
        "names": _names(known, rules, terms),
    }


def _in_two(told: Iterable[Json]) -> tuple[list[Json], list[Json]]:
    """What holds, and what does not."""
    every = list(told)
    return [one for one in every if one["matched"]], [one for one in every if not one["matched"]]


def _names(known: Iterable[str], rules: Iterable[Json], terms: list[Json]) -> Json:
    """What one may ask for, each once."""
    return {
        "tags": sorted(set(known)),
        "rules": [rule["name"] for rule in rules],
        "terms": [term["name"] for term in terms[:MOST_TERMS]],
    }


def _answer(
    found: Json,
    asked: str,
    words: Words,
    known: list[str],
    rules: list[Json],
    terms: list[Json],
) -> Answer:
    name, tag = fold(asked), tag_meant(words, asked, known)
    asked_rules = [rule for rule in rules if fold(rule["name"]) == name or _adds(rule, tag)]
    asked_terms = [term for term in terms if name in _names_of(term) or tag_of(term) == tag]
    told = told_why(found, without_ruling(found), asked_rules, asked_terms)
    worn = next((each for each in told["tags"] if each["name"] == tag), None)
    is_tag = bool(worn) or tag in known
    return Answer(
        asked,
        tag if is_tag else "",
        worn,
        told["rules"],
        told["terms"],
        tag in TAG_NAMES,
    )


def _adds(rule: Json, tag: str) -> bool:
    return tag in rule.get("add_tags", ())


def _names_of(term: Json) -> list[str]:
    return [fold(each) for each in (term["name"], *term.get("aliases", ()))]


ROUTES: list[Any] = [web.get("/items/{platform}/{id}/why", why)]
