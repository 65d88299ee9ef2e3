"""Who a text names, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.markup import mentions_in


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@mira_k, look at this", ["mira_k"]),
        ("@سارا-احمدی۱۲ ممنون!", ["سارا-احمدی۱۲"]),
        ("\u200f@می\u200cنا: سلام", ["می\u200cنا"]),
        ("спасибо, @Лена.", ["Лена"]),
        ("תודה @נועה!", ["נועה"]),
        ("@हिन्दी। धन्यवाद", ["हिन्दी"]),
        ("@สมหญิง ขอบคุณ", ["สมหญิง"]),
        ("（@花子） @太郎さま", ["花子", "太郎さま"]),
        ("@mira@example.social and @mira_k", ["mira@example.social", "mira_k"]),
        ("@mira, again @mira", ["mira"]),
    ],
)
def test_a_handle_is_read_in_any_script(text, handles):
    assert mentions_in(text) == handles


@pytest.mark.parametrize(
    "text",
    ["mira@example.org", "سارا@example.org", "हिन्दी@example.org", "x/@mira", "@ noon", "@-", "@@"],
)
def test_an_address_for_mail_and_a_lone_sign_name_nobody(text):
    assert mentions_in(text) == []


@given(st.text())
def test_any_text_is_borne_and_a_handle_is_said_in_it(text):
    assert all(f"@{handle}" in text for handle in mentions_in(text))
