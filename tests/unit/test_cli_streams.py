"""Text in and out of a command."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.cli.lines import batches, read_object
from earmark.cli.streams import printable, words
from earmark.errors import EarmarkError

ECHO = """
import json, sys
from earmark.cli.streams import use_utf8
use_utf8()
text = sys.stdin.read()
print(json.dumps(text, ensure_ascii=False))
print(text, file=sys.stderr)
"""
LOCALES = [
    {"LC_ALL": "tr_TR.ISO-8859-9"},
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "iso-8859-9"},
    {"PYTHONIOENCODING": "ascii:strict"},
]
TEXT = "Işık, iğne, şöyle; می‌خواهم 👩‍👧 ăâîșț"


@pytest.mark.parametrize("settings", LOCALES, ids=str)
def test_streams_speak_utf8_whatever_the_locale(settings):
    done = subprocess.run(
        [sys.executable, "-c", ECHO],
        input=TEXT.encode(),
        capture_output=True,
        check=True,
        env=os.environ | settings,
    )
    assert json.loads(done.stdout) == TEXT
    assert done.stderr.decode("utf-8").rstrip("\n") == TEXT


def test_half_a_surrogate_pair_comes_out_as_json_that_means_the_same():
    program = (
        "from earmark.cli.streams import use_utf8; use_utf8()\n"
        "import json; print(json.dumps('a\\ud83d', ensure_ascii=False))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert json.loads(done.stdout) == "a\ud83d"


def test_an_argument_in_utf8_is_read_as_such_under_another_encoding(monkeypatch):
    monkeypatch.setattr(os, "fsencode", lambda text: text.encode("iso-8859-9"))
    assert words("şikayet".encode().decode("iso-8859-9", "surrogateescape")) == "şikayet"
    assert words("şikayet") == "şikayet", "typed in the locale's own encoding"


@given(st.text())
def test_what_is_shown_cannot_steer_a_terminal(text):
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in shown)
    shown.encode("utf-8")


class Trickle(io.BytesIO):
    """A pipe that hands over what it has in pieces of given sizes."""

    def __init__(self, content: bytes, sizes: list[int]) -> None:
        super().__init__(content)
        self._sizes = iter(sizes)

    def read1(self, size: int | None = -1) -> bytes:
        return super().read1(next(self._sizes, -1))


lines_of_bytes = st.lists(st.binary(max_size=5).map(lambda b: b.replace(b"\n", b".")), max_size=8)


@given(lines_of_bytes, st.lists(st.integers(1, 6)), st.integers(1, 3), st.booleans())
def test_lines_arrive_in_order_and_whole_however_the_pipe_cuts_them(lines, sizes, largest, ended):
    content = b"\n".join(lines) + (b"\n" if ended and lines else b"")
    if content.startswith(b"\xef\xbb\xbf"):
        return
    got = list(batches(Trickle(content, sizes), largest))
    assert all(len(batch) <= largest for batch in got)
    expected = content.split(b"\n")
    assert [line for batch in got for line in batch] == expected[: -1 if not expected[-1] else None]


def test_the_lines_that_are_there_are_not_kept_waiting_for_more():
    pipe = Trickle(b'{"a":1}\n{"b"', [8, 4])
    assert next(batches(pipe, 100)) == [b'{"a":1}']


def test_a_byte_order_mark_is_no_part_of_the_first_line():
    assert list(batches(io.BytesIO(b"\xef\xbb\xbf{}\n"), 9)) == [[b"{}"]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"\xff", "not UTF-8"),
        (b"{", "not JSON"),
        (b"", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'["text"]', "not a JSON object"),
        (b"null", "not a JSON object"),
    ],
)
def test_a_line_that_cannot_be_read_is_an_error_in_words(line, says):
    with pytest.raises(EarmarkError, match=says):
        read_object(line)
