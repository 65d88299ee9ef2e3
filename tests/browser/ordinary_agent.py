"""The agent as a computer starts it at login: by the line that the service's unit holds."""

from __future__ import annotations

import re
import shlex
import sys
import time

from agent_process import START_SECONDS, AgentProcess

from earmark.service.command import StartCommand
from earmark.service.unit_file import unit_text
from earmark.settings import Home


class AgentByUnit(AgentProcess):
    """Runs what the systemd unit of this home says, in the environment that it says.

    There is no systemd here: who reads the unit is this class, with systemd's rules for plain
    paths. What the unit's other lines do (start at login, start again after a failure) it does not.
    """

    def unit(self) -> str:
        """The unit that `earmark service install` writes for this home and port."""
        command = StartCommand(str(Home(self.home).path), self.port, "", sys.executable)
        return unit_text(command)

    def command(self) -> list[str]:
        unit = self.unit()
        lines = re.findall(r"^Environment=(\w+)=(.*)$", unit, re.MULTILINE)
        self.environment |= dict(lines)
        (start,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
        return [word.replace("%%", "%") for word in shlex.split(start)]

    def _wait_until_ready(self) -> None:
        """A service says nothing; its home tells when it answers."""
        assert self.process is not None
        end = time.monotonic() + START_SECONDS
        while (found := Home(self.home).running()) is None or found.pid != self.process.pid:
            assert self.process.poll() is None, f"the agent ended, see {self.log.name}"
            assert time.monotonic() < end, f"the agent did not start, see {self.log.name}"
            time.sleep(0.05)
        self.port, self.secret = found.port, found.control_secret
