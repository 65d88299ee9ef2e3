"""`earmark extension`: unpacked, explained, and connected without anything to type."""

from __future__ import annotations

import json
import signal
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import Command, read_until

from earmark.cli.agent_client import AgentClient
from earmark.extension.files import read_files, source_folder

PATIENCE_SECONDS = 40


@pytest.fixture
def programs(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Install makeshift browsers, name and what they answer to --version; the settings for it."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def install(**browsers: str) -> dict[str, str]:
        for name, version in browsers.items():
            program = folder / name.replace("_", "-")
            program.write_text(f"#!/bin/sh\necho '{version}'\n", encoding="utf-8")
            program.chmod(0o755)
        return {"PATH": str(folder), "HOME": str(tmp_path)}

    return install


@pytest.fixture
def place(earmark: Command) -> Path:
    return earmark.home.path


def test_it_unpacks_the_extension_and_says_how_to_load_it(earmark, programs, place):
    done = earmark("extension", "--no-wait", **programs(chromium="Chromium 156.0"))
    assert done.returncode == 0, done.stderr
    assert read_files(place / "extension") == read_files(source_folder())
    assert not (place / "firefox").exists()
    assert "In Chromium:" in done.stdout
    assert "chrome://extensions" in done.stdout
    assert f"     {place / 'extension'}\n" in done.stdout
    assert "earmark pair" in done.stdout
    assert not earmark.home.is_held(), "it starts no agent"


def test_the_usual_firefox_is_told_plainly_what_it_keeps(earmark, programs, place):
    done = earmark("extension", "--no-wait", **programs(firefox="Mozilla Firefox 155.0.1"))
    assert "only what Mozilla has signed, and Earmark comes unsigned" in done.stdout
    assert "gone at the next start" in done.stdout
    assert str(place / "extension" / "manifest.json") in done.stdout
    assert "Firefox ESR or Firefox Developer Edition" in done.stdout
    assert "xpinstall.signatures.required" in done.stdout
    assert str(place / "firefox" / "earmark.xpi") in done.stdout
    assert "npx web-ext@10 sign --channel unlisted" in done.stdout
    assert f'--source-dir "{place / "firefox" / "extension"}"' in done.stdout
    assert "--api-key KEY --api-secret SECRET" in done.stdout
    assert "uploads the extension's code to Mozilla, and none of your data" in done.stdout
    assert (place / "firefox" / "earmark.xpi").is_file()


@pytest.mark.parametrize("version", ["Mozilla Firefox 153.7.0esr", "Mozilla Firefox 157.0a1"])
def test_a_firefox_that_lets_its_owner_choose_is_told_no_more_than_it_needs(
    earmark, programs, version
):
    done = earmark("extension", "--no-wait", **programs(firefox=version))
    assert "xpinstall.signatures.required" in done.stdout
    assert "web-ext" not in done.stdout


def test_another_browser_can_be_named_and_the_others_are_told(earmark, programs):
    found = programs(chromium="Chromium 156.0", microsoft_edge="Microsoft Edge 156.0")
    done = earmark("extension", "--no-wait", "--browser", "edge", **found)
    assert "In Microsoft Edge:" in done.stdout
    assert "edge://extensions" in done.stdout
    assert "extension --browser chromium" in done.stdout


def test_the_browser_that_opens_links_here_comes_first(earmark, programs):
    found = programs(chromium="Chromium 156.0", firefox="Mozilla Firefox 155.0", xdg_settings="x")
    Path(found["PATH"], "xdg-settings").write_text("#!/bin/sh\necho firefox.desktop\n")
    done = earmark("extension", "--no-wait", **found)
    assert "The usual Firefox" in done.stdout


def test_without_the_browser_that_was_named_the_others_are_named(earmark, programs):
    done = earmark("extension", "--browser", "edge", **programs(chromium="Chromium 156.0"))
    assert done.returncode == 1
    assert "Microsoft Edge was not found" in done.stderr
    assert "Chromium" in done.stderr
    assert not earmark.home.path.exists()


def test_a_browser_in_a_snap_gets_a_folder_that_it_can_read(earmark, programs, tmp_path):
    found = programs(firefox="Mozilla Firefox 155.0")
    script = '#!/bin/sh\nexec /snap/bin/firefox "$@"\n'
    Path(found["PATH"], "firefox").write_text(script, encoding="utf-8")
    common = tmp_path / "snap" / "firefox" / "common"
    common.mkdir(parents=True)
    done = earmark("extension", "--no-wait", **found)
    assert "can read few folders" in done.stdout
    assert str(common / "earmark" / "firefox" / "earmark.xpi") in done.stdout
    assert (common / "earmark" / "extension" / "manifest.json").is_file()
    assert not (earmark.home.path / "extension").exists()


def test_a_browser_in_a_flatpak_gets_a_folder_that_it_can_read(earmark, programs, tmp_path):
    exported = tmp_path / ".local/share/flatpak/exports/bin/org.mozilla.firefox"
    exported.parent.mkdir(parents=True)
    exported.write_text("#!/bin/sh\n", encoding="utf-8")
    exported.chmod(0o755)
    done = earmark("extension", "--no-wait", **programs())
    own = tmp_path / ".var/app/org.mozilla.firefox/earmark"
    assert str(own / "firefox" / "earmark.xpi") in done.stdout
    assert (own / "extension" / "manifest.json").is_file()


# -- connecting ------------------------------------------------------------------------------------


def prepared_code(place: Path) -> str:
    """What the extension finds in its own folder."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            return str(json.loads((place / "extension" / "prepared.json").read_text())["code"])
        except FileNotFoundError:
            time.sleep(0.05)
    pytest.fail("no code was prepared")


def pair_as_the_extension_does(code: str) -> None:
    body = {"code": code, "browser": str(uuid.uuid4()), "name": "Chrome (linux)"}
    request = urllib.request.Request(
        f"http://127.0.0.1:{code.partition('-')[0]}/v1/pair",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=20) as answer:
        assert json.load(answer)["token"]


def ended(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    return said


async def test_a_browser_that_loads_it_is_connected_and_named(agent, earmark, programs, place):
    waiting = earmark.begin("extension", **programs(chromium="Chromium 156.0"))
    said = read_until(waiting, "Waiting for Chromium")
    assert "/sign-in/" in said
    assert "to=%2Fsetup%2Fextension%3Fbrowser%3Dchromium" in said
    code = prepared_code(place)
    assert f"Pairing code, if it asks: {code}" in said
    pair_as_the_extension_does(code)
    assert "paired: Chrome (linux); press Earmark's icon" in ended(waiting)
    assert not (place / "extension" / "prepared.json").exists()
    async with AgentClient(earmark.home) as client:
        assert len((await client.get("/v1/browsers"))["browsers"]) == 1


def test_a_code_that_an_update_swept_away_is_prepared_anew(agent, earmark, programs, place):
    waiting = earmark.begin("extension", **programs(chromium="Chromium 156.0"))
    read_until(waiting, "Waiting for Chromium")
    first = prepared_code(place)
    (place / "extension" / "prepared.json").unlink()
    second = prepared_code(place)
    assert second != first
    pair_as_the_extension_does(second)
    ended(waiting)


def test_ctrl_c_leaves_no_code_behind_and_says_how_to_go_on(agent, earmark, programs, place):
    waiting = earmark.begin("extension", **programs(chromium="Chromium 156.0"))
    read_until(waiting, "Waiting for Chromium")
    prepared_code(place)
    waiting.send_signal(signal.SIGINT)
    assert "Not connected yet" in ended(waiting)
    assert not (place / "extension" / "prepared.json").exists()
    assert (place / "extension" / "manifest.json").is_file()


def test_without_an_agent_it_says_how_to_start_one_and_goes_on_once_it_runs(
    earmark, programs, place, start
):
    waiting = earmark.begin("extension", **programs(chromium="Chromium 156.0"))
    read_until(waiting, "In another terminal")
    assert not earmark.home.is_held()
    start("--no-open")
    pair_as_the_extension_does(prepared_code(place))
    assert "paired: Chrome (linux)" in ended(waiting)


def test_an_agent_that_is_started_again_meanwhile_is_waited_for(earmark, programs, place, start):
    running, _ = start("--no-open")
    waiting = earmark.begin("extension", **programs(chromium="Chromium 156.0"))
    read_until(waiting, "Waiting for Chromium")
    running.send_signal(signal.SIGTERM)
    running.wait(30)
    read_until(waiting, "In another terminal")
    start("--no-open")
    read_until(waiting, "Waiting for Chromium")
    pair_as_the_extension_does(prepared_code(place))
    assert "paired:" in ended(waiting)


def test_the_page_with_pictures_opens_in_the_browser_that_was_named(
    agent, earmark, programs, place, tmp_path
):
    found = programs(chromium="")
    seen = tmp_path / "seen"
    Path(found["PATH"], "chromium").write_text(f'#!/bin/sh\necho "$1" > {seen}\n')
    waiting = earmark.begin("extension", "--browser", "chromium", DISPLAY=":99", **found)
    said = read_until(waiting, "Waiting for Chromium")
    pair_as_the_extension_does(prepared_code(place))
    ended(waiting)
    assert "/sign-in/" not in said, "a link that was opened is not printed"
    assert "/sign-in/" in seen.read_text(encoding="utf-8")
