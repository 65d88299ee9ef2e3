"""Terms, accounts and rules alone, for items that are in the archive; runs in a worker."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Json
from .knowledge import Knowledge, knowledge_at
from .mentions import tags_for
from .rules import apply_rules

# Of an item, what tells whom it mentions and whose it is.
READ = ("platform", "author", "text", "language", "mentions", "hashtags", "links")


def judge_mentions(items: Sequence[Json], knowledge: str) -> list[Json]:
    """What terms and accounts say of each item: `{tags, ours?}`, as `enrich_items` has it."""
    known = knowledge_at(knowledge)
    return [_judged(known, item) for item in items]


def judge_by_all_rules(items: Sequence[Json], knowledge: str) -> list[Json]:
    """What the rules of today say of each item, as `apply_rules` tells it."""
    known = knowledge_at(knowledge)
    return [apply_rules(known.ruling, item) for item in items]


def _judged(known: Knowledge, item: Json) -> Json:
    ours, tags = known.own_accounts.wrote(item), tags_for(known.watch, item)
    if refused := known.corrected.refused(str(item.get("text") or "")):
        tags = [tag for tag in tags if tag["name"] not in refused]
    return {"tags": tags} | ({} if ours is None else {"ours": ours})
