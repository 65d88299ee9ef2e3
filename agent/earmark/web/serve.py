"""Starts the server on this machine's loopback addresses, and on nothing else."""

from __future__ import annotations

import errno
import os
import socket
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..health.port_owner import owner_of
from .errors import NOT_HTTP, OUR_FAULT, log_failure
from .headers import set_headers
from .operations import AGENT

BACKLOG = 128
SHUTDOWN_SECONDS = 5.0
# No access log: addresses hold what a person searched for, and sign-in secrets.
CONNECTION: dict[str, Any] = {"access_log": None, "lingering_time": 2.0}
NO_IPV6 = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
TRIES_FOR_A_FREE_PORT = 20


class PortTaken(EarmarkError):
    """Another program listens on the port; its name is in the text where it can be found."""

    code = "port_taken"
    status = 409

    def __init__(self, port: int) -> None:
        owner = owner_of(port)
        super().__init__(
            f"Port {port} is taken by {owner or 'another program'}.",
            "Stop that program, or start with another port: earmark start --port 47651. "
            "A browser that was paired has to be paired again for a new port.",
        )


async def start(app: web.Application, port: int) -> tuple[web.AppRunner, int]:
    """Serve `app` on 127.0.0.1 and, where there is one, ::1; `port` 0 takes any free one.

    Returns the runner, whose `cleanup()` stops the server, and the port. Sets `agent.port`.
    Raises PortTaken, and never answers on another port than the one asked for.
    """
    return await start_on(app, listen(port))


async def start_on(app: web.Application, sockets: list[socket.socket]) -> tuple[web.AppRunner, int]:
    """Serve `app` on what `listen` gave; closes it where that fails."""
    app[AGENT].port = bound = sockets[0].getsockname()[1]
    runner = _Runner(app, shutdown_timeout=SHUTDOWN_SECONDS)
    try:
        await runner.setup()
        for each in sockets:
            await web.SockSite(runner, each, backlog=BACKLOG).start()
    except BaseException:
        for each in sockets:
            each.close()
        await runner.cleanup()
        raise
    return runner, bound


def listen(port: int) -> list[socket.socket]:
    """Take `port` on the loopback addresses (0: any free one); who connects waits to be served.

    Raises PortTaken.
    """
    if port:
        return _bind_both(port)
    for _ in range(TRIES_FOR_A_FREE_PORT):
        try:
            return _bind_both(0)
        except PortTaken:
            continue
    raise EarmarkError("No port is free on both loopback addresses.", "Name one with --port.")


def _bind_both(port: int) -> list[socket.socket]:
    first = _listening(socket.AF_INET, "127.0.0.1", port)
    try:
        second = _listening(socket.AF_INET6, "::1", first.getsockname()[1])
    except OSError as error:
        if error.errno in NO_IPV6:
            return [first]
        first.close()
        raise
    except PortTaken:
        first.close()
        raise
    return [first, second]


def _listening(family: int, host: str, port: int) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere the option would let two programs share the port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port) from error
        if error.errno == errno.EACCES:
            raise EarmarkError(
                f"This user may not listen on port {port}.", "Choose one above 1023 with --port."
            ) from error
        raise
    return sock


class _Connection(web.RequestHandler):
    """Answers what is not HTTP, or failed outside every handler, as everything else is answered."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        if request.writer.output_size > 0:
            raise ConnectionError("the answer was already under way")
        if status >= 500 and exc is not None:
            log_failure(request.method, exc)
        error = OUR_FAULT if status >= 500 else NOT_HTTP
        response = web.json_response(error.as_json(), status=error.status)
        set_headers(response)
        response.force_close()
        return response


class _Server(web.Server):
    def __call__(self) -> web.RequestHandler:
        return _Connection(self, loop=self._loop, **CONNECTION)


class _Runner(web.AppRunner):
    async def _make_server(self) -> web.Server:
        plain: Any = await super()._make_server()
        return _Server(plain.request_handler, request_factory=plain.request_factory)
