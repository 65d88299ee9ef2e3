"""When something was said, as bounds that later sightings narrow."""

from __future__ import annotations

from datetime import UTC, datetime

from ..model import Json


def narrow(known: Json, seen: Json) -> Json:
    """Both bounds together.

    What both allow stays; where nothing does, the narrower of the two stays, with
    `conflict: true`. A bound that cannot be read changes nothing.
    """
    first, second = span(known), span(seen)
    if second is None:
        return known
    if first is None:
        return seen
    earliest, latest = max(first[0], second[0]), min(first[1], second[1])
    if earliest > latest:
        narrower = seen if width(second) < width(first) else known
        return {**narrower, "conflict": True}
    if (earliest, latest) == first:
        return known
    told = seen if (earliest, latest) == second else known
    return {
        **told,
        "earliest": (known if earliest == first[0] else seen)["earliest"],
        "latest": (known if latest == first[1] else seen)["latest"],
        **({"conflict": True} if known.get("conflict") else {}),
    }


def span(bounds: Json) -> tuple[datetime, datetime] | None:
    try:
        earliest, latest = moment(bounds["earliest"]), moment(bounds["latest"])
    except (KeyError, TypeError, ValueError):
        return None
    return (earliest, latest) if earliest <= latest else None


def moment(text: str) -> datetime:
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def width(bounds: tuple[datetime, datetime]) -> float:
    return (bounds[1] - bounds[0]).total_seconds()
