"""Comment sections that nothing on a page names: which records are found, and what is in them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from earmark import Item, Page
from earmark_plugins.platforms.structured.authors import name_in
from earmark_plugins.platforms.structured.moments import time_in
from earmark_plugins.platforms.structured.remarks import items_in
from earmark_plugins.platforms.structured.repeated import DEEPEST, MOST_ELEMENTS

PAGE = Page(url="https://site.example.org/a", captured_at="2026-11-21T12:00:00Z")
PEOPLE = ["Mina", "Anselm", "Tomasz", "Noor"]


def record(who: str, said: str, more: str = "") -> str:
    return (
        f'<div class="a1"><b>{who}</b> <i>2 hours ago</i><p>{said}</p>'
        f'<a href="#">Reply</a>{more}</div>'
    )


def body(html: str) -> Tag:
    found = BeautifulSoup(f"<body>{html}</body>", "lxml").body
    assert found is not None
    return found


def read(html: str) -> list[Item]:
    return list(items_in(body(html), PAGE))


def thread(*people: str) -> str:
    return "".join(record(who, f"{who} has something to say.") for who in people)


def test_records_with_author_time_and_prose_are_comments() -> None:
    items = read(f"<h2>Comments</h2><div>{thread(*PEOPLE)}</div>")
    assert [(i.author and i.author.name, i.text, i.published) for i in items] == [
        (who, f"{who} has something to say.", "2 hours ago") for who in PEOPLE
    ]


def test_a_reply_inside_a_record_knows_which_it_answers() -> None:
    nested = record("Mina", "Who has it?", f"<div>{record('Noor', 'I have it.')}</div>")
    first, second, third = read(f"<h2>Comments</h2><div>{nested}{record('Omar', 'So what.')}</div>")
    assert (first.text, second.text, third.text) == ("Who has it?", "I have it.", "So what.")
    assert (first.within, second.within, third.within) == (None, first.place, None)


def test_places_stay_when_more_is_said_above() -> None:
    before = read(f"<h2>Comments</h2><div>{thread(*PEOPLE)}</div>")
    after = read(f"<h2>Comments</h2><div>{thread('Zoe', *PEOPLE)}</div>")
    assert [item.place for item in after[1:]] == [item.place for item in before]


def test_two_alike_have_places_of_their_own() -> None:
    items = read(f"<h2>Comments</h2><div>{thread('Mina', 'Mina', 'Noor')}</div>")
    assert len({item.place for item in items}) == 3


def test_without_a_time_nothing_is_taken_for_a_comment() -> None:
    assert read(f"<div>{thread(*PEOPLE).replace('2 hours ago', 'member')}</div>") == []


def test_teasers_that_lead_to_articles_are_no_comments() -> None:
    teasers = "".join(
        f'<div class="t"><h3><a href="/{who}">A story by {who}</a></h3><b>{who}</b>'
        f" <i>2 hours ago</i><p>It began one morning in {who}’s kitchen …</p></div>"
        for who in PEOPLE
    )
    assert read(f"<div>{teasers}</div>") == []


@pytest.mark.parametrize(
    "shown",
    [
        "Mina says:", "Mina said on", "by Mina", "Posted by Mina", "von Mina", "Mina sagt:",
        "Mina a dit :", "Escrito por Mina", "Mina ha scritto:", "Mina пишет:", "Mina dedi ki:",
        "Bewertung von Mina vom", "Mina |", "#3 Mina",
    ],
)  # fmt: skip
def test_a_name_is_only_the_name(shown: str) -> None:
    assert name_in(shown.removeprefix("#"), None) == "Mina"


def test_a_name_beside_its_time_is_without_it() -> None:
    assert name_in("Posted by Mina on 3 May 2026 at 10:15", "3 May 2026 at 10:15") == "Mina"


@pytest.mark.parametrize(
    "name", ["Rafael", "Michel", "Noor", "Antonio", "H.H.", "لاله م.", "Daniel"]
)
def test_a_name_loses_no_letter(name: str) -> None:
    assert name_in(name, None) == name


@pytest.mark.parametrize(
    "shown", ["Reply", "Antworten", "پاسخ", "Yanıtla", "12", "3 days ago", "10:15 Quay"]
)
def test_a_control_or_a_time_is_no_name(shown: str) -> None:
    assert name_in(shown, None) == ""


@pytest.mark.parametrize(
    "shown",
    [
        "3 days ago", "vor 2 Stunden", "il y a 3 jours", "hace 2 días", "3 gün önce", "acum o oră",
        "۳ روز پیش", "دیروز", "3 дня назад", "2時間前", "5h", "2026-11-19", "19.11.2026 10:15",
        "November 3rd, 2026 at 8:15 pm", "3. November 2026 um 11:54 Uhr", "۱۴۰۴/۰۸/۳۰",
        "Le 13 septembre 2019 à 22:30", "2026年11月19日",
    ],
)  # fmt: skip
def test_what_people_write_for_a_time_is_known_as_one(shown: str) -> None:
    assert time_in(shown)


@pytest.mark.parametrize("shown", ["2.4.10", "12 replies", "39,90 €", "Lieferung", "4.5 of 5"])
def test_other_numbers_are_no_times(shown: str) -> None:
    assert time_in(shown) is None


@given(st.text(max_size=100))
def test_any_text_can_be_asked_for_a_name_and_a_time(text: str) -> None:
    found = time_in(text)
    assert found is None or found in text
    assert len(name_in(text, found)) <= 60


def test_a_page_that_is_nothing_but_depth_is_read_as_deep_as_people_go() -> None:
    one = '<div class="a1"><b>Mina</b> <i>2 hours ago</i><p>Going down, step {}.</p>'
    items = read("<h2>Comments</h2>" + "".join(map(one.format, range(5000))))
    assert len(items) <= DEEPEST


def test_a_page_of_a_hundred_thousand_siblings_is_read_up_to_a_limit() -> None:
    items = read("<h2>Comments</h2>" + "<div>Mina, 2 hours ago</div>" * 100_000)
    assert len(items) <= MOST_ELEMENTS


def test_thousands_of_alike_lines_in_one_record_are_borne() -> None:
    long = "<p>Reply</p>" * 3000
    assert len(read(f"<h2>Comments</h2>{record('Mina', 'So.', long)}{record('Noor', 'No.')}")) <= 2


PIECES = [
    "<div>", "</div>", "<li>", "<b>A</b>", "<i>2 days ago</i>", "text ", "<a href='#'>Reply</a>",
    "<table><tr><td>", "<p>", "<time>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)))
def test_any_markup_can_be_read(parts: list[str]) -> None:
    for item in read("<p>x</p>" + "".join(parts)):
        assert item.text
