"""`earmark rules`, with a running agent and without one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_process import Command, item

RULES = """# Kept as it is.
[[rule]]
name = "late parcels"
when = 'parcel NEAR/5 late'
add_tags = ["about:shipping"]
state = "open"
matches = ["My parcel is very late"]
not = ["Lately we like parcels"]
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def archive(earmark: Command, tmp_path: Path) -> str:
    """Two items in the log; the export as it was."""
    path = tmp_path / "items.ndjson"
    items = [item(2, "The parcel came late.\x1b[2J"), item(1, "Thanks")]
    path.write_text("".join(f"{json.dumps(each)}\n" for each in items), encoding="utf-8")
    assert earmark("import", str(path)).returncode == 0
    return earmark("export").stdout


def test_rules_are_tried_taken_in_applied_and_undone_exactly(
    earmark: Command, rules: Path, archive: str
) -> None:
    tried = earmark("rules", "test", str(rules))
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.splitlines() == [
        "Looked at 2 items; 1 would change.",
        "late parcels: 1 caught, 1 would change, noise 0%",
        "    sample/2: The parcel came late.\ufffd[2J",
        "      because “parcel came late” is in the text",
    ]
    assert "1 rules." in earmark("rules", "import", str(rules)).stderr
    assert earmark("rules", "export").stdout == RULES
    listed = "late parcels: parcel NEAR/5 late → tag about:shipping, state open\n"
    assert earmark("rules", "list").stdout == listed
    applied = earmark("rules", "apply", stdin=b"y\n")
    assert "1 of 2 items changed." in applied.stdout
    assert "earmark rules undo 2" in applied.stderr
    assert "parcel came late" in earmark("search", "tag:about:shipping").stdout
    assert "1 items as they were before" in earmark("rules", "undo").stderr
    assert earmark("export").stdout == archive


def test_a_running_agent_is_asked(earmark: Command, agent: Any, rules: Path, archive: str) -> None:
    assert earmark("rules", "import", "-", stdin=rules.read_bytes()).returncode == 0
    assert json.loads(earmark("rules", "show", "LATE parcels").stdout)["state"] == "open"
    no = earmark("rules", "apply", "late parcels", stdin=b"n\n")
    assert "Nothing was written." in no.stderr
    run = json.loads(earmark("rules", "apply", "--yes", "--json", "late parcels").stdout)
    assert (run["kind"], run["told"]["changed"], run["undoable"]) == ("rules", 1, True)
    assert earmark("rules", "undo", str(run["run"])).returncode == 0
    assert earmark("export").stdout == archive


def test_what_is_wrong_is_said_with_rule_line_and_spot(earmark: Command, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(RULES.replace("NEAR/5", "NEAR"), encoding="utf-8")
    done = earmark("rules", "import", str(path))
    assert done.returncode == 1
    assert "Rule “late parcels”, line 4: Say how many words apart" in done.stderr
    assert "  parcel NEAR late\n         ^^^^" in done.stderr
    path.write_text(RULES.replace("Lately we like parcels", "late parcel"), encoding="utf-8")
    tried = earmark("rules", "test", str(path))
    assert tried.returncode == 3
    assert "“late parcels” catches its test case “late parcel”: " in tried.stdout
