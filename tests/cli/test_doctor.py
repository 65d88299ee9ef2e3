"""What is wrong, and the fix."""

from __future__ import annotations

import json
import re
import socket
import subprocess

ENGLISH = {"LC_ALL": "C.UTF-8"}


def command_in(said: str, word: str) -> str:
    """The command between backticks that has `word` in it."""
    return next(each for each in re.findall("`([^`]+)`", said) if word in each)


def test_doctor_on_a_new_machine_says_what_to_do_first(earmark):
    done = earmark("doctor", **ENGLISH)
    assert done.returncode == 1
    assert "earmark start" in done.stdout
    assert "Traceback" not in done.stderr


def test_doctor_looks_at_everything_and_says_it_in_json(agent, earmark):
    done = earmark("doctor", "--json", **ENGLISH)
    report = json.loads(done.stdout)
    found = {finding["code"]: finding for finding in report["findings"]}
    assert {"home_private", "disk_roomy", "agent_running", "plugins_ready", "no_browser"} <= (
        found.keys()
    )
    assert found["agent_running"]["values"]["pid"] == str(agent.pid)
    assert not found["agent_running"]["fix"]
    assert "earmark extension" in found["no_browser"]["fix"]
    assert found["no_browser"]["problem"]
    assert (done.returncode, report["ok"], report["language"]) == (1, False, "en")


def test_doctor_speaks_the_language_of_the_terminal(agent, earmark):
    codes = {}
    for locale, words in {
        "fa_IR.UTF-8": "هیچ مرورگری جفت نشده است",
        "tr_TR.UTF-8": "Eşleştirilmiş tarayıcı yok",
        "ro_RO.UTF-8": "Niciun browser nu este asociat",
    }.items():
        report = json.loads(earmark("doctor", "--json", LC_ALL=locale).stdout)
        told = {each["code"]: each["message"] for each in report["findings"]}
        assert words in told["no_browser"]
        codes[locale] = sorted(told)
    assert len(set(map(tuple, codes.values()))) == 1
    assert "هیچ مرورگری" in earmark("doctor", LC_ALL="fa_IR.UTF-8").stdout


def test_doctor_names_a_home_that_others_can_read_and_the_cure_works(agent, earmark):
    earmark.home.path.chmod(0o755)
    said = earmark("doctor", **ENGLISH).stdout
    assert "Others on this computer can read" in said
    subprocess.run(command_in(said, "chmod"), shell=True, check=True)
    assert "Others on this computer" not in earmark("doctor", **ENGLISH).stdout


def test_doctor_names_a_plugin_that_is_left_out(agent, earmark, with_plugin):
    settings = with_plugin("wobbly", "from earmark import hookimpl\n@hookimpl\ndef no_hook(): 1")
    assert "wobbly" in earmark("doctor", **settings).stdout


def test_doctor_reads_the_log_while_no_agent_runs(start, earmark):
    process, _ = start("--no-open")
    process.terminate()
    process.wait(30)
    report = json.loads(earmark("doctor", "--json", **ENGLISH).stdout)
    codes = {each["code"] for each in report["findings"]}
    assert {"agent_not_running", "log_readable", "no_browser"} <= codes


def test_a_second_look_after_the_cure_finds_nothing_of_the_last_end(start, earmark, free_port):
    with socket.create_server(("127.0.0.1", free_port)):
        failed = earmark("start", "--no-open", "--port", str(free_port), **ENGLISH)
    assert failed.returncode == 1
    assert "another program held its port" in earmark("doctor", **ENGLISH).stdout
    start("--no-open")
    assert "held its port" not in earmark("doctor", **ENGLISH).stdout
