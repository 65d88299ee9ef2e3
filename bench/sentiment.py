"""Accuracy and macro-F1 of our judgement of feeling, beside VADER on the same texts.

    python bench/run.py sentiment            needs EARMARK_LABELLED, a folder
    python bench/sentiment.py FOLDER [MOST]

FOLDER holds `<language>.<name>.tsv`: a text, a tab and `positive`, `negative` or `neutral` a line.
No such data is part of the project. Ours were made from public files, whose licences let them be
measured with but not all be passed on:

en.tweets, en.amazon  `additional_resources/hutto_ICWSM_2014.tar.gz` of cjhutto/vaderSentiment
                      (MIT): mean of twenty raters, positive from 0.5, negative from -0.5. VADER
                      was made on these texts: its home ground.
en.shop, ro.shop      `datasets/en/test` and `datasets/ro/test` of
                      katakonst/sentiment-analysis-tensorflow (no licence given): reviews of
                      restaurants and shops of up to 400 characters, no neutral ones.
fa.reviews            `Dataset/test.csv` of JoyeBright/DeepSentiPers (no licence given): sentences
                      of reviews, -2 to 2; below and above 0.
ro.reviews            `data_splitted/laroseda_test.json` of ancatache/LaRoSeDa (CC BY-NC-SA 4.0):
                      stars, three left out; without the titles, which mostly say the label.
tr.reviews            `csvjson.json` of izzetemredemir/turkish-sentiment-analysis-with-bert (no
                      licence given): reviews of products, Olumlu, Olumsuz, Tarafsız.
tr.tweets             `src/Train` of hilalbenzer/turkish-sentiment-analysis (no licence given):
                      tweets about universities.

Of each file every second text is measured, from the first on: the others were looked at while our
lists were written. Every text is judged as in the language of its file, without rating. Our `mixed`
counts by its score, `none` and `unknown` as neutral; VADER's neutral is between -0.05 and 0.05, as
its authors say. Where a file has no neutral texts, whoever answers neutral is wrong.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from earmark_plugins.sentiment.feelings import judge_sentiment

LABELS = ("positive", "negative", "neutral")
LEAST = 0.05
Judge = Callable[[str, Sequence[str]], list[str]]


def read(path: Path, most: int) -> list[tuple[str, str]]:
    """The texts and labels of one file."""
    lines = path.read_text(encoding="utf-8").splitlines()[:most]
    texts = [tuple(line.rsplit("\t", 1)) for line in lines]
    if wrong := [line for line in texts if len(line) != 2 or line[1] not in LABELS]:
        raise SystemExit(f"{path.name}: not “text<TAB>label”: {wrong[0]!r}")
    return [(text, label) for text, label in texts]


def ours(language: str, texts: Sequence[str]) -> list[str]:
    items = [{"text": text, "language": {"tag": language}} for text in texts]
    return [_named(found.label, found.score) for found in judge_sentiment(items, ()) if found]


def _named(label: str, score: float) -> str:
    if label == "mixed":
        return _by_score(score)
    return label if label in LABELS else "neutral"


def _by_score(score: float) -> str:
    return "positive" if score >= LEAST else "negative" if score <= -LEAST else "neutral"


def vader() -> Judge | None:
    """VADER, if it is installed."""
    try:
        module = importlib.import_module("vaderSentiment.vaderSentiment")
    except ImportError:
        return None
    analyzer = module.SentimentIntensityAnalyzer()
    return lambda _, texts: [
        _by_score(analyzer.polarity_scores(text)["compound"]) for text in texts
    ]


def commonest(labels: Sequence[str]) -> Judge:
    """Whoever always answers what most texts are."""
    most = Counter(labels).most_common(1)[0][0]
    return lambda _, texts: [most] * len(texts)


def scores(labels: Sequence[str], answers: Sequence[str]) -> tuple[float, float]:
    """Accuracy, and the mean F1 of the labels that occur."""
    right = sum(map(str.__eq__, labels, answers))
    return right / len(labels), sum(_f1(labels, answers, one) for one in set(labels)) / len(
        set(labels)
    )


def _f1(labels: Sequence[str], answers: Sequence[str], wanted: str) -> float:
    both = sum(a == b == wanted for a, b in zip(labels, answers, strict=True))
    either = labels.count(wanted) + answers.count(wanted)
    return 2 * both / either if either else 0.0


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("EARMARK_LABELLED", "")
    if not folder:
        print("no labelled texts: name their folder (see bench/sentiment.py)")
        return
    most = int(sys.argv[2]) if len(sys.argv) > 2 else sys.maxsize
    print("                               texts  accuracy  macro-F1   ms a text")
    for path in sorted(Path(folder).glob("*.tsv")):
        told = read(path, most)[::2]
        judges = {
            "always the commonest": commonest([label for _, label in told]),
            "VADER": vader(),
            "ours": ours,
        }
        for name, judge in judges.items():
            if judge:
                report(path.stem, name, judge, told)


def report(file: str, name: str, judge: Judge, told: list[tuple[str, str]]) -> None:
    """One line of the table."""
    language, texts = file.split(".")[0], [text for text, _ in told]
    judge(language, texts[:1])  # reads its lists
    started = time.process_time()
    answers = judge(language, texts)
    each = (time.process_time() - started) / len(told) * 1000
    accuracy, f1 = scores([label for _, label in told], answers)
    print(f"{file:10} {name:20} {len(told):5}    {accuracy:.3f}     {f1:.3f}      {each:.3f}")


if __name__ == "__main__":
    main()
