"""What docs/organisations.md shows an administrator is what Earmark and the browsers take."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import reduce
from pathlib import Path
from typing import Any

from earmark.plugins import discover
from earmark.policy import KEYS, Policy

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "organisations.md").read_text(encoding="utf-8")
MANIFEST = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((ROOT / "extension" / "managed_schema.json").read_text(encoding="utf-8"))
TYPES: dict[str, dict[str, Any]] = {
    "switch": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
    "days": {"type": "integer", "minimum": 1, "maximum": 36_500},
}


def examples() -> list[Policy]:
    """The policies in the page's examples, each at the place its mark names."""
    marked = re.findall(r"<!-- policy(?:: (\S+))? -->\n```json\n(.*?)```", PAGE, re.S)
    found = []
    for place, text in marked:
        steps = re.split(r"\.(?!local)", place) if place else []
        found.append(Policy.from_json(reduce(lambda at, name: at[name], steps, json.loads(text))))
    return found


def test_every_example_is_a_policy() -> None:
    assert len(examples()) == 4
    assert all(policy.retention_days == 90 for policy in examples())


def test_every_json_example_is_json() -> None:
    for text in re.findall(r"```json\n(.*?)```", PAGE, re.S):
        json.loads(text)


def test_every_key_is_explained() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", PAGE, re.M)) == KEYS


def test_the_plugins_of_the_example_are_ours() -> None:
    [named] = [policy.plugins for policy in examples() if policy.plugins]
    assert set(named) <= {source.name for source in discover()}


def test_the_ids_are_those_of_the_manifest() -> None:
    digest = hashlib.sha256(base64.b64decode(MANIFEST["key"])).hexdigest()[:32]
    chromium = "".join(chr(ord("a") + int(digit, 16)) for digit in digest)
    assert set(re.findall(r"\b[a-p]{32}\b", PAGE)) == {chromium}
    assert MANIFEST["browser_specific_settings"]["gecko"]["id"] == "earmark@earmark.local"


def test_the_browsers_schema_has_the_same_keys_and_kinds() -> None:
    assert MANIFEST["storage"] == {"managed_schema": "managed_schema.json"}
    kinds = dict(zip(KEYS, ["list", "switch", "days", "switch", "list"], strict=True))
    assert tuple(SCHEMA["properties"]) == KEYS
    for key, declared in SCHEMA["properties"].items():
        assert TYPES[kinds[key]].items() <= declared.items(), key
        assert declared["title"]
