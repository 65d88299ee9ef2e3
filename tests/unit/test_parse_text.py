"""Text and counts as a person reads them."""

import pytest
from bs4 import BeautifulSoup, Comment
from hypothesis import given
from hypothesis import strategies as st

from earmark import text_of
from earmark.parse.counts import parse_count
from earmark.parse.text import clean


def shown(markup: str, drop: str = "") -> str:
    return text_of(BeautifulSoup(f"<body>{markup}</body>", "lxml").body, drop)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One  two\n three</p><p>Four</p>", "One two three\n\nFour"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<div>a</div><div>b <b>c</b> d</div>", "a\nb c d"),
        ("<b>a</b><i>b</i> <i>c</i>", "ab c"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
        ("<pre>  x\n   y\n</pre><p>z</p>", "x\n   y\n\nz"),
        ("a&nbsp;&nbsp;b", "a b"),
        (
            'Hi <img class="emoji" alt="😀"> <img alt="👍🏽"><img alt="a cat" src="x.png">!',
            "Hi 😀 👍🏽!",
        ),
        ("این‌ها <b>خوب</b> است", "این‌ها خوب است"),
        ("a<button>Reply</button><script>x</script><svg><title>t</title></svg>b", "ab"),
        ("<!-- no -->yes", "yes"),
        ('a<earmark-cut ref="r1"></earmark-cut>', "a"),
        ('<x-c><template shadowrootmode="open"><p>deep</p></template></x-c>', "deep"),
        ("<template><p>inert</p></template>a", "a"),
        ("", ""),
    ],
)
def test_text_reads_as_it_is_shown(markup, text):
    assert shown(markup) == text


def test_interface_words_are_dropped_where_the_plugin_says_so():
    assert shown('<p>said</p><a class="more">See more</a>', ".more") == "said"


def test_nothing_has_no_text():
    assert text_of(None) == ""


@given(st.sampled_from(["p", "div", "pre", "a"]), st.text())
def test_an_element_of_nothing_but_text_reads_as_one_with_a_note_beside_it(name, words):
    soup = BeautifulSoup("", "lxml")
    tag = soup.new_tag(name, string=words)
    alone = text_of(tag)
    tag.append(Comment("unseen"))
    assert text_of(tag) == alone


def test_markup_nested_deeper_than_python_recurses_is_read():
    soup = BeautifulSoup("<div>" * 1500 + "end", "lxml")
    assert text_of(soup) == "end"


def test_control_characters_and_lone_surrogates_go_and_letters_are_composed():
    assert clean(" a\x00\ud800b\r\nc\u0301\x1b[0m ") == "ab\nć[0m"


@given(st.text())
def test_cleaned_text_can_always_be_stored(text):
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned == clean(cleaned)


@pytest.mark.parametrize(
    ("count", "lang", "number"),
    [
        ("12", "en", 12), ("1,234", "en", 1234), ("1.234", "tr", 1234), ("1.234", "de-DE", 1234),
        ("1 234", "ro", 1234), ("1\u202f234", "fr", 1234), ("12,345,678 views", "en", 12345678),
        ("1.2K", "en", 1200), ("1.2k", "", 1200), ("3M", "en", 3_000_000), ("1,2 B", "tr", 1200),
        ("2,5 bin", "tr", 2500), ("1,5 Mn", "tr", 1_500_000), ("1.5B", "en", 1_500_000_000),
        ("۱۲", "fa", 12), ("۱۲ هزار", "fa", 12000), ("۱٫۲ هزار", "fa", 1200), ("٣٤", "ar", 34),
        ("هزار", "fa", None), ("2 mii", "ro", 2000), ("3,4 mil", "es", 3400),
        ("3,4 mil.", "ro", 3_400_000), ("3,4 Tsd.", "de", 3400), ("1,1 тыс.", "ru", 1100),
        ("150 points", "en", 150), ("-3 points", "en", -3), ("3 B beğeni", "tr", 3000),
        (7, "en", 7), (0, "", 0), ("", "en", None), ("no replies", "en", None), (None, "", None),
        (True, "", None), ("9" * 40, "", None), ("4.5", "en", None), ("4,5", "tr", None),
    ],
)  # fmt: skip
def test_a_count_is_the_number_meant(count, lang, number):
    assert parse_count(count, lang) == number


@given(st.one_of(st.text(max_size=40), st.integers(), st.none()), st.text(max_size=8))
def test_any_text_is_taken_as_a_count_without_failing(count, lang):
    number = parse_count(count, lang)
    assert number is None or abs(number) <= 10**15


@given(st.integers(min_value=0, max_value=10**9))
def test_grouped_numbers_are_read_back(number):
    grouped = f"{number:,}"
    assert parse_count(grouped, "en") == number
    assert parse_count(grouped.replace(",", "."), "tr") == number
    assert parse_count(grouped.replace(",", "\u00a0"), "ro") == number
