"""Reads a systemd unit as systemd.syntax(7) and systemd.service(5) say; no code of the agent's."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

ESCAPE = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|(.))", re.S)
SINGLE = {b"n": b"\n", b"t": b"\t", b"s": b" ", b"\\": b"\\", b'"': b'"', b"'": b"'"}
Sections = dict[str, dict[str, list[str]]]


def read_unit(path: Path) -> Sections:
    """section -> key -> values, in order; an empty value clears what stood before it."""
    sections: Sections = defaultdict(lambda: defaultdict(list))
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and line[0] not in "#;":
            key, _, value = line.partition("=")
            sections[section][key].append(value)
    return sections


def words(line: str) -> list[bytes]:
    """The words of a line, unquoted, escapes resolved."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)
    return [_unescaped((quoted or bare).encode()) for quoted, bare in found]


def command_line(line: str) -> list[bytes]:
    """The arguments of an ExecStart= line: specifiers, then variables; we use none of either."""
    return [_doubled(word) for word in words(line)]


def _unescaped(word: bytes) -> bytes:
    return ESCAPE.sub(lambda m: bytes([int(m[1], 16)]) if m[1] else SINGLE[m[2]], word)


def _doubled(word: bytes) -> bytes:
    for sign in (b"%", b"$"):
        halves = word.split(sign * 2)
        assert not any(sign in half for half in halves), f"{sign!r} has a meaning in {word!r}"
        word = sign.join(halves)
    return word


def environment(sections: Sections) -> dict[str, str]:
    """What Environment= adds."""
    lines = sections["Service"]["Environment"]
    return dict(os.fsdecode(word).split("=", 1) for line in lines for word in words(line))
