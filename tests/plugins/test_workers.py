"""Worker processes: whatever a plugin does in one, Earmark goes on and names it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from earmark.errors import EarmarkError, PluginCrashed, PluginError, PluginRaised, PluginTimedOut
from earmark.workers import PluginWorkers

HOSTILE = """
import ctypes, json, os, sys
from earmark.errors import EarmarkError
from earmark.registry import asking

def echo(value): return value
def pid(): return os.getpid()
def sleep(seconds):
    import time
    time.sleep(seconds)
def loop():
    while True: pass
def leave(code): os._exit(code)
def break_down(): ctypes.string_at(0)
def recurse(): return recurse()
def nested():
    value = []
    for _ in range(100_000): value = [value]
    return value
def a_set(): return {1, 2}
def not_a_number(): return float("nan")
def much(size): return "x" * size
def raise_local():
    class Local(Exception): pass
    raise Local("unpicklable")
def raise_exit(): sys.exit(0)
def raise_told(): raise EarmarkError("Told so.", "Do that.", code="told", status=409)
def noise():
    print("noise")
    os.write(1, b"noise\\n")
    os.write(2, b"noise\\n")
    return sys.stdin.read() if sys.stdin else ""
def settings():
    import locale, signal
    return [sys.flags.utf8_mode, locale.getpreferredencoding(False),
            signal.getsignal(signal.SIGINT) == signal.SIG_IGN]
def hang_in(plugin):
    with asking(plugin):
        loop()
def leave_pid_and_loop(path):
    with open(path + ".part", "w", encoding="utf-8") as file: file.write(str(os.getpid()))
    os.rename(path + ".part", path)
    loop()
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile_plugin.py").write_text(HOSTILE, encoding="utf-8")
    sys.path.insert(0, str(folder))
    yield import_module("hostile_plugin")
    sys.path.remove(str(folder))
    del sys.modules["hostile_plugin"]


@pytest.fixture(scope="module")
def shared(hostile: Any) -> Iterator[PluginWorkers]:
    """One worker for the tests that leave it as they found it."""
    with PluginWorkers(max_workers=1) as workers:
        yield workers


@pytest.fixture
def workers(hostile: Any) -> Iterator[PluginWorkers]:
    with PluginWorkers(max_workers=1) as workers:
        yield workers


async def test_json_goes_in_and_comes_out(shared: PluginWorkers, hostile: Any) -> None:
    value = {"text": "سلام \ud800", "list": [1, 2.5, None, True]}
    assert await shared.call(hostile.echo, value, timeout=20) == value


async def test_calls_run_in_one_process_again_and_again(
    shared: PluginWorkers, hostile: Any
) -> None:
    pids = {await shared.call(hostile.pid, timeout=20) for _ in range(3)}
    assert len(pids) == 1
    assert os.getpid() not in pids


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("recurse", [], "RecursionError"),
        ("nested", [], "RecursionError"),
        ("a_set", [], "not JSON serializable"),
        ("not_a_number", [], "ValueError"),
        ("raise_local", [], "unpicklable"),
        ("raise_exit", [], "SystemExit"),
        ("much", [17 * 2**20], "at most 16"),
    ],
)
def test_an_exception_or_a_bad_answer_is_blamed_on_the_plugin(
    shared: PluginWorkers, hostile: Any, function: str, args: list[Any], words: str
) -> None:
    before = shared.call_sync(hostile.pid, timeout=20)
    with pytest.raises(PluginRaised, match=words) as caught:
        shared.call_sync(getattr(hostile, function), *args, timeout=20, plugin="forum")
    assert caught.value.plugin == "forum"
    assert shared.call_sync(hostile.pid, timeout=20) == before


def test_an_error_written_for_people_arrives_as_it_is(shared: PluginWorkers, hostile: Any) -> None:
    with pytest.raises(EarmarkError, match="Told so") as caught:
        shared.call_sync(hostile.raise_told, timeout=20, plugin="forum")
    assert (caught.value.hint, caught.value.code, caught.value.status) == ("Do that.", "told", 409)
    assert not isinstance(caught.value, PluginError)


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("leave", [0], "ended its process"),
        ("leave", [7], "exit code 7"),
        ("break_down", [], "SIGSEGV"),
    ],
)
def test_a_plugin_that_kills_its_process_is_named_and_the_next_call_works(
    workers: PluginWorkers, hostile: Any, function: str, args: list[Any], words: str
) -> None:
    with pytest.raises(PluginCrashed, match=words) as caught:
        workers.call_sync(getattr(hostile, function), *args, timeout=20, plugin="forum")
    assert caught.value.plugin == "forum"
    assert workers.call_sync(hostile.echo, "well", timeout=20) == "well"


