"""How many asks are found and replies coded as a person would, in ten languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from earmark.asking.coding import Code, Coder
from earmark.asking.finding import found_in, languages_asked
from earmark.asking.offer import Offer
from earmark.folding import fold

FOUND, CODED = 0.95, 0.92  # shares of a person's expectations that are met at least
LINES = Path(__file__).with_name("asks.ndjson").read_text(encoding="utf-8").splitlines()
POSTS = [json.loads(line) for line in LINES]
ASKS = [post for post in POSTS if post["options"]]
Json = dict[str, Any]


class Checked(NamedTuple):
    """One expectation, and what was found."""

    met: bool
    told: str


def item_of(post: Json) -> Json:
    """The post as an item, with nothing in it that tells the answer."""
    item = {"kind": "post", "text": post["text"], "language": {"tag": post["language"]}}
    labels = [{"label": label} for label in post.get("poll", ())]
    return item | ({"poll": {"options": labels}} if labels else {})


def finds(post: Json) -> Checked:
    """Whether the options are those expected, but for words around them."""
    offer = found_in(item_of(post))
    found = [option.label for option in offer.plain] if offer else None
    wanted = post["options"]
    same = found is not None and wanted is not None and len(found) == len(wanted)
    met = same and all(alike(*pair) for pair in zip(found, wanted, strict=True))
    return Checked(met or found == wanted, f"{post['id']}: {found}, not {wanted}")


def alike(one: str, other: str) -> bool:
    return fold(one) in fold(other) or fold(other) in fold(one)


def codes(post: Json) -> list[Checked]:
    """Whether each reply is coded as expected; none is where the options were not found."""
    item = item_of(post)
    offer = found_in(item) if finds(post).met else None
    return [code(post, item, offer, text, wanted) for text, *wanted in post["replies"]]


def code(post: Json, item: Json, offer: Offer | None, text: str, wanted: list[Any]) -> Checked:
    coder = Coder(offer, languages_asked(item)) if offer else None
    given = coder.code(text, post["language"]) if coder else Code()
    found = [*sorted(given.options), *["other"] * given.other, *["none"] * given.none]
    told = f"{post['id']}: “{text}” is {found}, not {wanted} ({given.because})"
    return Checked(offer is not None and found == wanted, told)


def summary(checked: list[Checked]) -> str:
    met = sum(each.met for each in checked)
    misses = [each.told for each in checked if not each.met]
    return "\n".join([f"{met} of {len(checked)}, {met / len(checked):.3f}", *misses])


def share(checked: list[Checked]) -> float:
    print(summary(checked))
    return sum(each.met for each in checked) / len(checked)


def test_options_are_found_as_a_person_finds_them() -> None:
    checked = [finds(post) for post in POSTS]
    assert share(checked) >= FOUND, summary(checked)


def test_replies_are_coded_as_a_person_codes_them() -> None:
    checked = [each for post in ASKS for each in codes(post)]
    assert share(checked) >= CODED, summary(checked)


@pytest.mark.parametrize("post", [p for p in POSTS if p["options"] is None], ids=lambda p: p["id"])
def test_no_ask_is_found_where_none_is(post: Json) -> None:
    assert found_in(item_of(post)) is None


@pytest.mark.parametrize("language", sorted({post["language"] for post in ASKS}))
def test_each_language_is_there_with_its_replies(language: str) -> None:
    replies = [reply for ask in ASKS if ask["language"] == language for reply in ask["replies"]]
    assert len(replies) >= 14
