"""The langdetect plugin: the same text, the same answer."""

from __future__ import annotations

import json
import random

import pytest

from earmark.enrich.cleaning import clean_text
from earmark.enrich.language import Vote, decide
from earmark_plugins.languages.build_profiles import OWN
from earmark_plugins.languages.langdetect import (
    WEIGHT,
    detect_languages,
    find_second_languages,
)
from earmark_plugins.languages.profiles import OURS

TEXTS = {
    "The parcel came two days late and nobody answered my mail.": "en",
    "Paketim iki gün geç geldi ve kimse cevap vermedi.": "tr",
    "Coletul a venit cu două zile întârziere și nimeni nu a răspuns.": "ro",
    "Coletul a venit cu doua zile intarziere si nimeni nu a raspuns.": "ro",
    "Paketim cok gec geldi, hala cevap vermediler.": "tr",
    "بسته من دو روز دیر رسید و هیچ کس جواب نداد": "fa",
    "لقد وصل الطرد متأخرا يومين ولم يجب أحد على رسالتي": "ar",
    "Bağlama iki gün gec gəldi və heç kim cavab vermədi.": "az",
    "Baglama iki gun gec geldi, hec kim mene cavab yazmadi, cox pisdir": "az",
    "Paket du roj dereng hat û kesî bersiva min neda.": "ku",
    "پاکەتەکە دوو ڕۆژ درەنگ گەیشت و کەس وەڵامی نەدایەوە": "ckb",
    "بسته من دو روز دير رسيد و هيچ كس جواب نداد": "fa",
    "Das Paket kam zwei Tage zu spät und niemand hat geantwortet.": "de",
    "Le colis est arrivé avec deux jours de retard.": "fr",
    "Пакет дойде със закъснение и никой не отговори.": "bg",
    "पार्सल दो दिन देर से आया और किसी ने जवाब नहीं दिया": "hi",
}


@pytest.mark.parametrize(("text", "tag"), TEXTS.items())
def test_a_sentence_is_told_by_its_words(text: str, tag: str) -> None:
    cleaned = clean_text(text)
    (probabilities,) = detect_languages([cleaned])
    assert decide(cleaned, [Vote("langdetect", WEIGHT, probabilities)])["tag"] == tag


def test_an_answer_depends_neither_on_the_batch_nor_on_the_day() -> None:
    texts = [*TEXTS, "ok", "lol", "salam"]
    alone = {text: detect_languages([text])[0] for text in texts}
    for seed in range(5):
        random.Random(seed).shuffle(texts)
        random.seed(seed)
        assert dict(zip(texts, detect_languages(texts), strict=True)) == alone


def test_languages_of_one_script_compete_and_their_probabilities_add_up_to_one() -> None:
    latin, cyrillic = detect_languages(["good morning", "добро утро"])
    assert sum(latin.values()) == pytest.approx(1)
    assert {"az", "en", "ku", "ro", "tr"} <= set(latin)
    assert set(cyrillic) == {"bg", "mk", "ru", "uk"}


def test_a_script_that_only_one_language_has_is_left_to_the_letters() -> None:
    assert detect_languages(["안녕하세요", "ありがとう", "谢谢", "תודה"]) == [{}, {}, {}, {}]


@pytest.mark.parametrize("text", ["", " ", "!!", "123", "😀", "ⵣⵣⵣ", "\ud800"])
def test_a_text_without_known_letters_gets_no_opinion(text: str) -> None:
    assert detect_languages([text]) == [{}]


def test_profiles_of_ours_say_where_they_come_from() -> None:
    for tag in OURS:
        profile = json.loads((OWN / f"{tag}.json").read_text(encoding="utf-8"))
        assert profile["name"] == tag
        assert all(
            "Apache-2.0" in s or "CC0" in s or "public" in s or "Unicode" in s
            for s in profile["sources"]
        )


@pytest.mark.parametrize(
    ("text", "main", "second"),
    [
        ("Kargo çok geç geldi but the quality is amazing", "tr", "en"),
        ("Ürün güzel ama customer service is terrible, bir daha almam", "tr", "en"),
        ("Aplicația merge bine, but please fix the login screen", "ro", "en"),
        ("Love this one so much, mulțumesc frumos pentru tot ajutorul", "en", "ro"),
    ],
)
def test_the_second_language_of_a_mixed_text_is_told(text: str, main: str, second: str) -> None:
    ((tag, share),) = find_second_languages([clean_text(text)], [main])[0].items()
    assert tag == second
    assert 0.15 <= share < 1


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Paketim iki gün geç geldi ve kimse cevap vermedi.", "tr"),
        ("Coletul a venit cu două zile întârziere și nimeni nu a răspuns.", "ro"),
        ("The parcel came two days late and nobody answered my mail.", "en"),
        ("Netflix Türkiye bu ay yeni film eklemedi", "tr"),
        ("ok", "en"),
    ],
)
def test_a_text_in_one_language_has_no_second(text: str, tag: str) -> None:
    assert find_second_languages([clean_text(text)], [tag]) == [{}]
