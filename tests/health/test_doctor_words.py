"""Every word of doctor is in every catalogue, and it speaks the language of the terminal."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from earmark import health
from earmark.cli import doctor
from earmark.health.finding import Finding, say
from earmark.health.messages import MESSAGES
from earmark.web.i18n import LOCALES, UI_LANGUAGES, language_of_process, words_in

TRANSLATED = [language for language in UI_LANGUAGES if language != "en"]
KEYWORDS = {**DEFAULT_KEYWORDS, "words": None}
PLACEHOLDER = re.compile(r"%\(\w+\)s")
COMMAND = re.compile(r"`[^`]*`")
HOW = "see the commands in web/locales/babel.cfg"
OF_THE_TABLE = {text for each in MESSAGES.values() for text in (each.message, each.fix) if text}
DIRECTIONS = dict.fromkeys(map(ord, "\u200f\u2066\u2068\u2069"))


def words_in_use() -> set[str]:
    """As `pybabel extract` finds them."""
    folder = extract_from_dir(Path(health.__file__).parent, keywords=KEYWORDS)
    file = extract_from_file("python", str(Path(doctor.__file__)), keywords=KEYWORDS)
    found = [message for _, _, message, *_ in folder] + [message for _, message, *_ in file]
    return {message for message in found if isinstance(message, str)}


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "doctor.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def test_every_message_is_marked_for_translation() -> None:
    assert words_in_use() >= OF_THE_TABLE


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_a_catalogue_holds_exactly_what_doctor_says(language: str) -> None:
    held = {message.id for message in catalogue(language) if message.id}
    assert words_in_use() - held == set(), f"missing: {HOW}"
    assert held - words_in_use() == set(), f"no longer used: {HOW}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated_with_its_values_and_commands(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        text = str(message.string)
        assert text, message.id
        assert not message.fuzzy, message.id
        assert text != message.id, message.id
        for part in (PLACEHOLDER, COMMAND):
            wanted = sorted(part.findall(str(message.id)))
            assert sorted(part.findall(text)) == wanted, message.id


def test_every_code_is_written_down_for_scripts() -> None:
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    table = page.partition("| looked at | codes |")[2].partition("\n\n")[0]
    rows = dict(re.findall(r"^\| (\w+) \| (.*) \|$", table, re.M))
    documented = {code: check for check, row in rows.items() for code in re.findall("`(.*?)`", row)}
    assert documented == {code: each.check for code, each in MESSAGES.items()}


def test_letters_are_those_of_the_language() -> None:
    persian = "".join(str(message.string) for message in catalogue("fa") if message.id)
    assert not re.search("[\u064a\u0643\u0660-\u0669]", persian), "Arabic yeh, kaf or digits"
    romanian = "".join(str(message.string) for message in catalogue("ro") if message.id)
    assert not re.search("[\u015e\u015f\u0162\u0163]", romanian), "cedilla instead of comma below"


def test_numbers_and_dates_are_written_as_the_reader_writes_them() -> None:
    said = say(Finding("disk_low", {"megabytes": 1234}), words_in("fa"))
    assert "۱٬۲۳۴ مگابایت" in said.message
    moment = datetime(2026, 3, 21, 12, tzinfo=UTC).isoformat()
    values = {"browser": "Firefox", "at": moment}
    assert "فروردین ۱۴۰۵" in say(Finding("browser_silent", values), words_in("fa")).message
    assert "21 Mar 2026" in say(Finding("browser_silent", values), words_in("tr")).message


def test_names_and_commands_keep_their_direction_in_a_persian_sentence() -> None:
    command = "chmod 700 '/home/me/log'"
    values = {"path": "/home/me/log", "command": command}
    said = say(Finding("home_not_private", values), words_in("fa"))
    assert "\u2068/home/me/log\u2069" in said.message
    assert f"\u2066`{command}`\u2069" in said.fix  # and not a sign more between the backticks


def test_several_names_are_listed_as_the_language_lists_them() -> None:
    values = {"sites": ["a.example", "b.example", "c.example"]}
    said = {
        language: say(Finding("policy_forbids_sites", values), words_in(language)).message
        for language in UI_LANGUAGES
    }
    assert "a.example, b.example, and c.example" in said["en"]
    assert "a.example، b.example، و c.example" in said["fa"].translate(DIRECTIONS)
    assert "a.example, b.example ve c.example" in said["tr"]
    assert "a.example, b.example și c.example" in said["ro"]


def test_of_a_long_list_a_sentence_names_the_first() -> None:
    values = {"browser": "Firefox", "sites": [f"site-{number}.example" for number in range(40)]}
    said = say(Finding("sites_not_allowed", values), words_in("en"))
    assert said.message.endswith("site-7.example, and ….")
    assert said.values == values


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "fa"}, "en"),
        ({"LANG": "fa_IR.UTF-8"}, "fa"),
        ({"LANG": "tr_TR"}, "tr"),
        ({"LANG": "ro_RO.UTF-8@euro"}, "ro"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:ro:tr"}, "ro"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fa_IR"}, "fa"),
        ({"LC_ALL": "tr_TR.UTF-8", "LANG": "ro_RO.UTF-8"}, "tr"),
        ({"LC_ALL": "", "LC_MESSAGES": "fa", "LANG": "ro_RO.UTF-8"}, "fa"),
        ({"LANG": "../../etc"}, "en"),
    ],
)
def test_the_language_is_that_of_the_terminal(environment: dict[str, str], language: str) -> None:
    assert language_of_process(environment) == language
