"""A site is what a person means by an address, and no more than that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.keeping.sites import (
    BadSite,
    as_site,
    covers,
    host_in,
    in_letters,
    patterns,
    sites_over,
)
from earmark.parse.urls import UrlPattern


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("reddit.com", "reddit.com"),
        (" Reddit.COM\t", "reddit.com"),
        ("www.reddit.com", "reddit.com"),
        ("https://www.reddit.com/r/all?x=1#y", "reddit.com"),
        ("reddit.com/r/all", "reddit.com"),
        ("*.reddit.com", "reddit.com"),
        ("*://*.reddit.com/*", "reddit.com"),
        ("old.reddit.com.", "old.reddit.com"),
        ("http://forum.example.org:8080/", "forum.example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("آکمه.ایران", "xn--hgb4eg40b.xn--mgba3a4f16a"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("wiki", "wiki"),
        ("localhost:3000", "localhost"),
        ("192.168.1.20", "192.168.1.20"),
        ("[::1]:8080", "[::1]"),
        ("a_b.example", "a_b.example"),
        ("https://reddit.com@evil.example/", "evil.example"),  # as a browser reads it
    ],
)
def test_what_is_typed_becomes_a_site(typed: str, site: str) -> None:
    assert as_site(typed) == site
    assert as_site(site) == site


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", ".", "..", "a..b", "-a.example", "a-.example", "two words", "reddit .com",
        "red\ndit.com", "reddit.com\x00", "\x1b[31m", "reddit\u202ecom.example",
        "*", "*.*", "reddit.*", "https://", "file:///etc/passwd", "javascript:alert(1)",
        "about:blank", "a" * 64 + ".example", ".".join(["label"] * 60), "1.2.3", "256.1.1.1",
        "0x7f.1", "[::1", "[zz]", "reddit.com:port", "reddit.com\\evil.example",
        "<script>", "reddit.com'--", "xn--.example", "xn--\u00fc.example", "a%62.example",
        "\ud800.example",
    ],
)  # fmt: skip
def test_what_names_no_site_is_told(typed: str) -> None:
    with pytest.raises(BadSite, match="is no site") as told:
        as_site(typed)
    assert told.value.message.isprintable()
    assert "reddit.com" in told.value.hint


@given(st.text(max_size=80))
def test_anything_typed_is_a_site_that_stays_itself_or_is_refused(typed: str) -> None:
    try:
        site = as_site(typed)
    except BadSite:
        return
    assert as_site(site) == site
    assert site.isascii()
    for pattern in patterns(site):
        UrlPattern(pattern)


@pytest.mark.parametrize(
    ("site", "host", "covered"),
    [
        ("reddit.com", "reddit.com", True),
        ("reddit.com", "old.reddit.com", True),
        ("reddit.com", "notreddit.com", False),
        ("reddit.com", "reddit.com.evil.example", False),
        ("old.reddit.com", "reddit.com", False),
        ("com", "reddit.com", False),  # a word without a dot is one host
        ("localhost", "a.localhost", False),
        ("1.2.3.4", "9.1.2.3.4", False),
    ],
)
def test_a_site_covers_its_subdomains_only(site: str, host: str, covered: bool) -> None:
    assert covers(site, host) is covered
    assert (site in sites_over(host)) is covered


def test_the_narrowest_site_comes_first() -> None:
    assert sites_over("a.b.example") == ["a.b.example", "b.example"]


def test_patterns_ask_for_nothing_outside_the_site() -> None:
    assert patterns("reddit.com") == ["https://reddit.com/*", "https://*.reddit.com/*"]
    assert patterns("wiki") == ["https://wiki/*", "http://wiki/*"]
    for pattern in patterns("reddit.com"):
        assert not UrlPattern(pattern).matches("https://notreddit.com/")


def test_the_host_of_a_page_is_written_as_a_site_is() -> None:
    assert host_in("https://WWW.Bücher.example:8443/x") == "xn--bcher-kva.example"
    assert host_in("not an address") == ""


def test_an_international_site_is_shown_in_letters() -> None:
    assert in_letters("xn--bcher-kva.example") == "bücher.example"
    assert in_letters("reddit.com") == "reddit.com"
    assert in_letters("xn--a.example") == "xn--a.example"
