"""`earmark reparse`: today's plugins over what is kept raw, the difference first."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator

import click

from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.settings import Home

from . import runs
from .homes import with_home
from .streams import printable, words

NEWEST = 0


@click.command()
@click.option("--platform", default="", help="Only what this platform read or reads now.")
@click.option("--site", default="", type=words, metavar="HOST", help="Only pages of this site.")
@click.option("--since", default="", metavar="DAY", help="Only what came since, as 2026-01-31.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--json", "as_json", is_flag=True, help="The difference as JSON; with --yes written.")
@click.option(
    "--undo",
    type=click.IntRange(0),
    is_flag=False,
    flag_value=NEWEST,
    default=None,
    metavar="[RUN]",
    help="Undo the last reparse, or the one of that number.",
)
@with_home
def reparse(
    home: Home,
    platform: str,
    site: str,
    since: str,
    yes: bool,
    as_json: bool,
    undo: int | None,
) -> None:
    """Read again, with the plugins of today, what is kept raw.

    Shows what would change, and writes it when you say yes. What people did with an item stays:
    its state, tags, notes, earlier texts. Items that are not found any more stay as well. Each
    reparse has a number and can be undone.

    \b
    Examples:
      earmark reparse
      earmark reparse --platform reddit --since 2026-11-01
      earmark reparse --undo
    """
    if undo is not None:
        runs.tell_undone(asyncio.run(_undo(home, undo)))
        return
    asked = {"platform": platform, "site": site, "since": since}
    asyncio.run(_reparse(home, {k: v for k, v in asked.items() if v}, yes, as_json))


async def _undo(home: Home, number: int) -> Json:
    async with runs.asking(home) as agent:
        return await runs.undo(agent, "reparse", number)


async def _reparse(home: Home, asked: Json, yes: bool, as_json: bool) -> None:
    async with runs.asking(home) as agent:
        run = await runs.wait_for(agent, await agent.post("/v1/reparses", asked), "Reading")
        if run["status"] != "shown":
            raise EarmarkError(f"Run {run['run']} ended before it could be shown.")
        difference = run["told"]["difference"]
        if as_json:
            click.echo(json.dumps({"run": run["run"], **difference}, ensure_ascii=False))
        else:
            for line in shown(difference):
                click.echo(line)
        if as_json and not yes:
            await agent.delete(f"/v1/runs/{run['run']}")
        elif not yes and not (await asyncio.to_thread(_wanted, difference)):
            await agent.delete(f"/v1/runs/{run['run']}")
            click.echo("Nothing was written.", err=True)
        else:
            written = await agent.post(f"/v1/runs/{run['run']}/write")
            await runs.wait_for(agent, written, "Writing")
            number = run["run"]
            click.echo(f"Written. To undo it: earmark reparse --undo {number}", err=True)


def _wanted(difference: Json) -> bool:
    """What the person answers; where there is nothing to write, nobody is asked."""
    return not difference["is_empty"] and click.confirm("Write this?", err=True)


def shown(difference: Json) -> Iterator[str]:
    """A difference for reading."""
    yield f"{difference['fragments']:,} pieces read again, {difference['items']:,} items in them."
    if difference["is_empty"]:
        yield "Nothing would change."
    yield from _some(difference["new"], "new items", _text)
    if difference["changed_items"]:
        yield f"{difference['changed_items']:,} items would change:"
    for kind, word in (("changed", "another"), ("lost", "no more")):
        for name, tally in difference[kind].items():
            yield f"  {word} {name}: {tally['count']:,}"
            for example in tally["examples"]:
                before, after = runs.short(example["before"]), runs.short(example["after"])
                yield f"    {_key(example)}: {before} → {after}"
    yield from _some(difference["moved"], "get another key", _to)
    yield from _some(difference["joined"], "were kept twice", _with)
    yield from _some(difference["not_found"], "items are not found any more; they stay", _text)
    yield from _some(difference["newly_understood"], "pieces understood now", _said)
    yield from _some(difference["newly_failing"], "pieces failing now", _said)


def _some(tally: Json, word: str, line: Callable[[Json], str]) -> Iterator[str]:
    if tally["count"]:
        yield f"{tally['count']:,} {word}"
        yield from (f"    {line(example)}" for example in tally["examples"])


def _text(example: Json) -> str:
    return f"{_key(example)}: {runs.short(example['text'])}"


def _to(example: Json) -> str:
    return f"{_key(example)} → {_key(example['to'])}"


def _with(example: Json) -> str:
    return f"{_key(example)} = {_key(example['with'])}"


def _key(example: Json) -> str:
    return printable(f"{example['platform']}/{example['id']}")


def _said(example: Json) -> str:
    return printable(f"{example['platform']} at {example['host']}: {example['error']}")


COMMANDS = {"reparse": reparse}
