"""What is said of queries, rules and names is said in each language of the inbox."""

from __future__ import annotations

import pickle
import re
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from earmark.errors import Told
from earmark.keeping import given_messages, rules_messages
from earmark.keeping.given import BadChoice
from earmark.keeping.rules_text import BadRules, checked_rules
from earmark.keeping.term_lines import terms_in
from earmark.query import messages
from earmark.query.match import matches
from earmark.query.parse import parse_query
from earmark.query.tree import BadQuery
from earmark.web.i18n import LOCALES, UI_LANGUAGES, words_in

TRANSLATED = [language for language in UI_LANGUAGES if language != "en"]
TABLES = (messages.MESSAGES, rules_messages.MESSAGES, given_messages.MESSAGES)
IN_USE = {sentence for table in TABLES for sentence in table.values()}
PLACEHOLDER = re.compile(r"%\(\w+\)s")
DIRECTIONS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "told.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def error_of(query: str) -> BadQuery:
    with pytest.raises(BadQuery) as raised:
        parse_query(query)
    return raised.value


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_a_catalogue_holds_exactly_what_is_said(language: str) -> None:
    assert {message.id for message in catalogue(language) if message.id} == IN_USE


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated_with_its_values(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            assert message.string, message.id
            wanted = sorted(PLACEHOLDER.findall(str(message.id)))
            assert sorted(PLACEHOLDER.findall(str(message.string))) == wanted, message.id


def test_a_code_means_one_thing_and_its_words_are_said_once() -> None:
    assert len({code for table in TABLES for code in table}) == sum(map(len, TABLES))
    assert len(IN_USE) == sum(map(len, TABLES))


def test_letters_are_those_of_the_language() -> None:
    persian = "".join(str(message.string) for message in catalogue("fa") if message.id)
    assert not re.search("[\u064a\u0643\u0660-\u0669]", persian), "Arabic yeh, kaf or digits"
    romanian = "".join(str(message.string) for message in catalogue("ro") if message.id)
    assert not re.search("[\u015e\u015f\u0162\u0163]", romanian), "cedilla instead of comma below"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "What can stand after “sentiment:” is positive, negative, mixed, none or unknown, "
               "or a number as in >0.5."),
        ("tr", "“sentiment:” sonrasında şunlar gelebilir: positive, negative, mixed, none veya "
               "unknown ya da >0.5 gibi bir sayı."),
        ("ro", "După „sentiment:” poate sta positive, negative, mixed, none sau unknown sau un "
               "număr, ca în >0.5."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_query_is_said_in_the_readers_language(
    language: str, said: str
) -> None:
    assert words_in(language).told(error_of("a sentiment:nice").message) == said


def test_values_keep_their_direction_in_a_sentence_from_right_to_left() -> None:
    said = words_in("fa").told(error_of("a NEAR/0 b").message)
    assert "\u2068NEAR/5\u2069" in said
    assert "۱۰۰" in said


@pytest.mark.parametrize(
    ("query", "item", "told"),
    [
        ("kargo", {"text": "Kargo gelmedi"}, "“Kargo” metinde geçiyor"),
        ("kargo", {"note": "kargo"}, "“kargo” notta geçiyor"),
        ("iade", {"text": "Kargo"}, "“iade” geçmiyor"),
        ("likes:>1.5k", {"likes": 12}, "beğeni sayısı: 12, > 1500 değil"),
        ("rating:<3", {}, "puan bilinmiyor"),
        ("is:spam", {}, "bu öğe istenmeyen değil"),
        ("tag:x", {"tags": [{"name": "x"}]}, "x etiketini taşıyor"),
        ("a NEAR/3 b", {"text": "a"}, "“a” ve “b” birbirine 3 sözcükten yakın değil"),
    ],
)
def test_a_reason_is_said_in_the_readers_language(
    query: str, item: dict[str, Any], told: str
) -> None:
    verdict = matches(parse_query(query), item)
    [reason] = verdict.because or verdict.missing
    assert words_in("tr").told(reason) == told


def test_a_reason_names_its_code_and_survives_the_way_from_a_worker() -> None:
    [reason] = matches(parse_query("late"), {"text": "so late"}).because
    assert isinstance(reason, Told)
    again = pickle.loads(pickle.dumps(reason))
    assert (again, again.code) == ("“late” is in the text", "found")
    assert words_in("ro").told(again) == "„late” apare în text"


def test_a_rule_that_cannot_be_is_told_whole_and_in_part() -> None:
    with pytest.raises(BadRules) as raised:
        checked_rules([{"name": "late", "when": "(late", "hide": True}])
    error = raised.value
    assert error.message == "Rule “late”: This “(” is never closed."
    assert words_in("tr").told(error.message) == "“late” kuralı: Bu “(” hiç kapanmıyor."
    assert (error.key, error.problem) == ("when", "This “(” is never closed.")


def test_a_name_that_cannot_be_watched_is_told_with_its_line() -> None:
    with pytest.raises(BadChoice) as raised:
        terms_in("Acme\n" + "x" * 201)
    assert raised.value.message == "Line 2: A term is longer than 200 characters."
    assert words_in("tr").told(raised.value.message) == "2. satır: Ad 200 karakterden uzun."
    assert words_in("ro").told(raised.value.hint) == "Scurtați textul."


def test_a_program_is_told_the_code_and_the_spot() -> None:
    told = error_of("late likes:many").as_json()["error"]
    assert (told["code"], told["problem"]) == ("bad_query", "no_number")
    assert "late likes:many"[told["start"] : told["end"]] == "likes:many"
    assert told["message"].startswith("“likes:” needs a number")


def test_a_text_that_knows_nothing_of_itself_stays_as_it_is() -> None:
    assert words_in("fa").told("Something else.") == "Something else."
