"""The agent as a computer starts it at login: by the line that the service's unit holds."""

from __future__ import annotations

import os
import sys
import time

from agent_process import START_SECONDS, AgentProcess
from unit_reader import command_line, environment, read_unit

from earmark.service.command import StartCommand
from earmark.service.unit_file import unit_text
from earmark.settings import Home


class AgentByUnit(AgentProcess):
    """Runs what the systemd unit of this home says, in the environment that it says.

    There is no systemd here: its part, to start that line at login, is this class's.
    """

    def command(self) -> list[str]:
        file = self.home.parent / "earmark.service"
        command = StartCommand(str(Home(self.home).path), self.port, "", sys.executable)
        file.write_text(unit_text(command), encoding="utf-8")
        unit = read_unit(file)
        self.environment |= environment(unit)
        (line,) = unit["Service"]["ExecStart"]
        return [os.fsdecode(word) for word in command_line(line)]

    def _wait_until_ready(self) -> None:
        """A service says nothing; its home tells when it answers."""
        assert self.process is not None
        end = time.monotonic() + START_SECONDS
        while (found := Home(self.home).running()) is None or found.pid != self.process.pid:
            assert self.process.poll() is None, f"the agent ended, see {self.log.name}"
            assert time.monotonic() < end, f"the agent did not start, see {self.log.name}"
            time.sleep(0.05)
        self.port, self.secret = found.port, found.control_secret
