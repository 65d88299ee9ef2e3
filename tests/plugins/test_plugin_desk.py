"""Plugins that come and go while Earmark runs, and who says that they may."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from installing import install
from new_logs import log_at

from earmark.errors import EarmarkError
from earmark.plugin_desk import PluginDesk, described
from earmark.plugins import Plugins, PluginSource
from earmark.policy import Policies
from earmark.settings import Home
from earmark.switches import Switches
from earmark.workers import PluginWorkers

FORUM = """
from pathlib import Path
from earmark import Item, Platform, hookimpl
Path({trace!r}).touch()

class Forum(Platform):
    name, label, level, built_from = "forum", "A forum", "documented", "its manual of 2026"
    matches = ["https://forum.example.org/*"]
    items = ["li"]

    def parse(self, fragment, page):
        yield Item(id="1", text={text!r})

@hookimpl
def register_platforms(register):
    register(Forum)

@hookimpl
def item_stored(item, change):
    pass
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that packages are installed into."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    yield folder
    for name in ("forum_plugin", "other_plugin"):
        sys.modules.pop(name, None)


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    """There once the forum's module was run."""
    return tmp_path / "ran"


@pytest.fixture
def put(site: Path, trace: Path) -> Callable[..., None]:
    def put(distribution: str = "earmark-forum", version: str = "1", text: str = "hello") -> None:
        code = FORUM.format(trace=str(trace), text=text)
        install(site, distribution, version, {"forum_plugin": code}, forum="forum_plugin")

    return put


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", store=str(tmp_path / "log.sqlite3"))


@pytest.fixture
def policy_file(tmp_path: Path) -> Path:
    return tmp_path / "policy.json"


@pytest.fixture
def desk(home: Home, policy_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PluginDesk]:
    home.prepare()
    log = log_at(home.database)
    with PluginWorkers(max_workers=1) as workers:
        desk = PluginDesk(Plugins(workers), Switches(home), Policies(log, policy_file))
        desk.workers = workers  # type: ignore[attr-defined]
        desk.look()
        yield desk
    log.close()


def state(desk: PluginDesk, name: str = "forum") -> str:
    return next((row["state"] for row in described(desk.plugins) if row["name"] == name), "")


def platforms(desk: PluginDesk) -> set[str]:
    return {entry["name"] for entry in desk.plugins.plan()["platforms"]}


def test_a_package_that_comes_is_new_and_nothing_of_it_is_run(
    desk: PluginDesk, put: Any, trace: Path
) -> None:
    before = desk.plugins.plan()["plan"]
    put()
    assert desk.look()
    assert state(desk) == "new"
    assert desk.plugins.plan()["plan"] == before
    assert "forum_plugin" not in sys.modules
    assert not trace.exists()
    assert not desk.look()


def test_enabled_it_is_used_at_once_and_stays_so(
    desk: PluginDesk, put: Any, trace: Path, home: Home
) -> None:
    put()
    row = desk.switch("forum", True)
    assert (row["state"], row["problem"]) == ("on", "")
    assert row["platforms"] == [
        {
            "name": "forum",
            "label": "A forum",
            "level": "documented",
            "built_from": "its manual of 2026",
            "cases": 0,
        }
    ]
    assert "forum" in platforms(desk)
    assert desk.plugins.listeners == ["forum"]
    assert trace.exists()
    assert Switches(home).state(PluginSource("forum", "forum_plugin", "earmark-forum")) == "on"


def test_switched_off_it_is_used_no_more(desk: PluginDesk, put: Any) -> None:
    put()
    desk.switch("forum", True)
    assert desk.switch("forum", False)["state"] == "off"
    assert "forum" not in platforms(desk)
    assert desk.plugins.listeners == []


def test_our_own_can_be_switched_off_and_on(desk: PluginDesk) -> None:
    assert desk.switch("hackernews", False)["state"] == "off"
    assert "hackernews" not in platforms(desk)
    desk.switch("hackernews", True)
    assert "hackernews" in platforms(desk)


def test_a_package_that_goes_is_gone(desk: PluginDesk, put: Any, site: Path) -> None:
    put()
    desk.switch("forum", True)
    next(site.glob("*.dist-info")).rename(site / "elsewhere")
    assert desk.look()
    assert state(desk) == ""
    assert "forum" not in platforms(desk)


