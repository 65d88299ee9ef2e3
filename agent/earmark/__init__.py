"""Earmark hears what people say while you browse, and keeps it.

This is what a plugin author imports.
"""

from .folding import fold
from .hookspecs import hookimpl
from .model import Author, Fragment, Item, ItemKind, Page, Poll, PollOption, Rating, Sentiment, Tag
from .parse.text import text_of
from .platform import Platform

__all__ = [
    "Author",
    "Fragment",
    "Item",
    "ItemKind",
    "Page",
    "Platform",
    "Poll",
    "PollOption",
    "Rating",
    "Sentiment",
    "Tag",
    "fold",
    "hookimpl",
    "text_of",
]
