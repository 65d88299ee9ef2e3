"""Several items of one fragment, which is sent again whenever one is added."""

from __future__ import annotations

from typing import Any

from store_samples import Saver, make_item


def remark(place: str, text: str, within: str | None = None) -> dict[str, Any]:
    inside = {"_within": within} if within else {}
    return make_item(None, text, _place=place, _fragment_selector="body", **inside)


def test_an_item_added_above_the_others_makes_no_second_ones(save: Saver) -> None:
    old = [remark("a", "the same"), remark("b", "the same"), remark("c", "something else")]
    save(*old, ref="r0")
    assert save.changes(remark("z", "news"), *old, ref="r0") == ["new", "seen", "seen", "seen"]
    assert len(save.all()) == 4


def test_an_item_answers_another_of_its_fragment(save: Saver) -> None:
    first, second, third = save(
        remark("a", "one"), remark("b", "two", "a"), remark("c", "three", "b"), ref="r0"
    )
    assert save.get(second["id"])["parent_id"] == first["id"]
    assert save.get(third["id"])["parent_id"] == second["id"]
    assert save.get(third["id"])["root_id"] == first["id"]
