"""What a query found is marked in the text as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.query.highlight import highlights, pieces
from earmark.query.parse import parse_query


def marked(query: str, text: str) -> str:
    """The text with what is marked in square brackets."""
    cut = pieces(text, highlights(parse_query(query), text))
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in cut)


MARKED = [
    ("slow", "So slow, SLOW!", "So [slow], [SLOW]!"),
    ("odeme", "Ödeme çok yavaş", "[Ödeme] çok yavaş"),
    ("istanbul", "İSTANBUL’da", "[İSTANBUL]’da"),
    ("çok", "çoooook güzel", "[çoooook] güzel"),
    ('"çok güzel"', "çoooook  güzel", "[çoooook  güzel]"),
    ("کتابها", "این کتاب‌ها خوب", "این [کتاب‌ها] خوب"),
    ("کتاب", "این کتاب‌ها خوب", "این [کتاب]‌ها خوب"),
    ("محمد", "مُحَمَّد گفت", "[مُحَمَّد] گفت"),
    ("123", "سفارش ۱۲۳", "سفارش [۱۲۳]"),
    ("東京", "明日東京へ", "明日[東京]へ"),
    ("パン", "ﾊﾟﾝ屋", "[ﾊﾟﾝ]屋"),
    ("cafe", "cafe\u0301 x", "[cafe\u0301] x"),
    ("netflix~1", "netfilx, netflux", "[netfilx], [netflux]"),
    ("check*", "checkout", "[checkout]"),
    ("=iOS", "ios iOS", "ios [iOS]"),
    ('="C++"', "C C++", "C [C++]"),
    ("/b[ae]d/", "bad bed bid", "[bad] [bed] bid"),
    ("slow NEAR/3 app", "app x y z slow app", "app x y z [slow] [app]"),
    ("slow -app", "slow app", "[slow] app"),
    ("slow OR (app lang:fa)", "slow app", "[slow] [app]"),
    ("lang:en from:ali", "en ali", "en ali"),
    ("slow", "", ""),
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKED)
def test_what_was_found_is_marked(query: str, text: str, expected: str) -> None:
    assert marked(query, text) == expected


@given(st.text(st.sampled_from("ab çİ‌ک東é\n'")), st.integers(0, 9), st.integers(0, 30))
def test_no_sign_is_lost_or_doubled(text: str, start: int, end: int) -> None:
    spans = highlights(parse_query("a OR b* OR ç OR 東 OR /c/"), text)
    assert "".join(piece.text for piece in pieces(text, spans)) == text
    part = pieces(text, spans, start, end)
    assert "".join(piece.text for piece in part) == text[start:end]
