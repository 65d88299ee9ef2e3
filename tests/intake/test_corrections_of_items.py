"""What a person corrects is kept through everything that comes later, and learned from."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from intake_line import Line

from earmark.enrich.corrections import text_key
from earmark.enrich.knowledge import Knowledge, write_knowledge
from earmark.enrich.marking import judge_mentions
from earmark.keeping.learning import patch_and_learn
from earmark.listening.correcting import Correcting
from earmark.store import runs
from earmark.store.edit import NoSuchItem
from earmark.store.undo import undo

FORUM_PLUGIN = """
from earmark import Author, Item, Platform, hookimpl

class Forum(Platform):
    name, label = "forum", "A forum"
    matches = ["https://forum.example.org/*"]
    items = ["li.comment"]

    def parse(self, fragment, page):
        said = fragment.soup.li
        author = Author(handle=said["data-by"])
        yield Item(id=said["id"], text=said.get_text(), author=author, root_id="1")

@hookimpl
def register_platforms(register):
    register(Forum)
"""
# Two plugins that know one word each; the second is of a time when nobody handed words over.
TAGGER = """
from earmark import Tag, hookimpl, words_of

@hookimpl
def suggest_tags(items):
    return [list(tags(item["text"])) for item in items]

def tags(text):
    if "late" in text:
        at = text.index("late")
        yield Tag("intent:complaint", because="“late”", spans=[(at, at + 4)])
    if text == "hang": 1 / 0
"""
FEELING = """
from earmark import Sentiment, hookimpl

@hookimpl
def judge_sentiment(items, words):
    known = {"sick": -2.0} | {word.phrase: word.strength for word in words}
    return [judged(item["text"].split(), known) for item in items]

def judged(words, known):
    told = {word: known[word] for word in words if known.get(word)}
    total = sum(told.values())
    label = "positive" if total > 0 else "negative" if total < 0 else "none"
    return Sentiment(label, max(-1, min(1, total / 3)), ", ".join(told), words=told)
"""
OLDER = """
from earmark import Sentiment, hookimpl

@hookimpl
def judge_sentiment(items):
    return [Sentiment("mixed", because="always") for item in items]
"""
LISTENER = """
from earmark import Tag, hookimpl

@hookimpl
def suggest_tags(items):
    return [[Tag("said in " + item["language"]["tag"])] for item in items]
