"""Paired browsers: what each last said of itself, judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..model import Json
from .finding import Finding
from .versions import LeastVersions, is_older

SILENT = timedelta(days=7)
JUST_PAIRED = timedelta(minutes=5)
"""So long a new browser may take until it is seen and has told of itself."""
CLOCK_TOLERANCE_SECONDS = 120
THIS_COMPUTER = ("http://127.0.0.1/", "http://localhost/", "http://earmark.localhost/")


@dataclass(frozen=True)
class Yardstick:
    """What browsers are measured by. newest: the version of Earmark, and of its extension."""

    newest: str
    least: LeastVersions
    now: datetime


def check_browsers(browsers: Sequence[Json], by: Yardstick) -> Iterator[Finding]:
    """A browser is paired, and every paired one is well; as `GET /v1/browsers` lists them."""
    if not browsers:
        yield Finding("no_browser")
    for browser in browsers:
        found = list(_of_browser(browser, by))
        name, last = {"browser": name_of(browser)}, {"at": browser["last_seen"]}
        yield from found or [Finding("browser_well", name | last)]


def check_turned_away(entries: Sequence[Json]) -> Iterator[Finding]:
    """Browsers that are not let in, as `TurnedAway.listed` lists them."""
    for code in ("token_refused", "browser_unknown"):
        moments = [entry["at"] for entry in entries if CODES_OF_REASONS[entry["why"]] == code]
        if moments:
            yield Finding(code, {"at": max(moments)})


CODES_OF_REASONS = {"token_refused": "token_refused", "unknown_browser": "browser_unknown"}


def name_of(browser: Json) -> str:
    """What a browser is called: by the person, else by itself, else by its number."""
    told = (browser.get("condition") or {}).get("browser") or {}
    return str(browser.get("name") or told.get("name") or browser["id"])


def _of_browser(browser: Json, by: Yardstick) -> Iterator[Finding]:
    yield from _presence(browser, by.now)
    condition = browser.get("condition")
    if condition is None:
        return
    name = name_of(browser)
    yield from _clock(name, float(browser.get("clock_skew") or 0))
    yield from _versions(name, condition, by)
    yield from _trouble(name, condition)
    yield from _sites(name, condition)


def _presence(browser: Json, now: datetime) -> Iterator[Finding]:
    name = {"browser": name_of(browser)}
    paired, last = browser["paired_at"], browser["last_seen"]
    told = browser.get("condition") is not None
    if now - datetime.fromisoformat(paired) < JUST_PAIRED:
        return
    if last == paired and not told:
        yield Finding("extension_never_seen", name | {"at": paired})
    elif now - datetime.fromisoformat(last) > SILENT:
        yield Finding("browser_silent", name | {"at": last})
    elif not told:
        yield Finding("extension_never_reported", name)


def _clock(name: str, skew: float) -> Iterator[Finding]:
    if abs(skew) > CLOCK_TOLERANCE_SECONDS:
        yield Finding("clock_skew", {"browser": name, "minutes": round(abs(skew) / 60)})


def _versions(name: str, condition: Json, by: Yardstick) -> Iterator[Finding]:
    values = {"browser": name, "version": condition["extension"]}
    on_disk = condition.get("on_disk") or condition["extension"]
    if is_older(condition["extension"], on_disk):
        yield Finding("extension_to_reload", values | {"on_disk": on_disk})
    elif is_older(condition["extension"], by.newest):
        yield Finding("extension_outdated", values | {"newest": by.newest})
    told = condition.get("browser") or {}
    version, least = told.get("version", ""), by.least.of(told.get("name", ""))
    if is_older(version, least):
        yield Finding("browser_too_old", {"browser": name, "version": version, "least": least})


def _trouble(name: str, condition: Json) -> Iterator[Finding]:
    if condition.get("temporary"):
        yield Finding("extension_temporary", {"browser": name})
    for trouble in condition.get("trouble") or []:
        code = "plan_refused" if trouble["code"] == "plan_refused" else "extension_trouble"
        reason = trouble.get("detail") or trouble["code"]
        yield Finding(code, {"browser": name, "reason": reason})
    if lost := condition.get("dropped"):
        yield Finding("comments_lost", {"browser": name, "count": lost})


def _sites(name: str, condition: Json) -> Iterator[Finding]:
    missing = condition.get("not_granted")
    granted = [each for each in condition.get("sites", []) if not each.startswith(THIS_COMPUTER)]
    if missing:
        yield Finding("sites_not_allowed", {"browser": name, "sites": missing})
    elif "sites" in condition and not granted:
        yield Finding("no_site_allowed", {"browser": name})
