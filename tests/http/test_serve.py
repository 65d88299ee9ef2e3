"""Starting the server: loopback only, one port for both families, a taken port is an error."""

from __future__ import annotations

import socket
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web

from earmark.web import serve
from earmark.web.operations import AGENT


@pytest.fixture
def app() -> web.Application:
    app = web.Application()
    app[AGENT] = SimpleNamespace(port=0)  # type: ignore[assignment]
    return app


async def test_a_free_port_is_found_and_told(app: Any) -> None:
    runner, port = await serve.start(app, 0)
    assert port > 0
    assert app[AGENT].port == port
    hosts = {address[0] for address in runner.addresses}
    assert hosts <= {"127.0.0.1", "::1"}
    assert {address[1] for address in runner.addresses} == {port}
    await runner.cleanup()


@pytest.mark.parametrize("address", [("127.0.0.1", 0), ("::1", 0), ("0.0.0.0", 0)])
async def test_a_taken_port_is_an_error_that_names_its_owner(
    app: Any, address: tuple[str, int]
) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as squatter:
        squatter.bind(address)
        squatter.listen()
        port = squatter.getsockname()[1]
        with pytest.raises(serve.PortTaken) as taken:
            await serve.start(app, port)
    assert str(port) in taken.value.message
    if serve.owner_of.__globals__["PROC"].exists():
        assert "(process " in taken.value.message


async def test_a_port_is_free_again_after_stopping(app: Any) -> None:
    runner, port = await serve.start(app, 0)
    await runner.cleanup()
    other = web.Application()
    other[AGENT] = SimpleNamespace(port=0)  # type: ignore[assignment]
    again, same = await serve.start(other, port)
    assert same == port
    await again.cleanup()
