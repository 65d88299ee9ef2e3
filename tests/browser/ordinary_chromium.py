"""Chromium with a profile that stays, the extension loaded unpacked from its folder."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from chromium import Chromium
from driver import Tab
from playwright.sync_api import Playwright

from earmark.extension.files import source_folder
from earmark.extension.unpacked import Place

# Playwright's own flags that would keep installed extensions out.
UNWANTED = ["--disable-extensions", "--disable-component-extensions-with-background-pages"]
# The bit of `creation_flags` by which Chromium remembers that a debugger loaded an extension, and
# drops it at the next start.
LOADED_BY_DEBUGGER = 1 << 15


class OrdinaryChromium(Chromium):
    """`install` once; no later start has a flag that names the extension.

    flags: more of them, for what a test wants to know.
    """

    def __init__(
        self, playwright: Playwright, site_port: int, profile: Path, flags: Sequence[str] = ()
    ) -> None:
        self.flags = flags
        super().__init__(playwright, source_folder(), site_port, profile)

    def _start(self) -> None:
        self.__dict__.pop("desk", None)
        loaded = self._load_as_a_person_did()
        debugging = [] if loaded else ["--enable-unsafe-extension-debugging"]
        self._launch(*debugging, *self.flags, without=UNWANTED)

    @cached_property
    def desk(self) -> Tab:  # opened when first used: it wakes the background
        return self.options()

    def switch_on_developer_mode(self) -> None:
        """The switch at the top of `chrome://extensions`."""
        page = self.context.new_page()
        page.goto("chrome://extensions/")
        page.evaluate("chrome.developerPrivate.updateProfileConfiguration({inDeveloperMode: true})")
        page.close()

    def load_unpacked(self, folder: Path) -> None:
        """*Load unpacked*, its folder chooser left out."""
        assert self.context.browser
        session = self.context.browser.new_browser_cdp_session()
        loaded = session.send("Extensions.loadUnpacked", {"path": str(folder)})
        session.detach()
        assert loaded["id"] == self.id, "the folder's manifest carries another key"

    def install(self, place: Place) -> None:
        """Have the unpacked extension in this profile from now on."""
        self.switch_on_developer_mode()
        self.load_unpacked(place.extension)

    def kill(self) -> None:
        """As a power cut would: nothing is tidied up."""
        assert self.context.browser
        session = self.context.browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        group = os.getpgid(next(each["id"] for each in processes if each["type"] == "browser"))
        assert group != os.getpgrp(), "the browser is in this test's own process group"
        os.killpg(group, signal.SIGKILL)
        self.context.close()

    def start_again(self) -> None:
        """After `kill`, on the same profile; no page of the extension is open."""
        self._start()

    def _load_as_a_person_did(self) -> bool:
        """Whether the profile has the extension: from now on as one that a person chose."""
        file = self.profile / "Default" / "Preferences"
        if not file.exists():
            return False
        preferences = json.loads(file.read_text(encoding="utf-8"))
        ours = preferences.get("extensions", {}).get("settings", {}).get(self.id)
        if ours and ours["creation_flags"] & LOADED_BY_DEBUGGER:
            ours["creation_flags"] &= ~LOADED_BY_DEBUGGER
            file.write_text(json.dumps(preferences), encoding="utf-8")
        return ours is not None
