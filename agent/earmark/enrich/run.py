"""Language, tags and feeling of a batch of items, each plugin asked alone; runs in a worker.

A plugin that hangs or kills the process is named by the error of `workers.call`; the caller asks
again with its name in `skip`.
"""

from __future__ import annotations

import marshal
import math
import operator
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from ..errors import EarmarkError, PluginError, PluginRaised
from ..model import Emotion, Json, Sentiment, Tag, WordFeeling
from ..registry import asking, registry
from .cleaning import clean_parts
from .corrections import Corrections
from .evidence import BESIDES, SPANS
from .evidence import LONGEST as LONGEST_WORDS
from .knowledge import knowledge_at
from .language import Vote, decide, known, undecided
from .mentions import tags_for
from .rules import Rules, apply_rules
from .second import add_second, share_of_other

LONGEST = 10_000  # characters of a text that tell its language; more would only take time
_EMOTIONS = ("anger", "disappointment", "worry", "thanks", "admiration")
_SENTIMENTS = ("positive", "negative", "mixed", "none", "unknown")
Problems = list[Json]
Words = tuple[WordFeeling, ...]


def detect(
    texts: Sequence[str], hints: Sequence[Json | None] = (), skip: Collection[str] = ()
) -> list[Json]:
    """The likeliest language of each text as `{tag, confidence, source, second?}`.

    However low the confidence is: see `language.known`. `second` is `{tag, share}`: what else part
    of the text is in, and how many of its letters. `hints` has one `{page, author, thread}` a
    text, or nothing; plugins named in `skip` are not asked. Runs where the plugins are:
    `workers.call(detect, texts, timeout=…)`.
    """
    return _languages(texts, hints, skip, [[] for _ in texts])


def enrich_items(
    items: Sequence[Json],
    hints: Sequence[Json | None] = (),
    skip: Collection[str] = (),
    knowledge: str = "",
) -> list[Json]:
    """What is added to each item: `{language, ours?, tags, sentiment?, _rules?, _problems}`.

    `items` are parsed items; `hints` as for `detect`; `knowledge` is the path of what people
    entered (see `knowledge.py`). `ours` is missing where no author is named. `_rules` is what
    people's rules set beside tags: `{set, efforts}` (see `rules.py`). A plugin that raises
    leaves the others' answers alone and is named in `_problems`, as `{plugin, message}`, of the
    items it failed on. Plugins named in `skip` are not asked.
    """
    entered = knowledge_at(knowledge)
    problems: list[Problems] = [[] for _ in items]
    texts = [str(item.get("text", "")) for item in items]
    judged = map(known, _languages(texts, hints, skip, problems))
    corrected = entered.corrected
    languages = [corrected.language(text) or one for text, one in zip(texts, judged, strict=True)]
    ours = [entered.own_accounts.wrote(item) for item in items]
    shown = [_shown(*each) for each in zip(items, languages, ours, strict=True)]
    tags = [
        corrected.tags(item, tags_for(entered.watch, item) + new)
        for item, new in zip(shown, suggested(shown, skip, problems), strict=True)
    ]
    feelings = feelings_of(shown, skip, problems, corrected)
    concerning = map(corrected.concerning, shown)
    return [
        _ruled(entered.ruling, item, meaning) | {"_problems": problem}
        for item, meaning, problem in zip(
            shown, map(_meaning, languages, ours, tags, feelings, concerning), problems, strict=True
        )
    ]


def suggested(
    shown: Sequence[Json], skip: Collection[str], problems: Sequence[Problems]
) -> list[list[Json]]:
    """The tags that plugins suggest for each item, with what they rest on."""
    tags: list[list[Json]] = [[] for _ in shown]
    for plugin in _asked(registry().roster.taggers, skip):
        for mine, new in zip(tags, _ask("suggest_tags", plugin, shown, problems), strict=True):
            mine += new or []
    return tags


def feelings_of(
    shown: Sequence[Json],
    skip: Collection[str],
    problems: Sequence[Problems],
    corrected: Corrections,
) -> list[Json | None]:
    """What a person said of the same text; else what the first plugin with an opinion says."""
    feelings: list[Json | None] = [None for _ in shown]
    for plugin in _asked(registry().roster.sentiment, skip):
        answers = _ask("judge_sentiment", plugin, shown, problems, corrected.words)
        feelings = [old or new for old, new in zip(feelings, answers, strict=True)]
    said = (corrected.feeling(str(item.get("text", ""))) for item in shown)
    return [one or feeling for one, feeling in zip(said, feelings, strict=True)]


