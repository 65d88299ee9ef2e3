"""The web application, as a table of contents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from . import (
    api_access,
    api_accounts,
    api_agent,
    api_asks,
    api_captures,
    api_cases,
    api_choices,
    api_condition,
    api_corrections,
    api_doctor,
    api_items,
    api_page_health,
    api_plugins,
    api_policy,
    api_rules,
    api_runs,
    api_service,
    api_terms,
    live,
    openapi,
    pages,
    sample,
    sign_in,
)
from .bodies import MAX_BODY
from .errors import errors
from .guard import guard, renew_cookie
from .headers import on_response_prepare
from .operations import AGENT
from .pages_learned import LEFT_BEHIND
from .pages_rules_undo import RULES_LEFT
from .pages_setup_undo import LEFT
from .prepared_pairing import prepared_pairing

if TYPE_CHECKING:
    from ..agent import Agent

STATIC = Path(__file__).with_name("static")


def make_app(agent: Agent) -> web.Application:
    """Everything that answers over HTTP."""
    app = web.Application(middlewares=[errors, guard], client_max_size=MAX_BODY)
    app[AGENT] = agent
    app[LEFT] = {}
    app[RULES_LEFT] = {}
    app[LEFT_BEHIND] = {}
    app.on_response_prepare.append(on_response_prepare)
    app.on_response_prepare.append(renew_cookie)
    app.cleanup_ctx.append(live.hang_bells)
    app.cleanup_ctx.append(prepared_pairing)
    app.on_shutdown.append(live.close_streams)
    app.add_routes(api_accounts.ROUTES)
    app.add_routes(api_agent.ROUTES)
    app.add_routes(api_asks.ROUTES)
    app.add_routes(api_captures.ROUTES)
    app.add_routes(api_cases.ROUTES)
    app.add_routes(api_choices.ROUTES)
    app.add_routes(api_corrections.ROUTES)
    app.add_routes(api_items.ROUTES)
    app.add_routes(api_rules.ROUTES)
    app.add_routes(api_runs.ROUTES)
    app.add_routes(live.ROUTES)
    app.add_routes(api_doctor.ROUTES)
    app.add_routes(api_condition.ROUTES)
    app.add_routes(api_page_health.ROUTES)
    app.add_routes(api_plugins.ROUTES)
    app.add_routes(api_policy.ROUTES)
    app.add_routes(api_access.ROUTES)
    app.add_routes(api_service.ROUTES)
    app.add_routes(api_terms.ROUTES)
    app.add_routes(openapi.ROUTES)
    app.add_routes(sign_in.ROUTES)
    app.add_routes(sample.ROUTES)
    app.add_routes(pages.routes(agent))
    app.router.add_static("/static", STATIC)
    return app
