"""Which browsers are on this machine, and where."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from earmark.errors import EarmarkError
from earmark.extension.files import Engine

_LETS_CHOOSE = re.compile(r"\d(?:esr|a1)\b")
ANSWER_SECONDS = 5.0


@dataclass(frozen=True)
class Kind:
    """A browser we can drive, with the places where its program is kept by default."""

    name: str
    label: str
    engine: Engine
    commands: tuple[str, ...]
    mac: str
    windows: tuple[str, ...]
    flatpak: str

    @property
    def takes_extension(self) -> bool:
        """Whether another program can load an unpacked extension into it on this system.

        Chromium's relatives take it over pipes that a program on Windows cannot hand down.
        """
        return self.engine == "gecko" or sys.platform != "win32"


# In order of preference: where two are installed, the first is tried.
KINDS = (
    Kind(
        "chromium",
        "Chromium",
        "chromium",
        ("chromium", "chromium-browser"),
        "Chromium",
        (r"Chromium\Application\chrome.exe",),
        "org.chromium.Chromium",
    ),
    Kind(
        "chrome",
        "Google Chrome",
        "chromium",
        ("google-chrome", "google-chrome-stable"),
        "Google Chrome",
        (r"Google\Chrome\Application\chrome.exe",),
        "com.google.Chrome",
    ),
    Kind(
        "edge",
        "Microsoft Edge",
        "chromium",
        ("microsoft-edge", "microsoft-edge-stable"),
        "Microsoft Edge",
        (r"Microsoft\Edge\Application\msedge.exe",),
        "com.microsoft.Edge",
    ),
    Kind(
        "firefox",
        "Firefox",
        "gecko",
        ("firefox", "firefox-esr"),
        "Firefox",
        (r"Mozilla Firefox\firefox.exe", r"Mozilla Firefox ESR\firefox.exe"),
        "org.mozilla.firefox",
    ),
)
NAMES = tuple(kind.name for kind in KINDS)


@dataclass(frozen=True)
class Browser:
    """A browser that is installed: what it is and the program that starts it."""

    kind: Kind
    program: Path

    @property
    def snap(self) -> str:
        """The snap that confines it, by name; empty where it is free to read any folder."""
        if "/snap/" in str(self.program):
            return self.program.name
        if self.program.stat().st_size > 10_000:
            return ""
        # Ubuntu's packages of the same name are small scripts that start the snap.
        script = self.program.read_text(encoding="utf-8", errors="replace")
        return script.partition("/snap/bin/")[2].partition(" ")[0].strip('"\n')

    @property
    def is_flatpak(self) -> bool:
        """Whether a flatpak confines it; its program then bears the flatpak's name."""
        return self.program.name == self.kind.flatpak

    def takes_unsigned(self) -> bool:
        """Whether this is a Firefox that can be told to install what Mozilla has not signed.

        ESR and Nightly say so in their version. Asks the program; False where it does not answer.
        """
        if self.kind.engine == "chromium" or sys.platform == "win32":  # there a window would open
            return False
        return bool(_LETS_CHOOSE.search(_answer([str(self.program), "--version"])))

    def work_folder(self) -> Path | None:
        """Where to make folders that this browser can read; None for the usual place."""
        if self.is_flatpak:
            return Path.home() / ".var/app" / self.kind.flatpak
        common = Path.home() / "snap" / self.snap / "common"
        return common if self.snap and common.is_dir() else None


def find_browser(name: str = "") -> Browser:
    """The browser called `name` (one of NAMES), else the first there is; EarmarkError if none."""
    wanted = [kind for kind in KINDS if name == kind.name or (not name and kind.takes_extension)]
    for kind in wanted:
        for program in _places(kind):
            return Browser(kind, program)
    missing = f"{wanted[0].label} was not" if name else "No browser that Earmark can start was"
    others = [kind.label for kind in KINDS if kind not in wanted and any(_places(kind))]
    hint = f"Installed here: {', '.join(others)}." if others else "Install Firefox or Chromium."
    raise EarmarkError(f"{missing} found on this machine.", hint, code="no_browser")


def every_browser() -> list[Browser]:
    """All that are installed, each program once."""
    places = [(kind, path) for kind in KINDS for path in (*_places(kind), *_flatpaks(kind))]
    found: dict[Path, Browser] = {}
    for kind, path in places:
        # Every snap leads to the one program that starts them all.
        found.setdefault(path if "/snap/" in str(path) else path.resolve(), Browser(kind, path))
    return list(found.values())


def own_browser(name: str = "") -> Browser:
    """The browser called `name`, else the one that opens links here, else the first there is.

    EarmarkError where there is none.
    """
    installed = every_browser()
    if not name and (preferred := _of_desktop(installed)):
        return preferred
    named = [browser for browser in installed if name in ("", browser.kind.name)]
    return named[0] if named else find_browser(name)


def _of_desktop(installed: list[Browser]) -> Browser | None:
    """The browser that a desktop on Linux opens links with."""
    asking = shutil.which("xdg-settings")
    desktop = _answer([asking, "get", "default-web-browser"]) if asking else ""
    for browser in installed:
        if any(word in desktop for word in (browser.program.name, *browser.kind.commands)):
            return browser
    return None


def _answer(command: list[str]) -> str:
    """What a program says; nothing where it cannot be asked, which is no reason to stop."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=ANSWER_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _places(kind: Kind) -> Iterator[Path]:
    """Where the program is, first the likeliest."""
    for command in kind.commands:
        if found := shutil.which(command):
            yield Path(found)
    yield from (path for path in _default_places(kind) if path.is_file())


def _flatpaks(kind: Kind) -> list[Path]:
    roots = [Path("/var/lib/flatpak"), Path.home() / ".local/share/flatpak"]
    programs = [root / "exports/bin" / kind.flatpak for root in roots]
    return [program for program in programs if program.exists()]


def _default_places(kind: Kind) -> list[Path]:
    if sys.platform == "darwin":
        roots = [Path("/Applications"), Path.home() / "Applications"]
        return [root / f"{kind.mac}.app/Contents/MacOS" / _mac_program(kind) for root in roots]
    if sys.platform == "win32":
        names = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        folders = [Path(os.environ[name]) for name in names if os.environ.get(name)]
        return [folder / place for folder in folders for place in kind.windows]
    return []


def _mac_program(kind: Kind) -> str:
    return "firefox" if kind.engine == "gecko" else kind.mac
