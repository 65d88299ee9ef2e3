"""The sets of sites to choose from are what they say, and honest about how each is read."""

from __future__ import annotations

from collections import Counter

import pytest

from earmark.keeping.site_sets import label_of, sets_for, site_sets
from earmark.keeping.sites import as_site

SITES = [site for each in site_sets() for site in each["sites"]]


def reads(site: str, *matches: str, name: str = "some", level: str = "real") -> str:
    found = sets_for([{"name": name, "matches": list(matches), "level": level}])
    return next(s["read"] for each in found for s in each["sites"] if s["site"] == site)


def test_the_sets_are_the_three_that_are_offered() -> None:
    assert [each["name"] for each in site_sets()] == ["social", "forums", "shops"]
    assert all(len(each["sites"]) >= 10 for each in site_sets())


@pytest.mark.parametrize("site", SITES, ids=lambda site: site["site"])
def test_every_site_is_one_that_can_be_chosen_and_has_a_name(site: dict[str, str]) -> None:
    assert set(site) == {"site", "label"}
    assert as_site(site["site"]) == site["site"]
    assert site["label"].strip() == site["label"] != ""


def test_no_site_stands_there_twice() -> None:
    assert [s for s, many in Counter(site["site"] for site in SITES).items() if many > 1] == []


@pytest.mark.parametrize("site", ["virgool.io", "eksisozluk.com", "emag.ro", "reddit.com"])
def test_readers_of_every_language_find_what_they_use(site: str) -> None:
    assert label_of(site)


def test_a_site_is_read_where_a_platform_names_it_or_a_part_of_it() -> None:
    assert reads("reddit.com", "https://*.reddit.com/r/*/comments/*") == "plugin"
    assert reads("stackexchange.com", "https://cooking.stackexchange.com/*") == "plugin"
    assert reads("play.google.com", "*://*.google.com/*") == "plugin"


def test_what_was_built_without_a_page_of_the_site_is_not_called_exact() -> None:
    assert reads("reddit.com", "https://*.reddit.com/*", level="unverified") == "unverified"
    assert reads("reddit.com", "https://*.reddit.com/*", level="documented") == "plugin"


@pytest.mark.parametrize(
    "pattern",
    [
        "https://notreddit.com/*",
        "https://reddit.com.example/*",
        "*://*/r/*",  # a pattern for any host promises nothing about this one
        "https://com/*",
    ],
)
def test_a_site_that_no_platform_names_is_read_as_the_page_tells(pattern: str) -> None:
    assert reads("reddit.com", pattern) == "as_page_tells"


def test_the_host_above_a_site_does_not_speak_for_it() -> None:
    assert reads("play.google.com", "https://google.com/*") == "as_page_tells"


def test_what_reads_every_other_site_reads_none_by_itself() -> None:
    assert reads("reddit.com", "https://*.reddit.com/*", name="webpage") == "as_page_tells"
    assert {s["read"] for each in sets_for([]) for s in each["sites"]} == {"as_page_tells"}


def test_our_own_platforms_are_told() -> None:
    from earmark_plugins.platforms.hackernews import HackerNews
    from earmark_plugins.platforms.reddit import Reddit

    entries = [{"name": p.name, "matches": p.matches} for p in (HackerNews, Reddit)]
    read = [s["site"] for e in sets_for(entries) for s in e["sites"] if s["read"] == "plugin"]
    assert read == ["reddit.com", "news.ycombinator.com"]
