"""What a page draws and what it loads of the same things said becomes the same items."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from every_platform import ENTRIES, FILES, run
from new_logs import log_at
from saving import save_items

from earmark.kit.case import Case
from earmark.model import Json
from earmark.store.log import Log

# Platform, what is drawn, what is loaded, and how many things were said in both together.
PAIRS = [
    ("trendyol", "reviews_as_drawn", "reviews_as_loaded_some_in_arabic", 3),
    ("trendyol", "questions_as_drawn", "questions_and_a_sellers_answers", 4),
    ("hepsiburada", "reviews_as_drawn", "reviews_as_loaded_one_in_kurdish_and_arabic", 4),
    ("digikala", "comments_as_drawn", "comments_as_loaded", 3),
    ("emag", "reviews_as_drawn", "reviews_as_loaded_with_a_comment", 3),
    ("youtube", "a_thread_with_replies_to_replies", "a_response_with_replies", 7),
    ("disqus", "a_thread_drawn_and_told", "a_response_with_more", 3),
    ("peertube", "a_thread_with_nested_replies", "a_response_with_a_thread", 4),
    ("lemmy", "a_post_with_nested_comments", "a_response_with_comments", 4),
    ("aparat", "a_thread_in_persian", "a_response_with_comments", 3),
    ("x", "a_post_and_its_answers", "the_same_thread_as_a_response", 6),
    ("instagram", "a_post_with_replies", "comments_as_a_response", 5),
    ("tiktok", "a_video_with_threads", "comments_as_a_response", 5),
    ("threads", "a_post_and_its_replies", "the_same_thread_as_a_response", 4),
    ("bluesky", "a_post_and_its_replies", "the_same_thread_as_a_response", 4),
    ("pinterest", "a_pin_with_comments", "comments_as_a_response", 4),
]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = log_at(tmp_path / "log.sqlite3")
    yield opened
    opened.close()


@pytest.mark.parametrize("loaded_first", [False, True], ids=["drawn first", "loaded first"])
@pytest.mark.parametrize(("platform", "drawn", "loaded", "said"), PAIRS)
def test_what_is_drawn_and_what_is_loaded_is_one_item(
    log, platform, drawn, loaded, said, loaded_first
):
    cases = [Case(FILES / "cases" / platform / name) for name in (drawn, loaded)]
    for case in reversed(cases) if loaded_first else cases:
        keep(log, case)
    assert len(list(log.table("items"))) == said


def keep(log: Log, case: Case) -> None:
    """Save a case's items in one visit, each as if its fragment stood alone."""
    about = case.about
    page: Json = {"visit": "v1", "url": about["url"], "title": "A product"}
    for place, item in enumerate(case.read(ENTRIES, run).items):
        piece = {
            "id": f"{case.name}-{place}",
            "ref": f"{case.name} {place}",
            "kind": item["_source"],
        }
        save(log, page, piece, item, about["captured_at"])


def save(log: Log, page: Json, piece: Json, item: Json, at: str) -> None:
    log.write(lambda conn: save_items(conn, page, piece, [item], at)).result(timeout=20)
