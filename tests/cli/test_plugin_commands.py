"""Plugins seen from the command line."""

from __future__ import annotations

from cli_process import item, objects


def test_plugin_list_shows_our_plugins_and_that_they_work(earmark):
    done = earmark("plugin", "list", "--json")
    assert done.returncode == 0, done.stderr
    rows = {row["name"]: row for row in objects(done.stdout)}
    assert rows["hackernews"]["label"] == "Hacker News"
    assert rows["hackernews"]["kind"] == "platform"
    assert rows["langdetect"]["kind"] == "language"
    assert {row["state"] for row in rows.values()} == {"on"}
    [platform] = rows["hackernews"]["platforms"]
    assert platform["level"] in ("real", "documented", "unverified")
    assert platform["cases"] >= 3


def test_a_broken_plugin_is_named_with_its_reason(earmark, with_plugin):
    settings = with_plugin("wobbly", "raise RuntimeError('no wheels')")
    done = earmark("plugin", "list", **settings)
    assert done.returncode == 0, done.stderr
    assert "left out" in done.stdout
    assert "no wheels" in done.stdout


def test_a_new_plugin_is_named_and_no_command_runs_it(earmark, with_plugin, tmp_path):
    trace = tmp_path / "ran"
    code = f"from pathlib import Path\nPath({str(trace)!r}).touch()\nraise RuntimeError('ran')"
    settings = with_plugin("stranger", code, enabled=False)
    listed = earmark("plugin", "list", **settings).stdout
    assert "stranger: new; use it with: earmark plugin enable stranger" in listed
    earmark("--help", **settings)
    earmark("plugin", "check", "stranger", **settings)
    assert not trace.exists()
    done = earmark("plugin", "enable", "stranger", **settings)
    assert trace.exists()
    assert done.returncode == 1
    assert "RuntimeError: ran" in done.stderr


def test_a_plugin_is_enabled_and_switched_off_also_in_a_running_agent(earmark, with_plugin, start):
    settings = with_plugin("calm", CALM, enabled=False)
    assert earmark("plugin", "enable", "calm", **settings).returncode == 0
    assert state_of(earmark, "calm", settings) == "on"
    start("--no-open", **settings)
    assert earmark("plugin", "disable", "calm", **settings).stdout == "calm is off.\n"
    assert state_of(earmark, "calm", settings) == "off"
    refused = earmark("plugin", "enable", "nobody", **settings)
    assert refused.returncode == 1
    assert "No plugin “nobody” is installed here." in refused.stderr


CALM = """
from earmark import hookimpl

@hookimpl
def item_stored(item, change):
    pass
"""


def state_of(earmark, name, settings):
    rows = objects(earmark("plugin", "list", "--json", **settings).stdout)
    return next(row["state"] for row in rows if row["name"] == name)


def test_a_plugin_adds_its_command_and_its_export_format(earmark, log_of, with_plugin):
    log_of(item(1, "shout"))
    settings = with_plugin(
        "loud",
        """
import click
from earmark import hookimpl

@hookimpl
def register_commands(cli):
    cli.add_command(click.Command("greet", callback=lambda: click.echo("GREETINGS")))

@hookimpl
def register_exporters(register):
    register("loud", lambda items, stream: [stream.write(i["text"].upper()) for i in items])
""",
    )
    assert earmark("greet", **settings).stdout == "GREETINGS\n"
    assert "greet" in earmark("--help", **settings).stdout
    assert earmark("export", "--format", "loud", **settings).stdout == "SHOUT"


def test_a_broken_plugin_stops_no_command(earmark, log_of, with_plugin):
    log_of(item(1, "still here"))
    settings = with_plugin("wobbly", "raise SystemExit('no')")
    assert "still here" in earmark("export", **settings).stdout
    assert earmark("--help", **settings).returncode == 0


def test_an_export_format_that_fails_is_blamed_by_name(earmark, log_of, with_plugin):
    log_of(item(1, "x"))
    settings = with_plugin(
        "sour",
        """
from earmark import hookimpl

def write(items, stream):
    raise KeyError("lemon")

@hookimpl
def register_exporters(register):
    register("sour", write)
""",
    )
    done = earmark("export", "--format", "sour", **settings)
    assert done.returncode == 1
    assert "“sour” failed" in done.stderr
    assert "lemon" in done.stderr
