"""Every word of the inbox is in every catalogue, and no catalogue holds a word of the past."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from earmark.extension.files import source_folder
from earmark.web import i18n
from earmark.web.i18n import LOCALES, UI_LANGUAGES, words_in

WEB = Path(i18n.__file__).parent
TRANSLATED = [language for language in UI_LANGUAGES if language != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s")
HOW = "run the two commands of web/locales/babel.cfg"


@cache
def words_in_use() -> frozenset[str | tuple[str, ...]]:
    with (LOCALES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "words": None}
    found = extract_from_dir(WEB, methods, options, keywords)
    messages = (message for _, _, message, _, _ in found)
    return frozenset(m if isinstance(m, str) else tuple(m[:2]) for m in messages)


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """Singular and plurals, or the one form there is."""
    return [text] if isinstance(text, str) else list(text)


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "earmark.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_a_catalogue_holds_exactly_the_words_in_use(language: str) -> None:
    held = {message.id for message in catalogue(language) if message.id}
    assert len(held) > 100
    assert words_in_use() - held == set(), f"missing: {HOW}"
    assert held - words_in_use() == set(), f"no longer used: {HOW}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_is_translated_and_none_is_doubtful(language: str) -> None:
    held = catalogue(language)
    messages = [message for message in held if message.id]
    assert [message.id for message in messages if not all(forms(message.string))] == []
    plural = [message for message in messages if message.pluralizable]
    assert [m.id for m in plural if len(forms(m.string)) != held.num_plurals] == []
    assert [message.id for message in messages if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_every_placeholder(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            wanted = sorted(PLACEHOLDER.findall(forms(message.id)[0]))
            for form in forms(message.string):
                assert sorted(PLACEHOLDER.findall(form)) == wanted, message.id


def test_english_is_what_the_code_says() -> None:
    written = [text for each in catalogue("en") if each.id for text in forms(each.string) if text]
    assert written == []


def test_words_appear_in_the_language_asked_for() -> None:
    assert words_in("en")("Inbox") == "Inbox"
    assert words_in("fa")("Inbox") == "صندوق ورودی"
    assert words_in("tr")("Undo") == "Geri al"


def bare_words(template: str) -> list[str]:
    """What a template would show without asking a catalogue."""
    text = re.sub(r"\{#.*?#\}", " ", template, flags=re.DOTALL)
    text = re.sub(r"\{% block page_class %\}.*?endblock %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{% trans.*?endtrans %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    return re.findall(r"[A-Za-z]{2,}", text)


def test_no_template_shows_a_word_that_is_not_in_the_catalogues() -> None:
    for path in sorted((WEB / "templates").glob("*.html")):
        words = set(bare_words(path.read_text(encoding="utf-8")))
        assert words <= {"Earmark"}, path.name


def test_no_template_or_script_asks_for_an_inline_style_or_script() -> None:
    for path in sorted((WEB / "templates").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|data:", text), path.name
        assert not re.search(r"<script(?![^>]*src=\"/static/)", text), path.name
    for path in sorted((WEB / "static").glob("*.js")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|insertAdjacentHTML|\.style\b|eval\(", text), path.name


def test_only_one_script_asks_the_agent_for_items() -> None:
    using = {p.name for p in (WEB / "static").glob("*.js") if "fetch(" in p.read_text("utf-8")}
    assert using == {"fetching.js", "pair.js"}


def test_every_key_of_the_help_is_bound_and_every_command_is_listed() -> None:
    listed = re.findall(
        r'key\("[^"]+", "([^"]+)"', (WEB / "templates/_keys.html").read_text("utf-8")
    )
    script = (WEB / "static/keys.js").read_text("utf-8")
    table = script.split("const COMMANDS = {")[1].split("\n};")[0]
    bound = re.findall(r'^\s+"?([\w-]+)"?:', table, flags=re.MULTILINE)
    assert sorted(listed) == sorted(bound)


# What the setup tells people to press, and the message of the extension that is written on it.
ON_THE_EXTENSION = {
    "Press the Earmark button in the toolbar, then “Open inbox”.": "open_inbox",
    "Press the Earmark button in the toolbar, then “Connect”.": "unpaired_action",
    "Press “Allow the chosen sites”, and agree when the browser asks": "chosen_action",
    "Nothing is kept by itself. Press “Capture this page now” in the Earmark button, "
    "or save text you selected.": "capture_now",
}


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_the_buttons_of_the_extension_are_called_as_they_are_written(language: str) -> None:
    messages = source_folder() / "_locales" / language / "messages.json"
    written = json.loads(messages.read_text(encoding="utf-8"))
    for told, name in ON_THE_EXTENSION.items():
        label = written[name]["message"].replace(" ($CHOSEN$)", "")
        assert label in words_in(language)(told)
