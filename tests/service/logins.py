"""A login with a service manager of its own: systemd itself, or a stand-in that obeys the unit."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from needs import need_program
from processes import PATIENCE_SECONDS, is_dead, wait_until

HERE = Path(__file__).parent
SYSTEMD = "/lib/systemd/systemd"
# A mount namespace in which the machine seems to run systemd, and a control group of its own.
MANAGER = """
set -e
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd
mkdir -p /run/systemd/system
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir -p "/sys/fs/cgroup/$GROUP"
echo $$ > "/sys/fs/cgroup/$GROUP/cgroup.procs"
exec {systemd} --user --log-target=null
"""
POWER_OFF = """
set -e
mount -t cgroup2 cgroup2 /sys/fs/cgroup
cd /sys/fs/cgroup
echo 1 > "$GROUP/cgroup.kill"
while grep -q "populated 1" "$GROUP/cgroup.events"; do sleep 0.05; done
find "$GROUP" -depth -type d -exec rmdir {} +
"""


class Login:
    """What is common: a home of the person, and an environment for what they type."""

    name = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.person = folder / "person"
        # Short, as the name of a socket in it must be.
        self.runtime = Path(tempfile.mkdtemp(prefix="earmark-"))
        self.units = self.person / ".config" / "systemd" / "user"
        self.unit = self.units / "earmark.service"
        self.person.mkdir(mode=0o700)
        self.environment = {"HOME": str(self.person), "XDG_RUNTIME_DIR": str(self.runtime)}

    def whole_environment(self) -> dict[str, str]:
        ours = ("XDG_CONFIG_HOME", "DBUS_SESSION_BUS_ADDRESS", "EARMARK_HOME")
        inherited = {key: value for key, value in os.environ.items() if key not in ours}
        return inherited | self.environment

    def systemctl(self, *arguments: str) -> str:
        command = ["systemctl", "--user", *arguments]
        done = subprocess.run(
            command, env=self.whole_environment(), capture_output=True, text=True, check=False
        )
        return done.stdout

    def service_pid(self) -> int:
        """Of the service's process; 0 while none runs."""
        return int(self.systemctl("show", "earmark.service", "--property=MainPID").split("=")[1])

    def state(self) -> str:
        return self.systemctl("show", "earmark.service", "--property=SubState").strip()

    def close(self) -> None:
        """End everything and leave nothing behind."""
        self.power_off()
        shutil.rmtree(self.runtime)

    def log_in(self) -> None:
        raise NotImplementedError

    def power_off(self) -> None:
        """Everything of the login is gone at once, and nothing could tidy up."""
        raise NotImplementedError

    def give(self, **variables: str) -> None:
        """Have the service see variables that the tests steer it with."""
        raise NotImplementedError


class StandIn(Login):
    """No systemd here: `systemctl` is fake_systemctl.py, the unit is obeyed by supervisor.py."""

    name = "stand-in"
    program = "systemctl"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.state_folder = folder / "manager"
        programs = folder / "programs"
        for each in (self.state_folder, programs):
            each.mkdir()
        fake = programs / self.program
        script = HERE / f"fake_{self.program}.py"
        fake.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n')
        fake.chmod(0o755)
        self.environment |= {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "FAKE_SYSTEMD": str(self.state_folder),
            "FAKE_SECOND": "0.02",
        }

    def log_in(self) -> None:
        command = [sys.executable, str(HERE / f"fake_{self.program}.py"), "log-in"]
        subprocess.run(command, env=self.whole_environment(), check=True)

    def power_off(self) -> None:
        for file in self.states():
            state = json.loads(file.read_text(encoding="utf-8"))
            killed = [state["supervisor"], *filter(None, [state["MainPID"]])]
            for pid in killed:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
            for pid in killed:
                wait_until(functools.partial(is_dead, pid), "the power is off")
            file.unlink()

    def give(self, **variables: str) -> None:
        self.environment |= variables

    def states(self) -> list[Path]:
        """One file a service that was started."""
        return sorted(self.state_folder.glob("*.json"))


class Mac(StandIn):
    """No launchd here: `launchctl` is fake_launchctl.py, the property list is obeyed."""

    name = "launchd"
    program = "launchctl"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.unit = self.person / "Library" / "LaunchAgents" / "local.earmark.agent.plist"

    def service_pid(self) -> int:
        states = [json.loads(file.read_text("utf-8")) for file in self.states()]
        return sum(state["MainPID"] for state in states)


class RealSystemd(Login):
    """A systemd user manager of its own, in a mount namespace and a control group of its own."""

    name = "systemd"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        need_program("systemctl")
        if os.geteuid() != 0:
            pytest.skip("only root can run a systemd user manager beside the machine's own")
        self.environment["GROUP"] = f"earmark-{os.getpid()}-{id(self):x}"
        self.manager: subprocess.Popen[bytes] | None = None
        # What is calm for people is long for a test; everything else is as it was installed.
        self._drop_in("quick", "RestartSec=300ms")

    def log_in(self) -> None:
        self.manager = self._in_namespace(MANAGER.format(systemd=SYSTEMD))
        wait_until(self._is_up, "systemd --user answers")

    def _is_up(self) -> bool:
        assert self.manager is not None
        if self.manager.poll() is not None:
            pytest.skip("no systemd user manager can run in this container")
        state = self.systemctl("show", "--property=SystemState").strip()
        return state in ("SystemState=running", "SystemState=degraded")

    def power_off(self) -> None:
        if self.manager is not None and self.manager.poll() is None:
            assert self._in_namespace(POWER_OFF).wait(PATIENCE_SECONDS) == 0
            self.manager.wait(PATIENCE_SECONDS)

    def give(self, **variables: str) -> None:
        lines = [f'Environment="{name}={value}"' for name, value in variables.items()]
        self._drop_in("given", *lines)
        self.systemctl("daemon-reload")

    def _drop_in(self, name: str, *lines: str) -> None:
        folder = self.units / "earmark.service.d"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.conf").write_text("\n".join(["[Service]", *lines, ""]))

    def _in_namespace(self, script: str) -> subprocess.Popen[bytes]:
        command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", script]
        return subprocess.Popen(command, env=self.whole_environment(), stdin=subprocess.DEVNULL)


def logged_in(login: Login) -> Iterator[Login]:
    """The login for as long as a test lasts."""
    try:
        login.log_in()
        yield login
    finally:
        login.close()
