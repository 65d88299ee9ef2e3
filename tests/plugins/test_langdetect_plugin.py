"""The langdetect plugin: the same text, the same answer."""

from __future__ import annotations

import random

import pytest

from earmark.enrich.language import Vote, clean_text, decide
from earmark_plugins.languages.langdetect import WEIGHT, detect_languages

TEXTS = {
    "The parcel came two days late and nobody answered my mail.": "en",
    "Paketim iki gün geç geldi ve kimse cevap vermedi.": "tr",
    "Coletul a venit cu două zile întârziere și nimeni nu a răspuns.": "ro",
    "Coletul a venit cu doua zile intarziere si nimeni nu a raspuns.": "ro",
    "Paketim cok gec geldi, hala cevap vermediler.": "tr",
    "بسته من دو روز دیر رسید و هیچ کس جواب نداد": "fa",
    "لقد وصل الطرد متأخرا يومين ولم يجب أحد على رسالتي": "ar",
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


def test_every_language_has_a_probability_and_they_add_up_to_one() -> None:
    (probabilities,) = detect_languages(["good morning"])
    assert sum(probabilities.values()) == pytest.approx(1)
    assert {"en", "fa", "ro", "tr", "zh"} <= set(probabilities)
    assert not any("-" in tag for tag in probabilities)


@pytest.mark.parametrize("text", ["", " ", "!!", "123", "😀", "ⵣⵣⵣ", "\ud800"])
def test_a_text_without_known_letters_gets_no_opinion(text: str) -> None:
    assert detect_languages([text]) == [{}]
