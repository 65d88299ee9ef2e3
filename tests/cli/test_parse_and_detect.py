"""What Earmark makes of a page or a text, with nothing stored."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from cli_process import objects

THREAD = """<!doctype html><html lang="en"><title>A thread | Hacker News</title><body>
<table class="fatitem"><tr class="athing" id="1"><td class="title"><span class="titleline">
<a href="https://example.com/a">A thread</a></span></td></tr>
<tr><td class="subtext"><span class="score" id="score_1">3 points</span>
<a class="hnuser" href="user?id=ada">ada</a></td></tr></table>
<table class="comment-tree"><tr class="athing comtr" id="2"><td><table><tr>
<td class="ind" indent="0"><img width="0"></td><td class="default">
<a class="hnuser" href="user?id=ben">ben</a>
<span class="age" title="2026-11-20T10:00:00 1763632800"><a href="item?id=2">1 day ago</a></span>
<div class="comment"><div class="commtext c00">A comment that is easy to read in English.</div>
</div>
</td></tr></table></td></tr></table></body></html>"""
THREAD_URL = "https://news.ycombinator.com/item?id=1"


def test_parse_prints_the_items_and_counts_them_beside(earmark, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(THREAD, encoding="utf-8")
    done = earmark("parse", THREAD_URL, str(page))
    assert done.returncode == 0, done.stderr
    items = {each["id"]: each for each in objects(done.stdout)}
    assert items["2"]["author"]["handle"] == "ben"
    assert items["2"]["language"]["tag"] == "en"
    assert not any(key.startswith("_") for each in items.values() for key in each)
    assert done.stderr.startswith("2 items")
    assert not earmark.home.path.exists(), "nothing is stored"


def test_parse_reads_standard_input(earmark):
    done = earmark("parse", THREAD_URL, "-", stdin=THREAD.encode())
    assert len(objects(done.stdout)) == 2


def test_a_known_platform_that_yields_nothing_is_exit_code_3(earmark):
    done = earmark("parse", THREAD_URL, "-", stdin=b"<title>redesigned</title>")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("0 items")


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"{", b"<" * 10_000])
def test_parse_survives_any_content(earmark, content):
    done = earmark("parse", "https://nobody.example/x", "-", stdin=content)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


def test_parse_refuses_what_is_no_address(earmark):
    done = earmark("parse", "page.html", "-", stdin=b"x")
    assert done.returncode == 1
    assert "address" in done.stderr


def test_detect_answers_each_line_in_its_place(earmark):
    lines = [
        json.dumps({"text": "Bu ürünü çok beğendim, teşekkür ederim"}, ensure_ascii=False),
        "not json",
        json.dumps({"text": "این محصول خیلی خوب بود، ممنونم"}, ensure_ascii=False),
        json.dumps({"text": 7}),
        json.dumps({"text": "ok", "hint": {"page": "fa"}}),
        json.dumps({"text": "Acest produs este foarte bun, mulțumesc"}),
        json.dumps({"text": ""}),
    ]
    done = earmark("detect", stdin="\n".join(lines).encode(), LC_ALL="tr_TR.ISO-8859-9")
    answers = objects(done.stdout)
    told = [answer.get("language", "error") for answer in answers]
    assert told == ["tr", "error", "fa", "error", "error", "ro", "und"]
    assert all(0 <= answer["confidence"] <= 1 for answer in answers if "language" in answer)
    assert done.returncode == 1, "some lines could not be read"


def test_detect_tells_the_second_language_of_a_mixed_text(earmark):
    texts = [
        "Kargo çok geç geldi, kutu da ezilmişti, but the quality is amazing",
        "این اپ خیلی خوبه but please fix the login screen",
        "Aplicația merge bine și îmi place mult, but please fix the login screen",
        "Kargo çok geç geldi ve kutu ezilmişti",
    ]
    lines = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    answers = objects(earmark("detect", stdin=lines).stdout)
    told = [(each["language"], each.get("second", {}).get("tag")) for each in answers]
    assert told == [("tr", "en"), ("fa", "en"), ("ro", "en"), ("tr", None)]
    assert all(0.15 <= each["second"]["share"] < 1 for each in answers[:3])


def test_detect_leaves_open_what_is_below_the_threshold(earmark):
    line = json.dumps({"text": "ok"}).encode()
    (likeliest,) = objects(earmark("detect", stdin=line).stdout)
    assert likeliest["language"] != "und"
    assert likeliest["confidence"] < 0.7
    (strict,) = objects(earmark("detect", "--threshold", "0.7", stdin=line).stdout)
    assert strict == {"language": "und", "confidence": likeliest["confidence"]}


def test_detect_answers_a_line_before_the_next_one_comes(earmark):
    process = subprocess.Popen(
        [sys.executable, "-m", "earmark", "detect"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=earmark.environment(),
    )
    with process:
        for text in ("This is the first of two lines", "And this is the second one"):
            process.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["language"] == "en"
        process.stdin.close()
    assert process.returncode == 0
