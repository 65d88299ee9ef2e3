"""The pages for people, as a table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from . import (
    pages_access,
    pages_act,
    pages_asks,
    pages_inbox,
    pages_learned,
    pages_plugins,
    pages_problems,
    pages_raw,
    pages_rule,
    pages_rules,
    pages_setup,
    pages_setup_browser,
    pages_setup_keep,
    pages_setup_sites,
    pages_setup_undo,
    pages_terms,
    pages_unread,
    pages_why,
)

if TYPE_CHECKING:
    from ..agent import Agent


def routes(agent: Agent) -> list[web.RouteDef]:
    """Every page of the inbox and every form on them."""
    return [
        *pages_inbox.ROUTES,
        *pages_act.ROUTES,
        *pages_asks.ROUTES,
        *pages_learned.ROUTES,
        *pages_access.ROUTES,
        *pages_plugins.ROUTES,
        *pages_problems.ROUTES,
        *pages_raw.ROUTES,
        *pages_rules.ROUTES,
        *pages_rule.ROUTES,
        *pages_unread.ROUTES,
        *pages_setup.ROUTES,
        *pages_setup_browser.ROUTES,
        *pages_setup_sites.ROUTES,
        *pages_setup_keep.ROUTES,
        *pages_setup_undo.ROUTES,
        *pages_terms.ROUTES,
        *pages_why.ROUTES,
    ]
