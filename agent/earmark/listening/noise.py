"""How useful each watch term is: how much of what it catches people call noise, and whether
anybody acts on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ..enrich.mentions import tag_of
from ..model import Json
from ..store.log import Log
from ..store.schema import CHANGES, ITEM_TAGS, ITEMS

NOBODY_FOR = timedelta(days=30)  # nobody acted on a term for so long: it may be retired
ENOUGH = 10  # items that a term must have for that
ACTED = "patched"  # what a change by a person is called

# An item is decided when a person said anything of it, and noise when that was: not this.
_TAGGED = sa.select(ITEM_TAGS.c.tag, ITEM_TAGS.c.item)
_REMOVED = sa.text(
    "SELECT json_extract(tag.value, '$.name') AS tag, items.id AS item"
    " FROM items, json_each(items.doc, '$.tags') AS tag"
    " WHERE instr(items.doc, '\"removed\"') > 0"
    " AND json_extract(tag.value, '$.removed')"
)
_DECIDED = sa.or_(
    ITEMS.c.spam == 1,
    ITEMS.c.state != "new",
    sa.func.json_extract(ITEMS.c.doc, "$.note").is_not(None),
    sa.func.json_extract(ITEMS.c.doc, "$.assignee").is_not(None),
)
_NOISE = sa.or_(ITEMS.c.spam == 1, ITEMS.c.state == "ignored")


@dataclass(slots=True)
class Use:
    """What people made of a term's items. removed: those they took its tag off."""

    items: int = 0
    decided: int = 0
    noise: int = 0
    acted: int = 0  # on how many somebody did something lately

    @property
    def noise_rate(self) -> float | None:
        """Share of noise in what was decided; None where nothing was."""
        return self.noise / self.decided if self.decided else None


def uses(log: Log, terms: Sequence[Json], now: datetime) -> dict[int, Use]:
    """What people made of the items of each term, by its id."""
    found: dict[str, Use] = {}
    names = {tag_of(term) for term in terms}
    with log.reading() as connection:
        for tag, items, decided, noise in connection.execute(_counted(names)):
            found[tag] = Use(items, decided, noise)
        for tag, _ in connection.execute(_REMOVED):
            if tag in names:
                use = found.setdefault(tag, Use())
                use.decided += 1
                use.noise += 1
        for tag, acted in connection.execute(_acted(names, now - NOBODY_FOR)):
            found.setdefault(tag, Use()).acted = acted
    return {term["id"]: found.get(tag_of(term), Use()) for term in terms}


def may_be_retired(term: Json, use: Use, now: datetime) -> bool:
    """Whether nobody acts on a term, long after it was added."""
    added = datetime.fromisoformat(term["added_at"])
    waited = now - added >= NOBODY_FOR
    return waited and not term.get("retired") and use.items >= ENOUGH and not use.acted


def _counted(names: Iterable[str]) -> sa.Select[Any]:
    decided = sa.func.sum(sa.case((_DECIDED, 1), else_=0))
    noise = sa.func.sum(sa.case((_NOISE, 1), else_=0))
    counted = sa.select(ITEM_TAGS.c.tag, sa.func.count(), decided, noise)
    joined = counted.join_from(ITEM_TAGS, ITEMS, ITEMS.c.id == ITEM_TAGS.c.item)
    return joined.where(ITEM_TAGS.c.tag.in_(list(names))).group_by(ITEM_TAGS.c.tag)


def _acted(names: Iterable[str], since: datetime) -> sa.Select[Any]:
    """By tag, the items on which a person did something since."""
    at = f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
    counted = sa.select(ITEM_TAGS.c.tag, sa.func.count(ITEM_TAGS.c.item.distinct()))
    joined = counted.join_from(ITEM_TAGS, CHANGES, CHANGES.c.item == ITEM_TAGS.c.item)
    lately = joined.where(CHANGES.c.change == ACTED, CHANGES.c.at >= at)
    return lately.where(ITEM_TAGS.c.tag.in_(list(names))).group_by(ITEM_TAGS.c.tag)
