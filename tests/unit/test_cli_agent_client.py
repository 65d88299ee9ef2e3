"""Commands reach the agent of their home, and no proxy stands between."""

from __future__ import annotations

import pytest
from aiohttp import web

from earmark.cli.agent_client import AgentClient, NotRunning
from earmark.errors import EarmarkError
from earmark.settings import Home


@pytest.fixture
async def home(tmp_path, aiohttp_server):
    """A home whose agent is a stand-in that shows what it was sent."""

    async def echo(request: web.Request) -> web.Response:
        return web.json_response(
            {"sent": request.headers["Authorization"], "body": await request.json()}
        )

    async def refuse(request: web.Request) -> web.Response:
        error = EarmarkError("No room.", "Make some.", code="full")
        return web.json_response(error.as_json(), status=507)

    async def babble(request: web.Request) -> web.Response:
        return web.Response(text="<html>router login", content_type="text/html")

    app = web.Application()
    app.add_routes([web.post("/echo", echo), web.get("/full", refuse), web.get("/html", babble)])
    server = await aiohttp_server(app)
    home = Home(tmp_path / "home")
    with home.lock():
        home.announce(server.port, "the secret")
        yield home


async def test_a_request_carries_the_control_secret(home):
    async with AgentClient(home) as agent:
        answer = await agent.post("/echo", {"a": 1})
    assert answer == {"sent": "Bearer the secret", "body": {"a": 1}}


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_a_proxy_of_the_environment_is_not_asked(home, monkeypatch, name):
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with AgentClient(home) as agent:
        assert (await agent.post("/echo"))["body"] == {}


async def test_what_the_agent_refuses_is_told_in_its_words(home):
    async with AgentClient(home) as agent:
        with pytest.raises(EarmarkError, match=r"No room\.") as caught:
            await agent.get("/full")
    assert (caught.value.hint, caught.value.code, caught.value.status) == (
        "Make some.",
        "full",
        507,
    )


@pytest.mark.parametrize("path", ["/html", "/nothing"])
async def test_what_is_not_an_answer_of_earmark_is_an_error_in_words(home, path):
    async with AgentClient(home) as agent:
        with pytest.raises(EarmarkError, match="did not answer as Earmark does"):
            await agent.get(path)


async def test_an_agent_that_has_gone_is_not_running(home, unused_tcp_port):
    home.announce(unused_tcp_port, "secret")
    async with AgentClient(home) as agent:
        with pytest.raises(NotRunning):
            await agent.get("/v1/status")


async def test_without_an_agent_the_hint_says_how_to_start_one(tmp_path):
    with pytest.raises(NotRunning) as caught:
        AgentClient(Home(tmp_path))
    assert "earmark start" in caught.value.hint
