"""A text of rules is changed in one place: what somebody wrote beside it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.keeping import rules_edit
from earmark.keeping.rules_edit import ChangedMeanwhile
from earmark.keeping.rules_text import BadRules, checked_rules, read_rules, write_rules

TEXT = """# All of mine.

# Parcels.
[[rule]]
name = "late"
when = 'late'   # or lost
# what people see
add_tags = [
    "a",  # first
    "b",
]

[[rule]]
name = 'spam'
when = "win"
hide = true
# the end"""
LATE, SPAM = read_rules(TEXT)


def test_a_changed_value_leaves_every_other_line_as_it_was() -> None:
    changed = rules_edit.with_changed(TEXT, [LATE, SPAM], 0, LATE | {"when": "late OR lost"})
    assert changed == TEXT.replace("when = 'late'   # or lost", 'when = "late OR lost"')


def test_a_list_over_several_lines_is_changed_whole() -> None:
    changed = rules_edit.with_changed(TEXT, [LATE, SPAM], 0, LATE | {"add_tags": ["c"]})
    assert 'add_tags = ["c"]\n\n[[rule]]' in changed
    assert "# what people see\n" in changed
    assert "# first" not in changed


def test_what_is_new_comes_below_and_what_is_gone_goes() -> None:
    less = {key: value for key, value in SPAM.items() if key != "hide"}
    changed = rules_edit.with_changed(TEXT, [LATE, SPAM], 1, less | {"state": "done"})
    assert changed.endswith('when = "win"\nstate = "done"\n# the end\n')


def test_nothing_changed_is_the_same_text() -> None:
    assert rules_edit.with_changed(TEXT, [LATE, SPAM], 0, dict(LATE)) == TEXT


def test_a_deleted_rule_takes_its_comment_with_it_and_comes_back_exactly() -> None:
    after, taken = rules_edit.without(TEXT, [LATE, SPAM], 0)
    assert after.startswith("# All of mine.\n\n[[rule]]\nname = 'spam'")
    assert taken.startswith("# Parcels.\n[[rule]]")
    assert rules_edit.with_piece(after, [SPAM], 0, taken) == TEXT


def test_a_rule_moves_with_its_comment() -> None:
    moved = rules_edit.with_moved(TEXT, [LATE, SPAM], 0, 1)
    assert read_rules(moved) == [SPAM, LATE]
    assert moved.index("# the end") < moved.index("# Parcels.")
    assert rules_edit.with_moved(TEXT, [LATE, SPAM], 0, -1) == TEXT + "\n"


def test_a_new_rule_stands_below_the_others() -> None:
    new = {"name": "more", "when": "x", "hide": True}
    text = rules_edit.with_new(TEXT, [LATE, SPAM], new)
    assert text.startswith(TEXT)
    assert read_rules(text) == [LATE, SPAM, new]
    assert rules_edit.with_new("", [], new) == write_rules([new])


def test_rules_that_cannot_be_told_apart_by_lines_are_written_anew() -> None:
    inline = "rule = [{name = 'a', when = 'x', hide = true}, {name = 'b', when = 'y', hide = true}]"
    rules = read_rules(inline)
    after, taken = rules_edit.without(inline, rules, 0)
    assert read_rules(after) == rules[1:]
    assert read_rules(rules_edit.with_piece(after, rules[1:], 0, taken)) == rules


def test_a_rule_with_tables_of_its_own_is_still_exact() -> None:
    text = '[[rule]]\nname = "a"\nwhen = "late"\nhide = true\n[[rule.matches]]\ntext = "late"\n'
    [rule] = read_rules(text)
    changed = rules_edit.with_changed(text, [rule], 0, rule | {"note": "n"})
    assert read_rules(changed) == [rule | {"note": "n"}]


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(BadRules) as raised:
        rules_edit.with_new(TEXT, [LATE, SPAM], {"name": "LATE", "when": "x", "hide": True})
    assert (raised.value.key, raised.value.problem.code) == ("name", "twin")


def test_a_rule_that_somebody_changed_meanwhile_is_not_found() -> None:
    seen = rules_edit.mark_of(LATE)
    assert rules_edit.place_of([SPAM, LATE], "late", seen) == 1
    with pytest.raises(ChangedMeanwhile):
        rules_edit.place_of([LATE | {"when": "other"}], "late", seen)
    with pytest.raises(ChangedMeanwhile):
        rules_edit.place_of([SPAM], "late", seen)


NAMES = st.text(min_size=1, max_size=6)
LINES = st.text(st.sampled_from("ab\"'\\#=[]\n\t {}\u2028و"), max_size=12)


@st.composite
def some_rules(draw: st.DrawFn) -> list[dict[str, object]]:
    names = draw(st.lists(st.from_regex(r"[a-zA-Z#\[\]' ]*[a-z]", fullmatch=True), max_size=4))
    rules = [
        {"name": f"{name[:40]}{number}", "when": "x", "matches": [f"x {draw(LINES)}"]}
        | draw(st.sampled_from([{"hide": True}, {"add_tags": ["[[rule]]", "#"]}]))
        for number, name in enumerate(names)
    ]
    return checked_rules(rules)


@given(some_rules(), st.data())
def test_whatever_is_done_the_rules_are_exactly_those_wanted(
    rules: list, data: st.DataObject
) -> None:
    text = write_rules(rules)
    if not rules:
        return
    place = data.draw(st.integers(0, len(rules) - 1))
    changed = rules[place] | {"matches": [f"x {data.draw(LINES)}"], "note": "new"}
    after = rules_edit.with_changed(text, rules, place, changed)
    assert read_rules(after) == [*rules[:place], changed, *rules[place + 1 :]]
    less, taken = rules_edit.without(text, rules, place)
    assert read_rules(less) == [*rules[:place], *rules[place + 1 :]]
    left = read_rules(less)
    assert read_rules(rules_edit.with_piece(less, left, place, taken)) == rules
