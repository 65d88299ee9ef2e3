"""Installs what the tests need from the system, or says exactly what to install.

Uses only the standard library: it runs before anything else is there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

# command that must be found -> the Debian package that brings it
COMMANDS = {
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "openssl": "openssl",
    "node": "nodejs",
    "npx": "npm",
    "systemctl": "systemd",
    "strace": "strace",
}
OTHER_NAMES = {"chromium": ("chromium-browser", "google-chrome"), "firefox-esr": ("firefox",)}
FONTS = "fonts-noto-core"
OLDEST_NODE = 20


def missing() -> list[str]:
    """Debian packages whose command is not there."""
    return [package for name, package in COMMANDS.items() if not found(name)]


def found(name: str) -> bool:
    return any(shutil.which(other) for other in (name, *OTHER_NAMES.get(name, ())))


def install(packages: list[str]) -> bool:
    """Through apt, as root or with a password-less sudo; False where neither is to be had."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = [*sudo, "apt-get", "-qq"]
    subprocess.run([*apt, "update"], check=False, env=environment)
    arguments = ["install", "-y", "--no-install-recommends", *packages]
    return subprocess.run([*apt, *arguments], check=False, env=environment).returncode == 0


def node_version() -> int:
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.lstrip("v").split(".")[0])


def main() -> int:
    """Without a program its tests are skipped, except in CI, where that is a failure."""
    lacking = missing()
    if lacking:
        print("Installing for the tests:", *lacking, flush=True)
        install([*lacking, FONTS])
    lacking = missing()
    if lacking:
        print("Not installed, so their tests are skipped:", *lacking, file=sys.stderr)
        print("On Debian or Ubuntu: sudo apt-get install", *lacking, FONTS, file=sys.stderr)
    elif node_version() < OLDEST_NODE:
        print(f"The extension's lint needs Node {OLDEST_NODE} or newer.", file=sys.stderr)
        lacking = ["nodejs"]
    return 1 if lacking and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
