"""How often the language of a text is told rightly, and the time beside langdetect's own.

    python bench/languages.py [TSV]

TSV has the columns `lang text variant bucket` and no quoting; without it, `../shared/lang/dev.tsv`
is read where it is there, else the comments of `tests/understanding`. Both detectors take turns, a
hundred texts each, so that whatever else the machine does hits both.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import langdetect
from langdetect.lang_detect_exception import LangDetectException

from earmark.enrich.run import detect
from earmark.plugins import discover
from earmark.registry import Roster, use_roster
from earmark.store.language_hints import language_hints
from earmark.store.log import Log, open_log
from earmark.store.save import Capture, save_captures
from earmark_plugins.languages import langdetect as ours
from earmark_plugins.languages import lingua

ROOT = Path(__file__).parents[1]
DEV = ROOT.parent / "shared" / "lang" / "dev.tsv"
COMMENTS = ROOT / "tests" / "understanding" / "comments.ndjson"
BLOCK = 100
TIMED = 2000  # texts; langdetect takes milliseconds for each
AUTHORS, ITEMS_EACH, SEED = 100, 12, 7
SECOND = "en"  # what one item in five is in, whoever wrote it
OFTEN = ("fa", "ro", "tr", "az", "en")
Text = dict[str, str]
Answer = dict[str, Any]


def main() -> None:
    texts = read_texts(sys.argv[1:])
    use(("langdetect", ours.WEIGHT))
    detect(["warm up", "Начало", "شروع"])
    answers = [answer for block in blocks(texts) for answer in asked(block)]
    show("Earmark", texts, answers)
    print_speed(texts[:TIMED])
    print_hints(texts)
    if find_spec("lingua"):
        use(("langdetect", ours.WEIGHT), ("lingua", lingua.WEIGHT))
        show("with lingua", texts, [each for block in blocks(texts) for each in asked(block)])


def read_texts(arguments: Sequence[str]) -> list[Text]:
    path = Path(arguments[0]) if arguments else DEV
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = COMMENTS.read_text(encoding="utf-8").splitlines()
    return [comment(json.loads(line)) for line in lines]


def comment(written: Answer) -> Text:
    text = str(written["text"])
    ends = {10: "<=10", 20: "11-20", 40: "21-40", 80: "41-80"}
    bucket = next((name for most, name in ends.items() if len(text) <= most), ">80")
    return {"lang": written["language"], "text": text, "variant": "comment", "bucket": bucket}


def use(*languages: tuple[str, float]) -> None:
    """Let these detectors vote in this process."""
    sources = discover(only=[name for name, _ in languages])
    use_roster(Roster(sources, languages=list(languages)))


def blocks(texts: Sequence[Text]) -> Iterator[Sequence[Text]]:
    yield from (texts[start : start + BLOCK] for start in range(0, len(texts), BLOCK))


def asked(texts: Sequence[Text]) -> list[Answer]:
    return detect([each["text"] for each in texts])


def show(name: str, texts: Sequence[Text], answers: Sequence[Answer]) -> None:
    pairs = list(zip(texts, answers, strict=True))
    print(f"{name}, {len(pairs):,} texts: {share(pairs)} right")
    for field, values in (("bucket", ("<=10", "11-20", "21-40", "41-80", ">80")), ("lang", OFTEN)):
        named = ((value, [p for p in pairs if p[0][field] == value]) for value in values)
        print("  " + "  ".join(f"{value} {share(some)}" for value, some in named))
    spoken = [pair for pair in pairs if pair[0]["lang"] != "und"]
    for level in (0.5, 0.7):
        sure = [p for p in spoken if p[1]["tag"] != "und" and p[1]["confidence"] >= level]
        print(f"  at {level}: {len(sure) / len(spoken):.3f} answered, {share(sure)} of them right")


def share(pairs: Sequence[tuple[Text, Answer]]) -> str:
    right = [answer["tag"] == text["lang"] for text, answer in pairs]
    return f"{sum(right) / len(right):.3f}" if right else "–"


def print_speed(texts: Sequence[Text]) -> None:
    langdetect.detect("warm up")
    mine = theirs = 0.0
    for block in blocks(texts):
        mine += spent(asked, block)
        theirs += spent(by_langdetect, block)
    each, base = mine / len(texts) * 1000, theirs / len(texts) * 1000
    print(f"CPU a text: {each:.3f} ms, langdetect {base:.3f} ms; ratio {each / base:.3f}")


def spent(work: Callable[[Sequence[Text]], object], texts: Sequence[Text]) -> float:
    """Seconds of this process."""
    began = time.process_time()
    work(texts)
    return time.process_time() - began


def by_langdetect(texts: Sequence[Text]) -> None:
    for each in texts:
        try:
            langdetect.detect_langs(each["text"])
        except LangDetectException:  # it has no answer for a text without letters
            continue


def print_hints(texts: Sequence[Text]) -> None:
    """A made-up log: authors who write in their language, and in English one time in five."""
    by_language: dict[str, list[Text]] = {}
    for each in texts:
        by_language.setdefault(each["lang"], []).append(each)
    rich = [tag for tag, some in by_language.items() if len(some) >= ITEMS_EACH and tag != "und"]
    if len(by_language.get(SECOND, [])) < ITEMS_EACH:
        return
    chance = Random(SEED)
    authors = [
        [
            chance.choice(chance.choices((own, by_language[SECOND]), (0.8, 0.2))[0])
            for _ in range(ITEMS_EACH)
        ]
        for own in (by_language[chance.choice(rich)] for _ in range(AUTHORS))
    ]
    plain: list[tuple[Text, Answer]] = []
    hinted: list[tuple[Text, Answer]] = []
    with tempfile.TemporaryDirectory() as folder:
        log = open_log(Path(folder) / "log.sqlite3")
        for turn in range(ITEMS_EACH):
            truth = [texts_of[turn] for texts_of in authors]
            said = [written(n, turn, each["text"]) for n, each in enumerate(truth)]
            plain += zip(truth, detect([item["text"] for item in said]), strict=True)
            answers = detect([item["text"] for item in said], language_hints(log, said))
            hinted += zip(truth, answers, strict=True)
            store(log, said, answers)
        log.close()
    later = AUTHORS * 2  # from the third item of each on
    print(
        f"authors of a language and some English, from their third item on: {share(plain[later:])}"
        f" right, with hints {share(hinted[later:])}"
    )


def written(author: int, turn: int, text: str) -> Answer:
    return {
        "platform": "forum",
        "id": f"{author}-{turn}",
        "kind": "comment",
        "text": text,
        "author": {"handle": f"author{author}"},
        "root_id": f"{author}-{turn}",
        "page_url": f"https://forum.example.org/{author}/{turn}",
        "_source": "element",
        "_complete": True,
        "_native": True,
    }


def store(log: Log, items: Sequence[Answer], languages: Sequence[Answer]) -> None:
    known = [item | {"language": each} for item, each in zip(items, languages, strict=True)]
    fragment = {"id": str(items[0]["id"]), "ref": str(items[0]["id"]), "kind": "element"}
    page = {"visit": "v", "url": "https://forum.example.org/"}
    capture = Capture(fragment, known, "2026-03-01T10:00:00Z")
    log.call(lambda connection: save_captures(connection, page, [capture]))


if __name__ == "__main__":
    main()
