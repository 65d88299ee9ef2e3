"""What a person does to have the extension in their own browser, step by step."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from earmark.extension.signing import SIGNING_KEY, SIGNING_PAGE
from earmark.extension.unpacked import Place

from .installed import Browser

EXTENSIONS_PAGE = {"edge": "edge://extensions"}
PICK_BY_PATH = {
    "darwin": "(in the file chooser press Cmd+Shift+G and paste it)",
    "win32": "(paste it into the file chooser's address line)",
}
PICK = "(in the file chooser press Ctrl+L and paste it)"


def steps(browser: Browser, place: Place) -> str:
    """The steps for one browser, as text for a terminal."""
    if browser.kind.engine == "chromium":
        return _join(_chromium(browser, place))
    if browser.takes_unsigned():
        return _join(
            [
                f"{browser.kind.label} is here in an edition that installs the extension unsigned:",
                "",
            ],
            _unsigned(place),
            ["", "To try it until Firefox is closed, without changing a setting:", ""],
            _temporary(place),
        )
    return _join(
        [
            "The usual Firefox keeps only what Mozilla has signed, and Earmark comes unsigned.",
            "There are three ways.",
            "",
            "A. Until Firefox is closed, to look at it. It is gone at the next start:",
            "",
        ],
        _temporary(place),
        ["", "B. For good, in Firefox ESR or Firefox Developer Edition:", ""],
        _unsigned(place),
        ["", "C. For good, in any Firefox: have it signed for yourself, unlisted and free:", ""],
        _signed(place),
    )


def _chromium(browser: Browser, place: Place) -> list[str]:
    page = EXTENSIONS_PAGE.get(browser.kind.name, "chrome://extensions")
    return [
        f"In {browser.kind.label}:",
        "",
        *_numbered(
            [f"Open this page (type it into the address bar): {page}"],
            ["Switch on “Developer mode”."],
            ["Press “Load unpacked” and choose this folder:", place.extension, _how_to_pick()],
        ),
        "",
        "Leave the folder where it is: the browser reads it at each start, and an update of",
        "Earmark renews it there.",
    ]


def _temporary(place: Place) -> list[str]:
    return _numbered(
        ["Open about:debugging#/runtime/this-firefox"],
        [
            "Press “Load Temporary Add-on…” and choose this file:",
            place.extension / "manifest.json",
            _how_to_pick(),
        ],
    )


def _unsigned(place: Place) -> list[str]:
    return _numbered(
        [
            "Open about:config, look for  xpinstall.signatures.required  and switch it to false.",
            "From then on Firefox checks no extension's signature: add none that you do not trust.",
        ],
        _from_file(place.package),
        ["Press Earmark's icon, then Settings, and type the pairing code shown below."],
    )


def _signed(place: Place) -> list[str]:
    command = (
        f'npx web-ext@10 sign --channel unlisted --source-dir "{place.to_sign}" '
        f'--artifacts-dir "{place.signed}" --api-key KEY --api-secret SECRET'
    )
    return [
        *_numbered(
            [f"Make a free account at addons.mozilla.org, and a key there: {SIGNING_KEY}"],
            ["With Node.js installed, run this with your KEY and SECRET:", command],
            [f"Without Node.js, sign in at {SIGNING_PAGE}", "and give it:", place.package],
            _from_file("the signed file, whose name ends in .xpi"),
            ["Press Earmark's icon, then Settings, and type the pairing code shown below."],
        ),
        "",
        "Signing uploads the extension's code to Mozilla, and none of your data. The copy has its",
        "own id, because Mozilla signs an id for one account only. After an update of Earmark sign",
        "the new file in the same way.",
    ]


def _from_file(package: Path | str) -> list[str | Path]:
    return ["Open about:addons, press the gear, then “Install Add-on From File…”:", package]


def _numbered(*entries: Sequence[str | Path]) -> list[str]:
    """Each entry's first line after its number, the others below it."""
    lines = []
    for number, (first, *more) in enumerate(entries, 1):
        lines += [f"  {number}. {first}", *(f"     {line}" for line in more)]
    return lines


def _how_to_pick() -> str:
    return PICK_BY_PATH.get(sys.platform, PICK)


def _join(*parts: Iterable[str]) -> str:
    return "\n".join(line for part in parts for line in part)
