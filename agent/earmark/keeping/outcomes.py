"""What becomes of the fragments of one batch, all of it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from ..model import Json
from ..store import raw, withheld
from ..store.save import Capture, save_captures
from .about_us import Verdict

STORED_CHANGES = {"new", "edited", "updated"}


def take_messages_out(results: Sequence[Json]) -> None:
    """Drop private messages where nobody asked for them; what they came in is `private` then."""
    for result in results:
        items = result.get("items", [])
        public = [item for item in items if item.get("kind") != "message"]
        if len(public) < len(items):
            result |= {"items": public, "private": True}


def store_batch(
    connection: Connection,
    page: Json,
    fragments: Mapping[str, Json],
    parsed: Sequence[Json],
    verdict: Verdict,
    now: str,
) -> tuple[dict[str, Json], list[str]]:
    """Store what is kept and withhold the rest; the answers by fragment, and the ids of withheld
    fragments that are to be read again because what they belong to turned out about us."""
    kept = [result for result in parsed if not verdict.withholds(result["fragment"])]
    captures = [Capture(fragments[r["fragment"]], r.get("items", []), now) for r in kept]
    saved = save_captures(connection, page, captures)
    outcomes = [outcome(result, items) for result, items in zip(kept, saved, strict=True)]
    outcomes += [put_aside(r) for r in parsed if verdict.withholds(r["fragment"])]
    answers = raw.finish(connection, outcomes)
    aside = [each.fragment for each in outcomes if each.status == raw.WITHHELD]
    withheld.withhold(connection, {name: verdict.keys[name] for name in aside})
    raw.forget(connection, [r["fragment"] for r in parsed if r.get("private")])
    return {each["fragment"]: each for each in answers}, released(connection, verdict, aside, now)


def released(connection: Connection, verdict: Verdict, aside: Sequence[str], now: str) -> list[str]:
    """What is no longer withheld, by this batch or by another stored since this one was judged."""
    withheld.mark(connection, verdict.news, now)
    keys = frozenset(verdict.marks).union(*(verdict.keys[name] for name in aside))
    return withheld.release(connection, withheld.marked(connection, keys, verdict.names))


def outcome(result: Json, saved: Sequence[Json]) -> raw.Outcome:
    """What became of a fragment that is kept."""
    error = result.get("error", "")
    changed = any(each["change"] in STORED_CHANGES for each in saved)
    status = raw.NOT_UNDERSTOOD if error else "stored" if changed else "unchanged"
    if result.get("private") and not saved:
        status = raw.NOT_KEPT
    return raw.Outcome(result["fragment"], status, saved, error, result.get("reader", {}))


def put_aside(result: Json) -> raw.Outcome:
    """What becomes of a fragment of a page about others; one with messages does not even wait."""
    status = raw.NOT_KEPT if result.get("private") else raw.WITHHELD
    return raw.Outcome(result["fragment"], status, error=result.get("error", ""))
