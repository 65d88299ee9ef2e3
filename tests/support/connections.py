"""What a program and its children connect to, as the kernel was asked: recorded with strace."""

from __future__ import annotations

import ipaddress
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from needs import lacking, need_program

CALLS = "connect,sendto,sendmsg,sendmmsg"
# An address in a call: IPv4, or IPv6 with its port before it, as strace prints them.
TARGET = re.compile(
    r"sa_family=AF_INET6?, sin6?_port=htons\((?P<port>\d+)\)"
    r".*?(?:inet_addr\(|inet_pton\(AF_INET6, )\"(?P<host>[^\"]+)\""
)
# Neither leaves the machine: sockets in the file system, questions to the kernel, a socket let go.
LOCAL_FAMILY = re.compile(r"sa_family=AF_(UNIX|NETLINK|UNSPEC)\b")
FAMILY = re.compile(r"sa_family=\w+")
NAME_SERVICE = 53
PATIENCE = 30.0


@dataclass(frozen=True)
class Target:
    """Where a call went. `host` is an address, or the whole call where none could be read."""

    host: str
    port: int

    @property
    def leaves_the_machine(self) -> bool:
        """Whether it is off the loopback, or asks for a name: a resolver may sit on loopback."""
        try:
            address = ipaddress.ip_address(self.host)
        except ValueError:
            return True
        mapped = getattr(address, "ipv4_mapped", None) or address
        return not mapped.is_loopback or self.port == NAME_SERVICE


class Connections:
    """Records one command at a time into `log`: run `[*connections.prefix, *command]`."""

    def __init__(self, log: Path) -> None:
        self.log = log
        strace = need_program("strace")
        if subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True).returncode:
            lacking("strace may not watch programs here")
        # -D: the command keeps its own process id, so that signals reach it and not strace.
        options = ["-D", "-f", "--seccomp-bpf", "-s", "0"]
        options += ["-e", "signal=none", "-e", f"trace={CALLS}"]
        self.prefix = [strace, *options, "-o", str(log)]

    def targets(self) -> set[Target]:
        """What was reached for so far, the families that stay on the machine left out."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return {target for line in lines for target in targets_in(line)}

    def leaving(self) -> set[Target]:
        """What would have left the machine."""
        return {target for target in self.targets() if target.leaves_the_machine}

    def wait_for_the_end(self, pid: int) -> None:
        """Until strace has written down the end of process `pid`."""
        ended = re.compile(rf"^{pid} +\+\+\+ (exited|killed)", re.MULTILINE)
        deadline = time.monotonic() + PATIENCE
        while not ended.search(self.log.read_text(encoding="utf-8", errors="replace")):
            assert time.monotonic() < deadline, f"strace saw no end of {pid}, see {self.log}"
            time.sleep(0.05)


def targets_in(line: str) -> set[Target]:
    """The addresses in one line of strace; a family nobody expected is one that leaves."""
    found = {Target(each["host"], int(each["port"])) for each in TARGET.finditer(line)}
    strange = LOCAL_FAMILY.sub("", TARGET.sub("", line))
    return found | {Target(line, 0) for _ in FAMILY.finditer(strange)}
