"""How well pages and sites are heard: told to the popup, the inbox and `earmark doctor`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from tinydb import where

from .keeping.choices import EVERYTHING, Choices
from .model import Json
from .parse.choose import EVERY_OTHER_SITE, platform_of
from .parse.urls import canonical_url
from .parse.verdict import Verdict, fields_of, is_comment, lost_fields
from .plugins import Plugins
from .store import page_health
from .store.hosts import host_of
from .store.log import Log
from .store.page_health import Heard, Spot

SAMPLES = 3
BARREN_VISITS = 3  # one after the other; fewer may be threads that nobody has answered
NEW, UPDATED = "new", {"edited", "updated"}


@dataclass(frozen=True)
class Trouble:
    """A site that gives less than it did, or that two readers read differently.

    lost: fields; differs: what they do not agree about; where both are empty, it gives nothing at
    all. last_good: the last day (ISO 8601) on which all was well, empty where there was none.
    """

    platform: str
    host: str
    lost: tuple[str, ...] = ()
    last_good: str = ""
    differs: tuple[str, ...] = ()


class CaptureHealth:
    """What pages gave, against what they used to give. All methods block but `note`."""

    def __init__(self, log: Log, plugins: Plugins, choices: Choices) -> None:
        self._log = log
        self._plugins = plugins
        self._choices = choices
        self._verified = log.table("verifications")

    def note(
        self, connection: sa.Connection, page: Json, platform: str, results: Sequence[Json],
        answers: Sequence[Json], now: str,
    ) -> None:  # fmt: skip
        """Add a batch: `results` as parsed and kept, `answers` as given; inside a transaction."""
        told = heard(platform, results, answers)
        said = told.items or told.not_understood or platform != EVERY_OTHER_SITE
        if platform and results and said:  # of pages without a word, nothing is written down
            page_health.note_heard(connection, spot_of(page, platform, now), told)

    def note_compared(self, page: Json, platform: str, told: Json) -> None:
        """Take down how two readers of a visit agree, `{differs, agrees}`."""
        spot = spot_of(page, platform, _now())
        self._log.write(lambda conn: page_health.note_compared(conn, spot, told)).result()

    def report(self, page: Json, elements: int, empty: bool) -> Json:
        """Take down what a browser found on a page that has settled; how the page is heard."""
        platform = platform_of(self._plugins.entries, page)
        if platform:
            spot = spot_of(page, platform, _now())
            addresses = [url for url in (page["url"], page.get("top_url")) if url]
            keep_page = self._choices.keep_for(*addresses) == EVERYTHING
            self._log.write(
                lambda conn: page_health.note_report(
                    conn, spot, elements, empty, keep_page=keep_page
                )
            ).result()
        return self.of_page(page["url"], platform)

    def of_page(self, url: str, platform: str = "") -> Json:
        """How a page is heard, as `GET /v1/page-health` answers it."""
        address = canonical_url(url)
        with self._log.reading() as connection:
            row = page_health.page(connection, address)
            name = platform or (
                row["platform"] if row else platform_of(self._plugins.entries, {"url": url})
            )
            captured = page_health.comments_of_page(connection, address)
            days = page_health.days_of(connection, name, host_of(address))
            shown = page_health.samples(connection, address, SAMPLES)
            otherwise = page_health.is_read_by(connection, address, EVERY_OTHER_SITE)
        known = next((each for each in self._plugins.entries if each["name"] == name), None)
        if known is None:
            return {"platform": "", "verdict": "empty", "captured": captured, "ask": False}
        row = row if row and row["platform"] == name else None
        told = _counts(row) | {"captured": captured} | verdict_of(row, days)
        verified = self._verification(name, host_of(address))
        asks = known["level"] == "unverified" and captured > 0 and verified is None
        if otherwise and told["verdict"] == "changed":
            told["still_works"] = EVERY_OTHER_SITE
        answer = {key: known[key] for key in ("label", "level")} | {"platform": name} | told
        if verified and verified["right"]:
            answer["verified_at"] = verified["at"]
        return answer | {"ask": asks, "samples": [sample(doc) for doc in shown] if asks else []}

    def verify(self, url: str, platform: str, right: bool) -> Json:
        """Note that a person looked whether what was heard on that site is right."""
        known = {"platform": platform, "host": host_of(canonical_url(url))}
        told = known | {"right": right, "at": _now()}
        self._verified.upsert(
            told, (where("platform") == platform) & (where("host") == known["host"])
        )
        return told

    def _verification(self, platform: str, host: str) -> Json | None:
        found = self._verified.search((where("platform") == platform) & (where("host") == host))
        return dict(found[0]) if found else None


def troubles(log: Log) -> list[Trouble]:
    """The sites that give less than they did; blocks."""
    with log.reading() as connection:
        days = {
            site: page_health.days_of(connection, *site) for site in page_health.sites(connection)
        }
    return [trouble for site, each in days.items() for trouble in _troubles(*site, each)]


def spot_of(page: Json, platform: str, at: str) -> Spot:
    """Where something was heard."""
    return Spot(canonical_url(page["url"]), platform, str(page.get("visit") or page["url"]), at)


def heard(platform: str, results: Sequence[Json], answers: Sequence[Json]) -> Heard:
    """The sums of a batch; a post around the comments is none of them."""
    found = [item for result in results for item in result.get("items", [])]
    read = [item for item in found if item["platform"] == platform]
    comments = [item for item in read if is_comment(item)]
    not_understood = sum(answer["status"] == "not_understood" for answer in answers)
    changes = [item["change"] for answer in answers for item in answer["items"]]
    return Heard(
        items=len(comments),
        new=changes.count(NEW),
        updated=sum(change in UPDATED for change in changes),
        not_understood=not_understood,
        expected=_expected(results, read),
        fields=fields_of(comments),
        barren=not_understood > 0 and not comments and platform != EVERY_OTHER_SITE,
    )


def verdict_of(row: Json | None, days: Sequence[Json]) -> Json:
    """`{verdict, lost?, differs?, agrees?, last_good?}` of a page, against the days before it."""
    if row is None:
        return {"verdict": "empty"}
    before = [day for day in days if day["day"] < row["at"][:10]]
    if row["items"]:
        usual, of = page_health.usual(before)
        lost = lost_fields(usual, of, row["fields"], row["items"])
        compared = row["compared"] or {}
        if compared.get("differs") and not lost:
            return _dated({"verdict": "disagree"} | compared, _last_agreed(before))
        return _told("changed" if lost else "heard", before, lost)
    silent = row["elements"] is not None and not row["empty"] and row["expected"] != 0
    return _told("changed" if silent or row["not_understood"] else "empty", days, [])


def sample(document: Json) -> Json:
    """Enough of an item for a person to see whether it was read rightly."""
    author = document.get("author") or {}
    told = {
        "author": author.get("name") or author.get("handle"),
        "text": document.get("text", "")[:200],
        "when": (document.get("published") or {}).get("shown"),
    }
    return {key: value for key, value in told.items() if value}


def _told(verdict: Verdict, days: Sequence[Json], lost: Sequence[str]) -> Json:
    told: Json = {"verdict": verdict}
    if lost:
        told["lost"] = list(lost)
    return _dated(told, _last_good(days) if verdict == "changed" else "")


def _dated(told: Json, last_good: str) -> Json:
    return told | {"last_good": last_good} if last_good else told


def _troubles(platform: str, host: str, days: Sequence[Json]) -> Iterator[Trouble]:
    yield from _disagreements(platform, host, [day for day in days if day["compared"]])
    told = [day for day in days if day["items"] or day["silent"]]
    if not told:
        return
    newest, before = told[0], told[1:]
    if not newest["items"] or newest["barren"] >= BARREN_VISITS:
        yield Trouble(platform, host, last_good=_last_good(told))
        return
    usual, of = page_health.usual(before)
    if lost := lost_fields(usual, of, newest["fields"], newest["items"]):
        yield Trouble(platform, host, tuple(lost), _last_good(before))


def _disagreements(platform: str, host: str, compared: Sequence[Json]) -> Iterator[Trouble]:
    if compared and (differs := _differs_on(compared[0])):
        yield Trouble(platform, host, (), _last_agreed(compared[1:]), differs)


def _differs_on(day: Json) -> tuple[str, ...]:
    """What both readers did not agree about on more than half of the day's pages."""
    return tuple(name for name, pages in day["differs"].items() if 2 * pages > day["compared"])


def _last_agreed(days: Sequence[Json]) -> str:
    return next((str(day["day"]) for day in days if day["compared"] and not _differs_on(day)), "")


def _last_good(days: Sequence[Json]) -> str:
    return next((str(day["day"]) for day in days if day["items"] and not _differs_on(day)), "")


def _expected(results: Sequence[Json], read: Sequence[Json]) -> int | None:
    """What the plugin counted, else what the page's only post says."""
    counted = [result["expected"] for result in results if "expected" in result]
    posts = [item for item in read if item["kind"] == "post" and item["_source"] == "context"]
    told = [post["replies"] for post in posts if "replies" in post]
    return counted[0] if counted else told[0] if len(posts) == 1 and told else None


def _counts(row: Json | None) -> dict[str, Any]:
    names = ("heard", "updated", "not_understood")
    told = {name: row[name] if row else 0 for name in names}
    return told | ({"expected": row["expected"]} if row and row["expected"] is not None else {})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
