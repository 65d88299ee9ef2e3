"""What people corrected decides what is judged from then on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark import WordFeeling
from earmark.enrich.corrections import Corrections, is_findable, text_key
from earmark.keeping.corrections import correction_of, sameness
from earmark.keeping.given import BadChoice

COMPLAINT = "intent:complaint"


def means(phrase: str, *, holds: bool = True, tag: str = COMPLAINT, **more: Any) -> dict[str, Any]:
    return {"id": 1, "kind": "tag", "tag": tag, "phrase": phrase, "holds": holds, **more}


def item(text: str, tag: str = "en", **more: Any) -> dict[str, Any]:
    return {"text": text, "language": {"tag": tag, "confidence": 0.9, **more}}


def suggestion(text: str, *words: str, besides: str = "") -> dict[str, Any]:
    spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    told = {"name": COMPLAINT, "by": "intents", "because": "before"}
    return told | {"_spans": spans, "_besides": besides}


def names(tags: list[dict[str, Any]]) -> list[str]:
    return [tag["name"] for tag in tags]


def test_a_tag_that_rests_on_a_word_that_does_not_mean_it_goes() -> None:
    text = "It came Late again"
    known = Corrections([means("late", holds=False)])
    assert known.tags(item(text), [suggestion(text, "Late")]) == []


def test_a_tag_that_rests_on_more_stays_with_the_rest_as_its_reason() -> None:
    text = "late and broken"
    known = Corrections([means("late", holds=False)])
    (tag,) = known.tags(item(text), [suggestion(text, "late", "broken", besides="rated 1 of 5")])
    assert tag == {
        "name": COMPLAINT,
        "by": "intents",
        "because": "“broken”, rated 1 of 5",
        "words": ["broken"],
    }


def test_a_tag_that_rests_on_something_beside_words_stays() -> None:
    text = "late"
    known = Corrections([means("late", holds=False)])
    (tag,) = known.tags(item(text), [suggestion(text, "late", besides="rated 1 of 5")])
    assert (tag["because"], "words" in tag) == ("rated 1 of 5", False)


def test_a_suggestion_that_does_not_say_what_it_rests_on_stays_as_it_is() -> None:
    known = Corrections([means("late", holds=False)])
    tag = {"name": COMPLAINT, "by": "older", "because": "“late”"}
    assert known.tags(item("late"), [tag]) == [tag]


@pytest.mark.parametrize(
    ("phrase", "text", "word", "goes"),
    [
        ("sick beat", "that Sick  beat!", "Sick", True),
        ("sick beat", "a sick cat", "sick", False),
        ("sick", "sick of it", "sick of", False),
        ("disappoint*", "so disappointed", "disappointed", True),
        ("soooo slow", "it is soo slow", "slow", True),
        ("نمی‌رسد", "اصلا نمی رسد", "نمی رسد", True),
        ("GEÇ", "çok gec geldi", "gec", True),
        ("?", "late?", "?", True),
        ("遅い", "配達が遅いです", "遅い", True),
        ("late…again", "late for once again", "late for once again", False),
        ("lat", "late", "late", False),
    ],
)
def test_words_are_found_as_in_the_lists(phrase: str, text: str, word: str, goes: bool) -> None:
    known = Corrections([means(phrase, holds=False)])
    assert (known.tags(item(text), [suggestion(text, word)]) == []) is goes


def test_a_phrase_that_means_a_tag_puts_it_on_and_says_so() -> None:
    known = Corrections([means("never again")])
    assert known.tags(item("Never  again, folks"), []) == [
        {
            "name": COMPLAINT,
            "by": "corrections",
            "because": "“Never again” means this, you said",
            "words": ["Never  again"],
        }
    ]


def test_a_tag_that_is_there_keeps_its_own_reason() -> None:
    text = "never again"
    (tag,) = Corrections([means(text)]).tags(item(text), [suggestion(text, "never again")])
    assert tag["by"] == "intents"


def test_a_longer_phrase_counts_more_than_one_within_it() -> None:
    known = Corrections([means("late"), means("never late", holds=False)])
    assert known.tags(item("never late"), []) == []
    assert names(known.tags(item("never late, but here late"), [])) == [COMPLAINT]


def test_nothing_else_is_meant_no_longer_where_something_is() -> None:
    other = {"name": "intent:other", "by": "intents", "because": "a remark"}
    about = {"name": "about:shipping", "by": "intents", "because": "“came”"}
    known = Corrections([means("never again")])
    assert names(known.tags(item("never again"), [other, about])) == ["about:shipping", COMPLAINT]
    assert names(known.tags(item("now and then"), [other, about])) == [
        "intent:other",
        "about:shipping",
    ]


def test_a_correction_holds_in_its_language_in_any_or_where_nobody_knows() -> None:
    known = Corrections([means("gift", language="de")])
    assert names(known.tags(item("gift", "de"), [])) == [COMPLAINT]
    assert names(known.tags(item("gift", "de-AT"), [])) == [COMPLAINT]
    assert names(known.tags(item("a gift", "und"), [])) == [COMPLAINT]
    assert names(known.tags(item("a gift", "en", second={"tag": "de"}), [])) == [COMPLAINT]
    assert known.tags(item("a gift", "en"), []) == []
    assert names(Corrections([means("gift")]).tags(item("a gift", "en"), [])) == [COMPLAINT]


@pytest.mark.parametrize("text", ["so good 🙃", "good🙃", "ok 🙃🙃"])
def test_an_emoji_is_found_as_it_is_written(text: str) -> None:
    assert names(Corrections([means("🙃\ufe0f")]).tags(item(text), [])) == [COMPLAINT]


@pytest.mark.parametrize("text", ["see http://x.example/:/", "C:Dir", "mail a=D@b.example", ":d"])
def test_an_emoticon_within_words_and_addresses_is_none(text: str) -> None:
    known = Corrections([means("=D", tag="signal:x"), means("/:/", tag="signal:y"), means(":D")])
    assert known.tags(item(text), []) == []
    assert names(known.tags(item(f"{text} :D"), [])) == [COMPLAINT]


def test_what_was_said_of_a_text_holds_for_the_same_text() -> None:
    said = {
        "id": 7,
        "kind": "item",
        "key": text_key("Çok  güzel"),
        "language": "tr",
        "sentiment": {"label": "negative", "score": -0.7},
        "tags": {COMPLAINT: True, "intent:praise": False},
    }
    known = Corrections([said])
    told = "you said so of the same text"
    language = known.language("ÇOK GÜZEL")
    assert language == {"tag": "tr", "confidence": 1.0, "source": "corrections", "because": told}
    assert known.feeling("çok guzel") == {
        "label": "negative",
        "score": -0.7,
        "by": "corrections",
        "because": told,
    }
    praise = {"name": "intent:praise", "by": "intents", "because": "“güzel”"}
    assert known.tags(item("çok güzel"), [praise]) == [
        {"name": COMPLAINT, "by": "corrections", "because": told}
    ]
    assert known.concerning(item("cok guzel")) == [7]
    for other in ("çok güzel!", "güzel", ""):
        assert (known.language(other), known.feeling(other)) == (None, None)
        assert known.tags(item(other), [praise]) == [praise]


def test_what_was_said_of_the_text_counts_more_than_its_words() -> None:
    said = {"id": 7, "kind": "item", "key": text_key("never again"), "tags": {COMPLAINT: False}}
    assert Corrections([said, means("never again")]).tags(item("never again"), []) == []


def test_only_corrections_that_have_a_say_are_named() -> None:
    word = {"id": 2, "kind": "word", "phrase": "sick", "strength": 2, "language": "en"}
    known = Corrections([means("late"), word])
    assert known.concerning(item("late and sick")) == [1, 2]
    assert known.concerning(item("sick", "de")) == []


def test_plugins_get_every_spelling_and_no_marks_that_lists_know() -> None:
    said = {"id": 1, "kind": "word", "phrase": "sooo…good", "strength": 1}
    sign = said | {"phrase": "…", "language": "fa"}
    words = Corrections([said, sign]).words
    assert words == (
        WordFeeling("so good", 1.0),
        WordFeeling("soo good", 1.0),
        WordFeeling("sooo good", 1.0),
        WordFeeling("…", 1.0, "fa", is_sign=True),
    )


# -- hostile phrases -------------------------------------------------------------------------------

PLAIN, HIDDEN = "abcıİßﬁ.*+?()[]{}|\\^$…·:/@ \n", "\u200f\u202e\u200c\ufe0f\x00\ud800"
SIGNS = st.sampled_from([*PLAIN, *HIDDEN, *"لیي愛🙃", "👩\u200d💻", "http://"])
HOSTILE = st.lists(SIGNS, max_size=30).map("".join) | st.text(max_size=200)


@given(phrase=HOSTILE, text=HOSTILE)
def test_any_phrase_is_refused_or_can_be_looked_for(phrase: str, text: str) -> None:
    try:
        kept = correction_of({"kind": "tag", "tag": "t", "phrase": phrase, "holds": True})
    except BadChoice:
        return
    assert is_findable(kept["phrase"])
    assert len(kept["phrase"]) <= 100
    known = Corrections([kept | {"id": 1}])
    for tag in known.tags(item(text), []):
        assert all(word in text for word in tag["words"])
    assert sameness(kept) == sameness(correction_of(kept))


@given(HOSTILE)
def test_a_phrase_of_plain_words_is_found_where_it_stands(text: str) -> None:
    phrase = "on.time (ها)"
    known = Corrections([means(phrase)])
    assert names(known.tags(item(f"{text}\non.time (ها)\n"), [])) == [COMPLAINT]


@pytest.mark.parametrize("phrase", ["", " ", "\u200f", "\u00ad\u200d", "x" * 10_000, None, 7])
def test_a_phrase_of_nothing_or_too_much_is_refused(phrase: Any) -> None:
    with pytest.raises(BadChoice):
        correction_of({"kind": "word", "phrase": phrase, "strength": 1})


@pytest.mark.parametrize("strength", [3.1, -4, True, "2", None, float("nan"), float("inf")])
def test_a_strength_beyond_the_strongest_is_refused(strength: Any) -> None:
    with pytest.raises(BadChoice):
        correction_of({"kind": "word", "phrase": "sick", "strength": strength})
