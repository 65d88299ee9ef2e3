"""What comes in is judged by the rules after everything else, from the file that workers read."""

from __future__ import annotations

from pathlib import Path

import pytest

from earmark.enrich.knowledge import Knowledge, write_knowledge
from earmark.enrich.run import enrich_items
from earmark.registry import Registry, Roster


@pytest.fixture(autouse=True)
def no_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("earmark.registry._registry", Registry(Roster([], {}, [], [], [])))


def test_rules_see_what_terms_found_and_add_to_it(tmp_path: Path) -> None:
    knowledge = Knowledge(
        terms=[{"name": "Netflix", "kind": "brand"}],
        rules=[
            {
                "name": "ours",
                "when": "tag:about:brand:Netflix state:new lang:el",
                "add_tags": ["mine", "about:brand:Netflix"],
                "state": "open",
                "effort": "winter",
            },
            {"name": "off", "when": "netflix", "add_tags": ["never"], "enabled": False},
        ],
    )
    path = write_knowledge(tmp_path / "k", knowledge)
    items = [{"text": "το Netflix χάλασε"}, {"text": "όλα καλά"}]
    caught, other = enrich_items(items, knowledge=path)
    assert [(tag["name"], tag["by"]) for tag in caught["tags"]] == [
        ("about:brand:Netflix", "terms"),
        ("mine", "rule:ours"),
    ]
    assert caught["tags"][1]["because"] == (
        "it is tagged about:brand:Netflix; the state is new; the language is el"
    )
    assert caught["_rules"] == {
        "set": {"state": {"value": "open", "rule": "ours"}},
        "efforts": {"winter": "ours"},
    }
    assert other["tags"] == []
    assert "_rules" not in other


def test_without_rules_nothing_is_said_of_them() -> None:
    (found,) = enrich_items([{"text": "hello"}])
    assert "_rules" not in found
