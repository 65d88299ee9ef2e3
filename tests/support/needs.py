"""What a test needs from the machine: missing, it is skipped on a laptop and fails in CI."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def lacking(message: str) -> NoReturn:
    """End the test: with a skip, or where nothing may be left out, with a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def need_program(name: str) -> str:
    """The path of a program."""
    return shutil.which(name) or lacking(f"{name} is not installed")
