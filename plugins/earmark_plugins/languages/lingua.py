"""The vote of lingua, where it is installed: `pip install "earmark[lingua]"`.

It is better at short texts and costs some 600 MB and seconds, so its models are read in the worker
at the first text whose letters do not decide, and only those of that text's script.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

from earmark import hookimpl

WEIGHT = 1.5  # ten times that of langdetect's profiles
DOUBT = 0.001  # added to each probability, for lingua is often surer than right
# The languages in use, script by script: those of a person of this world and their neighbours.
LANGUAGES = {
    "ARABIC": ("ARABIC", "PERSIAN", "URDU"),
    "CYRILLIC": ("BULGARIAN", "MACEDONIAN", "RUSSIAN", "UKRAINIAN"),
    "DEVANAGARI": ("HINDI", "MARATHI"),
    "LATIN": (
        "AZERBAIJANI", "DUTCH", "ENGLISH", "FRENCH", "GERMAN", "INDONESIAN", "ITALIAN", "POLISH",
        "PORTUGUESE", "ROMANIAN", "SPANISH", "SWEDISH", "TURKISH", "VIETNAMESE",
    ),
}  # fmt: skip
UNKNOWN_TO_IT = {"ARABIC": "ckb", "LATIN": "ku"}  # for these it neither speaks nor against


@hookimpl
def register_languages(register: Callable[[str, float], None]) -> None:
    """Nothing where lingua is not installed; only looked for, not imported."""
    if find_spec("lingua"):
        register("lingua", WEIGHT)


@hookimpl
def detect_languages(texts: list[str]) -> list[dict[str, float]]:
    """Probabilities of the languages in use that are written in a text's script."""
    return [_probabilities(text) for text in texts]


def _probabilities(text: str) -> dict[str, float]:
    script = _script(text)
    if script not in LANGUAGES:
        return {}
    values = _detector(script).compute_language_confidence_values(text)
    even = 1 / len(values)
    found = {value.language.iso_code_639_1.name.lower(): value.value + DOUBT for value in values}
    return found | ({UNKNOWN_TO_IT[script]: even} if script in UNKNOWN_TO_IT else {})


@cache
def _detector(script: str) -> Any:
    from lingua import Language, LanguageDetectorBuilder

    languages = [getattr(Language, name) for name in LANGUAGES[script]]
    return LanguageDetectorBuilder.from_languages(*languages).build()


def _script(text: str) -> str:
    """The script that most letters are of."""
    scripts = Counter(map(_script_of, filter(str.isalpha, text)))
    return max(scripts, key=lambda name: scripts[name], default="")


@lru_cache(maxsize=8192)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0]
