"""`earmark rules`: what a person wants done with what is heard, tried before it is done."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.settings import Home

from . import runs
from .homes import with_home
from .streams import printable, words

NEWEST = 0
FAILED = 3  # exit code: a rule does not meet its own test cases
FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)


@click.group()
def rules() -> None:
    """Rules that tag, assign and sort what is heard; tried on the archive before they act.

    Example: earmark rules test
    """


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_home
def list_rules(home: Home, as_json: bool) -> None:
    """Every rule: what it looks for, and what it does.

    Example: earmark rules list
    """
    kept = asyncio.run(_kept(home))["rules"]
    if as_json:
        click.echo(json.dumps(kept, ensure_ascii=False))
        return
    for rule in kept:
        off = "" if rule.get("enabled", True) else " (off)"
        click.echo(printable(f"{rule['name']}{off}: {rule['when']} → {_does(rule)}"))
    if not kept:
        click.echo("There is no rule yet. To take some in: earmark rules import FILE", err=True)


@rules.command()
@click.argument("name", type=words)
@with_home
def show(home: Home, name: str) -> None:
    """One rule with everything it says, as JSON.

    Example: earmark rules show "late parcels"
    """
    for rule in asyncio.run(_kept(home))["rules"]:
        if rule["name"].casefold() == name.casefold():
            click.echo(json.dumps(rule, ensure_ascii=False, indent=2))
            return
    raise EarmarkError(f"There is no rule “{name}”.", "To see them: earmark rules list")


@rules.command()
@click.argument("file", required=False, type=FILE)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_home
def test(home: Home, file: str | None, as_json: bool) -> None:
    """What the rules, or those of a file, would catch and change; nothing is written.

    Exit code 3 where a rule does not meet its own test cases.

    \b
    Examples:
      earmark rules test
      earmark rules test rules.toml
    """
    found = asyncio.run(_test(home, _text_of(file) if file else None))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for line in shown(found):
            click.echo(line)
    if found["failing"]:
        raise click.exceptions.Exit(FAILED)


@rules.command()
@click.argument("names", nargs=-1, type=words)
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--json", "as_json", is_flag=True, help="The run as JSON; only with --yes.")
@with_home
def apply(home: Home, names: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Have what is in the archive say what the rules say now: all of them, or those named.

    What rules said before, and do not any more, goes; what people did stays. Each time has a
    number and can be undone.

    Example: earmark rules apply
    """
    if as_json and not yes:
        raise click.UsageError("--json needs --yes: nobody could be asked.")
    asyncio.run(_apply(home, list(names), yes, as_json))


@rules.command()
@click.argument("run", required=False, type=click.IntRange(1))
@with_home
def undo(home: Home, run: int | None) -> None:
    """Put back exactly what the rules changed when they were last applied, or in the run given.

    Example: earmark rules undo
    """
    runs.tell_undone(asyncio.run(_undo(home, run or NEWEST)))


@rules.command("import")
@click.argument("file", type=FILE)
@with_home
def import_rules(home: Home, file: str) -> None:
    """Have the rules of a TOML file in place of those there are; - is standard input.

    Example: earmark rules import rules.toml
    """
    kept = asyncio.run(_save(home, _text_of(file)))["rules"]
    click.echo(f"{len(kept)} rules. They hold for what comes from now on.", err=True)
    click.echo("For what is there already: earmark rules test, then earmark rules apply", err=True)


@rules.command()
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="A file; default: stdout.")
@with_home
def export(home: Home, output: str | None) -> None:
    """The rules as the TOML text that was written, comments and all.

    Example: earmark rules export -o rules.toml
    """
    text = asyncio.run(_kept(home))["toml"]
    if output:
        Path(output).write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


async def _kept(home: Home) -> Json:
    async with runs.asking(home) as agent:
        return await agent.get("/v1/rules")


async def _save(home: Home, text: str) -> Json:
    async with runs.asking(home) as agent:
        return await agent.put("/v1/rules", {"toml": text})


async def _test(home: Home, text: str | None) -> Json:
    async with runs.asking(home) as agent:
        return await agent.post("/v1/rules/test", {} if text is None else {"toml": text})


async def _apply(home: Home, names: list[str], yes: bool, as_json: bool) -> None:
    async with runs.asking(home) as agent:
        if not yes and not await _wanted(await agent.post("/v1/rules/test"), names):
            click.echo("Nothing was written.", err=True)
            return
        asked: Json = {"kind": "rules"} | ({"rules": names} if names else {})
        run = await runs.wait_for(agent, await agent.post("/v1/runs", asked), "Applying")
    if as_json:
        click.echo(json.dumps(run, ensure_ascii=False))
        return
    click.echo(f"{run['told']['changed']:,} of {run['told']['looked_at']:,} items changed.")
    if run["told"]["kept"]:
        click.echo(f"{run['told']['kept']:,} were changed by others meanwhile, and left alone.")
    if run["undoable"]:
        click.echo(f"To undo it: earmark rules undo {run['run']}", err=True)


async def _wanted(found: Json, names: list[str]) -> bool:
    """What the person answers to what would change."""
    asked = {name.casefold() for name in names}
    lines = [
        line
        for rule in found["rules"]
        if rule["rule"].casefold() in asked
        for line in _of_rule(rule)
    ]
    for line in lines if names else shown(found):
        click.echo(line)
    return await asyncio.to_thread(click.confirm, "Apply?", err=True)


async def _undo(home: Home, number: int) -> Json:
    async with runs.asking(home) as agent:
        return await runs.undo(agent, "rules", number)


def _text_of(file: str) -> str:
    with click.open_file(file, "rb") as opened:
        content: bytes = opened.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EarmarkError(f"{file} is not UTF-8.", "Save it as UTF-8.") from error


def shown(found: Json) -> Iterator[str]:
    """What a test found, for reading."""
    looked_at, items = found["looked_at"], found["items"]
    newest = f"the newest {looked_at:,} of {items:,}" if looked_at < items else f"{items:,}"
    yield f"Looked at {newest} items; {found['would_change']:,} would change."
    for rule in found["rules"]:
        yield from _of_rule(rule)
    for failing in found["failing"]:
        wrong = "does not catch" if failing["wanted"] else "catches"
        because = "; ".join(failing["because"])
        told = f"“{failing['rule']}” {wrong} its test case “{failing['text']}”: {because}"
        yield printable(told)


def _of_rule(rule: Json) -> Iterator[str]:
    off = "" if rule["enabled"] else " (off)"
    noise = f", noise {rule['noise_rate']:.0%}" if "noise_rate" in rule else ""
    told = f"{rule['caught']:,} caught, {rule['would_change']:,} would change{noise}"
    yield printable(f"{rule['rule']}{off}: {told}")
    for sample in rule["samples"]:
        key = f"{sample['platform']}/{sample['id']}"
        yield printable(f"    {key}: {sample['text']}")
        yield printable(f"      because {sample['because']}")


def _does(rule: dict[str, Any]) -> str:
    does = [f"tag {tag}" for tag in rule.get("add_tags", [])]
    does += [
        f"{key} {rule[key]}" for key in ("state", "assignee", "effort", "priority") if key in rule
    ]
    return ", ".join(does + (["hide"] if rule.get("hide") else []))


COMMANDS = {"rules": rules}
