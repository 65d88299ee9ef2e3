"""What is wrong, and the fix."""

from __future__ import annotations

import json
import subprocess


def test_doctor_on_a_new_machine_says_what_to_do_first(earmark):
    done = earmark("doctor")
    assert done.returncode == 1
    assert "earmark start" in done.stdout
    assert "Traceback" not in done.stderr


def test_doctor_looks_at_everything_and_says_it_in_json(agent, earmark):
    done = earmark("doctor", "--json")
    report = json.loads(done.stdout)
    found = {finding["check"]: finding for finding in report["findings"]}
    assert {"home", "disk", "agent", "plugins", "browsers"} <= found.keys()
    assert str(agent.pid) in found["agent"]["message"]
    assert not found["agent"]["fix"]
    assert "earmark pair" in found["browsers"]["fix"]
    assert (done.returncode, report["ok"]) == (1, False)


def test_doctor_names_a_home_that_others_can_read_and_the_cure_works(agent, earmark):
    earmark.home.path.chmod(0o755)
    said = earmark("doctor").stdout
    assert "Others on this computer can read" in said
    command = next(line for line in said.splitlines() if "chmod" in line).partition("Run: ")[2]
    subprocess.run(command, shell=True, check=True)
    assert "Others on this computer" not in earmark("doctor").stdout


def test_doctor_names_a_plugin_that_is_left_out(agent, earmark, with_plugin):
    settings = with_plugin("wobbly", "from earmark import hookimpl\n@hookimpl\ndef no_hook(): 1")
    assert "wobbly" in earmark("doctor", **settings).stdout
