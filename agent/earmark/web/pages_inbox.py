"""The inbox: the list with its filters, and beside it one item.

The whole view stands in the address, so that it can be kept, sent and gone back to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .operations import AGENT, Access, operation
from .pages_ask_shown import ANSWER, FROM, panel
from .pages_data import Listing, count_problems, find_item, read_item, read_listing
from .pages_flash import drop_flash, take_flash
from .pages_judged import judgements
from .pages_of_search import rule_of, term_of
from .pages_setup_facts import facts_of
from .pages_setup_steps import steps_of
from .pages_view import FIELDS, Query, finder, labels, view_of
from .render import fragment, item_path, render, with_query, words_for

if TYPE_CHECKING:
    from ..agent import Agent

PAGE_LENGTH = 50
QUICK_LENGTH = 10


@operation("The inbox.", access=Access.OWNER, produces="text/html")
async def inbox(request: web.Request) -> web.Response:
    """The list alone."""
    return await show_inbox(request)


@operation("The inbox with one item open.", access=Access.OWNER, produces="text/html")
async def item(request: web.Request) -> web.Response:
    """The list and the item, or with `?part=item` only the item, for the side pane."""
    return await show_item(request)


@operation("The rows of the list.", access=Access.OWNER, produces="text/html")
async def rows(request: web.Request) -> web.Response:
    """What live arrival fetches: the rows of the view in the address, ten with `?limit=10`.

    With `?part=filters` the filters and their counts.
    """
    filters = request.query.get("part") == "filters"
    length = QUICK_LENGTH if request.query.get("limit") == str(QUICK_LENGTH) else PAGE_LENGTH
    listing = await load_listing(request, length, facets=filters)
    template = "_filters.html" if filters else "_rows.html"
    body = fragment(request, template, **list_context(request, listing))
    return web.Response(text=body, content_type="text/html")


def query_of(request: web.Request) -> Query:
    """The filters in the address."""
    given = {name: [v.strip() for v in request.query.getall(name, [])] for name in FIELDS}
    wanted = {name: [v for v in values if v] for name, values in given.items()}
    return {name: values for name, values in wanted.items() if values}


async def load_listing(request: web.Request, length: int, *, facets: bool) -> Listing:
    """One page of the list as the address asks for it."""
    log, query, cursor = request.app[AGENT].log, query_of(request), request.query.get("cursor")
    return await asyncio.to_thread(read_listing, log, query, cursor or None, length, facets)


def list_context(request: web.Request, listing: Listing) -> dict[str, Any]:
    """What the list's templates need."""
    agent, query = request.app[AGENT], query_of(request)
    platform_label = platform_labels(agent)
    view = view_of(query, listing.facets, labels(words_for(request), platform_label))
    cursor = request.query.get("cursor", "")
    return {
        "items": listing.items,
        "newer": with_query("/", {**query, "cursor": listing.newer or ""}) if cursor else None,
        "older": with_query("/", {**query, "cursor": listing.older}) if listing.older else None,
        "cursor": cursor,
        "change": listing.change,
        "here": {**query, "cursor": cursor},
        "view": view,
        "drops": [c for c in view.chips if (c.name, c.value) in listing.drops],
        "log_is_empty": listing.log_is_empty,
        "misread": listing.misread,
        "found_in": finder(query),
        "rule_of_search": rule_of(query),
        "term_of_search": term_of(query),
        "current": "",
        "platform_label": platform_label,
    }


async def show_inbox(
    request: web.Request, item_context: dict[str, Any] | None = None, status: int = 200
) -> web.Response:
    """The whole page, with an item in the pane where there is one."""
    agent = request.app[AGENT]
    listing = await load_listing(request, PAGE_LENGTH, facets=True)
    response = render(
        request,
        "inbox.html",
        status=status,
        section="inbox",
        problem_count=await count_problems(agent),
        **(await first_steps(agent) if listing.log_is_empty else {}),
        **{**list_context(request, listing), "item": None, **(item_context or {})},
        flash=take_flash(request),
    )
    drop_flash(request, response)
    return response


async def first_steps(agent: Agent) -> dict[str, Any]:
    """What an empty inbox leads to: the next step of setting up."""
    facts = await facts_of(agent)
    return {"steps": steps_of(facts), "passed": facts.passed}


async def show_item(
    request: web.Request, *, status: int = 200, conflict: str = "", draft: str | None = None
) -> web.Response:
    """The page of the item in the address; `draft` keeps a note that could not be saved."""
    agent, match = request.app[AGENT], request.match_info
    found = await asyncio.to_thread(find_item, agent.log, match["platform"], match["id"])
    here = {**query_of(request), "cursor": request.query.get("cursor", "")}
    if found["id"] != match["id"]:
        raise web.HTTPSeeOther(with_query(item_path(found), here))
    context = {
        **await asyncio.to_thread(read_item, agent.log, found, words_for(request)),
        **await judgements(request, found, words_for(request)),
        "item": found,
        "fresh": take_flash(request) is not None,
        "found_in": finder(query_of(request)),
        "current": item_path(found),
        "here": here,
        "here_path": with_query(item_path(found), here),
        "back": with_query("/", here),
        "conflict": conflict,
        "draft": draft,
    }
    asked = {**here, **{name: request.query.get(name, "") for name in (ANSWER, FROM)}}
    seen = (found, context["thread"], asked, words_for(request))
    context["ask"] = await asyncio.to_thread(panel, agent.log, *seen)
    if request.query.get("part") != "item":
        return await show_inbox(request, context, status)
    body = fragment(request, "_item.html", platform_label=platform_labels(agent), **context)
    return web.Response(text=body, content_type="text/html", status=status)


def platform_labels(agent: Agent) -> Callable[[str], str]:
    """How a platform is called; its own name where its plugin is gone."""
    known = {entry["name"]: entry["label"] for entry in agent.plugins.entries}
    return lambda name: known.get(name) or name


ROUTES = [
    web.get("/", inbox),
    web.get("/rows", rows),
    web.get("/items/{platform}/{id}", item),
]
