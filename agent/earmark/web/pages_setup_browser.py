"""Getting the extension into the person's own browser, and what the browser has to allow."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

from aiohttp import web

from ..extension.signing import SIGNING_KEY, SIGNING_PAGE
from ..extension.unpacked import place_of, places, unpack
from ..settings import Home
from .credentials import CODE_SECONDS
from .operations import AGENT, Access, operation
from .pages_access import new_pairing
from .pages_act import form_page
from .pages_setup_show import show_step
from .pages_setup_sites import label_of
from .prepared_pairing import PREPARED_PAIRING

BROWSERS = {"chrome": "Chrome", "edge": "Edge", "chromium": "Chromium", "firefox": "Firefox"}
ADDRESSES = {
    "chrome": "chrome://extensions",
    "edge": "edge://extensions",
    "chromium": "chrome://extensions",
    "firefox": "about:debugging#/runtime/this-firefox",
}


@operation("Get the extension into your browser.", access=Access.OWNER, produces="text/html")
async def extension(request: web.Request) -> web.Response:
    asked = request.query.get("browser", "")
    browser = asked if asked in BROWSERS else browser_of(request.headers.get("User-Agent", ""))
    return await show_step(
        request,
        "extension",
        browser=browser,
        browser_names=BROWSERS,
        address=ADDRESSES[browser],
        paste_keys="⌘+Shift+G" if sys.platform == "darwin" else "Ctrl+L",
        signing_page=SIGNING_PAGE,
        signing_key=SIGNING_KEY,
        **await asyncio.to_thread(_on_disk, request.app[AGENT].home),
    )


def _on_disk(home: Home) -> dict[str, Any]:
    """The folder to load: the one where a code lies ready, for that is the one waited for."""
    known = places(home)
    waited_for = [place for place in known if _is_fresh(place.prepared)]
    place = (waited_for or known)[0]
    return {
        "place": place,
        "unpacked": (place.extension / "manifest.json").is_file(),
        "for_firefox": place.package.is_file(),
        "waiting": bool(waited_for),
    }


def _is_fresh(code: Path) -> bool:
    """Whether the code in the folder still opens; one left by a killed program does not."""
    try:
        return time.time() - code.stat().st_mtime < CODE_SECONDS
    except FileNotFoundError:
        return False


@form_page("Unpack the extension, and let it pair by itself.")
async def prepare(request: web.Request) -> web.Response:
    """Puts the files where browsers can load them; the next browser to do so needs no code."""
    form = await request.post()
    place = place_of(request.app[AGENT].home)
    await asyncio.to_thread(unpack, place, firefox=True)
    await request.app[PREPARED_PAIRING].begin(place.extension)
    asked = str(form.get("browser", ""))
    browser = f"?browser={asked}" if asked in BROWSERS else ""
    return web.Response(status=303, headers={"Location": f"/setup/extension{browser}"})


def browser_of(user_agent: str) -> str:
    """The browser that asks, as it calls itself; Chromium cannot be told from Chrome."""
    for sign, browser in (("Firefox/", "firefox"), ("Edg/", "edge")):
        if sign in user_agent:
            return browser
    return "chrome"


@operation("Connect the browser.", access=Access.OWNER, produces="text/html")
async def pair(request: web.Request) -> web.Response:
    return await show_step(request, "pair", pairing=None)


@form_page("Show a pairing code.")
async def show_code(request: web.Request) -> web.Response:
    """The code stands only in this answer; the one in the extension's folder is void by it."""
    await request.app[PREPARED_PAIRING].end()
    return await show_step(request, "pair", pairing=new_pairing(request))


@operation("Allow the sites in the browser.", access=Access.OWNER, produces="text/html")
async def allow(request: web.Request) -> web.Response:
    return await show_step(request, "allow", **_labels(request))


@operation("Try the sample page.", access=Access.OWNER, produces="text/html")
async def sample(request: web.Request) -> web.Response:
    return await show_step(request, "sample")


@operation("Hear a real page.", access=Access.OWNER, produces="text/html")
async def first(request: web.Request) -> web.Response:
    return await show_step(request, "first", **_labels(request))


def _labels(request: web.Request) -> dict[str, Any]:
    return {"labels": label_of(request.app[AGENT].plugins.entries)}


ROUTES = [
    web.get("/setup/extension", extension),
    web.post("/setup/extension", prepare),
    web.get("/setup/pair", pair),
    web.post("/setup/pair", show_code),
    web.get("/setup/allow", allow),
    web.get("/setup/sample", sample),
    web.get("/setup/first", first),
]
