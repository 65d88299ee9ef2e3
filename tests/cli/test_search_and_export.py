"""The log read with filters, and written out."""

from __future__ import annotations

import csv
import subprocess
import sys

from cli_process import item, objects


def test_search_finds_by_word_and_by_filter(earmark, log_of):
    log_of(item(1, "Kargo çok geç geldi"), item(2, "Harika kargo", state="done"))
    done = earmark("search", "KARGO", "state:done")
    assert done.returncode == 0, done.stderr
    assert "Harika kargo" in done.stdout
    assert "geç" not in done.stdout
    assert done.stderr.startswith("1 found")


def test_a_query_that_cannot_be_understood_is_marked_at_the_spot(earmark, log_of):
    log_of(item(1, "x"))
    done = earmark("search", "şeker since:tomorrow")
    assert done.returncode == 1
    query, mark = done.stderr.splitlines()[-2:]
    assert query[mark.index("^") :] == "since:tomorrow"


def test_what_a_page_wrote_cannot_steer_the_terminal(earmark, log_of):
    log_of(item(1, "red \x1b[31m [bold]x[/bold] \u009b1m", author={"name": "a\x1b]0;title\x07"}))
    done = earmark("search", "red", FORCE_COLOR="1")
    assert "\x1b]" not in done.stdout
    assert "\x9b" not in done.stdout
    assert "\x1b[31m" not in done.stdout
    assert "[bold]x[/bold]" in done.stdout


def test_a_terminal_shows_what_was_found(earmark, log_of):
    log_of(item(1, "Ödeme çoooook\nyavaş"))
    done = earmark("search", '"çok yavaş"', FORCE_COLOR="1")
    assert done.stdout.count("\x1b[7mçoooook\x1b[0m") == 1
    assert done.stdout.count("\x1b[7myavaş\x1b[0m") == 1
    assert "\x1b" not in earmark("search", '"çok yavaş"').stdout


def test_search_and_export_take_the_whole_language(earmark, log_of):
    log_of(item(1, "netfilx is slow"), item(2, "Netflix on iOS", likes=12), item(3, "slow"))
    assert earmark("search", "netflix~1 (slow OR likes:>10)").stderr.startswith("2 found")
    done = earmark("export", "=iOS OR /^slow$/")
    assert sorted(each["id"] for each in objects(done.stdout)) == ["2", "3"]


def test_ndjson_export_is_every_item_whole(earmark, log_of):
    items = [item(1, "bir\u2028iki\nüç"), item(2, "👩‍👧 می‌خواهم", note="mine")]
    log_of(*items)
    done = earmark("export", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    exported = {each["id"]: each for each in objects(done.stdout)}
    for each in items:
        assert exported[each["id"]].items() >= each.items()
    assert done.stderr == "2 exported.\n"


def test_csv_export_opens_in_a_spreadsheet_without_running_anything(earmark, log_of, tmp_path):
    log_of(item(1, '=HYPERLINK("http://evil.example")'), item(2, "satır\niki, üç"))
    target = tmp_path / "out.csv"
    done = earmark("export", "--format", "csv", "--bom", "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert target.stat().st_mode & 0o777 == 0o600
    with target.open(encoding="utf-8-sig", newline="") as stream:
        texts = {row["id"]: row["text"] for row in csv.DictReader(stream)}
    assert texts == {"1": '\'=HYPERLINK("http://evil.example")', "2": "satır\niki, üç"}


def test_an_export_that_fails_leaves_the_file_as_it_was(earmark, log_of, tmp_path):
    log_of(item(1, "x"))
    target = tmp_path / "out.xyz"
    target.write_text("yesterday's", encoding="utf-8")
    done = earmark("export", "--format", "xyz", "-o", str(target))
    assert done.returncode == 1
    assert "csv, ndjson" in done.stderr
    assert target.read_text(encoding="utf-8") == "yesterday's"
    assert [path.name for path in tmp_path.glob("out*")] == ["out.xyz"]


def test_a_reader_that_stops_early_ends_an_export_quietly(earmark, log_of):
    log_of(*(item(number, "x" * 5000) for number in range(60)))
    process = subprocess.Popen(
        [sys.executable, "-m", "earmark", "export"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=earmark.environment(),
    )
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read().decode("utf-8")
    process.stderr.close()
    process.wait()
    assert said == ""
