"""Platform plugins against recorded cases and against whole made-up pages.

Cases lie beside the platforms, a folder each. `tests/pages` holds whole pages with what is true of
them. Real saved pages, where a folder of them exists, are only counted.
"""

import csv
import json
import os
from pathlib import Path

import pytest
from every_platform import CASES, ENTRIES, run

from earmark.kit.case import Case, printed
from earmark.parse.saved_page import SavedPage, parse_saved

TESTS = Path(__file__).parents[1]
PAGES = sorted((TESTS / "pages" / "truth").glob("*.json"))
REAL = Path(os.environ.get("EARMARK_REAL_PAGES") or TESTS.parents[1] / "shared" / "pages")
CAPTURED_AT = "2026-11-21T12:00:00Z"


def read(url: str, html: bytes, captured_at: str = CAPTURED_AT) -> SavedPage:
    return parse_saved(url, html, ENTRIES, run, captured_at)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gives_the_recorded_items(case: Case):
    saved = case.read(ENTRIES, run)
    assert saved.platform == case.platform
    assert [printed(item) for item in saved.items] == case.expected


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_whole_page_gives_what_is_true_of_it(path):
    truth = json.loads(path.read_text(encoding="utf-8"))
    saved = read(truth["url"], (TESTS / "pages" / f"{path.stem}.html").read_bytes())
    found = {item["id"]: item for item in saved.items}
    assert {*found} == {item["id"] for item in truth["items"]}
    assert saved.errors == []
    for item in truth["items"]:
        agrees(found[item["id"]], item)


def agrees(found: dict, truth: dict) -> None:
    author = found.get("author", {})
    published = found.get("published")
    assert found["platform"] == truth["platform"]
    assert found["kind"] == truth["kind"]
    assert found["text"] == truth["text"]
    assert (author.get("handle") or author.get("name")) == truth["author"]
    assert found.get("parent_id") == truth["parent_id"]
    if truth["published"]:
        assert published["earliest"] <= truth["published"] <= published["latest"]
    else:
        assert published is None


def test_a_review_is_the_same_in_json_ld_and_in_microdata():
    html = (TESTS / "pages" / "shop.html").read_bytes()
    items = read("https://shop.example.com/k2", html).items
    same = {"url", "_source", "_complete", "_fragment_selector"}
    in_json, in_markup = (
        [
            {k: v for k, v in item.items() if k not in same}
            for item in items
            if item["_source"] == source
        ]
        for source in ("context", "element")
    )
    assert len(in_json) == 4
    assert in_json == in_markup


def test_a_topic_is_the_same_for_crawlers_and_for_people():
    def keys(name: str, url: str) -> list:
        items = read(url, (TESTS / "pages" / f"{name}.html").read_bytes()).items
        return [
            (i["id"], i["text"], i["author"]["handle"], i["published"]["earliest"]) for i in items
        ]

    crawler = keys("discourse_crawler", "https://forum.example.org/t/timer-forgets/512")
    assert crawler == keys("discourse_drawn", "https://forum.example.org/t/timer-forgets/512/2")


def test_a_page_never_speaks_for_another_host():
    truth = json.loads((TESTS / "pages" / "truth" / "hostile.json").read_text(encoding="utf-8"))
    html = (TESTS / "pages" / "hostile.html").read_bytes()
    for url in (truth["url"], "https://news.ycombinator.com.evil.example/item?id=41900100"):
        items = read(url, html).items
        host = url.split("/")[2]
        assert items
        assert all(item["id"].startswith(f"{host}/") for item in items)
        assert all(not item["author"].get("url") for item in items)


def test_colliding_comment_numbers_of_two_hosts_stay_apart():
    one, two = (
        {item["id"] for item in read(url, (TESTS / "pages" / f"{name}.html").read_bytes()).items}
        for name, url in (
            ("wordpress_one", "https://notes.example.org/2026/11/new-kettle/"),
            ("wordpress_two", "https://blog.example.net/gunluk/"),
        )
    )
    assert one & two == set()


def test_the_sample_page_has_every_kind_it_promises():
    html = (TESTS.parent / "agent" / "earmark" / "web" / "sample.html").read_bytes()
    items = read("http://earmark.localhost:47650/sample", html).items
    kinds = [item["kind"] for item in items]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "post": 1, "comment": 12, "review": 2, "poll": 1,
    }  # fmt: skip
    assert all(item.get("published") and item.get("author") for item in items)
    assert items[3]["parent_id"] == items[2]["id"] != items[2]["parent_id"]


# What the index calls items is counted by a selector; the second number is what is said there.
REAL_COUNTS = {
    "hackernews/2.html": 5,  # the story too
    "reddit_old/1.html": 6,  # the link too
    "wordpress/1.html": 74,
    "wordpress/3.html": 25,
    "wordpress/5.html": 51,  # the fifty-second is the comment form
    "wordpress_schema/1.html": 22,
    "discourse/1.html": 4,
    "blogger/1.html": 24,
    "xenforo2/1.html": 18,
    "youtube/6.html": 1,
    "yelp/1.html": 40,
    "facebook/1.html": 11,  # the post too
    "travanto_reviews/1.html": 6,
    "jsonld_review/1.html": 15,  # five in the linked data, ten shown
    "mf2/2.html": 1,  # what it replies to is only cited
    "mf2/3.html": 1,
    "mf2/4.html": 1,  # what it shares is only cited
}


@pytest.mark.skipif(not REAL.is_dir(), reason="no folder of real pages")
@pytest.mark.parametrize("name", REAL_COUNTS)
def test_a_real_page_gives_all_its_items(name):
    with (REAL / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        urls = {row["file"]: row["url"] for row in csv.DictReader(stream, delimiter="\t")}
    saved = read(urls[name], (REAL / name).read_bytes())
    assert len(saved.items) == REAL_COUNTS[name]
    assert saved.errors == []
