"""Firefox with the extension, over WebDriver BiDi: no geckodriver, aiohttp only."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
from driver import PATIENCE, Browser, Tab, until

EXECUTABLE = shutil.which("firefox-esr") or shutil.which("firefox")
UUID = "11111111-2222-4333-8444-555555555555"  # any; fixed, so that our pages have a known address
CLICKS = 5
SECONDS_TO_LAND = 2.0
# A page that is drawn anew between looking and clicking moves a button away from under the click.
AIM = """((aimed) => {
  const aim = (globalThis.aim = { landed: false });
  const note = (event) => { aim.landed ||= event.composedPath().includes(aimed); };
  addEventListener("click", note, { capture: true, once: true });
})(document.querySelector(%s))"""
QUIET = {
    "remote.prefs.recommended": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.startup.homepage": "about:blank",
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.trr.mode": 5,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "browser.safebrowsing.update.enabled": False,
    "extensions.update.enabled": False,
    "xpinstall.signatures.required": False,
    # A temporary add-on goes with the browser; its storage must stay for the restart.
    "extensions.webextensions.keepStorageOnUninstall": True,
    "extensions.webextensions.keepUuidOnUninstall": True,
    # A click that asks for a site is allowed without the doorhanger.
    "extensions.webextOptionalPermissionPrompts": False,
}


# What the last start left in a profile, or what the next one writes there.
OF_ONE_START = shutil.ignore_patterns("lock", ".parentlock", "user.js", "firefox.log")


class BiDiError(Exception):
    """What the browser answered to a command it could not carry out."""


class BiDi:
    """One WebDriver BiDi connection, used from synchronous code."""

    def __init__(self, url: str) -> None:
        self._pending: dict[int, asyncio.Future[Any]] = {}
        self._count = 0
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._call(self._connect(url))

    def _call(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(120)

    async def _connect(self, url: str) -> None:
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(url, max_msg_size=0)
        self._reader = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            data = json.loads(message.data)
            if data.get("id") in self._pending:
                self._pending.pop(data["id"]).set_result(data)
        for future in self._pending.values():
            future.set_exception(BiDiError("connection closed"))

    async def _send(self, method: str, params: dict[str, Any]) -> Any:
        self._count += 1
        future = self._pending[self._count] = self._loop.create_future()
        await self._socket.send_json({"id": self._count, "method": method, "params": params})
        return await asyncio.wait_for(future, 110)

    def command(self, method: str, **params: Any) -> Any:
        reply = self._call(self._send(method, params))
        if reply.get("type") == "error":
            raise BiDiError(f"{reply.get('error')}: {reply.get('message')}")
        return reply["result"]

    def evaluate(self, context: str, expression: str) -> Any:
        """The value of an expression, awaited; through JSON."""
        reply = self.command(
            "script.evaluate",
            target={"context": context},
            awaitPromise=True,
            expression=f"(async () => JSON.stringify(await ({expression})))()",
        )
        if reply["type"] == "exception":
            raise BiDiError(reply["exceptionDetails"]["text"])
        value = reply["result"].get("value")
        return None if value is None else json.loads(value)

    def close(self) -> None:
        self._call(self._session.close())
        self._loop.call_soon_threadsafe(self._loop.stop)


class FirefoxTab(Tab):
    def __init__(self, bidi: BiDi, context: str) -> None:
        self._bidi = bidi
        self.context = context

    def goto(self, url: str) -> None:
        self._bidi.command(
            "browsingContext.navigate", context=self.context, url=url, wait="complete"
        )

    def evaluate(self, expression: str) -> Any:
        return self._bidi.evaluate(self.context, expression)

    def click(self, selector: str) -> None:
        for _ in range(CLICKS):
            self.evaluate(AIM % json.dumps(selector))
            self.click_at(selector)
            if self._landed():
                return
        raise AssertionError(f"{selector} moved away from every click")

    def _landed(self) -> bool:
        """Whether the last click reached what it was meant for, or made the page go."""
        try:
            return (
                self.evaluate(until("globalThis.aim?.landed ?? true", SECONDS_TO_LAND)) is not None
            )
        except BiDiError:
            return True

    def click_at(self, selector: str) -> None:
        middle = self.evaluate(
            "((e) => { e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
            " return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)]; })"
            f"(document.querySelector({json.dumps(selector)}))"
        )
        actions = [
            {"type": "pointerMove", "x": middle[0], "y": middle[1]},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"pointerType": "mouse"}
        pointer = {"type": "pointer", "id": "mouse", "parameters": mouse, "actions": actions}
        self._bidi.command("input.performActions", context=self.context, actions=[pointer])

    def press(self, key: str) -> None:
        value = {"Escape": "\ue00c"}[key]  # as WebDriver writes it
        strokes = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self._bidi.command("input.performActions", context=self.context, actions=[keyboard])

    def activate(self) -> None:
        self._bidi.command("browsingContext.activate", context=self.context)

    def close(self) -> None:
        self._bidi.command("browsingContext.close", context=self.context)


class Firefox(Browser):
    """`public`: the fixture site counts as a public address, so that Local Network Access holds.

    `through` is two ports: what is sent to the first, under any host name, reaches the second.
    """

    name = "firefox"
    base = f"moz-extension://{UUID}"

    def __init__(
        self, extension: Path, site_port: int, profile: Path,
        *, public: bool = True, through: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        self.extension = extension
        self.profile = profile
        manifest = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))
        self.id = manifest["browser_specific_settings"]["gecko"]["id"]
        self.settings: dict[str, Any] = {
            **QUIET,
            "extensions.webextensions.uuids": json.dumps({self.id: UUID}),
            # Every https host name leads to the fixture site; the agent's port is untouched.
            "network.dns.forceResolve": "127.0.0.1",
            "network.socket.forcePort": f"443={site_port}",
        }
        if through:
            self.settings["network.socket.forcePort"] += f";{through[0]}={through[1]}"
        if public:
            override = "network.lna.address_space.public.override"
            self.settings[override] = f"127.0.0.1:{site_port}"
        self._start()

    def _start(self) -> None:
        self._open_session()
        data = {"type": "path", "path": str(self.extension)}
        self._bidi.command("webExtension.install", extensionData=data)
        self.desk = self.options()

    def _open_session(self) -> None:
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in self.settings.items())
        (self.profile / "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._bidi = BiDi(f"{self._launch()}/session")
        capabilities = {"alwaysMatch": {"acceptInsecureCerts": True}}
        self._bidi.command("session.new", capabilities=capabilities)

    def _launch(self) -> str:
        log = self.profile / "firefox.log"
        environment = {
            **os.environ,
            "HOME": str(self.profile),
            "MOZ_CRASHREPORTER_DISABLE": "1",
            "MOZ_DISABLE_AUTO_SAFE_MODE": "1",
        }
        command = [str(EXECUTABLE), "--headless", "--no-remote", "--profile", str(self.profile)]
        # System access: for pages of the extension and for the browser's own window.
        command += ["--remote-debugging-port", "0", "--remote-allow-system-access"]
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                command, stdout=out, stderr=out, env=environment, start_new_session=True
            )
        return self._address(log)

    def _address(self, log: Path) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            text = log.read_text(encoding="utf-8", errors="replace")
            if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", text):
                return found[1]
            time.sleep(0.05)
        raise BiDiError("firefox did not start: " + log.read_text(errors="replace")[-2000:])

    def new_tab(self) -> Tab:
        created = self._bidi.command("browsingContext.create", type="tab")
        return FirefoxTab(self._bidi, created["context"])

    def addresses(self) -> list[str]:
        return [each["url"] for each in self._bidi.command("browsingContext.getTree")["contexts"]]

    def allow_grants(self, pattern: str) -> None:
        """Set by a preference for all."""

    def _in_window(self, expression: str) -> Any:
        tree = self._bidi.command("browsingContext.getTree", **{"moz:scope": "chrome"})
        return self._bidi.evaluate(tree["contexts"][0]["context"], expression)

    def stop_background(self) -> None:
        extension = f"WebExtensionPolicy.getByID({json.dumps(self.id)}).extension"
        # Resolves once it is gone; an event may have started the next one by then.
        self._in_window(f"{extension}.terminateBackground({{disableResetIdleForTest: true}})")

    def choose_menu_item(self, item: str, tab_id: int, text: str) -> None:
        info = json.dumps({"menuItemId": item, "frameId": 0, "selectionText": text})
        extension = f"WebExtensionPolicy.getByID({json.dumps(self.id)}).extension"
        tracker = f"{extension}.tabManager.get({tab_id}).nativeTab"
        self._in_window(
            f"{extension}.emit('webext-menu-menuitem-click', {info}, {tracker}).then(() => 1)"
        )

    def screenshot(self, tab: Tab, path: Path, width: int, height: int) -> None:
        assert isinstance(tab, FirefoxTab)
        viewport = {"width": width, "height": height}
        self._bidi.command("browsingContext.setViewport", context=tab.context, viewport=viewport)
        shot = self._bidi.command("browsingContext.captureScreenshot", context=tab.context)
        path.write_bytes(base64.b64decode(shot["data"]))

    def close_tabs(self) -> None:
        assert isinstance(self.desk, FirefoxTab)
        tree = self._bidi.command("browsingContext.getTree")["contexts"]
        for context in {each["context"] for each in tree} - {self.desk.context}:
            with suppress(BiDiError):  # a page may close itself before we do
                FirefoxTab(self._bidi, context).close()

    def restart(self) -> None:
        self._stop()
        self._start()

    def close(self) -> None:
        self._stop()

    def _stop(self) -> None:
        self._bidi.command("browser.close")
        self._bidi.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class BareFirefox(Firefox):
    """Without extension and site: what a profile has to do once, done once.

    A first start compiles Firefox's own scripts and makes its databases; a start on a copy of the
    profile computes little more than half as long.
    """

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.settings = dict(QUIET)
        self._open_session()

    def copy_to(self, profile: Path) -> None:
        """Give a new browser the profile of this one, which is closed."""
        shutil.copytree(self.profile, profile, ignore=OF_ONE_START, dirs_exist_ok=True)
