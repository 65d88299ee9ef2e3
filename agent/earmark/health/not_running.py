"""Why no agent answers for a home."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import closing

from .. import stopped
from ..settings import Home
from .finding import Finding
from .port_owner import owner_of

AGENT = "The agent"  # what an agent calls itself while it holds the home
WITH_WORDS = ("port_taken", "disk_full", "crash")
CONNECT_SECONDS = 2.0
LONGEST_STATUS = 10_000  # bytes


def check_not_running(home: Home, port: int) -> Iterator[Finding]:
    """What is so while no agent is announced in `home`, which would take `port`."""
    if home.is_held():
        owner = home.owner()
        is_agent = owner.startswith(AGENT)
        yield Finding("agent_starting") if is_agent else Finding("home_held", {"owner": owner})
        return
    yield Finding("agent_not_running")
    yield from _last_end(home)
    yield from _port(port)


def _last_end(home: Home) -> Iterator[Finding]:
    ended = stopped.read(home)
    if ended is None:
        return
    if ended.code in WITH_WORDS:
        values = {"at": ended.at, "folder": str(home.logs_folder)}
        yield Finding(f"stopped_{ended.code}", values)
    else:
        reason = f"{ended.message} {ended.hint}".strip()
        yield Finding("stopped", {"at": ended.at, "reason": reason})


def _port(port: int) -> Iterator[Finding]:
    if is_earmark(port):
        yield Finding("port_taken_by_earmark", {"port": str(port)})
    elif owner := owner_of(port):
        yield Finding("port_taken", {"port": str(port), "owner": owner})
    elif is_taken(port):
        yield Finding("port_taken_by_unknown", {"port": str(port)})


def is_earmark(port: int) -> bool:
    """Whether an agent answers on `port`: one of another home, where ours has none."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=CONNECT_SECONDS)
    try:
        asking.request("GET", "/v1/status")
        status = json.loads(asking.getresponse().read(LONGEST_STATUS))
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        asking.close()
    return isinstance(status, dict) and status.get("product") == "earmark"


def is_taken(port: int) -> bool:
    """Whether something on this machine listens on `port`."""
    with closing(socket.socket()) as probe:
        probe.settimeout(CONNECT_SECONDS)
        return probe.connect_ex(("127.0.0.1", port)) == 0
