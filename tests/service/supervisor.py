"""Runs one systemd unit, or one launchd agent, and obeys what stands in its file.

`python supervisor.py FILE STATE_FILE`. A second lasts `FAKE_SECOND` seconds. It knows Restart=
on-failure, RestartSec, SuccessExitStatus, RestartForceExitStatus, StartLimitIntervalSec, UMask
and KillMode, and what a property list says instead; a file with anything else is refused, so that
nothing is left unobeyed.
"""

from __future__ import annotations

import contextlib
import json
import os
import plistlib
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Run as a program, it finds what the suites share by itself.
sys.path.append(str(Path(__file__).parents[1] / "support"))
from unit_reader import command_line, environment, read_unit

KNOWN = {
    "Unit": {"Description", "StartLimitIntervalSec"},
    "Service": {
        *("Type", "Environment", "ExecStart", "Restart", "RestartSec", "SuccessExitStatus"),
        *("RestartForceExitStatus", "KillMode", "UMask"),
    },
    "Install": {"WantedBy"},
}
KNOWN_PROPERTIES = {
    *("Label", "ProgramArguments", "EnvironmentVariables", "RunAtLoad", "KeepAlive"),
    *("ThrottleInterval", "Umask"),
}
CLEAN_SIGNALS = {signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGPIPE}
STARTS_ALLOWED = 5  # within ten seconds, where StartLimitIntervalSec is not 0


@dataclass
class Orders:
    """What a file says is to be done; exit codes in `restarted` are tried again in any case."""

    command: list[bytes]
    environment: dict[str, str]
    umask: int
    restart_seconds: int
    success: set[int]
    restarted: set[int]
    limited: bool


def orders_of_unit(path: Path) -> Orders:
    """As systemd reads it."""
    sections = read_unit(path)
    for name, keys in sections.items():
        assert set(keys) <= KNOWN[name], set(keys) - KNOWN[name]
    service = {key: values[-1] for key, values in sections["Service"].items()}
    assert (service["Restart"], service["KillMode"]) == ("on-failure", "mixed")
    return Orders(
        command_line(service["ExecStart"]),
        environment(sections),
        int(service["UMask"], 8),
        int(service["RestartSec"]),
        {0, int(service["SuccessExitStatus"])},
        {int(service["RestartForceExitStatus"])},
        sections["Unit"]["StartLimitIntervalSec"] != ["0"],
    )


def orders_of_property_list(path: Path) -> Orders:
    """As launchd reads it."""
    told = plistlib.loads(path.read_bytes())
    assert set(told) == KNOWN_PROPERTIES
    assert told["RunAtLoad"] is True
    assert told["KeepAlive"] == {"SuccessfulExit": False}
    return Orders(
        [os.fsencode(word) for word in told["ProgramArguments"]],
        told["EnvironmentVariables"],
        told["Umask"],
        told["ThrottleInterval"],
        {0},
        set(),
        limited=False,
    )


class Supervisor:
    """One unit and its process."""

    def __init__(self, orders: Orders, state_file: Path) -> None:
        self.orders = orders
        self.state_file = state_file
        self.told_to_stop = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None
        self.restarts = 0

    def run(self) -> None:
        """Until the process ends for good, or the supervisor is told to stop it."""
        while not self.told_to_stop.is_set():
            code = self._run_once()
            if self.told_to_stop.is_set() or not self._to_be_restarted(code):
                break
            self.restarts += 1
            if self.orders.limited and self.restarts >= STARTS_ALLOWED:
                self._tell("failed", "failed", Result="start-limit-hit", ExecMainStatus=code)
                return
            self._tell("activating", "auto-restart", Result="exit-code", ExecMainStatus=code)
            self.told_to_stop.wait(self._restart_seconds())
        failed = not self.told_to_stop.is_set() and not self._is_success(code)
        result = {"Result": "exit-code", "ExecMainStatus": code} if failed else {}
        self._tell(*(["failed"] * 2 if failed else ["inactive", "dead"]), **result)

    def stop(self, *_: Any) -> None:
        """KillMode=mixed: the process is asked; what it leaves behind is killed."""
        self.told_to_stop.set()
        if self.child:
            self.child.terminate()

    def _run_once(self) -> int:
        try:
            self.child = subprocess.Popen(
                self.orders.command,
                env={**os.environ, **self.orders.environment},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                umask=self.orders.umask,
            )
        except OSError:
            return 203
        self._tell("active", "running", MainPID=self.child.pid)
        code = self.child.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        return code

    def _is_success(self, code: int) -> bool:
        return code in self.orders.success or -code in CLEAN_SIGNALS

    def _to_be_restarted(self, code: int) -> bool:
        return code in self.orders.restarted or not self._is_success(code)

    def _restart_seconds(self) -> float:
        return self.orders.restart_seconds * float(os.environ["FAKE_SECOND"])

    def _tell(self, active: str, sub: str, **more: Any) -> None:
        state = {"ActiveState": active, "SubState": sub, "Result": "success", "MainPID": 0}
        state |= {
            "ExecMainStatus": 0,
            "NRestarts": self.restarts,
            "supervisor": os.getpid(),
            **more,
        }
        draft = self.state_file.with_suffix(".new")
        draft.write_text(json.dumps(state), encoding="utf-8")
        draft.replace(self.state_file)


if __name__ == "__main__":
    file = Path(sys.argv[1])
    orders = orders_of_property_list if file.suffix == ".plist" else orders_of_unit
    supervisor = Supervisor(orders(file), Path(sys.argv[2]))
    signal.signal(signal.SIGTERM, supervisor.stop)
    supervisor.run()
