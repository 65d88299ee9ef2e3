"""What can be made of a search: a rule, or a name to listen for."""

from __future__ import annotations

from ..query.parse import parse_query
from ..query.tree import BadQuery, Words
from ..store.filters import together
from .pages_rules_query import beside, field
from .pages_view import FIELDS, Query
from .render import with_query

# How the filters of the inbox are called in a query.
TYPED_AS = {"language": "lang", "author": "from"}


def rule_of(query: Query) -> str:
    """The address of a new rule that finds what the filters find; empty where there is none."""
    filters = [
        field(TYPED_AS.get(name, name), value)
        for name in FIELDS
        for value in query.get(name, [])
        if name != "text"
    ]
    try:
        when = beside(together(query.get("text", [])), filters)
    except BadQuery:
        return ""
    return with_query("/rules/new", {"when": when}) if when else ""


def term_of(query: Query) -> str:
    """The address of a new name to listen for, where the search is a word or a phrase alone."""
    try:
        root = parse_query(together(query.get("text", []))).root
    except BadQuery:
        return ""
    if not isinstance(root, Words) or root.longer:
        return ""
    return with_query("/terms/new", {"name": root.written})
