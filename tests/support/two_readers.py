"""Samples of recorded pages read by two readers, and platforms broken on purpose."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from every_platform import CASES, ENTRIES, run

from earmark.kit.case import PAGE
from earmark.model import Fragment, Json, Page
from earmark.parse.disagreement import AUTHOR, COMMENTS, PUBLISHED, TEXT, compare
from earmark.parse.sampled import sample_of, whole_page
from earmark.parse.saved_page import as_sent, cut_saved

ANY_SITE = next(entry for entry in ENTRIES if entry["name"] == "webpage")
ALL = ", all pages"
LONG_AGO = {"earliest": "2011-03-04T10:00:00Z", "latest": "2011-03-04T10:00:00Z"}


@dataclass
class Sampled:
    """A few elements of a page with what their platform reads, and what any site's reader does."""

    name: str
    page: Page
    sample: list[Json]

    @property
    def of_platform(self) -> bool:
        """Whether these are the elements of all of a platform's recorded pages."""
        return self.name.endswith(ALL)

    @cached_property
    def records(self) -> list[Json]:
        [result] = run("webpage", asdict(self.page), [whole_page(self.sample)])
        return list(result["items"])

    @cached_property
    def told(self) -> Json | None:
        """How both compare, as they are."""
        return compare(self.sample, self.records, self.page)

    def broken(self, breakage: Callable[[list[Json]], None]) -> Json | None:
        """How both compare where the platform's reader does this."""
        sample = deepcopy(self.sample)
        breakage(sample)
        return compare(sample, self.records, self.page)


def of_cases() -> list[Sampled]:
    """Each recorded page with enough elements, and the elements of all pages of a platform."""
    pages = [read(c.name, c.about["url"], c.content, c.about["captured_at"])
             for c in CASES if (c.folder / PAGE).exists() and c.platform != "webpage"]  # fmt: skip
    together: dict[str, tuple[Page, list[Json], list[Json]]] = {}
    for name, page, fragments, results in pages:
        all_of = together.setdefault(name.split("/")[0], (page, [], []))
        all_of[1].extend(fragments)
        all_of[2].extend(results)
    of_platforms = ((f"{name}{ALL}", *parts) for name, parts in together.items())
    return list(sampled([*pages, *of_platforms]))


def of_saved_pages(folder: Path) -> list[Sampled]:
    """The saved pages of a folder with an INDEX.tsv (file, url) that a platform of ours reads."""
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        urls = {row["file"]: row["url"] for row in csv.DictReader(stream, delimiter="\t")}
    pages = (
        read(file, url, (folder / file).read_bytes(), "2026-11-22T12:00:00Z")
        for file, url in urls.items()
        if file.endswith(".html")
    )
    return list(sampled(pages))


def read(name: str, url: str, html: bytes, at: str) -> tuple[str, Page, list[Json], list[Json]]:
    """A page's fragments, and what its own platform makes of them."""
    cut = cut_saved(url, html, ENTRIES, at)
    if cut.entry is None or cut.entry == ANY_SITE:
        return name, cut.page, [], []
    fragments = [as_sent(fragment) for fragment in cut.fragments]
    return name, cut.page, fragments, run(cut.entry["name"], asdict(cut.page), fragments)


def sampled(pages: Iterable[tuple[str, Page, list[Json], list[Json]]]) -> Iterator[Sampled]:
    for name, page, fragments, results in pages:
        if sample := sample_of(fragments, results):
            yield Sampled(name, page, sample)


# -- broken on purpose ----------------------------------------------------------------------


def name_of(item: Json) -> str:
    author = item.get("author") or {}
    return str(author.get("name") or author.get("handle") or "")


def on_each(change: Callable[[Json, Fragment], None]) -> Callable[[list[Json]], None]:
    """A breakage that does the same to every item."""

    def breakage(sample: list[Json]) -> None:
        for part in sample:
            fragment = Fragment.from_json(part["fragment"])
            for item in part["items"]:
                change(item, fragment)

    return breakage


def author_as_text(item: Json, _: Fragment) -> None:
    item["text"] = name_of(item) or "Anonymous"


def quote_as_text(item: Json, fragment: Fragment) -> None:
    quote = fragment.soup.find("blockquote")
    item["text"] = quote.get_text(" ") if quote else "As they said above, I would rather wait."


def controls_as_text(item: Json, _: Fragment) -> None:
    item["text"] = "Reply Share Report"


def whole_element_as_text(item: Json, fragment: Fragment) -> None:
    item["text"] = fragment.soup.get_text("\n", strip=True)


def text_as_author(item: Json, _: Fragment) -> None:
    item["author"] = {"name": " ".join(str(item.get("text")).split()[:4]) or "…"}


def control_as_author(item: Json, _: Fragment) -> None:
    item["author"] = {"name": "Reply"}


def no_author(item: Json, _: Fragment) -> None:
    item.pop("author", None)


def time_of_joining(item: Json, _: Fragment) -> None:
    item["published"] = LONG_AGO


def no_time(item: Json, _: Fragment) -> None:
    item.pop("published", None)


def half_missed(sample: list[Json]) -> None:
    for part in sample[::2]:
        part["items"] = []


BREAKAGES: dict[str, tuple[str, Callable[[list[Json]], None]]] = {
    "author as text": (TEXT, on_each(author_as_text)),
    "quote as text": (TEXT, on_each(quote_as_text)),
    "controls as text": (TEXT, on_each(controls_as_text)),
    "whole element as text": (TEXT, on_each(whole_element_as_text)),
    "text as author": (AUTHOR, on_each(text_as_author)),
    "control as author": (AUTHOR, on_each(control_as_author)),
    "no author": (AUTHOR, on_each(no_author)),
    "time of joining": (PUBLISHED, on_each(time_of_joining)),
    "no time": (PUBLISHED, on_each(no_time)),
    "half missed": (COMMENTS, half_missed),
}


def caught(samples: Iterable[Sampled], name: str) -> tuple[list[str], list[str]]:
    """Of the samples on which both agree about what is broken: those told, and those not told.

    Half of fewer than five is too little to be told from comments that were deleted.
    """
    aspect, breakage = BREAKAGES[name]
    told: list[str] = []
    untold: list[str] = []
    for each in samples:
        if each.told is None or aspect not in each.told["agrees"]:
            continue
        if aspect == COMMENTS and len(each.sample) < 5:
            continue
        after = each.broken(breakage)
        is_told = after is not None and aspect in after["differs"]
        (told if is_told else untold).append(each.name)
    return told, untold