def _meaning(
    language: Json, own: bool | None, tags: list[Json], feeling: Json | None, concerning: list[int]
) -> Json:
    judged: Json = {"language": language, "tags": tags}
    judged |= {"sentiment": feeling} if feeling else {}
    judged |= {"_corrected": concerning} if concerning else {}
    return judged | ({} if own is None else {"ours": own})


def _ruled(rules: Rules, item: Json, meaning: Json) -> Json:
    """What was found, and what people's rules make of it: they come last and see all of it."""
    ruling = apply_rules(rules, item | meaning)
    names = {tag["name"] for tag in meaning["tags"]}
    new = [tag for tag in ruling.pop("tags") if tag["name"] not in names]
    return (
        meaning
        | {"tags": meaning["tags"] + new}
        | ({"_rules": ruling} if any(ruling.values()) else {})
    )


def _languages(
    texts: Sequence[str],
    hints: Sequence[Json | None],
    skip: Collection[str],
    problems: list[Problems],
) -> list[Json]:
    parts = [clean_parts(text[:LONGEST]) for text in texts]
    cleaned = [main for main, _ in parts]
    found = _main_languages(cleaned, list(hints) or [None] * len(texts), skip, problems)
    _add_second(found, cleaned, skip, problems)
    _add_of_other_script(found, parts, skip, problems)
    return found


def _main_languages(
    cleaned: Sequence[str],
    hints: Sequence[Json | None],
    skip: Collection[str],
    problems: Sequence[Problems],
) -> list[Json]:
    votes: list[list[Vote]] = [[] for _ in cleaned]
    open_ones = [index for index, text in enumerate(cleaned) if undecided(text)]
    weights = dict(registry().roster.languages)
    for plugin in _asked(weights, skip):
        questions = [{"text": cleaned[index], "hints": hints[index] or {}} for index in open_ones]
        blamed = [problems[index] for index in open_ones]
        answers = _ask("detect_languages", plugin, questions, blamed)
        for index, answer in zip(open_ones, answers, strict=True):
            if answer:
                votes[index].append(Vote(plugin, weights[plugin], answer))
    return [
        decide(text, vote, hint) for text, vote, hint in zip(cleaned, votes, hints, strict=True)
    ]


def _add_second(
    found: Sequence[Json],
    cleaned: Sequence[str],
    skip: Collection[str],
    problems: Sequence[Problems],
) -> None:
    """The other language of texts in one script, from the first plugin that tells one."""
    asked = [index for index, language in enumerate(found) if language["tag"] != "und"]
    for plugin in _asked(dict(registry().roster.languages), skip):
        open_ones = [index for index in asked if "second" not in found[index]]
        questions = [{"text": cleaned[at], "tag": found[at]["tag"]} for at in open_ones]
        blamed = [problems[index] for index in open_ones]
        answers = _ask("find_second_languages", plugin, questions, blamed)
        for index, answer in zip(open_ones, answers, strict=True):
            add_second(found[index], answer or {})


def _add_of_other_script(
    found: Sequence[Json],
    parts: Sequence[tuple[str, str]],
    skip: Collection[str],
    problems: Sequence[Problems],
) -> None:
    """The language of the words in another script, where they are more than a name or a brand."""
    shares = {index: share for index, each in enumerate(parts) if (share := share_of_other(*each))}
    texts = [parts[index][1] for index in shares]
    others = _main_languages(texts, [None] * len(texts), skip, [problems[at] for at in shares])
    for (index, share), other in zip(shares.items(), others, strict=True):
        if known(other)["tag"] != "und":
            add_second(found[index], {other["tag"]: share})


def _asked(plugins: Iterable[str], skip: Collection[str]) -> list[str]:
    return [plugin for plugin in plugins if plugin not in skip]


def _shown(item: Json, language: Json, ours: bool | None) -> Json:
    """The item as plugins see it: without the core's private keys."""
    public = {key: value for key, value in item.items() if not key.startswith("_")}
    return public | {"language": language} | ({"ours": True} if ours else {})


def _ask(
    hook: str, plugin: str, questions: Sequence[Json], problems: Sequence[Problems], *more: Any
) -> list[Any]:
    """One plugin's answer to each question; None where it failed, which `problems` then tells.

    `more` is what the hook is asked with beside the questions.

    A batch it fails on is asked again one by one, so that one text spoils only its own answer.
    """
    if not questions:
        return []
    try:
        with asking(plugin):
            return _HOOKS[hook](plugin, _copied(questions), *more)
    except EarmarkError as error:
        if len(questions) > 1 and isinstance(error, PluginRaised):
            return [
                _ask(hook, plugin, [question], [problem], *more)[0]
                for question, problem in zip(questions, problems, strict=True)
            ]
        blamed = error.plugin if isinstance(error, PluginError) else plugin
        problems[0].append({"plugin": blamed, "message": error.message})
        return [None for _ in questions]


