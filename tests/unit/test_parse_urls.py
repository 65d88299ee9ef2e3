"""URL patterns, hosts and addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.errors import EarmarkError
from earmark.parse.choose import choose_platform, markers_of
from earmark.parse.selectors import check_selector, split_outline
from earmark.parse.urls import UrlPattern, absolute_url, canonical_host, canonical_url


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("https://example.org/*", "https://example.org/a?b#c"),
        ("https://example.org/item*", "https://example.org/item?id=1"),
        ("*://example.org/*", "http://example.org"),
        ("https://*.example.org/*", "https://a.b.example.org/x"),
        ("https://*.example.org/*", "https://example.org/x"),
        ("https://example.org/*", "https://EXAMPLE.org:8443/x"),
        ("http://localhost/sample*", "http://localhost:47650/sample/1"),
        ("http://localhost:*/sample*", "http://localhost:47650/sample"),
        ("<all_urls>", "https://x.example/"),
        ("https://*/c.d*", "https://x.example/c.dx"),
        ("https://xn--bcher-kva.example/*", "https://bücher.example/"),
    ],
)
def test_a_pattern_matches(pattern, url):
    assert UrlPattern(pattern).matches(url)


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("https://x.example/*", "https://v2x.example/"),
        ("https://*.x.example/*", "https://v2x.example/"),
        ("https://x.example/*", "https://x.example.evil.example/"),
        ("https://x.example/*", "https://x.example@evil.example/"),
        ("https://x.example/*", "http://x.example/"),
        ("*://x.example/*", "ftp://x.example/"),
        ("https://x.example/a.b", "https://x.example/aXb"),
        ("https://x.example/a", "https://x.example/a/b"),
        ("https://x.example/*", "javascript://x.example/%0aalert(1)"),
        ("https://x.example/*", "https://x.example:99999/"),
        ("https://x.example/*", ""),
    ],
)
def test_a_pattern_does_not_match(pattern, url):
    assert not UrlPattern(pattern).matches(url)


@pytest.mark.parametrize(
    "pattern", ["", "example.org", "ftp://x/*", "https://x", "https://a.*.org/*", "*", "https:///x"]
)
def test_what_no_browser_accepts_is_refused(pattern):
    with pytest.raises(EarmarkError):
        UrlPattern(pattern)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org/x", "example.org"),
        ("http://example.org:80/", "example.org"),
        ("https://example.org:8443/", "example.org:8443"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://faß.example/", "xn--fa-hia.example"),
        ("http://[::1]:47650/", "[::1]:47650"),
        ("https://example.org./", "example.org"),
        ("about:blank", ""),
    ],
)
def test_a_host_has_one_spelling(url, host):
    assert canonical_host(url) == host


def test_tracking_and_fragment_are_dropped_from_an_address_and_nothing_else():
    url = "https://www.example.org/a?id=1&utm_source=x&fbclid=y&q=a%20b#c5"
    assert canonical_url(url) == "https://www.example.org/a?id=1&q=a%20b"
    assert canonical_url("https://example.org") == "https://example.org/"


def test_only_http_addresses_are_made_absolute():
    base = "https://example.org/a/b"
    assert absolute_url("c#d", base) == "https://example.org/a/c#d"
    assert absolute_url("//cdn.example/x", base) == "https://cdn.example/x"
    for refused in (
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@b.example",
        "http://[",
        "",
    ):
        assert absolute_url(refused, base) is None


@given(st.text(max_size=60))
def test_any_text_is_taken_as_an_address_without_failing(text):
    assert canonical_host(text) == canonical_host(text)
    assert isinstance(canonical_url(text), str)
    assert not UrlPattern("https://example.org/*").matches(f"https://{text}.example.com/")


SHOP = {"name": "shop", "matches": ["https://*.shop.example/*"], "markers": []}
FORUM = {"name": "forum", "matches": [], "markers": ["meta[name=generator]"]}
REST = {"name": "webpage", "matches": ["*://*/*"], "markers": []}


def test_an_address_outranks_a_marker_and_webpage_takes_the_rest():
    entries = [REST, FORUM, SHOP]
    assert choose_platform(entries, "https://a.shop.example/", ["forum"]) is SHOP
    assert choose_platform(entries, "https://other.example/", ["forum"]) is FORUM
    assert choose_platform(entries, "https://other.example/", ["shop", "nobody"]) is REST
    assert choose_platform([FORUM, SHOP], "https://other.example/", []) is None


def test_the_first_in_order_of_precedence_is_chosen():
    mine = {**SHOP, "name": "mine"}
    assert choose_platform([mine, SHOP], "https://shop.example/", []) is mine


def test_a_page_names_the_platforms_whose_marker_it_carries():
    from bs4 import BeautifulSoup

    soup = BeautifulSoup('<meta name="generator" content="x">', "lxml")
    assert markers_of(soup, [FORUM, SHOP, REST]) == ["forum"]


@pytest.mark.parametrize(
    "css",
    [
        "tr.comtr", "li > .a + .b ~ .c", '[data-x|="a:b"]', "a:not(.b, .c)", ":is(h1, h2) a",
        'div:has(> img[alt*="!="])', "li:nth-child(2n + 1)", r".md\:flex", "*", "x-y[hidden]",
        '[class~="x" i]',
    ],
)  # fmt: skip
def test_shared_css_is_accepted(css):
    check_selector(css)


@pytest.mark.parametrize(
    "css",
    [
        "", "a[", "a:contains('x')", "a:-soup-contains(x)", "[a!=b]", "svg|a", "a::before",
        "::slotted(a)", ":host", "a:hover(", "p:past", "a >> b", "[a=1]",
    ],
)  # fmt: skip
def test_css_that_one_side_does_not_know_is_refused(css):
    with pytest.raises(EarmarkError):
        check_selector(css)


def test_an_outline_is_a_selector_and_an_attribute():
    assert split_outline("td.ind img@width") == ("td.ind img", "width")
    assert split_outline(".level") == (".level", "")
