"""Saved pages that have a truth beside them (`1.html`, `1.truth.json`): what is read of each."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

from every_platform import ENTRIES, run

from earmark.model import Json
from earmark.parse.absolute_dates import iso_moment
from earmark.parse.saved_page import parse_saved

CAPTURED_AT = "2026-11-22T12:00:00Z"
EXACT = re.compile(r"\d{9,10}|\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)")


@dataclass
class Reading:
    """How many remarks the truth has, were read, and were read right."""

    page: str
    platform: str
    true: int
    read: int
    right: int
    dated: int
    times: int


def readings(folder: Path) -> list[Reading]:
    """Each saved page with a truth, in order; `folder` has an INDEX.tsv (file, url)."""
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        urls = {row["file"]: row["url"] for row in csv.DictReader(stream, delimiter="\t")}
    truths = sorted(folder.glob("*/*.truth.json"))
    return [_reading(folder, truth, urls) for truth in truths]


def _reading(folder: Path, truth: Path, urls: dict[str, str]) -> Reading:
    stem = str(truth.relative_to(folder)).removesuffix(".truth.json")
    file = next(f"{stem}.{ending}" for ending in ("html", "json") if f"{stem}.{ending}" in urls)
    saved = parse_saved(urls[file], (folder / file).read_bytes(), ENTRIES, run, CAPTURED_AT)
    told = json.loads(truth.read_text(encoding="utf-8"))
    remarks = told if isinstance(told, list) else told["comments"]
    items = {str(item["id"]).rsplit("/", 1)[-1]: item for item in saved.items}
    found = [(one, items[one["id"]]) for one in remarks if one["id"] in items]
    exact = [pair for pair in found if EXACT.fullmatch(_time(pair[0]))]
    about = sum(item["kind"] == "post" and id_ not in {r["id"] for r in remarks}
                for id_, item in items.items())  # fmt: skip
    return Reading(
        file, saved.platform, len(remarks), len(items) - about,
        sum(_agrees(*pair) for pair in found), len(exact), sum(_same_time(*p) for p in exact),
    )  # fmt: skip


def _agrees(truth: Json, item: Json) -> bool:
    """Whether author, text and parent are the truth's, as far as it says them."""
    author = item.get("author", {})
    names = {str(author.get(key) or "").removeprefix("@") for key in ("name", "handle")}
    named = str(truth.get("handle") or truth["author"]).removeprefix("@") in names
    said = "text" not in truth or _plain(truth["text"]) == _plain(item["text"])
    return named and said and (not truth.get("parent") or truth["parent"] == item.get("parent_id"))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _time(truth: Json) -> str:
    return str(truth.get("time") or "")


def _same_time(truth: Json, item: Json) -> bool:
    shown, bounds = _time(truth), item.get("published", {})
    moments = {iso_moment(bounds[end]) for end in ("earliest", "latest") if end in bounds}
    if shown.isdecimal():
        return {int(m.timestamp()) for m in moments if m} == {int(shown)}
    return moments == {iso_moment(shown)}
