"""Which program listens on a port, where the system tells."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"
# Lines of /proc/net/tcp: number, local address:port in hex, remote, state, …, and the inode tenth.
INODE = 9
ASKING_SECONDS = 10.0


def owner_of(port: int) -> str:
    """Name and number of the process that listens on `port`; empty where unknown."""
    if not (PROC / "net/tcp").exists():
        return _as_lsof_says(port)
    links = {f"socket:[{inode}]" for inode in _inodes(port)}
    for process in PROC.glob("[0-9]*") if links else ():
        if _holds(process, links):
            return _shown(_name(process), process.name)
    return ""


def _shown(name: str, pid: str) -> str:
    return f"{name} (process {pid})"


def _as_lsof_says(port: int) -> str:
    """The same on macOS."""
    program = shutil.which("lsof")
    if not program:
        return ""
    command = [program, "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(command, capture_output=True, timeout=ASKING_SECONDS, check=False)
        lines = said.stdout.decode("utf-8", "replace").splitlines()
        told = {line[0]: line[1:] for line in reversed(lines) if line}
        if told.keys() >= {"p", "c"}:
            return _shown(_printable(told["c"]), told["p"])
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
        return _printable((process / "comm").read_text(encoding="utf-8", errors="replace").strip())
    return "a program"


def _printable(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())
