"""Runs the programs with which a service manager is asked: `systemctl` and `launchctl`."""

from __future__ import annotations

import os
import shutil
import subprocess

from ..errors import EarmarkError

PATIENCE_SECONDS = 30


class ManagerRefused(EarmarkError):
    """The service manager did not do what it was asked to; its own words are in the text."""

    code = "service_manager_refused"
    status = 502


def found(name: str) -> bool:
    """Whether there is such a program."""
    return shutil.which(name) is not None


def ask(*command: str) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end, whatever it answers; ManagerRefused where it does not end."""
    environment = {**os.environ, "LC_ALL": "C", "SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0"}
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ManagerRefused(
            f"{command[0]} did not answer: {type(error).__name__}.",
            "Try again after logging out and in.",
        ) from error


def reason_against(*command: str) -> str:
    """Why `command` does not work here, in its own words; empty where it does."""
    try:
        done = ask(*command)
    except ManagerRefused as error:
        return error.message
    said = " ".join(done.stderr.split())
    return (said or f"{command[0]} failed.") if done.returncode else ""


def demand(*command: str) -> str:
    """What `command` says; ManagerRefused with its words where it fails."""
    done = ask(*command)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split()) or f"exit code {done.returncode}"
        raise ManagerRefused(
            f"`{' '.join(command)}` failed: {said}",
            "Put that right, then run again: earmark service install",
        )
    return done.stdout