def test_a_plugin_that_hangs_is_stopped_and_the_next_call_works(
    workers: PluginWorkers, hostile: Any
) -> None:
    before = workers.call_sync(hostile.pid, timeout=20)
    with pytest.raises(PluginTimedOut, match=r"did not answer in 0\.2 s"):
        workers.call_sync(hostile.loop, timeout=0.2, plugin="forum")
    assert workers.call_sync(hostile.pid, timeout=20) != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_who_is_asked_inside_a_call_is_blamed(workers: PluginWorkers, hostile: Any) -> None:
    with pytest.raises(PluginTimedOut) as caught:
        workers.call_sync(hostile.hang_in, "tagger", timeout=0.2)
    assert caught.value.plugin == "tagger"


def test_a_process_killed_while_idle_is_replaced(workers: PluginWorkers, hostile: Any) -> None:
    os.kill(workers.call_sync(hostile.pid, timeout=20), signal.SIGKILL)
    assert workers.call_sync(hostile.echo, "well", timeout=20) == "well"


def test_after_three_failures_in_a_row_a_plugin_rests(workers: PluginWorkers, hostile: Any) -> None:
    for _ in range(2):
        with pytest.raises(PluginCrashed):
            workers.call_sync(hostile.leave, 1, timeout=20, plugin="forum")
    assert workers.call_sync(hostile.echo, "well", timeout=20, plugin="forum") == "well"
    for _ in range(3):
        with pytest.raises(PluginCrashed):
            workers.call_sync(hostile.leave, 1, timeout=20, plugin="forum")

    with pytest.raises(PluginCrashed, match="rests after failing 3 times"):
        workers.call_sync(hostile.echo, "well", timeout=20, plugin="forum")
    assert list(workers.resting.now()) == ["forum"]
    assert workers.call_sync(hostile.echo, "well", timeout=20, plugin="other") == "well"


def test_what_a_plugin_prints_goes_nowhere(
    shared: PluginWorkers, hostile: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    assert shared.call_sync(hostile.noise, timeout=20) == ""
    assert capfd.readouterr() == ("", "")


def test_workers_speak_utf8_in_any_locale_and_ignore_the_keyboard(
    hostile: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "tr_TR.ISO-8859-9")
    monkeypatch.setenv("PYTHONUTF8", "0")
    with PluginWorkers(max_workers=1) as workers:
        utf8, encoding, ignored = workers.call_sync(hostile.settings, timeout=20)
    assert (utf8, encoding.lower(), ignored) == (1, "utf-8", True)


async def test_two_calls_run_at_once_in_two_processes(hostile: Any) -> None:
    with PluginWorkers(max_workers=2) as workers:
        busy = asyncio.create_task(workers.call(hostile.loop, timeout=60))
        await asyncio.sleep(0)
        assert await workers.call(hostile.echo, "well", timeout=20) == "well"
        assert not busy.done()
        busy.cancel()


def test_an_idle_process_goes_and_comes_back(hostile: Any) -> None:
    with PluginWorkers(max_workers=1, idle_seconds=0.2) as workers:
        pid = workers.call_sync(hostile.pid, timeout=20)
        wait_for_end(pid)
        assert workers.call_sync(hostile.pid, timeout=20) != pid


async def test_closing_ends_a_call_under_way(hostile: Any) -> None:
    workers = PluginWorkers(max_workers=1)
    pid = await workers.call(hostile.pid, timeout=20)
    busy = asyncio.create_task(workers.call(hostile.sleep, 60, timeout=60))
    await asyncio.sleep(0)
    workers.close()
    with pytest.raises(EarmarkError, match="stopping"):
        await busy
    with pytest.raises(EarmarkError, match="stopping"):
        await workers.call(hostile.pid, timeout=20)
    wait_for_end(pid)


PARENT = """
import sys
sys.path.insert(0, sys.argv[1])
import hostile_plugin
from earmark.workers import PluginWorkers

if __name__ == "__main__":
    PluginWorkers(max_workers=1).call_sync(
        hostile_plugin.leave_pid_and_loop, sys.argv[2], timeout=60)
"""


def test_a_busy_worker_dies_when_its_parent_is_killed(hostile: Any, tmp_path: Path) -> None:
    script, pid_file = tmp_path / "parent.py", tmp_path / "pid"
    script.write_text(PARENT, encoding="utf-8")
    folder = str(Path(hostile.__file__).parent)
    parent = subprocess.Popen([sys.executable, str(script), folder, str(pid_file)])
    wait_until(pid_file.exists)
    parent.kill()
    parent.wait()
    wait_for_end(int(pid_file.read_text(encoding="utf-8")))


def wait_until(condition: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def wait_for_end(pid: int) -> None:
    """Return once no process has that id."""

    def gone() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split()[2] == "Z"

    wait_until(gone)
