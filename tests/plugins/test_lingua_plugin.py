"""lingua's vote: there where it is installed, costing nothing where it is not or not wanted."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from earmark_plugins.languages import lingua


def registered() -> list[tuple[str, float]]:
    names: list[tuple[str, float]] = []
    lingua.register_languages(lambda name, weight: names.append((name, weight)))
    return names


def test_it_has_a_vote_where_lingua_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lingua, "find_spec", lambda name: object() if name == "lingua" else None)
    assert registered() == [("lingua", lingua.WEIGHT)]


def test_it_has_none_where_lingua_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lingua, "find_spec", lambda name: None)
    assert registered() == []


def test_registering_does_not_import_it() -> None:
    code = (
        "import sys; from earmark_plugins.languages import lingua as plugin;"
        "plugin.register_languages(lambda name, weight: None);"
        "sys.exit('lingua' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("text", ["", "123", "안녕하세요", "ありがとう", "谢谢"])
def test_what_letters_tell_is_not_asked_of_it(text: str) -> None:
    assert lingua.detect_languages([text]) == [{}]


@pytest.mark.skipif(find_spec("lingua") is None, reason="lingua is not installed")
def test_it_votes_among_the_languages_of_the_texts_script() -> None:
    (found,) = lingua.detect_languages(["привет, как дела"])
    assert max(found, key=lambda tag: found[tag]) == "ru"
    assert set(found) == {"bg", "mk", "ru", "uk"}
