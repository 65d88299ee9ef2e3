"""The intents plugin: tags by word lists, each with the words that decided."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from earmark import Tag
from earmark_plugins.tags.intents import lists, suggest_tags

TAGS = {
    "intent:complaint", "intent:question", "intent:suggestion", "intent:praise", "intent:bug",
    "signal:urgent", "about:pricing", "about:shipping", "about:support",
}  # fmt: skip
MORE_TAGS = {
    "intent:purchase-intent", "intent:need", "intent:expectation", "signal:churn-risk",
    "signal:advocate", "signal:recruit", "signal:beta-candidate", "signal:content-idea:learn",
    "signal:content-idea:explore", "signal:content-idea:qa", "signal:interest",
    "signal:buying-habit",
}  # fmt: skip


def tags(text: str, language: str) -> dict[str, str]:
    """The names of the tags of one text, with their reasons."""
    item = {"text": text, "language": {"tag": language}}
    (suggested,) = suggest_tags([item])
    assert all(isinstance(tag, Tag) for tag in suggested)
    return {tag.name: tag.because for tag in suggested}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Very disappointed, the parcel never arrived",
            "en",
            {"intent:complaint", "about:shipping"},
        ),
        ("It doesn't work since the update", "en", {"intent:bug"}),
        ("It doesn’t work", "en", {"intent:bug"}),
        ("It would be nice to have a dark theme", "en", {"intent:suggestion"}),
        ("How do I change my name", "en", {"intent:question"}),
        ("Your staff was wonderful", "en", {"intent:praise", "about:support"}),
        ("I need an answer ASAP", "en", {"signal:urgent"}),
        ("Too expensive for me", "en", {"about:pricing"}),
        ("We met on a Tuesday", "en", set()),
        (
            "Ürün bozuk geldi, iade istiyorum",
            "tr",
            {"intent:bug", "intent:complaint", "about:pricing"},
        ),
        ("URUN BOZUKTU", "tr", {"intent:bug"}),
        ("Kargom nerede", "tr", {"about:shipping", "intent:question"}),
        ("Keşke karanlık mod olsa", "tr", {"intent:suggestion"}),
        ("Elinize sağlık, harika olmuş", "tr", {"intent:praise"}),
        ("Acilen dönüş yapın", "tr", {"signal:urgent"}),
        ("Müşteri hizmetleri cevap vermiyor", "tr", {"about:support"}),
        ("Sunt dezamăgită de voi", "ro", {"intent:complaint"}),
        ("Sunt dezamagit de voi", "ro", {"intent:complaint"}),
        ("Nu mai merge dupa actualizare", "ro", {"intent:bug"}),
        ("Ar fi bine să existe și alte culori", "ro", {"intent:suggestion"}),
        ("Mulțumesc, sunteți extraordinari", "ro", {"intent:praise"}),
        ("Coletul a întârziat", "ro", {"about:shipping"}),
        ("اصلا کار نمی‌کند", "fa", {"intent:bug"}),
        ("اصلا كار نمي كند", "fa", {"intent:bug"}),
        ("اصلا کار نمیکند", "fa", {"intent:bug"}),
        ("کاش حالت شب داشت", "fa", {"intent:suggestion"}),
        ("ممنونم، عالیه", "fa", {"intent:praise"}),
        ("پشتیبانی جواب نمیده", "fa", {"about:support"}),
        ("قیمتش خیلی بالاست", "fa", {"about:pricing"}),
        ("چطور می‌تونم سفارش بدم", "fa", {"intent:question", "about:shipping"}),
    ],
)
def test_a_text_is_tagged_by_the_words_of_its_language(
    text: str, language: str, expected: set[str]
) -> None:
    assert set(tags(text, language)) == expected


def test_the_reason_shows_the_words_as_they_were_written() -> None:
    assert tags("İADE istiyorum, Bozuk bu", "tr")["intent:complaint"] == "“İADE”"
    assert tags("It is NOT Working, crashes!", "en")["intent:bug"] == "“NOT Working”, “crashes”"
    assert tags("کار نمی‌کنه", "fa")["intent:bug"] == "“کار نمی‌کنه”"


def test_a_question_mark_is_enough_in_any_language() -> None:
    assert tags("Wann kommt es?", "de") == {"intent:question": "“?”"}
    assert tags("متى يصل؟", "ar") == {"intent:question": "“؟”"}


def test_a_question_mark_in_an_address_asks_nothing() -> None:
    assert tags("see https://example.org/?q=1", "de") == {}


def test_a_word_inside_another_does_not_count() -> None:
    assert tags("She was debugging on a pricewise basis", "en") == {}


def test_an_unknown_language_is_looked_up_in_all_lists() -> None:
    assert set(tags("berbat", "und")) == {"intent:complaint"}
    assert set(tags("nu merge", "und")) == {"intent:bug"}


def test_a_known_language_uses_its_own_list_only() -> None:
    assert tags("super", "tr") == {"intent:praise": "“super”"}
    assert tags("super", "de") == {}


def test_a_regional_tag_uses_the_list_of_its_language() -> None:
    assert "intent:praise" in tags("thanks a lot", "en-GB")


def test_an_item_without_text_or_language_has_no_tags() -> None:
    assert suggest_tags([{}]) == [[]]


@pytest.mark.parametrize("language", ["en", "fa", "tr", "ro"])
def test_a_word_list_has_every_tag_and_no_word_twice(language: str) -> None:
    path = files("earmark_plugins.tags") / "words" / f"{language}.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(words) in (TAGS, TAGS | MORE_TAGS)
    for name, listed in words.items():
        assert len(listed) == len(set(listed)), name
        assert 15 <= len(listed) <= 150, name
    assert language in lists()
