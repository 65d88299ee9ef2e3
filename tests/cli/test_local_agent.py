"""A command that needs an agent has one: the one that runs, else its own for as long."""

from __future__ import annotations

from earmark.cli import local_agent
from earmark.cli.agent_client import AgentClient


async def test_without_an_agent_one_is_started_and_ends_with_the_command(
    earmark, free_port, monkeypatch
):
    monkeypatch.setattr(local_agent, "DEFAULT_PORT", free_port)
    async with local_agent.agent_at(earmark.home), AgentClient(earmark.home) as agent:
        assert (await agent.get("/v1/status"))["product"] == "earmark"
    assert earmark.home.running() is None


async def test_an_agent_that_runs_is_used_and_left_running(agent, earmark):
    async with local_agent.agent_at(earmark.home):
        assert earmark.home.running().pid == agent.pid
    assert agent.poll() is None
