"""Versions of browsers and of the extension: which is older, and which are old enough."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import EarmarkError
from ..extension.files import MANIFEST, manifest_of, source_folder
from ..model import Json
from .finding import Finding

NUMBERS = re.compile(r"\d+(?:\.\d+)*")
ASKING_SECONDS = 5.0


@dataclass(frozen=True)
class LeastVersions:
    """The oldest browsers that load the extension, as its manifest says; empty where unknown."""

    chromium: str
    gecko: str

    @classmethod
    def of_extension(cls) -> LeastVersions:
        """Those of the extension that came with this Earmark."""
        try:
            text = (source_folder() / MANIFEST).read_bytes()
        except EarmarkError:
            return cls("", "")
        return cls.of_manifest(manifest_of({MANIFEST: text}))

    @classmethod
    def of_manifest(cls, manifest: Json) -> LeastVersions:
        gecko = manifest.get("browser_specific_settings", {}).get("gecko", {})
        return cls(manifest.get("minimum_chrome_version", ""), gecko.get("strict_min_version", ""))

    def of(self, name: str) -> str:
        """That of the browser that calls itself `name`."""
        return self.gecko if "firefox" in name.lower() else self.chromium


@dataclass(frozen=True)
class Installed:
    """A browser on this computer: what people call it, and the program that starts it."""

    label: str
    program: Path


def check_installed(
    browsers: Iterable[Installed], least: LeastVersions, *, others_are_paired: bool
) -> Iterator[Finding]:
    """Those that are too old to load the extension; starts each to ask for its version."""
    code = "spare_browser_too_old" if others_are_paired else "installed_browser_too_old"
    for browser in browsers:
        version, needed = version_of(browser.program), least.of(browser.label)
        if is_older(version, needed):
            yield Finding(code, {"browser": browser.label, "version": version, "least": needed})


def version_of(program: Path) -> str:
    """What a browser's program answers to `--version`; empty where it answers nothing."""
    if sys.platform == "win32":  # there it would open a window instead
        return ""
    try:
        asked = subprocess.run(
            [program, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=ASKING_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    found = NUMBERS.search(asked.stdout.decode("utf-8", "replace"))
    return found[0] if found else ""


def is_older(version: str, than: str) -> bool:
    """Whether `version` comes before `than`; what carries no number is never called older."""
    one, other = _numbers(version), _numbers(than)
    return bool(one and other) and one < other


def _numbers(version: str) -> list[int]:
    found = NUMBERS.search(version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and not numbers[-1]:
        numbers.pop()  # 142 and 142.0 are one version
    return numbers
