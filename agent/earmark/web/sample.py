"""The sample thread: made-up comments to try a browser on, without any site."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from .operations import Access, operation

SAMPLE = Path(__file__).with_name("sample.html")


@operation("A page of made-up comments.", access=Access.OPEN, produces="text/html")
async def sample(_request: web.Request) -> web.FileResponse:
    """The page itself; it shows the same to everyone."""
    return web.FileResponse(SAMPLE, headers={"Content-Type": "text/html; charset=utf-8"})


ROUTES = [web.get("/sample", sample)]
