"""Earmark hears what people say while you browse, and keeps it.

This is what a plugin author imports.
"""

from .folding import fold
from .hookspecs import hookimpl, registering
from .markup import (
    Said,
    as_typed,
    attribute,
    data_in,
    dig,
    enclosing,
    first_attribute,
    first_text,
    found_in,
    hashtags_in,
    hooks,
    landmarks,
    links_in,
    mentions_in,
    objects_with,
    person,
    rating_in,
    said,
    said_as,
    said_here,
    time_of,
)
from .model import (
    Audience,
    Author,
    Fragment,
    Item,
    ItemKind,
    Page,
    Poll,
    PollOption,
    Rating,
    Sentiment,
    Tag,
)
from .parse.counts import parse_count
from .parse.text import text_of
from .platform import Items, Level, Platform

__all__ = [
    "Audience",
    "Author",
    "Fragment",
    "Item",
    "ItemKind",
    "Items",
    "Level",
    "Page",
    "Platform",
    "Poll",
    "PollOption",
    "Rating",
    "Said",
    "Sentiment",
    "Tag",
    "as_typed",
    "attribute",
    "data_in",
    "dig",
    "enclosing",
    "first_attribute",
    "first_text",
    "fold",
    "found_in",
    "hashtags_in",
    "hookimpl",
    "hooks",
    "landmarks",
    "links_in",
    "mentions_in",
    "objects_with",
    "parse_count",
    "person",
    "rating_in",
    "registering",
    "said",
    "said_as",
    "said_here",
    "text_of",
    "time_of",
]
