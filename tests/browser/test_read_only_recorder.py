"""The recorders of the read-only test catch what they are there to catch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from connections import Connections, Target, targets_in

# A datagram socket that is connected has sent nothing yet: the kernel was only told where to.
REACH = """
import contextlib, socket, subprocess, sys
host, port, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3]
family = socket.AF_INET6 if ":" in host else socket.AF_INET
with contextlib.suppress(OSError), socket.socket(family, getattr(socket, kind)) as plug:
    plug.connect((host, port))
"""
IN_A_CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"


def record(folder: Path, *command: str) -> Connections:
    connections = Connections(folder / "strace.log")
    with subprocess.Popen([*connections.prefix, sys.executable, "-c", *command]) as process:
        process.wait(60)
    connections.wait_for_the_end(process.pid)
    return connections


@pytest.mark.parametrize(
    ("host", "port"),
    [("192.0.2.1", 443), ("2001:db8::1", 443), ("::ffff:192.0.2.1", 80), ("127.0.0.53", 53)],
)
def test_a_planted_connection_is_caught(tmp_path: Path, host: str, port: int) -> None:
    connections = record(tmp_path, REACH, host, str(port), "SOCK_DGRAM")
    assert connections.leaving() == {Target(host, port)}


def test_a_childs_connection_is_caught(tmp_path: Path) -> None:
    connections = record(tmp_path, IN_A_CHILD, REACH, "192.0.2.1", "443", "SOCK_DGRAM")
    assert connections.leaving() == {Target("192.0.2.1", 443)}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_connection_to_this_machine_is_seen_and_let_pass(tmp_path: Path, host: str) -> None:
    connections = record(tmp_path, REACH, host, "9", "SOCK_STREAM")
    assert connections.targets() == {Target(host, 9)}
    assert connections.leaving() == set()


def test_an_address_that_cannot_be_read_counts_as_leaving() -> None:
    line = "7 connect(3, {sa_family=AF_AX25, sa_data=...}, 16) = 0"
    assert {target.leaves_the_machine for target in targets_in(line)} == {True}
    local = '7 connect(3, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0'
    assert targets_in(local) == set()
