"""Firefox with a profile that stays, the extension's package installed for good."""

from __future__ import annotations

import json
import os
import signal
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any

from driver import PATIENCE, Tab
from firefox import Firefox

from earmark.extension.files import source_folder
from earmark.extension.unpacked import Place

# What only throw-away profiles have set: there a temporary add-on keeps its things over a restart,
# and nobody is asked about signatures.
FOR_THROW_AWAY_PROFILES = (
    "extensions.webextensions.keepStorageOnUninstall",
    "extensions.webextensions.keepUuidOnUninstall",
    "extensions.webextensions.uuids",
    "xpinstall.signatures.required",
)


class OrdinaryFirefox(Firefox):
    """`install` once; every later start finds the extension in the profile."""

    def __init__(self, site_port: int, profile: Path) -> None:
        super().__init__(source_folder(), site_port, profile)

    def _start(self) -> None:
        self.__dict__.pop("desk", None)
        for name in FOR_THROW_AWAY_PROFILES:
            self.settings.pop(name, None)
        self._open_session()

    @property
    def base(self) -> str:  # of the extension's pages: Firefox makes the name up
        policy = f"WebExtensionPolicy.getByID({json.dumps(self.id)})"
        return f"moz-extension://{self._in_window(f'{policy}.mozExtensionHostname')}"

    @cached_property
    def desk(self) -> Tab:  # opened when first used: it wakes the background
        return self.options()

    def allow_unsigned(self) -> None:
        """Switch `xpinstall.signatures.required` off in `about:config`."""
        self._in_window("Services.prefs.setBoolPref('xpinstall.signatures.required', false)")

    def install(self, place: Place) -> None:
        """*Install Add-on From File*, its file chooser left out."""
        with zipfile.ZipFile(place.package) as package:
            manifest = json.loads(package.read("manifest.json"))
        self.id = manifest["browser_specific_settings"]["gecko"]["id"]
        data = {"type": "archivePath", "path": str(place.package)}
        self._install(data, **{"moz:permanent": True})

    def install_temporarily(self, place: Place) -> None:
        """*Load Temporary Add-on*: gone with the browser."""
        self._install({"type": "path", "path": str(place.extension)})

    def _install(self, data: dict[str, str], **more: Any) -> None:
        answer = self._bidi.command("webExtension.install", extensionData=data, **more)
        assert answer["extension"] == self.id

    def in_window(self, expression: str) -> Any:
        """The value of JavaScript in the browser's own window."""
        return self._in_window(expression)

    def has_extension(self) -> bool:
        """Whether it is in the profile and running."""
        addon = f"AddonManager.getAddonByID({json.dumps(self.id)})"
        return bool(self._in_window(f"{addon}.then((found) => found?.isActive ?? false)"))

    def kill(self) -> None:
        """As a power cut would: nothing is tidied up."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)
        self._bidi.close()

    def start_again(self) -> None:
        """After `kill`, on the same profile; no page of the extension is open."""
        self._start()
