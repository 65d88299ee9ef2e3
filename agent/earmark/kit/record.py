"""A case made from a page somebody saw: the same structure, with nobody in it.

The page is read first, so that it is known whose words are on it; then everything that is not
known to be interface is replaced; then it is read again, and what was left is looked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from ..errors import EarmarkError
from ..model import Json
from ..parse.saved_page import Run, SavedPage, decode_html, parse_saved
from ..parse.slicing import parse_html
from .case import ABOUT, PAGE, RESPONSE, Case
from .disguise import Disguise
from .leaks import left_in
from .made_up import MadeUp
from .people import People
from .tokens import words_in

ROUNDS = 4
NOWHERE = "unknown"
_NAME = re.compile(r"[^a-z0-9]+")


@dataclass
class Recorded:
    """A case as it was written: its folder, what it gives, and what was replaced, counted.

    different: how what it gives is not what the page gave, in words; empty where all is there.
    """

    folder: Path
    platform: str
    items: int
    replaced: dict[str, int] = field(default_factory=dict)
    different: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """A page or a JSON response as it was seen; `response` is the address the latter came from."""

    url: str
    content: bytes
    captured_at: str
    response: str = ""


def record(
    seen: Seen,
    folder: Path,
    entries: Sequence[Json],
    run: Run,
    words_of: Callable[[str], Collection[str]],
    name: str = "",
    platform: str = "",
) -> Recorded:
    """Write a case under `folder`, as `<platform>/<name>`; an existing one is never overwritten.

    entries, run: as for `parse_saved`. words_of: the words a platform's plugin looks for.
    platform: the folder's name where no plugin reads the page. Raises EarmarkError for an address
    that is none, and where something personal could not be replaced: nothing is written then.
    """
    before = _read(seen, seen.content, entries, run)
    disguised = _disguised(seen, before, entries, words_of)
    after = _read(disguised.seen, disguised.seen.content, entries, run)
    place = _free(folder / _safe(before.platform or platform or NOWHERE), name or _named(before))
    _write(place, disguised.seen)
    Case(place).expect(after.items)
    return Recorded(
        folder=place,
        platform=before.platform,
        items=len(after.items),
        replaced=disguised.replaced,
        different=differences(before, after),
    )


@dataclass(frozen=True)
class _Disguised:
    seen: Seen
    replaced: dict[str, int]


def _read(seen: Seen, content: bytes, entries: Sequence[Json], run: Run) -> SavedPage:
    return parse_saved(seen.url, content, entries, run, seen.captured_at, seen.response)


def _disguised(
    seen: Seen,
    before: SavedPage,
    entries: Sequence[Json],
    words_of: Callable[[str], Collection[str]],
) -> _Disguised:
    text = decode_html(seen.content)
    people = People(before.items)
    structure = words_of(before.platform) if before.platform else ()
    made = MadeUp({*words_in(text), *words_in(seen.url), *structure})
    site = site_of(seen.url, before.platform, entries)
    must_go: set[str] = set()
    for _ in range(ROUNDS):
        disguise = Disguise(made, people, structure, site)
        disguise.must_go = must_go
        content = _replaced(text, disguise)
        left = left_in(content, people, disguise)
        if not left:
            return _Disguised(_moved(seen, content, disguise), _counts(people, disguise))
        must_go |= left
    raise EarmarkError(
        "Something personal could not be replaced, so nothing was recorded.",
        "Save a smaller part of the page, or report the site to the project.",
        code="not_anonymous",
        status=422,
    )


def _replaced(text: str, disguise: Disguise) -> str:
    data = _json(text)
    if data is not None:
        disguise.told.read_data(data)
        return json.dumps(disguise.data(data), ensure_ascii=False, indent=1) + "\n"
    soup: BeautifulSoup = parse_html(text)
    disguise.tree(soup)
    return str(soup.decode(formatter="minimal"))


def _json(text: str) -> object:
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        value: object = json.loads(text)
    except ValueError:
        return None
    return value


def _moved(seen: Seen, content: str, disguise: Disguise) -> Seen:
    response = disguise.address(seen.response) if seen.response else ""
    url = disguise.address(seen.url)
    return Seen(url, content.encode("utf-8", "replace"), seen.captured_at, response)


def _counts(people: People, disguise: Disguise) -> dict[str, int]:
    counted = {"people": len(people.names), **disguise.counted}
    return {what: number for what, number in counted.items() if number}


def site_of(url: str, platform: str, entries: Sequence[Json]) -> str:
    """The end of the host that the platform's own patterns name; empty where none does."""
    host = (urlsplit(url).hostname or "").lower()
    patterns = [
        pattern
        for entry in entries
        if entry["name"] == platform
        for pattern in (*entry.get("matches", ()), *entry.get("responses", ()))
    ]
    named = {re.sub(r"^[^/]*//(?:\*\.?)?|[:/].*$", "", pattern) for pattern in patterns}
    fitting = [name for name in named if name and (host == name or host.endswith(f".{name}"))]
    return max(fitting, key=len, default="")


def differences(before: SavedPage, after: SavedPage) -> list[str]:
    """How the recorded page reads differently, in words."""
    told = []
    if before.platform != after.platform:
        told.append(f"It is read by {after.platform or 'no plugin'}, not by {before.platform}.")
    if len(before.items) != len(after.items):
        told.append(f"It gives {len(after.items)} items; the page gave {len(before.items)}.")
        return told
    for number, (old, new) in enumerate(zip(before.items, after.items, strict=True), start=1):
        if lost := sorted(_fields(old) ^ _fields(new)):
            told.append(f"Item {number} differs in having: {', '.join(lost)}.")
    return told


def _fields(item: Json) -> set[str]:
    return {key for key in item if key[0] != "_"}


def _named(before: SavedPage) -> str:
    return f"page_with_{len(before.items)}" if before.items else "page_without_any"


def _free(folder: Path, name: str) -> Path:
    """A folder of that name that is not there yet."""
    safe = _safe(name)
    place, number = folder / safe, 1
    while place.exists():
        number += 1
        place = folder / f"{safe}_{number}"
    return place


def _safe(name: str) -> str:
    """A name of letters and digits, whatever was asked for."""
    return _NAME.sub("_", name.lower()).strip("_")[:60] or "page"


def _write(place: Path, seen: Seen) -> None:
    about = {"url": seen.url, "captured_at": seen.captured_at}
    if seen.response:
        about["response"] = seen.response
    is_data = _json(seen.content.decode("utf-8")) is not None
    place.mkdir(parents=True)
    (place / (RESPONSE if is_data else PAGE)).write_bytes(seen.content)
    written = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
    (place / ABOUT).write_text(written, encoding="utf-8")
