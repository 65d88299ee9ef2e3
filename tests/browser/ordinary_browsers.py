"""Browsers as people have them: a profile that stays, the extension installed once and for all.

No flag and no driver loads the extension when such a browser starts. One thing no driver can do:
the file chooser of the operating system, by which a person picks the extension's folder
(Chromium) or package (Firefox). In its place stands what a debugger may ask of the browser; what
that does otherwise than a person's choice is put right in `ordinary_chromium.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import chromium
import firefox
from needs import lacking
from ordinary_chromium import OrdinaryChromium
from ordinary_firefox import OrdinaryFirefox
from playwright.sync_api import Playwright

EXECUTABLES = {"chromium": chromium.EXECUTABLE, "firefox": firefox.EXECUTABLE}
Ordinary = OrdinaryChromium | OrdinaryFirefox


def ordinary_browser(
    name: str, playwright: Playwright, site_port: int, profile: Path, flags: Sequence[str] = ()
) -> Ordinary:
    """A browser on an empty `profile`, without the extension; `install` brings that in.

    flags: for Chromium alone.
    """
    if not EXECUTABLES[name]:
        lacking(f"{name} is not installed")
    if name == "chromium":
        return OrdinaryChromium(playwright, site_port, profile, flags)
    return OrdinaryFirefox(site_port, profile)
