"""`earmark pair`: a code that lets one browser's extension talk to this agent."""

from __future__ import annotations

import asyncio

import click

from earmark.model import Json
from earmark.settings import Home

from .agent_client import AgentClient
from .homes import with_home


@click.command()
@with_home
def pair(home: Home) -> None:
    """Show a code that connects a browser.

    \b
    Type it in the browser: Earmark's icon, then Settings, then "Pairing code".
    It is good once, for two minutes.

    Example: earmark pair
    """
    code = asyncio.run(_new_code(home))
    click.echo(code["code"])
    click.echo(
        'Type it in the browser: Earmark\'s icon, then Settings, then "Pairing code".\n'
        f"It is good once, for {int(code['expires_in'])} seconds.",
        err=True,
    )


async def _new_code(home: Home) -> Json:
    async with AgentClient(home) as agent:
        return await agent.pairing_code()


COMMANDS = {"pair": pair}
