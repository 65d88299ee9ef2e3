"""How much of a page's comments `webpage` finds by itself, beside trafilatura and extruct.

The pages are saved ones kept outside this repository: a folder named by EARMARK_REAL_PAGES with an
INDEX.tsv (file, url). What is true of each is said by selectors written by hand beside this file;
a page without selectors has no comments. EARMARK_HELD_BACK names a second such folder, with a
truth.json of its own, which nobody looks at while writing the rules.
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import re
import sys
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import extruct
import trafilatura
from bs4 import Tag

from earmark.model import Json, Page
from earmark.parse.dates import resolve_published
from earmark.parse.reader import parse_fragments
from earmark.parse.saved_page import decode_html
from earmark.parse.slicing import parse_html, slice_soup
from earmark.parse.text import text_of
from earmark.plugins import plan_entry
from earmark.store.bounds import narrow
from earmark_plugins.platforms.webpage import WebPage

HERE = Path(__file__).parent
REAL = Path(os.environ.get("EARMARK_REAL_PAGES") or HERE.parents[1] / "shared" / "pages")
CAPTURED_AT = "2026-11-22T12:00:00Z"
ALIKE = 0.9  # of the pairs of letters that two texts have, so many are the same
SCHEMA = {"Comment", "UserComments", "Review", "UserReview", "Answer", "DiscussionForumPosting"}


@dataclass
class Remark:
    """One comment, as the truth or a reader has it."""

    text: str
    author: str = ""
    time: str = ""
    is_post: bool = False  # what a thread is about: right to keep, though no comment


@dataclass
class Score:
    """What one reader found on one page."""

    true: int = 0
    returned: int = 0
    found: int = 0
    named: int = 0
    authors: int = 0
    dated: int = 0
    times: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def astuple(score: Score) -> tuple[int, ...]:
    return tuple(asdict(score).values())


@dataclass
class Sample:
    """A saved page and what is true of it."""

    name: str
    url: str
    html: str
    remarks: list[Remark] = field(default_factory=list)

    @property
    def lang(self) -> str:
        """The language that the page says it is in."""
        said = re.search(r"<html[^>]*?\slang=[\"']?([\w-]+)", self.html, re.IGNORECASE)
        return said[1] if said else ""


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def samples(folder: Path, truth: Path) -> Iterator[Sample]:
    """The pages of a folder that have truth selectors, or an empty line of them."""
    if truth.suffix == ".json":
        yield from recorded(folder, truth)
        return
    urls = {row["file"]: row["url"] for row in rows(folder / "INDEX.tsv")}
    for row in rows(truth):
        html = decode_html((folder / row["file"]).read_bytes())
        yield Sample(row["file"], urls[row["file"]], html, list(true_remarks(html, row)))


def recorded(folder: Path, truth: Path) -> Iterator[Sample]:
    """Pages whose remarks were noted, as `{file: {url, remarks: [{text, author, time}]}}`."""
    for file, told in json.loads(truth.read_text(encoding="utf-8")).items():
        html = decode_html((folder / file).read_bytes())
        yield Sample(file, told["url"], html, [Remark(**one) for one in told["remarks"]])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def true_remarks(html: str, row: dict[str, str]) -> Iterator[Remark]:
    soup = parse_html(html)
    if not row["record"]:
        return
    records = soup.select(row["record"])
    places = {id(tag) for tag in records}
    for tag in records:
        text = "\n".join(text_of(t, drop=row["drop"]) for t in own(tag, row["text"], places))
        if text.strip():
            author = one_line(tag, row["author"], places, row["drop"])
            yield Remark(text, author, when(tag, row["time"], places))


def own(tag: Tag, css: str, places: set[int]) -> list[Tag]:
    """The matches in a record that are not in a record nested in it; outermost only."""
    if not css:
        return [tag]
    found = [t for t in tag.select(css) if nearest(t, places) is tag]
    inside = {id(t) for t in found}
    return [t for t in found if not any(id(p) in inside for p in t.parents)]


def nearest(tag: Tag, places: set[int]) -> Tag | None:
    return next((parent for parent in tag.parents if id(parent) in places), None)


def one_line(tag: Tag, css: str, places: set[int], drop: str) -> str:
    found = own(tag, css, places) if css else []
    shown = " ".join(text_of(found[0], drop=drop).split()) if found else ""
    return re.sub(r"^Bewertung von | vom$|^\S+ commented.*|commented$", "", shown).strip()


def when(tag: Tag, css: str, places: set[int]) -> str:
    found = own(tag, css, places) if css else []
    if not found:
        return ""
    machine = found[0].get("datetime") or found[0].get("content") or found[0].get("title")
    return str(machine or text_of(found[0]))


# -- the readers ----------------------------------------------------------------------------


def by_webpage(sample: Sample) -> list[Remark]:
    """Read with `webpage` alone, as the agent would."""
    page = Page(url=sample.url, top_url=sample.url, captured_at=CAPTURED_AT)
    page.lang = sample.lang
    fragments = [asdict(f) for f in slice_soup(parse_html(sample.html), plan_entry(WebPage), page)]
    results = parse_fragments(WebPage(), asdict(page), fragments)
    items = [i for result in results for i in result.get("items", []) if i.get("text")]
    return list(merged(items))


def merged(items: list[Json]) -> Iterator[Remark]:
    """One item for what several formats of the page say alike, as the store has it: known to the
    minute, where one tells the day and another the minute."""
    seen: dict[tuple[str, str], Json] = {}
    whole: list[Json] = []
    for item in items:
        spot = (plain(item["text"])[:120], plain(name_of(item)))
        known = seen.setdefault(spot, item)
        if known["_fragment_selector"] == item["_fragment_selector"]:
            whole.append(item)
        elif item.get("published"):
            known["published"] = narrow(known.get("published") or {}, item["published"])
    for item in whole:
        moment = (item.get("published") or {}).get("earliest", "")
        yield Remark(item["text"], name_of(item), moment, item["kind"] == "post")


def name_of(item: Json) -> str:
    author = item.get("author", {})
    return str(author.get("name") or author.get("handle") or "")


def by_extruct(sample: Sample) -> list[Remark]:
    found = extruct.extract(
        sample.html, base_url=sample.url, syntaxes=["json-ld", "microdata", "microformat"],
        uniform=True, errors="ignore",
    )  # fmt: skip
    return [remark for part in found.values() for remark in schema_remarks(part)]


def schema_remarks(value: Any) -> Iterator[Remark]:
    if isinstance(value, list):
        for entry in value:
            yield from schema_remarks(entry)
    elif isinstance(value, dict):
        kinds = value.get("@type", [])
        if SCHEMA & set([kinds] if isinstance(kinds, str) else kinds):
            texts = (value.get(k) for k in ("text", "commentText", "reviewBody", "description"))
            author = value.get("author")
            name = author.get("name", "") if isinstance(author, dict) else author
            text = next((str(t) for t in texts if t), "")
            dates = (value.get(k) for k in ("datePublished", "dateCreated", "commentTime"))
            if text:
                yield Remark(text, str(name or ""), str(next(filter(None, dates), "")))
        for entry in value.values():
            yield from schema_remarks(entry)


def by_trafilatura(sample: Sample) -> list[Remark]:
    """It returns one string; each line is counted as a record in its favour."""
    found = trafilatura.bare_extraction(sample.html, url=sample.url, include_comments=True)
    text = (found.as_dict() if found else {}).get("comments") or ""
    return [Remark(line) for line in text.splitlines() if line.strip()]


# -- judging --------------------------------------------------------------------------------


def judge(sample: Sample, returned: list[Remark]) -> Score:
    score = Score(true=len(sample.remarks))
    left = list(returned)
    for truth in sample.remarks:
        match = best(truth, left)
        score.named += bool(truth.author)
        score.dated += bool(bounds(truth.time, sample.lang))
        if match is None:
            continue
        left.remove(match)
        score.found += 1
        score.authors += bool(truth.author) and plain(truth.author) == plain(match.author)
        score.times += bool(truth.time) and same_time(truth.time, match.time, sample.lang)
    score.returned = score.found + sum(not remark.is_post for remark in left)
    return score


def best(truth: Remark, left: list[Remark]) -> Remark | None:
    wanted = plain(truth.text)
    near = [r for r in left if plain(r.text) == wanted]
    near = near or [r for r in left if likeness(plain(r.text), wanted) >= ALIKE]
    return max(near, key=lambda r: plain(r.author) == plain(truth.author), default=None)


def likeness(one: str, other: str) -> float:
    pairs, others = (Counter(map("".join, itertools.pairwise(t))) for t in (one, other))
    return 2 * (pairs & others).total() / max(pairs.total() + others.total(), 1)


def same_time(truth: str, found: str, lang: str) -> bool:
    known, shown = bounds(truth, lang), bounds(found)
    return known is not None and known == shown


def bounds(shown: str, lang: str = "") -> str | None:
    """The moment a time says in a language, to the minute."""
    resolved = resolve_published(shown, CAPTURED_AT, lang=lang) if shown else None
    return resolved["earliest"][:16] if resolved else None


# -- printing -------------------------------------------------------------------------------

READERS = {"webpage": by_webpage, "trafilatura": by_trafilatura, "extruct": by_extruct}


def table(title: str, pages: list[Sample], verbose: bool) -> None:
    print(f"\n{title}: {len(pages)} pages, {sum(len(p.remarks) for p in pages)} comments")
    if verbose:
        print(f"{'page':44}  true   got  recall   prec.  author    time")
    totals: dict[str, list[Score]] = {}
    for name, reader in READERS.items():
        started = time.perf_counter()
        totals[name] = [judge(page, reader(page)) for page in pages]
        if name == "webpage" and verbose:
            for page, score in zip(pages, totals[name], strict=True):
                print(f"{page.name[:44]:44} {line(score)}")
        spent = time.perf_counter() - started
        summed = sum(totals[name], Score())
        print(f"{name + ', all comments':44} {line(summed)}   {spent:.1f} s")
        print(f"{name + ', mean of pages':44} {'':11} {mean_line(totals[name])}")


def line(score: Score) -> str:
    values = (share(score.found, score.true), share(score.found, score.returned))
    more = (share(score.authors, score.named), share(score.times, score.dated))
    return f"{score.true:5} {score.returned:5} " + " ".join(f"{v:>7}" for v in (*values, *more))


def mean_line(scores: list[Score]) -> str:
    def mean(pairs: list[tuple[int, int]]) -> str:
        shares = [part / whole for part, whole in pairs if whole]
        return f"{sum(shares) / len(shares):.2f}" if shares else "–"

    with_some = [s for s in scores if s.true]
    parts = [[(s.found, s.true) for s in with_some], [(s.found, s.returned) for s in scores]]
    parts += [[(s.authors, s.named) for s in with_some], [(s.times, s.dated) for s in with_some]]
    return " ".join(f"{mean(pairs):>7}" for pairs in parts)


def share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def main() -> None:
    warnings.simplefilter("ignore")
    verbose = "-q" not in sys.argv
    if REAL.is_dir():
        table("known pages", list(samples(REAL, HERE / "webpage_truth.tsv")), verbose)
    held_back = os.environ.get("EARMARK_HELD_BACK")
    if held_back:
        folder = Path(held_back)
        table("held back", list(samples(folder, folder / "truth.json")), verbose)


if __name__ == "__main__":
    main()
