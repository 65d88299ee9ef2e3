"""What the documentation says is what the code does."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pluggy
import pytest
from aiohttp import web

from earmark import hookspecs
from earmark.cli.app import cli
from earmark.web.app import make_app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PLUGINS_PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
HTTP_PAGE = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")


def hooks() -> dict[str, tuple[str, ...]]:
    manager = pluggy.PluginManager("earmark")
    manager.add_hookspecs(hookspecs)
    callers = {n: c for n, c in vars(manager.hook).items() if isinstance(c, pluggy.HookCaller)}
    return {name: tuple(caller.spec.argnames) for name, caller in callers.items() if caller.spec}


def test_every_hook_is_documented_with_its_exact_arguments() -> None:
    headings = re.findall(r"^### (\w+)\((.*?)\)$", PLUGINS_PAGE, re.M)
    documented = {name: tuple(re.findall(r"\w+", arguments)) for name, arguments in headings}
    assert documented == hooks()


def test_every_hook_has_a_test() -> None:
    tests = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    for name in hooks():
        assert f"def test_hook_{name}" in tests


def routes() -> set[tuple[str, str]]:
    agent: Any = SimpleNamespace(plugins=None, log=None, credentials=None)
    app: web.Application = make_app(agent)
    found = set()
    for route in app.router.routes():
        path = route.resource.canonical if route.resource else ""
        if path.startswith("/v1/") and route.method != "HEAD":
            found.add((route.method, path))
    return found


def test_every_route_is_documented_and_every_documented_route_exists() -> None:
    documented = set(re.findall(r"^### `(\w+) (/v1/[^`]*)`", HTTP_PAGE, re.M))
    assert documented == routes()


def commands() -> dict[str, click.Command]:
    """Every command by its full name, groups walked."""
    context = click.Context(cli)
    found: dict[str, click.Command] = {}
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= {f"{name} {sub}": each for sub, each in command.commands.items()}
        else:
            found[name] = command
    return found


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_help_and_stands_in_the_command_page(name: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    command = commands()[name]
    assert command.help
    section = re.search(rf"^## earmark {re.escape(name)}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    assert section, f"docs/commands.md has no section “earmark {name}”"
    for parameter in command.params:
        for option in (o for o in parameter.opts if o.startswith("--")):
            assert option in section[1], f"docs/commands.md: {name} {option}"


def test_the_readmes_commands_exist() -> None:
    known = commands()
    shown = re.findall(r"^\s*(?:\$ )?(?:uvx |pipx run )?earmark ([^\n#`]+)", README, re.M)
    assert shown
    for line in shown:
        words = shlex.split(line)
        assert words[0] in known or " ".join(words[:2]) in known, line


def test_the_readmes_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_every_page_that_the_docs_link_to_is_there() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_library_is_argued_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for requirement in project["project"]["dependencies"]:
        name = re.match(r"[\w-]+", requirement)
        assert name
        assert name[0] in page, f"docs/architecture.md does not say why {name[0]}"
