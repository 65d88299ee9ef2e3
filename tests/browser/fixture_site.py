"""An https server that answers for every host name, with the pages a test gives it."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from aiohttp import web

CONTENT = Path(__file__).parents[2] / "extension"
SLICING = Path(__file__).parents[1] / "slicing"


class ServerThread:
    """aiohttp servers in one background thread, so that synchronous tests can use them."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._runners: list[web.AppRunner] = []
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def call(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    def serve(self, handler: Any, port: int = 0, tls: ssl.SSLContext | None = None) -> int:
        return int(self.call(self._serve(handler, port, tls)))

    async def _serve(self, handler: Any, port: int, tls: ssl.SSLContext | None) -> int:
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port, ssl_context=tls).start()
        self._runners.append(runner)
        return int(runner.addresses[0][1])

    def stop_serving(self) -> None:
        for runner in self._runners:
            self.call(runner.cleanup())
        self._runners = []

    def close(self) -> None:
        self.stop_serving()
        self._loop.call_soon_threadsafe(self._loop.stop)


class Site(ServerThread):
    """`pages["host/path"] = html` or JSON; the extension's own files lie under
    `/extension/` of any host.

    `requests` holds `(method, host, path)` of everything that was asked for.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.pages: dict[str, str] = {}
        self.requests: list[tuple[str, str, str]] = []
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*make_certificate(folder))
        self.port = self.serve(self._answer, tls=tls)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        host = request.host.split(":")[0]
        self.requests.append((request.method, host, request.path_qs))
        for prefix, folder in (("/extension/", CONTENT), ("/slicing/", SLICING)):
            if request.path.startswith(prefix):
                return web.FileResponse(folder / request.path.removeprefix(prefix))
        html = self.pages.get(host + request.path)
        if html is None:
            return web.Response(status=404, text="no such page")
        is_json = request.path.startswith("/api/") or html[:1] in ("{", "[")
        kind = "application/json" if is_json else "text/html"
        return web.Response(text=html, content_type=kind, charset="utf-8")


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate; its names do not matter, the browsers are told to accept it."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"]
    subject = ["-subj", "/CN=fixtures", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command + subject, check=True, capture_output=True)
    return certificate, key
