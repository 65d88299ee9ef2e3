"""The 200 comments themselves: as many of each language, each tag often enough, none twice."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

LANGUAGES = ["en", "fa", "tr", "ro", "ar", "de", "es", "ja"]
SENTIMENTS = {"positive", "negative", "mixed", "none", "unknown"}
EMOTIONS = {"anger", "disappointment", "worry", "thanks", "admiration"}
REQUIRED = {"id", "text", "language", "tags", "not_tags", "sentiment"}
TAGS = {
    "intent": "complaint question suggestion praise bug purchase-intent need expectation other",
    "about": "pricing shipping support",
    "signal": "churn-risk urgent advocate recruit beta-candidate content-idea:learn "
    "content-idea:explore content-idea:qa interest buying-habit pii",
}
KNOWN = {f"{axis}:{name}" for axis, names in TAGS.items() for name in names.split()}

LINES = Path(__file__).with_name("comments.ndjson").read_text(encoding="utf-8").splitlines()
COMMENTS = [json.loads(line) for line in LINES]


def test_there_are_25_comments_of_each_language() -> None:
    expected = [f"{language}-{number:02}" for language in LANGUAGES for number in range(1, 26)]
    assert sorted(comment["id"] for comment in COMMENTS) == sorted(expected)


def test_no_comment_is_there_twice() -> None:
    counts = Counter(" ".join(comment["text"].casefold().split()) for comment in COMMENTS)
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("comment", COMMENTS, ids=lambda comment: comment["id"])
def test_what_is_expected_can_be_met(comment: dict) -> None:
    tags, not_tags = comment["tags"], comment["not_tags"]
    assert set(comment) - {"emotions", "rating"} == REQUIRED
    assert comment["text"].strip()
    assert comment["language"] in {comment["id"][:2], "und"}
    assert set(tags + not_tags) <= KNOWN
    assert len(tags + not_tags) == len({*tags, *not_tags})
    assert comment["sentiment"] in SENTIMENTS
    assert set(comment.get("emotions", [])) <= EMOTIONS
    if rating := comment.get("rating"):
        assert 1 <= rating["value"] <= rating["best"]


@pytest.mark.parametrize("tag", sorted(KNOWN))
def test_each_tag_is_expected_often_enough_to_be_tested(tag: str) -> None:
    assert sum(tag in comment["tags"] for comment in COMMENTS) >= 8
