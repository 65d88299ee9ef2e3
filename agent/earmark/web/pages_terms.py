"""“Who is meant”: the person's accounts and watch terms, what they are worth, what is missing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web

from ..errors import EarmarkError
from ..folding import fold
from ..keeping import my_accounts, watch_terms
from ..listening import suggested
from ..listening.noise import uses
from ..model import Json
from ..runs import TERMS
from . import api_accounts, api_terms
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_applied import carried_out, is_part, last_run, number_of, part, taken_back
from .pages_data import count_problems
from .pages_setup_keep import platforms
from .pages_shown import TERM_KINDS
from .pages_terms_form import term_in
from .render import render, with_query

if TYPE_CHECKING:
    from ..agent import Agent

SHOWN = 200  # terms on one page
MOST_TYPED = 200  # characters of a search


@operation("Accounts and watch terms.", access=Access.OWNER, produces="text/html")
async def terms(request: web.Request) -> web.Response:
    if is_part(request):
        return await part(request, TERMS, "/terms")
    return await show(request)


async def show(
    request: web.Request, error: EarmarkError | None = None, typed: Json | None = None
) -> web.Response:
    """The page, with what could not be done and what was typed for it."""
    agent = request.app[AGENT]
    asked = request.query.get("q", "")[:MOST_TYPED]
    told = await asyncio.to_thread(look, agent, asked)
    return render(
        request,
        "terms.html",
        status=error.status if error else 200,
        section="terms",
        problem_count=await count_problems(agent),
        platforms=platforms(agent.plugins.entries, agent.choices.accounts()),
        kinds=TERM_KINDS,
        asked=asked,
        error=error,
        typed=typed or {},
        saved="saved" in request.query,
        run=await last_run(agent, TERMS),
        **told,
    )


def look(agent: Agent, asked: str) -> Json:
    """What the page shows of the log; blocking."""
    found, accounts, today = agent.choices.terms(), agent.choices.accounts(), datetime.now(UTC)
    used = uses(agent.log, found, today)
    rows = [term | {"use": api_terms.told(term, used[term["id"]], today)} for term in found]
    wanted = [row for row in rows if fold(asked) in fold(row["name"])]
    return {
        "terms": wanted[:SHOWN],
        "more": max(0, len(wanted) - SHOWN),
        "count": len(rows),
        "accounts": accounts,
        "brands": [term["name"] for term in found if term["kind"] == "brand"],
        "to_retire": [row for row in rows if row["use"]["may_be_retired"]],
        "aliases": suggested.aliases(agent.log, found),
        "seen_accounts": suggested.accounts(agent.log, found, accounts),
    }


@form_page("Enter an account of one's own.")
async def add_account(request: web.Request) -> web.Response:
    form = await request.post()
    fields = ("platform", "handle", "name", "brand")
    given: Json = {key: str(form[key]).strip() for key in fields if str(form.get(key, "")).strip()}
    given |= {"support": True} if form.get("support") else {}
    try:
        await api_accounts.entered(request, my_accounts.account_of(given))
    except EarmarkError as error:
        return await show(request, error, {"account": given})
    return back()


@form_page("An account is no longer one's own.")
async def remove_account(request: web.Request) -> web.Response:
    form = await request.post()
    try:
        await api_accounts.forgotten(request, number_of(form.get("account")))
    except EarmarkError as error:
        return await show(request, error)
    return back()


@form_page("Watch many terms, one on each line.")
async def add_many(request: web.Request) -> web.Response:
    form = await request.post()
    text, kind = str(form.get("lines", "")), str(form.get("kind") or "brand")
    try:
        await api_terms.taken_in(request, text, kind)
    except EarmarkError as error:
        return await show(request, error, {"lines": text, "kind": kind})
    return back()


@form_page("Add an alias that people keep writing.")
async def add_alias(request: web.Request) -> web.Response:
    form = await request.post()
    try:
        term = api_terms.find_term(request, number_of(form.get("term")))
        names = [*term.get("aliases", []), str(form.get("alias", ""))]
        patch = watch_terms.patch_of({"aliases": names})
        await api_terms.changed(request, term["id"], patch)
    except EarmarkError as error:
        return await show(request, error)
    return back()


@form_page("Watch a term no longer, or again.")
async def retire(request: web.Request) -> web.Response:
    form = await request.post()
    patch = {"retired": form.get("retired") == "yes"}
    try:
        await api_terms.changed(request, number_of(form.get("term")), patch)
    except EarmarkError as error:
        return await show(request, error)
    return back()


@form_page("Apply terms and accounts to all that is there.")
async def apply(request: web.Request) -> web.Response:
    work = request.app[AGENT].runs.apply_terms()
    return await carried_out(request, work, "/terms", show)


@form_page("Take back what applying terms did.")
async def undo(request: web.Request) -> web.Response:
    return await taken_back(request, "/terms", show)


@operation("A new watch term.", access=Access.OWNER, produces="text/html")
async def new(request: web.Request) -> web.Response:
    name = request.query.get("name", "")[:MOST_TYPED]
    return await show_term(request, None, {"name": name} if name else {})


@operation("One watch term.", access=Access.OWNER, produces="text/html")
async def one(request: web.Request) -> web.Response:
    term = api_terms.find_term(request, int(request.match_info["term"]))
    return await show_term(request, term, term)


@form_page("Save a new watch term, or only try it.")
async def save_new(request: web.Request) -> web.Response:
    return await save(request, None)


@form_page("Save a watch term, or only try it, or delete it.")
async def save_old(request: web.Request) -> web.Response:
    return await save(request, api_terms.find_term(request, int(request.match_info["term"])))


async def save(request: web.Request, before: Json | None) -> web.Response:
    """What the form's button says: `do` is save, try or delete."""
    form = await request.post()
    given, wish = term_in(form), form.get("do", "save")
    try:
        if wish == "try":
            told = await api_terms.tried(request, given, before)
            return await show_term(request, before, given, preview=told)
        if wish == "delete" and before:
            await api_terms.forgotten(request, before["id"])
        elif before:
            await api_terms.changed(request, before["id"], watch_terms.patch_of(given))
        else:
            await api_terms.added(request, [watch_terms.term_of(given)])
    except EarmarkError as error:
        return await show_term(request, before, given, error=error)
    return back()


async def show_term(
    request: web.Request,
    before: Json | None,
    term: Json,
    preview: Json | None = None,
    error: EarmarkError | None = None,
) -> web.Response:
    """The form of a term; `before` is the one that it changes."""
    agent = request.app[AGENT]
    return render(
        request,
        "term.html",
        status=error.status if error else 200,
        section="terms",
        problem_count=await count_problems(agent),
        before=before,
        term=term,
        kinds=TERM_KINDS,
        preview=preview,
        error=error,
    )


def back() -> web.Response:
    """To the list, which then says that something was saved."""
    return web.Response(status=303, headers={"Location": with_query("/terms", {"saved": "1"})})


ROUTES = [
    web.get("/terms", terms),
    web.get("/terms/new", new),
    web.post("/terms/new", save_new),
    web.post("/terms/accounts", add_account),
    web.post("/terms/accounts/remove", remove_account),
    web.post("/terms/many", add_many),
    web.post("/terms/alias", add_alias),
    web.post("/terms/retire", retire),
    web.post("/terms/apply", apply),
    web.post("/terms/undo", undo),
    web.get(r"/terms/{term:\d{1,15}}", one),
    web.post(r"/terms/{term:\d{1,15}}", save_old),
]
