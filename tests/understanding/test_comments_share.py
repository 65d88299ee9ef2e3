"""How much of what a person expects of 200 comments our plugins meet, asked as the agent asks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from earmark.enrich.run import enrich_items
from earmark.plugins import PluginSource, discover, load
from earmark.workers import PluginWorkers

ENOUGH = 0.9
OURS = tuple(f"earmark_plugins.{folder}." for folder in ("languages", "tags", "sentiment"))
LINES = Path(__file__).with_name("comments.ndjson").read_text(encoding="utf-8").splitlines()
COMMENTS = [json.loads(line) for line in LINES]
Json = dict[str, Any]


class Checked(NamedTuple):
    """One expectation of one comment, and what was found."""

    id: str
    kind: str
    met: bool
    told: str


def understanding_plugins() -> list[PluginSource]:
    """Ours that judge text, without the one that needs the optional extra."""
    return [s for s in discover() if s.module.startswith(OURS) and "lingua" not in s.module]


@pytest.fixture(scope="module")
def checked() -> list[Checked]:
    """Every expectation against what one worker with our plugins answers, without hints."""
    items = [asked(comment) for comment in COMMENTS]
    with PluginWorkers(max_workers=1) as workers:
        plugins = load(understanding_plugins(), workers)
        assert plugins.problems == []
        assert plugins.languages
        assert plugins.taggers
        assert plugins.sentiment
        found = workers.call_sync(enrich_items, items, timeout=60)
    assert [answer["_problems"] for answer in found if answer["_problems"]] == []
    return [check for pair in zip(COMMENTS, found, strict=True) for check in expectations(*pair)]


def asked(comment: Json) -> Json:
    """The comment as a parsed item, with nothing in it that tells the answer."""
    kind = "review" if "rating" in comment else "comment"
    return {"kind": kind} | {key: comment[key] for key in ("text", "rating") if key in comment}


def expectations(comment: Json, found: Json) -> Iterator[Checked]:
    """Language, each tag, each tag that must be absent, and sentiment."""
    language, because = found["language"]["tag"], {t["name"]: t["because"] for t in found["tags"]}
    feeling = found.get("sentiment") or {"label": "no answer", "because": ""}
    label, wanted = feeling["label"], comment["sentiment"]
    yield Checked(
        comment["id"],
        "language",
        language == comment["language"],
        f"{language}, not {comment['language']}",
    )
    for tag in comment["tags"]:
        yield Checked(comment["id"], "tag", tag in because, f"{tag} missing")
    for tag in comment["not_tags"]:
        yield Checked(comment["id"], "no tag", tag not in because, f"{tag} by {because.get(tag)}")
    yield Checked(
        comment["id"], "sentiment", label == wanted, f"{label}, not {wanted}: {feeling['because']}"
    )


def shares(checked: list[Checked]) -> str:
    """The share met of each kind of expectation, in one line."""
    all_, met = Counter(c.kind for c in checked), Counter(c.kind for c in checked if c.met)
    return ", ".join(f"{kind} {met[kind]}/{count}" for kind, count in all_.items())


def told(checked: list[Checked]) -> str:
    """The misses, a comment a paragraph, after the shares."""
    texts = {comment["id"]: comment["text"] for comment in COMMENTS}
    lines, last = [shares(checked)], ""
    for miss in (check for check in checked if not check.met):
        lines += [f"{miss.id} {texts[miss.id]}"] if miss.id != last else []
        lines.append(f"      {miss.kind}: {miss.told}")
        last = miss.id
    return "\n".join(lines)


def test_nine_of_ten_expectations_of_a_person_are_met(checked: list[Checked]) -> None:
    assert sum(check.met for check in checked) / len(checked) >= ENOUGH, told(checked)
