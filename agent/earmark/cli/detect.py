"""`earmark detect`: the language of each text that comes in."""

from __future__ import annotations

import math
import sys
from io import BufferedIOBase
from typing import Any, cast

import click

from earmark.enrich.language import known
from earmark.enrich.run import detect as detect_in_worker
from earmark.errors import EarmarkError, PluginError
from earmark.model import Json
from earmark.share.ndjson import as_line
from earmark.workers import PluginWorkers

from .lines import batches, read_object
from .plugin_hooks import loaded_plugins

LARGEST_BATCH = 500
BATCH_SECONDS = 60.0
HINTS = ("page", "author", "thread")


@click.command()
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Say und below this confidence; the inbox does below 0.5. Without it, the likeliest.",
)
def detect(threshold: float) -> None:
    """Say which language each text is in.

    Reads one JSON object a line, {"text": …, "hint": …}, and writes one a line in the same
    order, {"language": …, "confidence": …}; "und" means not known. Where part of the text is in
    another language, "second": {"tag": …, "share": …} names it and its share of the letters. A
    line that cannot be read gets {"error": …}, and the exit code is 1. The hint may be left out;
    it is {"page": {"tag": "fa", "weight": 0.5}}, and "author" and "thread" likewise.

    \b
    Example:
      echo '{"text": "Çok beğendim, teşekkürler"}' | earmark detect
    """
    failed = False
    with loaded_plugins() as (_, workers):
        for lines in batches(cast(BufferedIOBase, sys.stdin.buffer), LARGEST_BATCH):
            answers = _answer(lines, workers, threshold)
            sys.stdout.writelines(map(as_line, answers))
            sys.stdout.flush()
            failed = failed or any("error" in answer for answer in answers)
    if failed:
        raise click.exceptions.Exit(1)


def _answer(lines: list[bytes], workers: PluginWorkers, threshold: float) -> list[Json]:
    """One answer a line; the lines that can be read are asked about together."""
    questions = [_question(line) for line in lines]
    good = [question for question in questions if "error" not in question]
    found = (_printed(each, threshold) for each in _languages(good, workers))
    return [question if "error" in question else next(found) for question in questions]


def _question(line: bytes) -> Json:
    """`{text, hint}` from one line, or `{error}`."""
    try:
        question = read_object(line)
        if not isinstance(question.get("text"), str):
            raise EarmarkError('"text" must be a string.')
        return {"text": question["text"], "hint": _hint(question.get("hint"))}
    except EarmarkError as error:
        return {"error": error.message}


def _hint(given: Any) -> Json:
    if not given:
        return {}
    if not isinstance(given, dict) or not all(map(_is_hint, given.values())):
        raise EarmarkError('"hint" must be like {"page": {"tag": "fa", "weight": 0.5}}.')
    return {name: given[name] for name in HINTS if given.get(name)}


def _is_hint(value: Any) -> bool:
    if value is None:
        return True
    weight = value.get("weight") if isinstance(value, dict) else None
    return (
        isinstance(weight, int | float)
        and math.isfinite(weight)
        and isinstance(value.get("tag"), str)
    )


def _languages(questions: list[Json], workers: PluginWorkers) -> list[Json]:
    """An answer to each; a text that stops a plugin spoils its own answer only."""
    texts = [question["text"] for question in questions]
    hints = [question["hint"] for question in questions]
    try:
        found = workers.call_sync(detect_in_worker, texts, hints, timeout=BATCH_SECONDS)
    except PluginError as error:
        if len(questions) == 1:
            return [{"error": error.message}]
        return [answer for question in questions for answer in _languages([question], workers)]
    return list(found)


def _printed(found: Json, threshold: float) -> Json:
    if "error" in found:
        return found
    language = known(found, threshold)
    second = {"second": language["second"]} if "second" in language else {}
    return {"language": language["tag"], "confidence": language["confidence"]} | second


COMMANDS = {"detect": detect}