def _copied(questions: Sequence[Json]) -> list[Json]:
    """So that no plugin changes what the next one is asked; through marshal, which is quickest."""
    copies: list[Json] = marshal.loads(marshal.dumps(list(questions)))
    return copies


def _detect(plugin: str, questions: list[Json]) -> list[dict[str, float]]:
    answers = (
        registry()
        .plugin(plugin)
        .ask(
            "detect_languages",
            texts=[question["text"] for question in questions],
            hints=[question["hints"] for question in questions],
        )
    )
    return _each(answers, len(questions), _probabilities)


def _find_second(plugin: str, questions: list[Json]) -> list[dict[str, float]]:
    if "find_second_languages" not in registry().plugin(plugin).hooks:
        return [{} for _ in questions]
    answers = (
        registry()
        .plugin(plugin)
        .ask(
            "find_second_languages",
            texts=[question["text"] for question in questions],
            tags=[question["tag"] for question in questions],
        )
    )
    return _each(answers, len(questions), _probabilities)


def _suggest(plugin: str, items: list[Json]) -> list[list[Json]]:
    answers = registry().plugin(plugin).ask("suggest_tags", items=items)
    return _each(answers, len(items), lambda tags: _tags(plugin, tags))


def _judge(plugin: str, items: list[Json], words: Words) -> list[Json | None]:
    answers = registry().plugin(plugin).ask("judge_sentiment", items=items, words=words)
    return _each(answers, len(items), _sentiment)


_HOOKS: dict[str, Callable[..., list[Any]]] = {
    "detect_languages": _detect,
    "find_second_languages": _find_second,
    "suggest_tags": _suggest,
    "judge_sentiment": _judge,
}


def _each(answers: Any, count: int, check: Callable[[Any], Any]) -> list[Any]:
    """The answers checked one by one; TypeError or ValueError says what is wrong with them."""
    if not isinstance(answers, list | tuple):
        raise TypeError(f"the answer is {type(answers).__name__}, not a list")
    if len(answers) != count:
        raise ValueError(f"{len(answers)} answers to {count} questions")
    return [check(answer) for answer in answers]


def _probabilities(answer: Any) -> dict[str, float]:
    found = {str(tag): float(share) for tag, share in dict(answer or {}).items()}
    if not all(0 <= share <= 1 for share in found.values()) or not all(found):
        raise ValueError("a probability is not between 0 and 1, or has no language")
    return found


def _tags(plugin: str, answer: Any) -> list[Json]:
    """The tags, with what they rest on; `by` is always the plugin, so that none speaks for a
    person."""
    tags: dict[str, Json] = {}
    for tag in answer or []:
        if not isinstance(tag, Tag):
            raise TypeError(f"{type(tag).__name__} is no Tag")
        name = " ".join(str(tag.name).split())
        if not name or len(name) > 100:
            raise ValueError(f"a tag's name has {len(name)} characters; 1 to 100 are allowed")
        told = {"name": name, "by": plugin, "because": str(tag.because)[:500]}
        tags.setdefault(name, told | _rests_on(tag))
    return list(tags.values())


def _rests_on(tag: Tag) -> Json:
    spans = [(operator.index(start), operator.index(end)) for start, end in tag.spans or ()]
    if not all(0 <= start < end for start, end in spans):
        raise ValueError("a span does not go from one place in the text to a later one")
    return {SPANS: spans, BESIDES: str(tag.besides or "")[:500]} if spans else {}


def _sentiment(answer: Any) -> Json | None:
    if answer is None:
        return None
    if not isinstance(answer, Sentiment) or answer.label not in _SENTIMENTS:
        raise TypeError("the answer is no Sentiment with a known label")
    score = float(answer.score)
    if not math.isfinite(score) or abs(score) > 1:
        raise ValueError(f"the score {score} is not between -1 and 1")
    found: Json = {"label": answer.label, "score": score, "because": str(answer.because)[:500]}
    if emotions := [_emotion(emotion) for emotion in answer.emotions or []]:
        found["emotions"] = emotions
    if words := dict(map(_weight, dict(answer.words or {}).items())):
        found["words"] = words
    return found


def _weight(told: tuple[Any, Any]) -> tuple[str, float]:
    word, weight = str(told[0]), float(told[1])
    if not word or len(word) > LONGEST_WORDS or not math.isfinite(weight):
        raise ValueError("a word has no letters, too many of them, or no weight")
    return word, weight


def _emotion(emotion: Any) -> Json:
    if not isinstance(emotion, Emotion) or emotion.name not in _EMOTIONS:
        raise TypeError("an emotion has no known name")
    return {"name": emotion.name, "because": str(emotion.because)[:500]}
