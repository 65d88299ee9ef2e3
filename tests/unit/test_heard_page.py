"""A page put together from its fragments is read as the page was."""

import json

import pytest
from every_platform import CASES, ENTRIES, run

from earmark.kit.case import PAGE, Case, printed
from earmark.kit.heard_page import put_together
from earmark.model import Page
from earmark.parse.saved_page import decode_html, parse_saved
from earmark.parse.slicing import parse_html, slice_soup

ENTRY = {entry["name"]: entry for entry in ENTRIES}
NESTED = {
    case.platform: case
    for case in CASES
    if case.platform != "webpage" and any("parent_id" in item for item in case.expected)
}
ONE_EACH = [case for name, case in NESTED.items() if (case.folder / PAGE).exists()]


@pytest.mark.parametrize("case", ONE_EACH, ids=lambda case: case.name)
def test_a_heard_page_gives_what_the_page_gave(case: Case):
    about = case.about
    soup = parse_html(decode_html(case.content))
    page = Page(url=about["url"], captured_at=about["captured_at"])
    page.lang = str(soup.html.get("lang") or "")
    fragments = [vars(each) for each in slice_soup(soup, ENTRY[case.platform], page)]
    html = put_together({"lang": page.lang, "title": "x"}, fragments)
    assert (html.count("<html"), html.count("<body")) == (1, 1)
    again = parse_saved(about["url"], html.encode(), ENTRIES, run, about["captured_at"])
    if again.platform == case.platform:  # a marker may lie outside of what was heard
        assert [printed(item) for item in again.items] == case.expected


def test_neighbours_share_the_elements_around_them():
    page = "<body><main id=m><ol><li>a<ul><li>b</li></ul></li><li>c</li></ol></main>"
    entry = {"name": "x", "items": ["li"], "context": [], "outline": None}
    soup = parse_html(page)
    fragments = [vars(each) for each in slice_soup(soup, entry, Page(url="https://h.example/"))]
    html = put_together({}, fragments)
    assert html.count("<ol>") == html.count('id="m"') == 1
    assert [text in html for text in ("<li>a<ul><li>b</li></ul></li>", "<li>c</li>")] == [True] * 2


def test_fragments_that_contain_each_other_end():
    hole = '<p><earmark-cut ref="a"></earmark-cut></p>'
    loop = [
        {"ref": "a", "markup": hole, "order": 0},
        {"ref": "b", "markup": "<b>x</b>", "order": 1},
    ]
    html = put_together({"lang": '"><script>', "title": "</title><script>"}, loop)
    assert "<script>" not in html
    json.dumps(html)
