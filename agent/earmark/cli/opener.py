"""Opens an address in the browser the person uses, where there is a screen to show it on."""

from __future__ import annotations

import os
import sys
import webbrowser


def has_display() -> bool:
    """Whether a browser window could appear for whoever typed the command."""
    if sys.platform in ("win32", "darwin"):
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_in_browser(url: str) -> bool:
    """Open `url` in the default browser; False where there is none."""
    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False
