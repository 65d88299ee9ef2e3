"""The sample thread: made-up comments to try a browser on, without any site."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from .guard import SAMPLE_PATH, is_inbox
from .operations import AGENT, Access, operation

SAMPLE = Path(__file__).with_name("sample.html")


@operation("A page of made-up comments.", access=Access.OPEN, produces="text/html")
async def sample(request: web.Request) -> web.StreamResponse:
    """The page itself; it shows the same to everyone.

    The inbox's own name leads to the agent's address: the only one of both that the extension
    may read.
    """
    if is_inbox(request):
        address = f"http://127.0.0.1:{request.app[AGENT].port}{SAMPLE_PATH}"
        return web.Response(status=307, headers={"Location": address})
    return web.FileResponse(SAMPLE, headers={"Content-Type": "text/html; charset=utf-8"})


ROUTES = [web.get(SAMPLE_PATH, sample)]