def test_another_package_with_its_name_is_new_again(desk: PluginDesk, put: Any, site: Path) -> None:
    put()
    desk.switch("forum", True)
    next(site.glob("*.dist-info")).rename(site / "elsewhere")
    put("evil-forum")
    desk.look()
    assert state(desk) == "new"


def test_an_upgrade_is_taken_up_and_stays_enabled(desk: PluginDesk, put: Any, site: Path) -> None:
    from earmark.worker_tasks import parse_with

    def said() -> str:
        page, fragment = {"url": "https://forum.example.org/1"}, {"id": "1", "markup": "<li>"}
        workers: PluginWorkers = desk.workers  # type: ignore[attr-defined]
        [result] = workers.call_sync(parse_with, "forum", page, [fragment], timeout=20)
        return str(result["items"][0]["text"])

    put(text="as it was")
    desk.switch("forum", True)
    assert said() == "as it was"
    next(site.glob("*.dist-info")).rename(site / "elsewhere")
    put(version="2", text="as it is now, at greater length")
    assert desk.look()
    assert state(desk) == "on"
    assert said() == "as it is now, at greater length"


def test_a_module_that_is_saved_is_taken_up_in_the_same_version(
    desk: PluginDesk, put: Any, site: Path
) -> None:
    put()
    desk.switch("forum", True)
    assert not desk.look()
    module = site / "forum_plugin.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace('items = ["li"]', 'items = ["li.answer"]'), encoding="utf-8")
    assert desk.look()
    [entry] = [e for e in desk.plugins.plan()["platforms"] if e["name"] == "forum"]
    assert entry["items"] == ["li.answer"]
    module.write_text("def (", encoding="utf-8")
    assert desk.look()
    assert state(desk) == "left out"
    module.write_text(text, encoding="utf-8")
    assert desk.look()
    assert state(desk) == "on"


def test_what_is_installed_editable_while_earmark_runs_is_found(
    desk: PluginDesk, put: Any, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    put()
    elsewhere = tmp_path / "project"
    elsewhere.mkdir()
    (site / "forum_plugin.py").rename(elsewhere / "forum_plugin.py")
    (site / "_forum.pth").write_text(f"{elsewhere}\n", encoding="utf-8")
    record = next(site.glob("*.dist-info")) / "RECORD"
    record.write_text("_forum.pth,,\n", encoding="utf-8")
    desk.look()
    assert str(elsewhere) not in sys.path
    assert desk.switch("forum", True)["problem"] == ""
    assert "forum" in platforms(desk)


def test_the_organisation_rules_still(
    desk: PluginDesk, put: Any, policy_file: Path, trace: Path
) -> None:
    put()
    policy_file.write_text('{"plugins": ["hackernews"]}', encoding="utf-8")
    desk.look()
    assert platforms(desk) == {"hackernews"}
    with pytest.raises(EarmarkError, match="organisation does not allow") as refused:
        desk.switch("forum", True)
    assert refused.value.status == 403
    assert not trace.exists()
    assert state(desk) == "new"


def test_what_fails_is_enabled_and_left_out_with_its_reason(desk: PluginDesk, site: Path) -> None:
    install(site, "broken", "1", {"other_plugin": "import no_such_thing"}, other="other_plugin")
    row = desk.switch("other", True)
    assert row["state"] == "left out"
    assert "no_such_thing" in row["problem"]
    assert [problem.plugin for problem in desk.plugins.problems] == ["other"]
    desk.switch("other", False)
    assert desk.plugins.problems == []


def test_a_plugin_that_is_not_there_is_told(desk: PluginDesk) -> None:
    with pytest.raises(EarmarkError, match="No plugin “nothing”") as refused:
        desk.switch("nothing", True)
    assert refused.value.status == 404


def test_a_broken_file_of_choices_enables_nothing(home: Home) -> None:
    home.prepare()
    home.plugins_file.write_text('{"plugins": 3}', encoding="utf-8")
    switches = Switches(home)
    assert switches.state(PluginSource("forum", "forum_plugin", "earmark-forum")) == "new"
    assert switches.state(PluginSource("hackernews", "x", "earmark")) == "on"
