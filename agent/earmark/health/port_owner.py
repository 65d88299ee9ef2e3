"""Which program listens on a port, where the system tells."""

from __future__ import annotations

import contextlib
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"
# Lines of /proc/net/tcp: number, local address:port in hex, remote, state, …, and the inode tenth.
INODE = 9


def owner_of(port: int) -> str:
    """Name and number of the process that listens on `port`; empty where unknown."""
    links = {f"socket:[{inode}]" for inode in _inodes(port)}
    for process in PROC.glob("[0-9]*") if links else ():
        if _holds(process, links):
            return f"{_name(process)} (process {process.name})"
    return ""


def _inodes(port: int) -> set[str]:
    found = set()
    for table in (PROC / "net/tcp", PROC / "net/tcp6"):
        lines = table.read_text(encoding="ascii").splitlines()[1:] if table.exists() else []
        for columns in map(str.split, lines):
            _, _, local_port = columns[1].rpartition(":")
            if columns[3] == LISTENING and int(local_port, 16) == port:
                found.add(columns[INODE])
    return found


def _holds(process: Path, links: set[str]) -> bool:
    # Processes of others may not be looked into, and any may end while we look.
    with contextlib.suppress(OSError):
        for descriptor in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                if str(descriptor.readlink()) in links:
                    return True
    return False


def _name(process: Path) -> str:
    with contextlib.suppress(OSError):
        name = (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
        return "".join(sign for sign in name if sign.isprintable())
    return "a program"
