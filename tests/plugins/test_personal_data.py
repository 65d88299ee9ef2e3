"""Personal data is told by its kind and never repeated; numbers of orders and prices are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark_plugins.tags.intents import suggest_tags
from earmark_plugins.tags.personal_data import personal_data

EMAIL, PHONE, IBAN = "an e-mail address", "a telephone number", "a bank account number"
CARD, IDENTITY = "a card number", "a national identity number"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to ada.b+x@mail.example.org please", EMAIL),
        ("ایمیل من ada@example.com است", EMAIL),
        ("call me +40 721 234 567", PHONE),
        ("0040721234567", PHONE),
        ("sunați la 0721 234 567", PHONE),
        ("0532 123 45 67 arayın", PHONE),
        ("532 123 45 67", PHONE),
        ("۰۹۱۲۳۴۵۶۷۸۹ زنگ بزنید", PHONE),
        ("شماره من ۰۹۱۲ ۳۴۵ ۶۷۸۹", PHONE),
        ("٠٥٠١٢٣٤٥٦٧ رقمي", PHONE),
        ("my number is (555) 123-4567", PHONE),
        ("555-123-4567", PHONE),
        ("089 1234 5678", PHONE),
        ("8 (912) 345-67-89", PHONE),
        ("電話は09012345678です", PHONE),
        ("携帯番号０９０−１２３４−５６７８まで", PHONE),
        ("전화번호 010-1234-5678로 연락주세요", PHONE),
        ("โทร0812345678นะ", PHONE),
        ("メールはada@example.comまで", EMAIL),
        ("my order is late, call me 0721 234 567", PHONE),
        ("IBAN DE89 3704 0044 0532 0130 00", IBAN),
        ("ro49aaaa1b31007593840000", IBAN),
        ("شبا IR062960000000100324200001", IBAN),
        ("4111 1111 1111 1111", CARD),
        ("۶۰۳۷ ۹۹۱۱ ۱۱۱۱ ۱۱۱۲", CARD),
        ("کد ملی ۰۰۸۴۵۷۵۹۴۸", IDENTITY),
        ("TC 10000000146", IDENTITY),
        ("CNP 1800101221144", IDENTITY),
    ],
)
def test_personal_data_is_told_by_its_kind(text: str, kind: str) -> None:
    assert personal_data(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "order 0721234567 has not arrived",
        "I called about order 0721234567",
        "Sipariş no: 05321234567",
        "شماره سفارش ۰۹۱۲۳۴۵۶۷۸۹",
        "کد پیگیری ۰۰۸۴۵۷۵۹۴۸",
        "tracking number is 4111111111111111",
        "#0721234567",
        "注文番号は09012345678です",
        "伝票番号0123456789が見つかりません",
        "お問い合わせはinfo@shop.exampleへ",
        "2024年01月02日の12時",
        "価格は0123456789円です",
        "it was 0721234567 lei",
        "کلا ۰۹۱۲۳۴۵۶۷۸ تومان شد",
        "it costs 1 250 000 toman, or 99.99",
        "من ۲٬۵۰۰٬۰۰۰ تومان دادم",
        "on 01.02.2024 10:30 and 2024-01-02 10:30:45",
        "version 10.15.7.20230401",
        "4111 1111 1111 1112",
        "DE89 3704 0044 0532 0130 01",
        "view 1234567890 times",
        "mail support@shop.example",
        "ask @ada or see https://t.example/0721234567",
        "1111111111",
    ],
)
def test_numbers_of_orders_prices_and_dates_are_none(text: str) -> None:
    assert personal_data(text) == []


def test_several_kinds_are_all_told() -> None:
    assert personal_data("ada@example.com or +40 721 234 567") == [EMAIL, PHONE]


def test_the_tag_never_repeats_the_data() -> None:
    (tags,) = suggest_tags([{"text": "ada@example.com, +40 721 234 567"}])
    assert {tag.name: tag.because for tag in tags} == {"signal:pii": f"{EMAIL}, {PHONE}"}


@given(st.text(alphabet="0123456789۰۹٣+-. ()@abاIR\n"))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert all(not any(map(str.isdigit, kind)) for kind in personal_data(text))


@pytest.mark.parametrize(
    "part", ["1", "1 ", "a@", "a.", "+1", "(1)", "ab12 ", "a@b.", "1-", "٠", "12/", "order "]
)
def test_looking_takes_time_in_proportion_to_the_text(part: str) -> None:
    """Answered at once: quadratic work would reach the test's time limit."""
    personal_data(part * (100_000 // len(part)))
