"""How the parts of what is read are called in a sentence."""

from __future__ import annotations

from .messages import N_

FIELD_NAMES = {
    "comments": N_("how many comments there are"),
    "text": N_("the text"),
    "author": N_("the author"),
    "published": N_("the time"),
    "url": N_("the link"),
    "parent_id": N_("what it answers"),
    "root_id": N_("the thread it is in"),
    "rating": N_("the rating"),
}
