"""Articles, shops and lists hold names, days and prose too: nothing on them is taken for comments.

Each page here is made up after one that was, and beside each stands what must still be found.
"""

from __future__ import annotations

import pytest
from every_platform import ENTRIES, run
from hypothesis import given
from hypothesis import strategies as st

from earmark.model import Json
from earmark.parse.saved_page import parse_saved

PEOPLE = ("Anselm", "Noor", "Tomasz", "Mina", "Zoe")
SAID = "{} says that the mill is closed on Mondays, and that the baker knows why."


def read(body: str, head: str = "") -> list[Json]:
    page = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    saved = parse_saved(
        "https://mill.example.org/page", page.encode(), ENTRIES, run, "2026-11-22T12:00:00Z"
    )
    assert saved.platform == "webpage"
    assert saved.errors == []
    return saved.items


def names(items: list[Json]) -> list[str]:
    return [item.get("author", {}).get("name", "") for item in items]


def remark(who: str, day: int = 3, said: str = SAID) -> str:
    return (
        f'<div class="q7"><b class="w">{who}</b> <i class="d">{day} November 2026</i>'
        f"<p>{said.format(who)}</p><button>Reply</button></div>"
    )


def remarks(*people: str) -> str:
    return "".join(remark(who, day) for day, who in enumerate(people, 1))


# -- names and times stand in the same places ------------------------------------------------

GUIDE = [
    '<div class="lead"><h1>Mills and their days</h1><div class="by">Mina Quill</div>'
    '<span class="when">as of 5 November 2026</span><p>What to know before you carry grain.</p></div>',
    "<div class='sum'><p>When is a mill worth the way? That depends on the grain, and on you.</p></div>",
    '<div class="part"><h4>How a mill counts</h4><p>A sack is weighed twice, and paid for once.</p>'
    '<p class="src">Source: the guild’s list (5 November 2026)</p></div>',
    '<div class="part"><strong>Two sums</strong><p>Ten sacks of rye, and the miller’s tenth.</p>'
    '<figcaption class="src">Own sums, 5 November 2026</figcaption></div>',
    '<div class="box"><div class="by">Mina Quill</div><p class="k">5 November 2026</p>'
    "<p>Mina Quill writes about bread, water and what lies between them.</p></div>",
]  # fmt: skip


def test_the_parts_of_one_guide_are_no_comments() -> None:
    assert read(f'<main><div class="guide">{"".join(GUIDE)}</div></main>') == []


@given(st.permutations(GUIDE), st.integers(2, 5))
def test_nor_are_they_in_any_other_order(parts: list[str], most: int) -> None:
    assert read(f'<main><div class="guide">{"".join(parts[:most])}</div></main>') == []


def test_what_stands_in_the_same_places_is_heard() -> None:
    assert names(read(f"<main><div>{remarks(*PEOPLE)}</div></main>")) == [*PEOPLE]


RECIPE = (
    '<div class="q7"><a class="cook" href="/user/profil/7">Quentin</a>'
    '<span class="takes">30 Min.</span><p>The softest rye cake of the valley!</p></div>'
)


@pytest.mark.parametrize("page", [f"{RECIPE}<div>{{}}</div>", f"<div>{{}}</div>{RECIPE}"])
def test_a_recipe_that_is_called_like_its_comments_is_none(page: str) -> None:
    assert names(read(f"<main>{page.format(remarks(*PEOPLE))}</main>")) == [*PEOPLE]


# -- bylines, margins ------------------------------------------------------------------------


def test_the_bylines_of_other_articles_are_no_comments() -> None:
    line = (
        '<div class="in"><p class="post-byline">by <a href="/author/mina" rel="author">Mina</a>'
        ' · Published <span class="published">{} May 2025</span> · Last modified 30 June 2026</p>'
        "</div>"
    )
    assert read("<main>" + "".join(map(line.format, (3, 9, 17, 26))) + "</main>") == []


# -- what people say under a question or an answer -------------------------------------------


def test_comments_under_an_answer_that_is_marked_up_answer_it() -> None:
    under = "".join(
        f'<li class="comment"><span class="copy">{SAID.format(who)}</span>'
        f' <a class="comment-user" href="/users/9/{who}">{who}</a>'
        f' <time datetime="2026-11-0{day}T08:00Z">{day} November</time></li>'
        for day, who in enumerate(("Noor", "Zoe"), 1)
    )
    answer = (
        '<div id="answer-10381" itemscope itemtype="https://schema.org/Answer">'
        '<link itemprop="url" href="/q/7#answer-10381">'
        '<div itemprop="text"><p>On Mondays the wheel is greased.</p></div>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        '<b itemprop="name">Anselm</b></span>'
        '<time itemprop="dateCreated" datetime="2026-11-01T07:00Z">1 November</time>'
        f'<ul class="comments-list">{under}</ul></div>'
    )
    said, *comments = read(f"<main>{answer}</main>")
    assert names([said, *comments]) == ["Anselm", "Noor", "Zoe"]
    assert said["text"] == "On Mondays the wheel is greased."
    assert {item["parent_id"] for item in comments} == {said["id"]}
