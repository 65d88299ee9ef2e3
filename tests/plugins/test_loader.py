"""Finding plugins and trying them: a broken one is named, the others go on."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from earmark.plugins import Plugins, PluginSource, discover, load
from earmark.workers import PluginWorkers

PLATFORM = """
from earmark import Item, Platform, hookimpl

class {cls}(Platform):
    name, label = {name!r}, "A forum"
    matches = ["https://forum.example.org/*"]
    items = ["li.comment"]
    {extra}

    def parse(self, fragment, page):
        yield Item(id="1", text=fragment.markup)

@hookimpl
def register_platforms(register):
    register({cls})
"""
BROKEN = {
    "fails_to_import": ("import no_such_module_at_all", "ModuleNotFoundError"),
    "is_no_python": ("\ndef (", "is_no_python.py, line 2)"),
    "misspells_a_hook": (
        "from earmark import hookimpl\n@hookimpl\ndef sugest_tags(items): return []",
        "“sugest_tags” is no hook",
    ),
    "misnames_an_argument": (
        "from earmark import hookimpl\n@hookimpl\ndef suggest_tags(texts): return []",
        "texts",
    ),
    "forgets_the_mark": ("def suggest_tags(items): return []", "not marked as a hook"),
    "answers_nothing": ("x = 1", "answers no hook"),
    "raises_at_registration": (
        "from earmark import hookimpl\n@hookimpl\ndef register_platforms(register): 1 / 0",
        "ZeroDivisionError",
    ),
    "exits_at_import": ("raise SystemExit(3)", "SystemExit"),
    "kills_its_process": ("import os\nos._exit(0)", "ended its process"),
    "breaks_its_process": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)",
        "ended its process by SIGSEGV",
    ),
    "raises_what_cannot_be_told": (
        "class E(Exception):\n def __str__(self): raise self\nraise E()",
        "raised",
    ),
    "has_a_bad_selector": (
        PLATFORM.format(cls="P", name="bad", extra="context = ['div:visited(']"),
        "div:visited(",
    ),
    "has_a_bad_pattern": (
        PLATFORM.format(cls="P", name="bad", extra="responses = ['forum.example.org']"),
        "not a URL match pattern",
    ),
    "has_a_string_for_a_list": (
        PLATFORM.format(cls="P", name="bad", extra="markers = 'div.x'"),
        "P.markers is 'div.x'",
    ),
    "has_no_name": (PLATFORM.format(cls="P", name="", extra=""), "has the name ''"),
    "has_no_pages": (
        PLATFORM.format(cls="P", name="bad", extra="matches = []"),
        "neither matches nor markers",
    ),
    "has_no_such_zone": (
        PLATFORM.format(cls="P", name="bad", extra="site_time_zone = 'Mars/North'"),
        "ZoneInfoNotFoundError",
    ),
    "cannot_parse": (
        "from earmark import Platform, hookimpl\n"
        "class P(Platform):\n name, matches = 'bad', ['https://x.example/*']\n"
        "@hookimpl\ndef register_platforms(register): register(P)",
        "abstract",
    ),
    "registers_no_class": (
        "from earmark import hookimpl\n"
        "@hookimpl\ndef register_platforms(register): register('forum')",
        "no class derived from Platform",
    ),
    "claims_too_much_weight": (
        "from earmark import hookimpl\n"
        "@hookimpl\ndef register_languages(register): register('x', 1000)\n"
        "@hookimpl\ndef detect_languages(texts, hints): return []",
        "weight 1000",
    ),
    "detects_nothing": (
        "from earmark import hookimpl\n"
        "@hookimpl\ndef register_languages(register): register('x', 1)",
        "cannot detect",
    ),
}
Loader = Callable[..., Plugins]


@pytest.fixture
def loader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Load plugins given as name and code, in that order."""
    monkeypatch.syspath_prepend(tmp_path)
    with PluginWorkers(max_workers=1) as workers:

        def load_all(*, allowed: tuple[str, ...] | None = None, **codes: str) -> Plugins:
            for name, code in codes.items():
                (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
            return load([PluginSource(name, name) for name in codes], workers, allowed)

        yield load_all
    for path in tmp_path.glob("*.py"):
        sys.modules.pop(path.stem, None)


def test_every_broken_plugin_is_named_and_the_others_go_on(loader: Loader) -> None:
    codes = {name: code for name, (code, _) in BROKEN.items()}
    good = PLATFORM.format(cls="Forum", name="forum", extra="")
    plugins = loader(good_before=good, **codes, good_after=good.replace("forum'", "forum2'"))

    assert [source.name for source in plugins.sources] == ["good_before", "good_after"]
    told = {problem.plugin: problem.message for problem in plugins.problems}
    assert set(told) == set(BROKEN)
    for name, (_, words) in BROKEN.items():
        assert words in told[name], name


def test_a_plugin_that_hangs_at_import_is_named(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("earmark.plugins.TRIAL_SECONDS", 3.0)
    plugins = loader(
        hangs="while True: pass",
        works=PLATFORM.format(cls="Forum", name="forum", extra=""),
    )
    assert [problem.plugin for problem in plugins.problems] == ["hangs"]
    assert "did not answer" in plugins.problems[0].message
    assert [source.name for source in plugins.sources] == ["works"]


def test_nothing_of_a_plugin_that_is_not_allowed_is_run(loader: Loader, tmp_path: Path) -> None:
    good = PLATFORM.format(cls="Forum", name="forum", extra="")
    trace = tmp_path / "ran"
    forbidden = f"open({str(trace)!r}, 'w').close()\n" + good.replace("forum'", "other'")
    plugins = loader(allowed=("kept", "not_installed"), kept=good, forbidden=forbidden)
    assert [source.name for source in plugins.sources] == ["kept"]
    [problem] = plugins.problems
    assert problem.plugin == "forbidden"
    assert "organisation does not allow" in problem.message
    assert problem.hint
    assert not trace.exists()


def test_a_misspelt_hook_comes_with_the_right_spelling(loader: Loader) -> None:
    (problem,) = loader(misspelt=BROKEN["misspells_a_hook"][0]).problems
    assert problem.hint == "Did you mean suggest_tags?"


def test_a_name_belongs_to_the_first_that_registers_it(loader: Loader) -> None:
    code = PLATFORM.format(cls="Forum", name="forum", extra="")
    plugins = loader(first=code, second=code)
    assert plugins.plugin_of("forum") == "first"
    assert [problem.plugin for problem in plugins.problems] == ["second"]
    assert "already read by “first”" in plugins.problems[0].message


def test_the_plan_holds_the_platforms_in_order_and_webpage_last(loader: Loader) -> None:
    plugins = loader(
        a=PLATFORM.format(cls="W", name="webpage", extra="matches = []"),
        b=PLATFORM.format(cls="F", name="forum", extra="outline = 'td.ind img@width'"),
    )
    plan = plugins.plan()
    assert [entry["name"] for entry in plan["platforms"]] == ["forum", "webpage"]
    assert plan["platforms"][0] == {
        "name": "forum",
        "label": "A forum",
        "matches": ["https://forum.example.org/*"],
        "markers": [],
        "items": ["li.comment"],
        "context": [],
        "fallback": [],
        "empty": [],
        "responses": [],
        "messages": [],
        "level": "unverified",
        "built_from": "",
        "outline": "td.ind img@width",
        "package": "b",
    }
    assert plan["api"] == 1
    assert plan["plan"]


def test_the_plan_has_another_name_when_it_changes(loader: Loader) -> None:
    forum = PLATFORM.format(cls="F", name="forum", extra="")
    another = PLATFORM.format(cls="G", name="another", extra="context = ['h1']")
    one, same, other = loader(a=forum), loader(a=forum), loader(a=forum, b=another)
    assert one.plan()["plan"] == same.plan()["plan"] != other.plan()["plan"]


def test_platforms_are_not_imported_into_the_main_process(loader: Loader) -> None:
    loader(stays_out=PLATFORM.format(cls="F", name="forum", extra=""))
    assert "stays_out" not in sys.modules


def install(folder: Path, distribution: str, **entry_points: str) -> None:
    """Make `folder` look as if `distribution` was installed in it."""
    info = folder / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8"
    )
    lines = [f"{name} = {module}" for name, module in entry_points.items()]
    text = "\n".join(["[earmark]", *lines, ""])
    (info / "entry_points.txt").write_text(text, encoding="utf-8")


def test_installed_packages_come_before_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "earmark-forum", forum="earmark_forum", hackernews="their_hackernews")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    sources = discover()
    assert sources[:2] == [
        PluginSource("forum", "earmark_forum", "earmark-forum", "1.0"),
        PluginSource("hackernews", "their_hackernews", "earmark-forum", "1.0"),
    ]
    assert sources[2].distribution == "earmark"
    assert "hackernews (earmark)" in [source.name for source in sources]


def test_only_the_plugins_asked_for_are_discovered() -> None:
    assert [source.name for source in discover(only=["langdetect"])] == ["langdetect"]
    extra = PluginSource("mine", "my_module")
    assert discover(only=["mine"], extra=[extra]) == [extra]
