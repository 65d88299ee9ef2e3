"""The agent's own notes: enough to see what happened, nothing of what was captured."""

from __future__ import annotations

import ast
import io
import logging
import re
from pathlib import Path

import pytest

from earmark import logs
from earmark.agent import running
from earmark.errors import EarmarkError, PluginRaised
from earmark.settings import Home

AGENT = Path(logs.__file__).parent
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare()
    return home


def noted(home: Home) -> list[str]:
    return logs.log_file(home).read_text(encoding="utf-8").splitlines()


async def test_each_start_notes_version_port_and_system_and_each_end(home):
    async with running(home, 0) as agent:
        port, version = agent.port, agent.version
    first, last = noted(home)[0], noted(home)[-1]
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO agent: ", first)
    assert f"Earmark {version} runs on port {port}; Python 3." in first
    assert "started by hand" in first
    assert "Stopped" in last
    assert str(home.path) not in "".join(noted(home))


def test_only_its_owner_can_read_it_also_after_rotation(home, monkeypatch):
    monkeypatch.setattr(logs, "BYTES_A_FILE", 2_000)
    with logs.kept_in(home) as log:
        for number in range(500):
            log.info("Note %d.", number)
    files = sorted(home.logs_folder.iterdir())
    assert [file.name for file in files] == ["agent.log", *[f"agent.log.{n}" for n in range(1, 5)]]
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert home.logs_folder.stat().st_mode & 0o777 == 0o700
    assert noted(home)[-1].endswith("Note 499.")


def test_a_folder_that_others_could_read_is_made_private(home):
    home.logs_folder.mkdir(mode=0o755)
    home.logs_folder.chmod(0o755)
    assert home.logs_folder in home.not_private()
    with logs.kept_in(home):
        assert home.not_private() == []


def test_what_a_plugin_or_a_page_said_is_left_out(home):
    with logs.kept_in(home):
        log = logging.getLogger("earmark.plugins")
        said = "the comment of Ayşe: I love it"
        log.warning("plugin %s: %s", "hackernews", said)
        log.warning("%s", PluginRaised("hackernews", said))
        log.error("a batch waits: %s", ValueError(said), exc_info=ValueError(said))
        log.info("Plainly %(text)s", {"text": said})
    text = "\n".join(noted(home))
    assert "Ayşe" not in text
    assert "plugin hackernews: …" in text
    assert "PluginRaised" in text
    assert "ValueError" in text


def test_an_error_is_noted_with_the_places_it_went_through(home):
    with logs.kept_in(home) as log:
        try:
            raise RuntimeError("what a page said")
        except RuntimeError:
            log.exception("It failed.")
    (line,) = noted(home)
    assert re.search(r"It failed\. RuntimeError at test_agent_log\.py:\d+$", line)


def test_of_libraries_only_that_they_complained_is_noted(home):
    with logs.kept_in(home):
        logging.getLogger("aiohttp.server").error("Error handling %s", "/v1/items?text=secret")
        logging.getLogger("asyncio").info("small talk")
    (line,) = noted(home)
    assert "ERROR aiohttp.server: " in line
    assert "secret" not in line


def test_one_note_is_one_line_and_steers_no_terminal(home):
    with logs.kept_in(home) as log:
        log.info("%s", logs.Fact("a\nb\r\x1b[31mc\u2028d\u202ee"))
    (line,) = noted(home)
    assert line.endswith(r"a\nb\r\x1b[31mc\u2028d\u202ee")


def test_folders_of_the_person_are_not_named(home, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    with logs.kept_in(home) as log:
        log.info("%s", logs.Fact(f"in {home.path}/x and {tmp_path}/y"))
    assert noted(home)[0].endswith("in HOME-FOLDER/x and ~/y")


def test_the_terminal_shows_what_it_shows_without_it(home, capsys):
    def speak() -> str:
        logging.getLogger("earmark.plugins").info("small talk")
        logging.getLogger("earmark.plugins").warning("plugin %s: %s", "x", "it is broken")
        return capsys.readouterr().err

    root = logging.getLogger()
    others, root.handlers = root.handlers, []  # those with which tests are watched
    try:
        before = speak()
        with logs.kept_in(home):
            during = speak()
        after = speak()
    finally:
        root.handlers = others
    assert before == during == after == "plugin x: it is broken\n"


def test_a_full_disk_is_told_once_and_stops_nothing(home, monkeypatch, capsys):
    def full(*_: object) -> io.TextIOWrapper:
        return open("/dev/full", "a", encoding="utf-8")  # noqa: PTH123

    monkeypatch.setattr(logs._Notes, "_open", full)
    with logs.kept_in(home) as log:
        for _ in range(3):
            log.info("A note.")
    assert capsys.readouterr().err.count("cannot be written: [Errno 28]") == 1


def test_a_file_in_the_place_of_its_folder_is_said(home):
    home.logs_folder.write_text("mine", encoding="utf-8")
    with pytest.raises(EarmarkError, match="logs cannot be used") as raised, logs.kept_in(home):
        pass
    assert raised.value.hint


def test_every_note_in_the_code_is_a_constant_with_its_parts_beside_it():
    """Only then can the parts be looked at one by one."""
    for path in sorted(AGENT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in LEVELS and "log" in ast.unparse(node.func.value).lower():
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}"
