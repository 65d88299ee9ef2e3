"""The replies to an ask in its thread: whose they are, how deep, and what each answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..enrich.ours import as_handle
from ..model import Json
from .coding import Code, Coder

RULES, YOU = "asks", "you"  # who coded a reply
KINDS = ("post", "poll")  # what may ask whoever wrote it


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply with its code; `by` says who gave it, `person` is the same for one author."""

    item: Json
    person: str
    code: Code
    by: str


def may_ask(item: Json) -> bool:
    """Whether an item is one that asks: a post, or something that an account of ours said."""
    return item.get("kind") in KINDS or item.get("ours") is True


def replies_below(thread: Sequence[Json], ask: Json) -> Iterator[tuple[Json, int]]:
    """What others said below an item, each with how deep; 1 answers it directly.

    A reply of the ask's thread whose parent is not known answers the one who began it. Left out
    are spam, the person's own accounts, and whoever asked.
    """
    by_id = {item["id"]: item for item in thread}
    depths = {ask["id"]: 0}
    asker = person_of(ask)
    for item in thread:
        depth = _depth(item, by_id, depths, ask)
        wrote = item.get("ours") is True or person_of(item) == asker
        if depth and not wrote and not item.get("spam"):
            yield item, depth


def _depth(item: Json, by_id: Mapping[str, Json], depths: dict[str, int], ask: Json) -> int:
    """How deep below the ask an item is; 0 where it is not below it."""
    path: list[str] = []
    at: Json | None = item
    while at is not None and at["id"] not in depths and at["id"] not in path:
        path.append(at["id"])
        at = by_id.get(_parent(at, by_id, ask))
    depth = depths[at["id"]] if at is not None and at["id"] in depths else -1
    below = depth > 0 or (at is not None and at["id"] == ask["id"])
    for id in reversed(path):
        depth = depth + 1 if below else -1
        depths[id] = depth
    return max(depths[item["id"]], 0)


def _parent(item: Json, by_id: Mapping[str, Json], ask: Json) -> str:
    parent = item.get("parent_id")
    if parent in by_id:
        return str(parent)
    return str(ask["id"]) if item.get("root_id") == ask["id"] else ""


def person_of(item: Json) -> str:
    """What is the same for all that one author wrote; where nobody is named, the item's own."""
    author = item.get("author") or {}
    known = next((str(author[key]) for key in ("id", "handle", "name") if author.get(key)), "")
    return f"@{as_handle(known)}" if known else f"~{item['id']}"


def coded(
    thread: Sequence[Json], ask: Json, coder: Coder, given: Mapping[str, Code]
) -> list[Reply]:
    """The replies to an ask, coded; `given` are the codes that the person gave, by id.

    Who only agrees with another reply answers what that one answers.
    """
    codes: dict[str, Code] = {}
    replies = []
    for item, depth in replies_below(thread, ask):
        by_you = next((given[id] for id in ids_of(item) if id in given), None)
        code = by_you or _code(item, depth, coder, codes.get(str(item.get("parent_id"))))
        codes[item["id"]] = code
        replies.append(Reply(item, person_of(item), code, YOU if by_you else RULES))
    return replies


def ids_of(item: Json) -> list[str]:
    """The ids that an item has or had."""
    return [item["id"], *item.get("aliases", [])]


def _code(item: Json, depth: int, coder: Coder, parents: Code | None) -> Code:
    text, language = str(item.get("text") or ""), str((item.get("language") or {}).get("tag") or "")
    if depth > 1 and parents and parents.answers and coder.agrees(text, language):
        return replace(parents, how="agrees", words="")
    return coder.code(text, language, direct=depth == 1)
