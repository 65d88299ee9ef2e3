"""Chromium with the extension, through Playwright and the system's own browser."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from driver import PATIENCE, Browser, Tab
from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def extension_id(extension: Path) -> str:
    """The id that the manifest's key fixes."""
    manifest = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(base64.b64decode(manifest["key"])).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def worker_targets(browser: CDPSession) -> set[str]:
    """The workers that run now, by the browser's own numbers."""
    targets = browser.send("Target.getTargets")["targetInfos"]
    return {each["targetId"] for each in targets if each["type"] == "service_worker"}


class ChromiumTab(Tab):
    def __init__(self, page: Page) -> None:
        self.page = page

    def goto(self, url: str) -> None:
        self.page.goto(url)

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(f"async () => await ({expression})")

    def click(self, selector: str) -> None:
        self.page.click(selector)

    def click_at(self, selector: str) -> None:
        box = self.page.locator(selector).first.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def activate(self) -> None:
        self.page.bring_to_front()

    def close(self) -> None:
        self.page.close()


class Chromium(Browser):
    """`public`: the fixture site counts as a public address, so that Local Network Access holds.

    `through` is two ports: what is sent to the first, under any host name, reaches the second.
    """

    name = "chromium"

    def __init__(
        self, playwright: Playwright, extension: Path, site_port: int, profile: Path,
        *, public: bool = True, through: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        self._playwright = playwright
        self.extension = extension
        self.profile = profile
        self.id = extension_id(extension)
        self.base = f"chrome-extension://{self.id}"
        # Without the EXCLUDEs the agent's own address would be mapped too.
        ours = ("127.0.0.1", "localhost", "earmark.localhost")
        rules = ", ".join([f"MAP * 127.0.0.1:{site_port}", *(f"EXCLUDE {host}" for host in ours)])
        if through:
            rules = f"MAP *:{through[0]} 127.0.0.1:{through[1]}, MAP *:443 127.0.0.1:{site_port}"
        self.arguments = [*FLAGS, f"--host-resolver-rules={rules}"]
        if public:
            self.arguments.append(f"--ip-address-space-overrides=127.0.0.1:{site_port}=public")
        self._start()

    def _start(self) -> None:
        self._launch(
            f"--disable-extensions-except={self.extension}", f"--load-extension={self.extension}"
        )
        if not self.context.service_workers:
            self.context.wait_for_event("serviceworker", timeout=PATIENCE * 1000)
        self.desk = self.options()

    def _launch(self, *more: str, without: Sequence[str] = ()) -> None:
        """`more` flags for this start; `without` those of Playwright's own."""
        self.context: BrowserContext = self._playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=EXECUTABLE,
            channel="chromium",
            headless=True,
            ignore_https_errors=True,
            args=[*self.arguments, *more],
            ignore_default_args=list(without),
        )

    def new_tab(self) -> Tab:
        return ChromiumTab(self.context.new_page())

    def addresses(self) -> list[str]:
        self.desk.evaluate("0")  # Playwright learns of new tabs only while it is asked something
        return [page.url for page in self.context.pages]

    def allow_grants(self, pattern: str) -> None:
        self._developer_private("addHostPermission", pattern)

    def revoke(self, pattern: str) -> None:
        self._developer_private("removeHostPermission", pattern)

    def _developer_private(self, function: str, pattern: str) -> None:
        page = self.context.new_page()
        page.goto("chrome://extensions/")
        call = "([name, id, pattern]) => chrome.developerPrivate[name](id, pattern)"
        page.evaluate(call, [function, self.id, pattern])
        page.close()

    def turn_on_developer_mode(self) -> None:
        """As a person does who loads an unpacked extension; without it, none survives a reload."""
        page = self.context.new_page()
        page.goto("chrome://extensions/")
        page.evaluate("chrome.developerPrivate.updateProfileConfiguration({inDeveloperMode: true})")
        page.close()

    def stop_background(self) -> None:
        """Kill the worker; a message may have started another by the time this returns."""
        assert isinstance(self.desk, ChromiumTab)
        assert self.context.browser
        session = self.context.new_cdp_session(self.desk.page)
        browser = self.context.browser.new_browser_cdp_session()
        killed = worker_targets(browser)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        end = time.monotonic() + PATIENCE
        while killed & worker_targets(browser):
            assert time.monotonic() < end, "the service worker is still running"
        browser.detach()
        session.detach()

    def choose_menu_item(self, item: str, tab_id: int, text: str) -> None:
        info = {"menuItemId": item, "frameId": 0, "selectionText": text}
        worker = self.context.service_workers[0]
        dispatch = "([info, id]) => chrome.contextMenus.onClicked.dispatch(info, {id})"
        worker.evaluate(dispatch, [info, tab_id])

    def close_tabs(self) -> None:
        assert isinstance(self.desk, ChromiumTab)
        self.desk.evaluate("0")  # as above
        for page in self.context.pages:
            if page is not self.desk.page:
                page.close()

    def restart(self) -> None:
        self.context.close()
        self._start()

    def screenshot(self, tab: Tab, path: Path, width: int, height: int) -> None:
        assert isinstance(tab, ChromiumTab)
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.screenshot(path=str(path))

    def close(self) -> None:
        self.context.close()
