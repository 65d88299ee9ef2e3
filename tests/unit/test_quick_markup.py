"""What is found in one walk is what CSS and Beautiful Soup find."""

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from earmark import Fragment
from earmark.markup import elements_called, first_element, of_class, outermost, with_classes
from earmark.parse.text import found_all

NAMES = ["p", "a", "b", "x-more", "h2"]
CLASSES = ["reply", "see-more", "_1", "Reply"]


def tree(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        "<{0} class='{1}'>t{2}</{0}>".format,
        st.sampled_from(["div", *NAMES[1:4]]),
        st.lists(st.sampled_from(CLASSES), max_size=3).map(" ".join),
        st.lists(children, max_size=3).map("".join),
    )


PAGES = st.recursive(st.just("<p>said</p>"), tree, max_leaves=12).map(
    lambda markup: BeautifulSoup(f"<body>{markup}</body>", "lxml").body
)
ASKED = st.lists(st.sampled_from([*NAMES, *(f".{each}" for each in CLASSES)]), min_size=1)


@given(PAGES, ASKED.map(", ".join))
def test_names_and_classes_find_what_css_finds(page, css):
    assert [id(tag) for tag in found_all(page, css)] == [id(tag) for tag in page.select(css)]


@given(PAGES, st.sampled_from(NAMES), st.sampled_from(CLASSES), st.sampled_from(CLASSES))
def test_elements_with_a_name_or_classes_are_those_of_beautiful_soup(page, name, one, other):
    assert list(map(id, elements_called(page, name))) == list(map(id, page.find_all(name)))
    assert first_element(page, name) is page.find(name)
    some = NAMES[:2]
    assert list(map(id, elements_called(page, *some))) == list(map(id, page.find_all(some)))
    assert list(map(id, of_class(page, name, one))) == list(map(id, page.select(f"{name}.{one}")))
    both = page.select(f".{one}.{other}")
    assert list(map(id, with_classes(page, one, other))) == list(map(id, both))


def test_other_css_is_left_to_the_library():
    page = BeautifulSoup('<p class="a"><a href="#">x</a><a>y</a></p>', "lxml")
    for css in ("p > a", "a[href]", ".a a", "a:not([href])", "P", "*"):
        assert [str(tag) for tag in found_all(page, css)] == list(map(str, page.select(css)))


def test_what_was_cut_out_is_the_outermost_element():
    assert outermost(Fragment("1", markup="<li id='c-1'><p>x</p></li>"))["id"] == "c-1"
    assert outermost(Fragment("1", markup="")) is None
