"""Stands for `launchctl`: loads, unloads and prints as it does, and runs agents by supervisor.py.

$FAKE_SYSTEMD is a folder with its calls and states; a file `down` in it means that nobody is logged
in at the screen. The words are those of macOS 14, as far as the agent reads them.
"""

from __future__ import annotations

import json
import os
import plistlib
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from processes import is_dead, wait_until

STATE = Path(os.environ["FAKE_SYSTEMD"])
AGENTS = Path(os.environ["HOME"]) / "Library" / "LaunchAgents"
DOMAIN = f"gui/{os.getuid()}"
NOT_FOUND = 113


def main(arguments: list[str]) -> int:
    with (STATE / "calls").open("a", encoding="utf-8") as calls:
        print(json.dumps(arguments), file=calls)
    verb, target, *rest = arguments
    assert target.split("/")[:2] == DOMAIN.split("/"), "only the person's own domain is touched"
    if (STATE / "down").exists():
        return fail(112, "Could not find domain for")
    label = target.removeprefix(DOMAIN).removeprefix("/")
    return VERBS[verb](label, *rest)


def fail(code: int, words: str) -> int:
    print(words, file=sys.stderr)
    return code


def bootstrap(_: str, path: str) -> int:
    label = plistlib.loads(Path(path).read_bytes())["Label"]
    if state_file(label).exists():
        return fail(5, "Bootstrap failed: 5: Input/output error")
    run(label, Path(path))
    return 0


def bootout(label: str) -> int:
    if not state_file(label).exists():
        return fail(3, "Boot-out failed: 3: No such process")
    end(label)
    state_file(label).unlink()
    return 0


def kickstart(label: str) -> int:
    told = state(label)
    if told is None:
        return fail(NOT_FOUND, f'Could not find service "{label}" in domain for')
    if told["ActiveState"] != "active":
        end(label)
        run(label, AGENTS / f"{label}.plist")
    return 0


def show(label: str) -> int:
    if not label:
        print(f"{DOMAIN} = {{\n}}")
        return 0
    told = state(label)
    if told is None:
        return fail(NOT_FOUND, f'Could not find service "{label}" in domain for')
    running = told["ActiveState"] == "active"
    ended = told["ExecMainStatus"] or told["NRestarts"]
    lines = [f"state = {'running' if running else 'spawn scheduled'}"]
    lines += [f"pid = {told['MainPID']}"] if running else []
    lines += [f"last exit code = {told['ExecMainStatus'] if ended else '(never exited)'}"]
    print(f"{DOMAIN}/{label} = {{", *lines, "}", sep="\n\t")
    return 0


def print_disabled(_: str) -> int:
    print("\tdisabled services = {")
    for file in sorted(STATE.glob("*.disabled")):
        print(f'\t\t"{file.stem}" => disabled')
    print("\t}")
    return 0


def enable(label: str) -> int:
    (STATE / f"{label}.disabled").unlink(missing_ok=True)
    return 0


def log_in() -> int:
    for file in sorted(AGENTS.glob("*.plist")):
        if not (STATE / f"{file.stem}.disabled").exists():
            run(file.stem, file)
    return 0


def run(label: str, path: Path) -> None:
    journal = (STATE / "journal").open("ab")
    output: dict[str, Any] = {"stdout": journal, "stderr": journal, "stdin": subprocess.DEVNULL}
    command = [sys.executable, Path(__file__).parent / "supervisor.py", path, state_file(label)]
    state_file(label).unlink(missing_ok=True)
    subprocess.Popen(command, start_new_session=True, **output)
    wait_until(lambda: state_file(label).exists(), "the agent runs")


def end(label: str) -> None:
    told = state(label)
    if told and not is_dead(told["supervisor"]):
        os.kill(told["supervisor"], signal.SIGTERM)
        wait_until(lambda: is_dead(told["supervisor"]), "the agent ends")


def state_file(label: str) -> Path:
    return STATE / f"{label}.json"


def state(label: str) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(state_file(label).read_text(encoding="utf-8"))
    except OSError:
        return None
    return told


VERBS: dict[str, Any] = {
    "print": show,
    "print-disabled": print_disabled,
    **{verb.__name__: verb for verb in (bootstrap, bootout, kickstart, enable)},
}

if __name__ == "__main__":
    sys.exit(log_in() if sys.argv[1:] == ["log-in"] else main(sys.argv[1:]))
