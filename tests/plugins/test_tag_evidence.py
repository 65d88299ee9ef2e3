"""Each tag tells where the words stand that it rests on, and what else it rests on."""

from __future__ import annotations

from typing import Any

from earmark import Tag
from earmark_plugins.tags.intents import suggest_tags


def tag_of(name: str, text: str, **more: Any) -> Tag:
    (tags,) = suggest_tags([{"text": text, "language": {"tag": "en"}} | more])
    return next(tag for tag in tags if tag.name == name)


def test_the_words_of_a_tag_stand_where_it_says() -> None:
    text = "Arrived late, and it's useless. Was Useless before!"
    tag = tag_of("intent:complaint", text)
    assert [text[start:end] for start, end in tag.spans] == ["Arrived late", "useless", "Useless"]
    assert tag.besides == ""


def test_what_is_no_word_is_told_beside_them() -> None:
    rating = {"value": 1, "best": 5}
    tag = tag_of("intent:complaint", "useless", rating=rating)
    assert (tag.spans, tag.besides) == ([(0, 7)], "rated 1 of 5")
    tag = tag_of("intent:complaint", "so it goes", rating=rating)
    assert (tag.spans, tag.besides) == ([], "rated 1 of 5")
    assert tag_of("intent:question", "and now?").besides == "“?”"
    assert tag_of("signal:influencer", "hi", author={"followers": 20_000}).spans == []


def test_kind_words_that_an_emoji_mocks_are_no_words_for_a_complaint() -> None:
    tag = tag_of("intent:complaint", "great service 🙄")
    assert (tag.spans, "great" in tag.besides) == ([], True)
