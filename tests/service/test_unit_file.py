"""The systemd unit: whatever stands in a path, exactly that is started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logins import RealSystemd
from needs import need_program
from processes import wait_until
from unit_reader import command_line, environment, read_unit

from earmark.service.command import StartCommand
from earmark.service.unit_file import command_in, quoted, unit_text

# Everything a path may hold: any byte but NUL; bytes that are no UTF-8 as Python shows them.
PATHS = (
    st.binary(min_size=1)
    .filter(lambda name: 0 not in name)
    .map(lambda name: "/" + os.fsdecode(name))
)
NASTY = [
    "/home/Ayşe Yıl/ear mark",
    "/home/100%/%h/%%n",
    "/home/$HOME/${HOME}/$$",
    "/home/\"double\" 'single'",
    "/home/back\\slash\\n\\x41",
    "/home/new\nline\ttab\x7f",
    "/home/; rm -rf /",
    "/home/گزارش/#x",
    "/home/ends in a space ",
    "/home/@-:+!",
    os.fsdecode(b"/home/latin \xe9 and \xff"),
]


@given(home=PATHS, store=PATHS, program=PATHS, port=st.integers(0, 65535))
def test_what_is_written_is_read_back(home, store, program, port):
    command = StartCommand(home, port, store, program)
    text = unit_text(command)
    assert command_in(text) == command
    assert text.isascii(), "no encoding to get wrong"


@given(word=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_word_is_one_word_to_whoever_reads_units(word):
    assert command_line(quoted(word)) == [word.encode()]


@pytest.mark.parametrize("path", NASTY)
def test_a_reader_of_units_finds_the_command_whatever_the_folders_are_called(tmp_path, path):
    command = StartCommand(path, 47650, path + "/log.sqlite3")
    unit = tmp_path / "earmark.service"
    unit.write_text(unit_text(command), encoding="utf-8")
    sections = read_unit(unit)
    (line,) = sections["Service"]["ExecStart"]
    assert command_line(line) == [os.fsencode(word) for word in command.arguments]
    assert environment(sections) == {"EARMARK_SERVICE": "1"}


@pytest.mark.parametrize(
    "text", ["", "[Service]\nExecStart=/bin/true\n", 'ExecStart="/bin/true" "-P"']
)
def test_a_unit_of_somebody_else_is_not_taken_for_ours(text):
    assert command_in(text) is None


@pytest.mark.parametrize("path", ["/home/me/log", *NASTY])
def test_systemd_finds_nothing_wrong_with_it(tmp_path, path):
    need_program("systemd-analyze")
    unit = tmp_path / "earmark.service"
    unit.write_text(unit_text(StartCommand(path)), encoding="utf-8")
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path), "LC_ALL": "C"}
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", unit],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if unit.name in line]
    assert (done.returncode, said) == (0, []), done.stderr


def test_systemd_starts_exactly_that(tmp_path):
    login = RealSystemd(tmp_path)
    try:
        login.log_in()
        for number, path in enumerate(NASTY):
            check_what_systemd_starts(login, number, path)
    finally:
        login.close()


def check_what_systemd_starts(login: RealSystemd, number: int, path: str) -> None:
    """A program under an odd name writes down how it was called, under which name and umask."""
    folder = login.folder / str(number)
    told = folder / "told"
    program = Path(f"{folder}{path}") / "program"
    program.parent.mkdir(parents=True)
    script = (
        f"#!{sys.executable} -I\nimport json, os, sys\n"
        f"told = [sys.argv, os.environ['EARMARK_SERVICE']]\n"
        f"json.dump(told, open({str(told) + '.new'!r}, 'w'))\n"
        f"os.rename({str(told) + '.new'!r}, {str(told)!r})\n"
    )
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    command = StartCommand(path, 47650, path, str(program))
    login.unit.write_text(unit_text(command), encoding="utf-8")
    login.systemctl("daemon-reload")
    login.systemctl("start", "earmark.service")
    wait_until(told.exists, f"systemd starts the program in {path!r}")
    assert json.loads(told.read_text("utf-8")) == [command.arguments, "1"]
