"""The trees that plugins read are those that BeautifulSoup builds, one after another."""

from __future__ import annotations

import threading

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from earmark.model import Fragment
from earmark.trees import tree_of

PIECES = st.sampled_from([
    "<p class='a b' id=x>", "</p>", "<ul><li>one<li>two</ul>", "</div>", "<b>", "text ", "‏متن",
    "\x00", "<!-- note -->", "<![CDATA[x]]>", "<!doctype html>",
    "<svg xlink:href='#a'><path/></svg>", "<script>if (a < b) {}</script>", "&amp; &nope; &#0;",
    "<table><td>", "<br/>", "<template shadowrootmode=closed><i>in</i></template>", "\ufeff", "<",
])  # fmt: skip
MARKUP = st.lists(PIECES, max_size=12).map("".join)


@given(st.lists(MARKUP, min_size=1, max_size=4))
def test_a_tree_owes_nothing_to_those_built_before_it(markups):
    for markup in markups:
        assert str(tree_of(markup)) == str(BeautifulSoup(markup, "lxml"))


def test_half_a_character_is_shown_as_a_question_mark_and_the_next_tree_is_whole():
    assert str(tree_of("<p>lone \ud800 half</p>").p) == "<p>lone ? half</p>"
    assert str(tree_of("<p>Mira</p>").p) == "<p>Mira</p>"


def test_threads_build_trees_side_by_side():
    read: dict[int, list[str]] = {}

    def build(number: int) -> None:
        read[number] = [tree_of(f"<p>{number}<b>{at}</b>").p.get_text() for at in range(200)]

    threads = [threading.Thread(target=build, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == {number: [f"{number}{at}" for at in range(200)] for number in range(4)}


def test_a_fragment_keeps_its_tree_when_another_is_built():
    first, second = Fragment(id="1", markup="<p>one"), Fragment(id="2", markup="<p>two")
    assert [first.soup.p.string, second.soup.p.string, first.soup.p.string] == ["one", "two", "one"]
