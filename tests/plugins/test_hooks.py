"""Every hook, asked through the real loader and a real worker process."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from earmark.enrich.run import detect, enrich_items
from earmark.errors import PluginCrashed, PluginTimedOut
from earmark.plugins import Plugins, PluginSource, load
from earmark.registry import registry
from earmark.workers import PluginWorkers

TAGGER = """
from earmark import Tag, hookimpl
@hookimpl
def suggest_tags(items):
    return [[Tag("signal:urgent", "somebody else", "it says so")] for item in items]
"""
DETECTOR = """
from earmark import hookimpl
@hookimpl
def register_languages(register): register("guess", {weight})
@hookimpl
def detect_languages(texts, hints):
    {body}
"""
Load = Callable[..., tuple[Plugins, PluginWorkers]]


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Load plugins given as name and code; their workers end with the test."""
    monkeypatch.syspath_prepend(tmp_path)
    with PluginWorkers(max_workers=1) as workers:

        def load_all(**codes: str) -> tuple[Plugins, PluginWorkers]:
            for name, code in codes.items():
                (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
            plugins = load([PluginSource(name, name) for name in codes], workers)
            assert plugins.problems == []
            return plugins, workers

        yield load_all
    for path in tmp_path.glob("*.py"):
        sys.modules.pop(path.stem, None)


def parse_with_forum() -> list[str]:
    """Runs in a worker: the platform's one instance there, used twice."""
    first, second = registry().platform("forum"), registry().platform("forum")
    assert first is second
    return [first.name, first.label]


def test_hook_register_platforms(loaded: Load) -> None:
    plugins, workers = loaded(
        my_forum="""
from earmark import Item, Platform, hookimpl
class Forum(Platform):
    name, label = "forum", "My forum"
    matches = ["https://forum.example.org/*"]
    items = ["li.comment"]
    def parse(self, fragment, page): yield Item(text=fragment.markup)
@hookimpl
def register_platforms(register): register(Forum)
"""
    )
    assert [entry["name"] for entry in plugins.entries] == ["forum"]
    assert plugins.plugin_of("forum") == "my_forum"
    assert workers.call_sync(parse_with_forum, timeout=20) == ["forum", "My forum"]


def test_hook_register_languages(loaded: Load) -> None:
    plugins, _ = loaded(guess=DETECTOR.format(weight=0.5, body="return [{} for _ in texts]"))
    assert plugins.languages == [("guess", 0.5)]


def test_hook_detect_languages(loaded: Load) -> None:
    body = "return [{'ro': 0.9, 'it': 0.1} if h['page']['tag'] == 'ro' else {} for h in hints]"
    _, workers = loaded(guess=DETECTOR.format(weight=1, body=body))
    hints = [{"page": {"tag": tag, "weight": 0.6}} for tag in ("ro", "it")]
    first, second = workers.call_sync(detect, ["bine", "bene"], hints, timeout=20)
    assert (first["tag"], first["source"]) == ("ro", "guess")
    assert second == {"tag": "und", "confidence": 0.0, "source": "none"}


def test_hook_find_second_languages(loaded: Load) -> None:
    code = DETECTOR.format(weight=1, body="return [{'tr': 0.9} for _ in texts]")
    _, workers = loaded(
        guess=f"""{code}
@hookimpl
def find_second_languages(texts, tags):
    return [{{"en": 0.4, tag: 0.6}} if "but" in text else {{}} for text, tag in zip(texts, tags)]
"""
    )
    mixed, plain, none = workers.call_sync(detect, ["pahali but guzel", "guzel", "!"], timeout=20)
    assert (mixed["tag"], mixed["second"]) == ("tr", {"tag": "en", "share": 0.4})
    assert plain["tag"] == "tr"
    assert "second" not in plain
    assert none["tag"] == "und"


def test_hook_suggest_tags(loaded: Load) -> None:
    plugins, workers = loaded(urgent=TAGGER)
    assert plugins.taggers == ["urgent"]
    (meaning,) = workers.call_sync(enrich_items, [{"text": "now", "_private": 1}], timeout=10)
    assert meaning["tags"] == [{"name": "signal:urgent", "by": "urgent", "because": "it says so"}]


def test_hook_judge_sentiment(loaded: Load) -> None:
    _, workers = loaded(
        feeling="""
from earmark import Emotion, Sentiment, hookimpl
@hookimpl
def judge_sentiment(items):
    good = Sentiment("positive", 0.5, "“good”")
    kind = Sentiment("positive", 0.5, "“kind”", [Emotion("thanks", "“kind”")])
    return [{"good": good, "kind": kind}.get(item["text"]) for item in items]
"""
    )
    items = [{"text": "good"}, {"text": "so"}, {"text": "kind"}]
    good, other, kind = workers.call_sync(enrich_items, items, timeout=10)
    assert good["sentiment"] == {"label": "positive", "score": 0.5, "because": "“good”"}
    assert "sentiment" not in other
    assert kind["sentiment"]["emotions"] == [{"name": "thanks", "because": "“kind”"}]


def test_hook_item_stored(loaded: Load, tmp_path: Path) -> None:
    heard = tmp_path / "heard.json"
    plugins, _ = loaded(
        raises="""
from earmark import hookimpl
@hookimpl
def item_stored(item, change): item.clear(); 1 / 0
""",
        listens=f"""
import json
from earmark import hookimpl
@hookimpl
def item_stored(item, change):
    with open({str(heard)!r}, "w", encoding="utf-8") as file: json.dump([item, change], file)
""",
    )
    item = {"platform": "forum", "id": "1"}
    plugins.tell(item, "new")
    assert json.loads(heard.read_text(encoding="utf-8")) == [item, "new"]
    assert item == {"platform": "forum", "id": "1"}
    assert [problem.plugin for problem in plugins.problems] == ["raises"]


def test_hook_register_exporters(loaded: Load) -> None:
    plugins, _ = loaded(
        lines="""
from earmark import hookimpl
def write(items, stream):
    for item in items: stream.write(item["text"] + "\\n")
@hookimpl
def register_exporters(register): register("lines", write)
"""
    )
    stream = io.StringIO()
    plugins.exporters["lines"]([{"text": "one"}, {"text": "two"}], stream)
    assert stream.getvalue() == "one\ntwo\n"


def test_hook_register_commands(loaded: Load) -> None:
    plugins, _ = loaded(
        greets="""
import click
from earmark import hookimpl
@hookimpl
def register_commands(cli):
    @cli.command()
    def greet(): click.echo("hello")
"""
    )
    group = click.Group()
    plugins.add_commands(group)
    assert CliRunner().invoke(group, ["greet"]).output == "hello\n"


BAD_ANSWERS = {
    "raises": "1 / 0",
    "answers_nothing": "return None",
    "answers_too_few": "return []",
    "answers_words": "return 'abc'",
    "answers_no_tags": "return [['urgent'] for _ in items]",
    "answers_no_name": "return [[Tag('')] for _ in items]",
    "never_ends_calling_itself": "return suggest_tags(items)",
}


def test_a_tagger_that_fails_is_named_and_leaves_the_others_alone(loaded: Load) -> None:
    head = "from earmark import Tag, hookimpl\n@hookimpl\ndef suggest_tags(items): "
    codes = {name: head + code for name, code in BAD_ANSWERS.items()}
    _, workers = loaded(**codes, urgent=TAGGER)
    found = workers.call_sync(enrich_items, [{"text": "one"}, {"text": "two"}], timeout=10)
    for meaning in found:
        assert [tag["by"] for tag in meaning["tags"]] == ["urgent"]
        assert {problem["plugin"] for problem in meaning["_problems"]} == set(BAD_ANSWERS)


def test_a_text_that_a_plugin_fails_on_spoils_only_its_own_answer(loaded: Load) -> None:
    _, workers = loaded(
        picky="""
from earmark import Tag, hookimpl
@hookimpl
def suggest_tags(items): return [[Tag("about:" + item["text"].split()[0])] for item in items]
"""
    )
    found = workers.call_sync(
        enrich_items, [{"text": "one"}, {"text": ""}, {"text": "two"}], timeout=10
    )
    assert [[tag["name"] for tag in meaning["tags"]] for meaning in found] == [
        ["about:one"],
        [],
        ["about:two"],
    ]
    assert [len(meaning["_problems"]) for meaning in found] == [0, 1, 0]


def test_a_plugin_that_hangs_or_dies_is_named_and_the_batch_goes_on_without_it(
    loaded: Load,
) -> None:
    _, workers = loaded(
        hangs=DETECTOR.format(weight=1, body="while True: pass"),
        guess=DETECTOR.format(weight=1, body="return [{'ro': 0.9, 'it': 0.1} for _ in texts]"),
        dies="import os\nfrom earmark import hookimpl\n"
        "@hookimpl\ndef suggest_tags(items): os._exit(0)",
        urgent=TAGGER,
    )
    items = [{"text": "bine"}]
    with pytest.raises(PluginTimedOut) as hung:
        workers.call_sync(enrich_items, items, [], [], timeout=0.5)
    with pytest.raises(PluginCrashed) as died:
        workers.call_sync(enrich_items, items, [], ["hangs"], timeout=10)
    assert (hung.value.plugin, died.value.plugin) == ("hangs", "dies")
    (meaning,) = workers.call_sync(enrich_items, items, [], ["hangs", "dies"], timeout=20)
    assert meaning["language"]["tag"] == "ro"
    assert [tag["by"] for tag in meaning["tags"]] == ["urgent"]


@pytest.mark.parametrize(
    "answer", ["{'ro': 2.0}", "{'ro': float('nan')}", "{'': 0.5}", "'ro'", "{'ro': 'much'}"]
)
def test_probabilities_that_are_none_are_refused(loaded: Load, answer: str) -> None:
    _, workers = loaded(guess=DETECTOR.format(weight=1, body=f"return [{answer} for _ in texts]"))
    (meaning,) = workers.call_sync(enrich_items, [{"text": "bine"}], timeout=20)
    assert meaning["language"]["tag"] == "und"
    assert [problem["plugin"] for problem in meaning["_problems"]] == ["guess"]


def test_what_a_plugin_changes_in_an_item_reaches_nobody(loaded: Load) -> None:
    _, workers = loaded(
        changes="""
from earmark import hookimpl
@hookimpl
def suggest_tags(items):
    for item in items: item["author"]["name"] = "x"; item["text"] = "x"
    return [[] for _ in items]
""",
        shows="""
from earmark import Tag, hookimpl
@hookimpl
def suggest_tags(items):
    return [[Tag(i["text"] + i["author"]["name"] + i["language"]["tag"])] for i in items]
""",
    )
    item: Any = {"text": "a", "author": {"name": "b"}}
    (meaning,) = workers.call_sync(enrich_items, [item], timeout=20)
    assert [tag["name"] for tag in meaning["tags"]] == ["abund"]
