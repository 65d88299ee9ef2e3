"""The text of the systemd unit, and the command line read back from it.

Quoting as in systemd.service(5) and systemd.syntax(7): words in double quotes with C escapes,
`%%` for a percent sign, `$$` for a dollar sign.
"""

from __future__ import annotations

import os
import re
import shlex

from .command import ENVIRONMENT, RESTART_SECONDS, START_ME_AGAIN, StartCommand

# Bytes that stand for themselves between double quotes; all others are written as \xHH.
PLAIN = frozenset(range(0x20, 0x7F)) - set(b'"\\')
DOUBLED = {ord("%"): "%%", ord("$"): "$$"}
# systemd takes no program whose path has quotes, backslashes or control signs, and replaces
# variables in its name; a shell can start such a one.
ODD_PROGRAM = re.compile(r"""["'\\$\x00-\x1f\x7f]""")
THROUGH_SHELL = ["/bin/sh", "-c", 'exec "$@"', "earmark"]
WORD = re.compile(r'"((?:[^"\\]|\\.)*)"')

UNIT = """\
# Written by `earmark service install`; `earmark service remove` takes it away.
[Unit]
Description=Earmark: hears comments while you browse, keeps them on this computer
StartLimitIntervalSec=0

[Service]
Type=exec
{environment}
ExecStart={command}
Restart=on-failure
RestartSec={seconds}
SuccessExitStatus={again}
RestartForceExitStatus={again}
KillMode=mixed
UMask=0077

[Install]
WantedBy=default.target
"""


def unit_text(command: StartCommand) -> str:
    """The unit that starts `command` at login and again after every failure."""
    return UNIT.format(
        environment="\n".join(f"Environment={name}={ENVIRONMENT[name]}" for name in ENVIRONMENT),
        command=" ".join(map(quoted, _startable(command.arguments))),
        seconds=RESTART_SECONDS,
        again=START_ME_AGAIN,
    )


def command_in(text: str) -> StartCommand | None:
    """What the unit `text` starts; None where it is not one of ours."""
    line = re.search(r"^ExecStart=(.*)$", text, re.M)
    words = [_unquoted(word) for word in WORD.findall(line[1])] if line else []
    shell = len(THROUGH_SHELL)
    return StartCommand.read(words[shell:] if words[:shell] == THROUGH_SHELL else words)


def quoted(word: str) -> str:
    """`word` as one argument of ExecStart, whatever is in it; a path may be no valid UTF-8."""
    return '"' + "".join(map(_escaped, os.fsencode(word))) + '"'


def _startable(arguments: list[str]) -> list[str]:
    return [*THROUGH_SHELL, *arguments] if ODD_PROGRAM.search(arguments[0]) else arguments


def _escaped(byte: int) -> str:
    if byte in DOUBLED:
        return DOUBLED[byte]
    return chr(byte) if byte in PLAIN else f"\\x{byte:02x}"


def _unquoted(word: str) -> str:
    plain = word.replace("%%", "%").replace("$$", "$").encode("ascii")
    return os.fsdecode(re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), plain))


def as_typed(command: StartCommand) -> str:
    """The command as it can be typed into a shell or a desktop's autostart."""
    return shlex.join(command.arguments)
