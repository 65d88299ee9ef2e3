"""A page saved to a file, or a saved JSON response, read as the agent would have read it live."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from bs4.dammit import EncodingDetector

from ..errors import EarmarkError
from ..model import Fragment, Json, Page
from .choose import choose_platform, markers_of
from .slicing import parse_html, slice_soup
from .urls import UrlPattern, split_url
from .verdict import Verdict, looks_empty, verdict

Run = Callable[[str, Json, list[Json]], list[Json]]


@dataclass
class SavedPage:
    """What a saved page holds: its platform (empty: none reads it), items and what went wrong.

    `verdict` says whether it was understood; `empty` where no platform reads it.
    """

    platform: str = ""
    verdict: Verdict = "empty"
    fragments: int = 0
    items: list[Json] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class CutPage:
    """A saved page as the browser would have sent it; `entry` is None where nothing reads it.

    `no_comments`: the page says that there is nothing to hear.
    """

    page: Page
    entry: Json | None
    fragments: list[Fragment]
    no_comments: bool


def cut_saved(
    url: str, content: bytes, entries: Iterable[Json], captured_at: str = "", response: str = ""
) -> CutPage:
    """Cut a saved page or JSON response; parameters as for `parse_saved`."""
    if not split_url(url):
        raise EarmarkError(f"“{url}” is not an http(s) address.", "Give the page's own address.")
    moment = captured_at or datetime.now(UTC).isoformat(timespec="seconds")
    page = Page(url=url, top_url=url, visit=str(uuid4()), captured_at=moment)
    data = _as_json(content)
    entries = list(entries)
    cut = (
        _from_html(content, entries, page)
        if data is None
        else _from_response(data, response or url, entries, page)
    )
    return CutPage(page, *cut)


def parse_saved(
    url: str,
    content: bytes,
    entries: Iterable[Json],
    run: Run,
    captured_at: str = "",
    response: str = "",
) -> SavedPage:
    """Cut and read a saved page or JSON response that came from `url`.

    `entries` is the plan in order of precedence; `run(platform name, page, fragments)` reads
    fragments as `reader.parse_fragments` does, in a worker or not. `captured_at` (ISO 8601, now
    by default) is what relative times count from. `response` is the address that a JSON response
    came from where it is not `url`, the page that asked for it. Items have the contract's
    `parent_id` where an enclosing or shallower fragment says it. Raises EarmarkError for a URL
    that is none.
    """
    cut = cut_saved(url, content, entries, captured_at, response)
    entry, fragments = cut.entry, cut.fragments
    if entry is None:
        return SavedPage()
    results = run(entry["name"], asdict(cut.page), [as_sent(fragment) for fragment in fragments])
    _name_parents(results, fragments)
    items = [item for result in results for item in result.get("items", [])]
    return SavedPage(
        platform=entry["name"],
        verdict=verdict(entry, items, looks_empty=cut.no_comments),
        fragments=len(fragments),
        items=items,
        errors=[result["error"] for result in results if "error" in result],
    )


def _from_html(
    content: bytes, entries: list[Json], page: Page
) -> tuple[Json | None, list[Fragment], bool]:
    """The plan's entry, the fragments, and whether the page says that there is nothing."""
    soup = parse_html(decode_html(content))
    page.title = soup.title.get_text(strip=True) if soup.title else ""
    page.lang = str(soup.html.get("lang") or "") if soup.html else ""
    page.markers = markers_of(soup, entries)
    entry = choose_platform(entries, page.url, page.markers)
    if entry is None:
        return None, [], False
    no_comments = looks_empty(soup, entry)
    return entry, slice_soup(soup, entry, page), no_comments


def _from_response(
    data: Any, url: str, entries: list[Json], page: Page
) -> tuple[Json | None, list[Fragment], bool]:
    entry = next((entry for entry in entries if forwards(entry, url)), None)
    fragment = Fragment(id=str(uuid4()), ref="r0", kind="response", url=url, json=data)
    fragment.captured_at = page.captured_at
    return entry, [fragment], False


def forwards(entry: Json, url: str) -> bool:
    """Whether a plan entry asks for the JSON that comes from `url`."""
    return any(UrlPattern(pattern).matches(url) for pattern in entry.get("responses") or ())


def _as_json(content: bytes) -> Any:
    if content.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(content)
    except ValueError:
        return None


def decode_html(content: bytes) -> str:
    """The text of a saved page: by its byte order mark, then its own word, then UTF-8."""
    detector = EncodingDetector(content, is_html=True)
    for encoding in detector.encodings:
        try:
            return str(content, encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("utf-8", "replace")


def as_sent(fragment: Fragment) -> Json:
    """A fragment as `POST /v1/captures` takes it."""
    sent = asdict(fragment)
    sent.pop("soup", None)
    return sent


def _name_parents(results: list[Json], fragments: list[Fragment]) -> None:
    """What the store does with `parent_ref`: the first item of the enclosing fragment."""
    first: dict[str, Json] = {
        fragment.ref: next(iter(result.get("items", [])), {})
        for fragment, result in zip(fragments, results, strict=True)
    }
    for fragment, result in zip(fragments, results, strict=True):
        parent = first.get(fragment.parent_ref, {}).get("id")
        for item in result.get("items", []):
            if parent and "parent_id" not in item:
                item["parent_id"] = parent
