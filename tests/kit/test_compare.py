"""What differs is said so that a person sees it."""

from earmark.kit.compare import compare

ONE = {"id": "1", "text": "It is slow.", "author": {"handle": "mira"}}
TWO = {"id": "2", "text": "Yes.", "likes": 3}


def test_the_same_items_do_not_differ_in_whatever_order() -> None:
    assert compare([ONE, TWO], [TWO, ONE]).same


def test_what_is_missing_new_and_changed_is_named_by_id_and_text() -> None:
    changed = ONE | {"text": "It is fast."}
    del changed["author"]
    compared = compare([ONE, TWO], [changed, {"id": "3", "text": "New."}])
    assert compared.lines == [
        "- 2 “Yes.”",
        "+ 3 “New.”",
        "~ 1 “It is slow.”: text was “It is slow.”, is “It is fast.”",
        '~ 1 “It is slow.”: author was {"handle": "mira"}, is not there',
    ]


def test_items_without_an_id_are_told_apart_by_their_place() -> None:
    assert compare([{"text": "a"}, {"text": "b"}], [{"text": "a"}]).missing == ["“b”"]


def test_a_long_text_is_cut() -> None:
    [line] = compare([{"id": "1", "text": "word " * 100}], []).missing
    assert len(line) < 80
