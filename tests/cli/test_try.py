"""`earmark try`: the sample thread heard by a real browser, and nothing left of it afterwards."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_process import Command, objects, read_until
from needs import lacking

from earmark.cli.agent_client import AgentClient
from earmark.cli.browsers.installed import find_browser
from earmark.errors import EarmarkError

HEARING_SECONDS = 60


@pytest.fixture(params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> str:
    """The name of a browser that is installed; where tests must be complete, both are."""
    name: str = request.param
    try:
        find_browser(name)
    except EarmarkError as error:
        lacking(error.message)
    return name


@pytest.fixture
def trial_folders() -> Iterator[Path]:
    """Where the command makes its throw-away folders; Chromium wants the path short."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        yield Path(folder)


def expected_of_sample(earmark: Command, port: int) -> dict[str, str]:
    """Id and text of everything on the page, as `earmark parse` reads it."""
    page = Path(__file__).parents[2] / "agent/earmark/web/sample.html"
    done = earmark("parse", f"http://127.0.0.1:{port}/sample", str(page))
    return {each["id"]: each["text"] for each in objects(done.stdout) if "id" in each}


def stored(earmark: Command) -> dict[str, str]:
    return {each["id"]: each.get("text", "") for each in objects(earmark("export").stdout)}


def wait_until_stored(earmark: Command, expected: dict[str, str]) -> dict[str, str]:
    deadline = time.monotonic() + HEARING_SECONDS
    while expected.keys() - (heard := stored(earmark)).keys() and time.monotonic() < deadline:
        time.sleep(0.5)
    return heard


async def browsers(earmark: Command) -> list[dict[str, str]]:
    async with AgentClient(earmark.home) as agent:
        return (await agent.get("/v1/browsers"))["browsers"]


async def test_the_sample_thread_is_heard_and_nothing_is_left_behind(
    browser, agent, earmark, free_port, trial_folders
):
    expected = expected_of_sample(earmark, free_port)
    assert len(expected) >= 5
    trial = earmark.begin("try", "--headless", "--browser", browser, TMPDIR=str(trial_folders))
    said = read_until(trial, "to end the trial")
    assert f"http://127.0.0.1:{free_port}/sample" in said
    assert len(await browsers(earmark)) == 1
    assert wait_until_stored(earmark, expected) == expected
    trial.send_signal(signal.SIGINT)
    said, _ = trial.communicate(timeout=60)
    assert trial.returncode == 0, said
    assert "Traceback" not in said
    assert list(trial_folders.iterdir()) == []
    assert await browsers(earmark) == []
    assert agent.poll() is None
    assert stored(earmark) == expected, "what was heard stays"


def test_a_browser_that_cannot_start_is_an_error_in_words(earmark, agent, tmp_path):
    broken = tmp_path / "bin"
    broken.mkdir()
    program = broken / "chromium"
    program.write_text("#!/bin/sh\necho no display here >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    path = f"{broken}{os.pathsep}{os.environ['PATH']}"
    done = earmark("try", "--browser", "chromium", PATH=path, TMPDIR=str(tmp_path))
    assert done.returncode == 1
    assert "Chromium did not start" in done.stderr
    assert "no display here" in done.stderr
    assert not list(tmp_path.glob("earmark-try-*"))


def test_an_address_that_is_none_is_refused_before_a_browser_starts(earmark):
    done = earmark("try", "not an address")
    assert done.returncode == 1
    assert "not the address of a web page" in done.stderr
    assert not earmark.home.path.exists()