"""
COMPLAINT = "intent:complaint"
SAME = "you said so of the same text"
LATE = {"kind": "tag", "tag": COMPLAINT, "phrase": "late", "holds": False}


def comment(name: str, text: str, by: str = "ana") -> str:
    return f'<li class="comment" id="{name}" data-by="{by}">{text}</li>'


@asynccontextmanager
async def forum(
    line: Any, plugin: Any, feeling: str = FEELING, more: Sequence[str] = ()
) -> AsyncIterator[Line]:
    made_up = {"forum": FORUM_PLUGIN, "tagger": TAGGER, "feeling": feeling}
    sources = [plugin(name, code) for name, code in made_up.items()]
    async with line(*sources, only=("webpage", *more)) as path:
        yield path


def item(path: Line, name: str) -> dict[str, Any]:
    return next(each for each in path.items() if each["id"] == name)


def tags(path: Line, name: str) -> dict[str, Any]:
    return {tag["name"]: tag["by"] for tag in item(path, name).get("tags", [])}


def patch(path: Line, name: str, **what: Any) -> Any:
    return patch_and_learn(path.corrections, "forum", name, what)


async def test_a_persons_feeling_stays_when_the_item_comes_again(line: Any, plugin: Any) -> None:
    async with forum(line, plugin) as path:
        await path.capture(comment("a", "a sick beat"))
        assert item(path, "a")["sentiment"]["label"] == "negative"
        patch(path, "a", sentiment={"label": "positive"})
        said = {"label": "positive", "score": 0.7, "by": "you"}
        await path.capture(comment("a", "a sick beat"), visit="v2")
        assert item(path, "a")["sentiment"] == said
        await path.capture(comment("a", "a sick beat, and so sick"), visit="v3")
        assert item(path, "a")["sentiment"] == said
        assert item(path, "a")["text"] == "a sick beat, and so sick"


async def test_what_is_taken_back_is_what_was_judged_last(line: Any, plugin: Any) -> None:
    async with forum(line, plugin) as path:
        await path.capture(comment("a", "sick and late"))
        patch(path, "a", sentiment={"label": "positive"}, remove_tags=[COMPLAINT])
        await path.capture(comment("a", "not a word"), visit="v2")
        assert (item(path, "a")["sentiment"]["by"], tags(path, "a")) == ("you", {})
        patch(path, "a", sentiment={"label": ""}, forget_tags=[COMPLAINT])
        assert item(path, "a")["sentiment"]["label"] == "none"
        assert tags(path, "a") == {}


async def test_the_same_text_from_anybody_is_as_a_person_said(line: Any, plugin: Any) -> None:
    async with forum(line, plugin) as path:
        await path.capture(comment("a", "sick and late"))
        patched = patch(
            path,
            "a",
            language="nl",
            sentiment={"label": "positive"},
            add_tags=["about:music", "call back"],
            remove_tags=[COMPLAINT],
        )
        assert patched.learned["tags"] == {"about:music": True, COMPLAINT: False}
        await path.capture(comment("b", "Sick and  LATE", by="bob"), comment("c", "so late"))
        same = item(path, "b")
        assert same["language"] == {
            "tag": "nl",
            "confidence": 1.0,
            "source": "corrections",
            "because": SAME,
        }
        assert same["sentiment"] == {
            "label": "positive",
            "score": 0.7,
            "by": "corrections",
            "because": SAME,
        }
        assert same["tags"] == [{"name": "about:music", "by": "corrections", "because": SAME}]
        assert tags(path, "c") == {COMPLAINT: "tagger"}


async def test_words_are_judged_as_a_person_said(line: Any, plugin: Any) -> None:
    async with forum(line, plugin) as path:
        await path.capture(comment("a", "sick and late"))
        feeling, tag = patch(path, "a", sentiment={"label": "positive"}), LATE
        assert feeling.learnable[0]["phrase"] == "sick"
        path.corrections.add(feeling.learnable[0] | {"language": ""})
        [tag] = patch(path, "a", remove_tags=[COMPLAINT]).learnable
        path.corrections.add(tag | {"language": ""})
        await path.capture(comment("b", "late once more, and sick"))
        assert item(path, "b")["sentiment"]["label"] == "positive"
        assert tags(path, "b") == {}


async def test_a_plugin_that_does_not_ask_for_words_is_heard_as_before(
    line: Any, plugin: Any
) -> None:
    async with forum(line, plugin, feeling=OLDER) as path:
        path.corrections.add({"kind": "word", "phrase": "sick", "strength": 2})
        await path.capture(comment("a", "sick"))
        assert item(path, "a")["sentiment"]["label"] == "mixed"


async def test_an_item_is_judged_again_in_the_language_that_a_person_says(
    line: Any, plugin: Any
) -> None:
    async with line(plugin("forum", FORUM_PLUGIN), plugin("listener", LISTENER)) as path:
        correcting = Correcting(path.log, path.reading.correct)
        await path.capture(comment("a", "ok"))
        assert tags(path, "a") == {"said in und": "listener"}
        patch(path, "a", language="tr")
        anew = await correcting.judge_again("forum", "a")
        assert [tag["name"] for tag in anew["tags"]] == ["said in tr"]
        patch(path, "a", language="")
        await correcting.judge_again("forum", "a")
        assert tags(path, "a") == {"said in und": "listener"}
        with pytest.raises(NoSuchItem):
            await correcting.judge_again("forum", "b")


# -- old items -------------------------------------------------------------------------------------


async def apply(path: Line) -> tuple[int, dict[str, Any]]:
    """Apply corrections as a run: its number, and what came of it."""
    number = await path.log.awrite(lambda conn: runs.begin(conn, "corrections", {}))
    seen: list[tuple[int, int]] = []
    correcting = Correcting(path.log, path.reading.correct)
    told = await correcting.apply(number, lambda done, total: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1] == (told["looked_at"], told["looked_at"])
    return number, told


async def test_old_items_are_corrected_by_a_run_and_put_back_exactly(
    line: Any, plugin: Any
) -> None:
    async with forum(line, plugin) as path:
        texts = {"a": "late", "b": "sick beat", "c": "never mind", "d": "late again", "e": "sick"}
        await path.capture(*(comment(name, text) for name, text in texts.items()))
        patch(path, "d", add_tags=[COMPLAINT])
        patch(path, "e", sentiment={"label": "mixed"})
        path.corrections.add(LATE)
        path.corrections.add({"kind": "word", "phrase": "sick", "strength": 2})
        path.corrections.add(LATE | {"phrase": "never", "holds": True})
        before = path.items()
        shown = await Correcting(path.log, path.reading.correct).test()
        assert path.items() == before
        assert (shown["looked_at"], shown["would_change"]) == (5, 3)
        changes = {
            sample["id"]: {k: v for k, v in sample.items() if k not in ("platform", "id", "text")}
            for sample in shown["samples"]
        }
        assert changes == {
            "a": {"loses": [COMPLAINT]},
            "b": {"sentiment": ["negative", "positive"]},
            "c": {"gains": [COMPLAINT]},
        }
        number, told = await apply(path)
        assert told["kept"] == 0
        assert tags(path, "a") == {}
        assert tags(path, "c") == {COMPLAINT: "corrections"}
        assert tags(path, "d") == {COMPLAINT: "you"}
        assert item(path, "b")["sentiment"]["label"] == "positive"
        assert item(path, "e")["sentiment"]["by"] == "you"
        assert (await apply(path))[1]["changed"] == 0
        await undo(path.log, number)
        assert path.items() == before


async def test_what_was_corrected_is_judged_again_when_the_correction_is_gone(
    line: Any, plugin: Any
) -> None:
    async with forum(line, plugin, more=["langdetect"]) as path:
        kept = [path.corrections.add(LATE)]
        kept.append(path.corrections.add({"kind": "word", "phrase": "sick", "strength": 2}))
        await path.capture(comment("a", "sick and late"), comment("b", "Das ist wirklich gut"))
        patch(path, "b", language="nl")
        await path.capture(comment("c", "das ist wirklich gut", by="bob"))
        assert (tags(path, "a"), item(path, "a")["sentiment"]["label"]) == ({}, "positive")
        assert item(path, "c")["language"]["tag"] == "nl"
        patch(path, "b", language="")
        for each in kept:
            path.corrections.forget(each["id"])
        await apply(path)
        assert tags(path, "a") == {COMPLAINT: "tagger"}
        assert item(path, "a")["sentiment"]["label"] == "negative"
        assert item(path, "c")["language"]["source"] == "langdetect"
        assert (await apply(path))[1]["changed"] == 0


async def test_what_others_said_of_an_item_stays_through_a_run(line: Any, plugin: Any) -> None:
    async with forum(line, plugin) as path:
        ruled = [
            {"name": "about:music", "by": "rule:Beats", "because": "“beat”"},
            {"name": "about:brand:Beat", "by": "terms", "because": "“beat”"},
            {"name": "about:older", "by": "a plugin that is gone", "because": "it was there"},
        ]
        await path.capture(comment("a", "a late beat"))
        row = path.log.table("items")
        row.update({"tags": [*item(path, "a")["tags"], *ruled]})
        path.corrections.add(LATE)
        await apply(path)
        assert item(path, "a")["tags"] == ruled


async def test_an_item_that_a_plugin_fails_on_is_left_alone(line: Any, plugin: Any) -> None:
    async with forum(line, plugin) as path:
        await path.capture(comment("a", "hang"))
        path.log.table("items").update({"tags": [{"name": "x", "by": "tagger", "because": "y"}]})
        path.corrections.add(LATE | {"phrase": "hang", "holds": True})
        _, told = await apply(path)
        assert told["changed"] == 0
        assert tags(path, "a") == {"x": "tagger"}


@pytest.mark.parametrize("holds", [True, False])
def test_a_term_is_not_found_again_in_a_text_of_which_a_person_said_no(
    tmp_path: Any, holds: bool
) -> None:
    said = {"id": 1, "kind": "item", "key": text_key("apple pie"), "tags": {}}
    said["tags"] = {"about:brand:Apple": holds}
    term = {"id": 1, "name": "Apple", "kind": "brand", "ours": True, "can_act": True}
    known = write_knowledge(tmp_path, Knowledge(terms=[term], corrections=[said]))
    told = judge_mentions([{"platform": "forum", "text": "Apple  pie"}], known)
    assert bool(told[0]["tags"]) is holds
