"""What is taken for a difference between two readers, and what for the second one's own error."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from earmark.model import Page
from earmark.parse.disagreement import compare
from earmark.parse.sampled import LARGEST, LARGEST_PAGE, LEAST, MOST, sample_of, whole_page

PAGE = Page(url="https://forum.example/t/1", captured_at="2026-11-22T12:00:00Z", lang="en")
TEXTS = [
    "The lid of mine broke in the second week; has anybody found a spare one for it?",
    "Two years old and it still boils in three minutes, I would buy it again at once.",
    "It whistles at night, and nobody in the house can sleep through such a sound.",
    "Please tell them about the handle: it gets so hot that I use a towel for it.",
    "I wrote to the shop last month, and nobody there has answered me until today.",
]
NAMES = ["Mina", "Tom", "Ewa", "Ali", "Noor"]


def item(text: str, name: str = "", day: int = 0) -> dict[str, Any]:
    moment = f"2026-11-{day:02}T08:00:00Z"
    told: dict[str, Any] = {"text": text}
    told |= {"author": {"name": name}} if name else {}
    return told | ({"published": {"earliest": moment, "latest": moment}} if day else {})


def right() -> list[dict[str, Any]]:
    return [item(*each) for each in zip(TEXTS, NAMES, range(1, 6), strict=True)]


def shown(one: dict[str, Any], more: str = "") -> str:
    return f"<li><b>{one['author']['name']}</b><p>{one['text']}</p>{more}</li>"


def compared(ours: list[Any], theirs: list[Any] | None = None, more: str = "") -> Any:
    """`ours` as read by the plugin in five elements, against what the second reader found."""
    sample = [
        {"fragment": {"id": str(n), "markup": shown(one, more)}, "items": own}
        for n, (one, own) in enumerate(zip(right(), ours, strict=True))
    ]
    return compare(sample, right() if theirs is None else theirs, PAGE)


def each(**change: Any) -> list[list[Any]]:
    return [[one | change] for one in right()]


def test_what_both_read_alike_differs_in_nothing() -> None:
    assert compared(each()) == {
        "differs": [],
        "agrees": ["comments", "text", "author", "published"],
    }


def test_interface_that_the_second_reader_takes_for_text_is_no_difference() -> None:
    theirs = [one | {"text": one["text"] + "\nReply Share Report"} for one in right()]
    assert compared(each(), theirs)["differs"] == []


def test_a_text_that_the_second_reader_has_only_in_part_is_no_difference() -> None:
    theirs = [one | {"text": one["text"][:40]} for one in right()]
    assert compared(each(), theirs)["differs"] == []


def test_a_time_taken_for_a_name_is_the_second_readers_error() -> None:
    theirs = [one | {"author": {"name": f"{n} hours ago"}} for n, one in enumerate(right(), 2)]
    assert compared(each(), theirs)["differs"] == []


def test_one_name_on_everything_is_the_second_readers_error() -> None:
    theirs = [one | {"author": {"name": "Moderated"}} for one in right()]
    assert compared(each(), theirs)["differs"] == []


def test_a_name_with_more_around_it_is_the_same_name() -> None:
    theirs = [one | {"author": {"name": one["author"]["name"] + " • 3rd+"}} for one in right()]
    assert compared(each(), theirs)["differs"] == []


def test_clocks_of_unknown_zones_may_be_a_day_apart() -> None:
    late = [
        [one | {"published": dict.fromkeys(("earliest", "latest"), f"2026-11-{n:02}T09:00:00Z")}]
        for n, one in enumerate(right(), 2)
    ]
    assert compared(late)["differs"] == []


def test_two_that_differ_among_five_are_no_difference() -> None:
    ours = each()
    ours[0], ours[1] = [item("", "Tom")], [item("Reply", "Zoe", 20)]
    assert compared(ours)["differs"] == []


def test_two_of_five_that_were_deleted_are_no_comments_missed() -> None:
    assert compared([[], [], *each()[2:]])["differs"] == []
    assert compared([[], [], [], *each()[3:]])["differs"] == ["comments"]


def test_comments_that_hide_in_an_element_with_another_are_missed() -> None:
    hidden = [item(f"Number {n} stands in it as well, deep below.", "Zoe", 9) for n in range(5)]
    theirs = [one for pair in zip(right(), hidden, strict=True) for one in pair]
    assert compared(each(), theirs)["differs"] == []  # nowhere in the elements
    sample = [
        {"fragment": {"id": str(n), "markup": shown(one, f"<p>{more['text']}</p>")}, "items": [one]}
        for n, (one, more) in enumerate(zip(right(), hidden, strict=True))
    ]
    assert compare(sample, theirs, PAGE)["differs"] == ["comments"]


def test_what_another_had_said_is_no_text_of_ones_own() -> None:
    quote = "What do you all make of this kettle?"
    told = compared(each(text=quote), more=f"<blockquote>{quote}</blockquote>")
    assert told["differs"] == ["text"]


def test_a_second_reader_that_finds_little_is_not_heard() -> None:
    assert compared(each(text="Reply"), right()[:2]) is None
    assert compared(each(text="Reply"), []) is None


@given(st.lists(st.fixed_dictionaries({"text": st.text()}, optional={
    "author": st.fixed_dictionaries({}, optional={"name": st.text(), "handle": st.text()}),
    "published": st.just({"earliest": "2026-11-01T08:00:00Z", "latest": "2026-11-01T09:00:00Z"}),
}), max_size=8), st.lists(st.text(), min_size=3, max_size=8))  # fmt: skip
def test_whatever_both_read_nothing_breaks(records: list[Any], markups: list[str]) -> None:
    sample = [
        {"fragment": {"id": str(n), "markup": markup}, "items": records[: n % 3]}
        for n, markup in enumerate(markups)
    ]
    told = compare(sample, records, PAGE)
    assert told is None or set(told["differs"]).isdisjoint(told["agrees"])


# -- the sample -----------------------------------------------------------------------------


def elements(how_many: int, markup: str = "<li>Say</li>") -> list[dict[str, Any]]:
    return [{"id": str(n), "kind": "element", "markup": markup} for n in range(how_many)]


def sampled(fragments: list[dict[str, Any]]) -> list[str]:
    results = [{"fragment": each["id"], "items": []} for each in fragments]
    return [each["fragment"]["id"] for each in sample_of(fragments, results)]


def test_a_sample_is_small_and_of_all_parts_of_a_page() -> None:
    ids = [int(name) for name in sampled(elements(100))]
    assert len(ids) == MOST
    assert ids[0] < 10
    assert ids[-1] > 80


def test_too_few_elements_are_no_sample() -> None:
    assert sampled(elements(LEAST - 1)) == []
    assert len(sampled(elements(LEAST))) == LEAST


def test_what_is_large_is_left_out() -> None:
    large = elements(5, "x" * (LARGEST + 1))
    assert sampled(large) == []
    full = elements(MOST, "x" * LARGEST)
    assert len(sampled(full)) == LARGEST_PAGE // LARGEST


def test_neither_context_nor_what_failed_is_sampled() -> None:
    fragments = elements(6)
    fragments[0]["kind"] = "context"
    results = [{"fragment": each["id"], "items": []} for each in fragments]
    results[1] = {"fragment": "1", "error": "It raised."}
    ids = [each["fragment"]["id"] for each in sample_of(fragments, results)]
    assert ids == ["2", "3", "4", "5"]


def test_the_sample_stands_where_its_elements_stood() -> None:
    around = ['<ol class="thread">', '<main id="m">', '<body class="b">', "<html>", "no tag"]
    sample = [{"fragment": each | {"ancestors": around}} for each in elements(3)]
    sample[0]["fragment"] |= {"parent_ref": "r1", "ancestors": ["<li>"]}
    page = whole_page(sample)
    lines = "\n".join(["<li>Say</li>"] * 3)
    assert page["markup"] == f'<body><main id="m"><ol class="thread">{lines}</body>'
    assert page["selector"] == "body"


def test_an_absurd_tag_around_them_is_left_out() -> None:
    sample = [{"fragment": each | {"ancestors": [f'<p title="{"x" * 9000}">']}}
              for each in elements(3)]  # fmt: skip
    assert len(whole_page(sample)["markup"]) < 200
