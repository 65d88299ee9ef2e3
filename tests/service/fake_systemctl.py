"""Stands for `systemctl --user`: keeps `enabled` as systemd does, and runs units by supervisor.py.

$FAKE_SYSTEMD is a folder with its calls and the units' states; a file `down` in it means that no
user manager answers.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from processes import is_dead, wait_until

STATE = Path(os.environ["FAKE_SYSTEMD"])
UNITS = Path(os.environ["HOME"]) / ".config" / "systemd" / "user"
WANTED = UNITS / "default.target.wants"
DEAD = {"ActiveState": "inactive", "SubState": "dead", "Result": "success", "MainPID": 0}


def main(arguments: list[str]) -> int:
    with (STATE / "calls").open("a", encoding="utf-8") as calls:
        print(json.dumps(arguments), file=calls)
    assert arguments[0] == "--user", "the system's own manager is never asked"
    if (STATE / "down").exists():
        return fail("Failed to connect to bus: No medium found")
    verb, *rest = arguments[1:]
    options = [word for word in rest if word.startswith("--")]
    names = [word for word in rest if not word.startswith("--")]
    VERBS[verb](options, *names)
    return 0


def fail(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


def required(name: str) -> Path:
    if not (UNITS / name).is_file():
        sys.exit(fail(f"Unit file {name} does not exist."))
    return UNITS / name


def enable(_: list[str], name: str) -> None:
    WANTED.mkdir(exist_ok=True)
    link = WANTED / name
    link.unlink(missing_ok=True)
    link.symlink_to(required(name))


def disable(options: list[str], name: str) -> None:
    required(name)
    (WANTED / name).unlink(missing_ok=True)
    if "--now" in options:
        stop(options, name)


def start(_: list[str], name: str) -> None:
    if state(name)["ActiveState"] == "active":
        return
    stop([], name)
    command = [sys.executable, Path(__file__).parent / "supervisor.py", required(name)]
    journal = (STATE / "journal").open("ab")
    output: dict[str, Any] = {"stdout": journal, "stderr": journal, "stdin": subprocess.DEVNULL}
    subprocess.Popen([*command, state_file(name)], start_new_session=True, **output)
    wait_until(lambda: state_file(name).exists(), "the unit runs")


def stop(_: list[str], name: str) -> None:
    if supervisor := state(name).get("supervisor"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(supervisor, signal.SIGTERM)
        wait_until(lambda: is_dead(supervisor), "the unit ends")
    state_file(name).unlink(missing_ok=True)


def restart(options: list[str], name: str) -> None:
    stop(options, name)
    start(options, name)


def show(options: list[str], *names: str) -> None:
    if not names:
        print("Version=252 (fake)")
        return
    (name,) = names
    is_there = (UNITS / name).is_file()
    enabled = (WANTED / name).exists()
    told = state(name) | {
        "LoadState": "loaded" if is_there else "not-found",
        "FragmentPath": str(UNITS / name) if is_there else "",
        "UnitFileState": "enabled" if enabled else "disabled" if is_there else "",
    }
    (properties,) = [option.removeprefix("--property=") for option in options]
    for key in properties.split(","):
        print(f"{key}={told.get(key, '')}")


def log_in() -> None:
    """As systemd does at login: everything that is wanted is started."""
    for link in sorted(WANTED.glob("*.service")):
        start([], link.name)


def state_file(name: str) -> Path:
    return STATE / f"{name}.json"


def state(name: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(state_file(name).read_text(encoding="utf-8"))
    except OSError:
        return DEAD
    return told


VERBS = {
    "daemon-reload": lambda _: None,
    "reset-failed": lambda _, name: None,
    **{verb.__name__: verb for verb in (enable, disable, start, stop, restart, show)},
}

if __name__ == "__main__":
    sys.exit(log_in() if sys.argv[1:] == ["log-in"] else main(sys.argv[1:]))
