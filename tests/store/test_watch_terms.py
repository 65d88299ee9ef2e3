"""Accounts and watch terms are one truth with the choices, and survive what is done to either."""

from __future__ import annotations

from typing import Any

import pytest

from earmark.errors import EarmarkError
from earmark.keeping import watch_terms
from earmark.keeping.choices import Choices
from earmark.keeping.given import BadChoice
from earmark.keeping.watch_terms import NoSuchTerm, term_of
from earmark.store.log import Log

AT = "2026-11-22T10:00:00Z"


@pytest.fixture
def choices(log: Log) -> Choices:
    return Choices(log)


def add(choices: Choices, *terms: dict[str, Any]) -> list[dict[str, Any]]:
    new = [term_of(term) for term in terms]
    return choices.change_terms(lambda known: watch_terms.added(known, new, AT))


def change(choices: Choices, id: int, **patch: Any) -> dict[str, Any]:
    tidy = watch_terms.patch_of(patch)
    terms = choices.change_terms(lambda known: watch_terms.changed(known, id, tidy))
    return next(term for term in terms if term["id"] == id)


def test_a_term_is_kept_whole_and_its_name_stands_in_the_choices(log: Log) -> None:
    term = {
        "name": " Acme ",
        "aliases": ["acm", "acm", "آکمه"],
        "handles": [{"handle": "@acme", "platform": "x"}],
        "hashtags": ["#AcmeDay"],
        "exclusions": ["acme pie"],
        "purpose": "complaints",
        "owner": "Mira",
    }
    [kept] = add(Choices(log), term)
    assert kept == {
        "id": 1,
        "name": "Acme",
        "kind": "brand",
        "ours": True,
        "can_act": True,
        "aliases": ["acm", "آکمه"],
        "handles": [{"handle": "acme", "platform": "x"}],
        "hashtags": ["AcmeDay"],
        "exclusions": ["acme pie"],
        "purpose": "complaints",
        "owner": "Mira",
        "added_at": AT,
    }
    assert Choices(log).terms() == [kept]
    assert Choices(log).document()["terms"] == ["Acme"]


def test_a_competitor_does_not_mean_us(choices: Choices) -> None:
    add(choices, {"name": "Other", "kind": "competitor"})
    assert choices.document()["terms"] == []
    assert choices.mentions.found_in(["Other"], "x") == ""
    with pytest.raises(EarmarkError, match="nothing would be kept"):
        choices.change({"elsewhere": "about_us"})


def test_names_from_setup_keep_what_else_is_known_of_their_terms(choices: Choices) -> None:
    add(choices, {"name": "Acme", "aliases": ["acm"]}, {"name": "Other", "kind": "competitor"})
    choices.change({"terms": ["ACME", "Roadrunner"]})
    assert [(t["name"], t.get("aliases")) for t in choices.terms()] == [
        ("ACME", ["acm"]),
        ("Other", None),
        ("Roadrunner", None),
    ]


def test_a_name_left_out_retires_its_term_and_brings_it_back(choices: Choices) -> None:
    add(choices, {"name": "Acme", "aliases": ["acm"]}, {"name": "Plain"})
    choices.change({"terms": []})
    assert [(t["name"], t["retired"]) for t in choices.terms()] == [("Acme", True)]
    assert choices.mentions.found_in(["acme"], "x") == ""
    choices.change({"terms": ["Acme"]})
    assert [(t["aliases"], t.get("retired")) for t in choices.terms()] == [(["acm"], None)]


def test_the_last_name_stays_while_only_pages_about_us_are_kept(choices: Choices) -> None:
    [term] = add(choices, {"name": "Acme"})
    choices.change({"elsewhere": "about_us"})
    with pytest.raises(EarmarkError, match="nothing would be kept"):
        choices.change_terms(lambda terms: watch_terms.without(terms, term["id"]))
    with pytest.raises(EarmarkError, match="nothing would be kept"):
        change(choices, term["id"], retired=True)
    assert choices.terms() == [term]


def test_the_same_list_is_given_until_something_changes(choices: Choices) -> None:
    add(choices, {"name": "Acme"})
    terms, accounts = choices.terms(), choices.accounts()
    choices.change({"elsewhere": "by_hand"})
    assert choices.terms() is terms
    choices.change({"accounts": [{"handle": "acme"}]})
    assert choices.terms() is terms
    assert choices.accounts() is not accounts


def test_an_empty_field_is_taken_away(choices: Choices) -> None:
    [term] = add(choices, {"name": "Acme", "aliases": ["acm"], "purpose": "x"})
    after = change(choices, term["id"], aliases=[], purpose="", can_act=False)
    assert "aliases" not in after
    assert "purpose" not in after
    assert after["can_act"] is False


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ({}, "needs a name"),
        ({"name": "!!!"}, "no letter or digit"),
        ({"name": "A", "kind": "thing"}, "kind of term"),
        ({"name": "A", "aliases": "b"}, "must be a list"),
        ({"name": "A", "handles": [{"handle": "b", "platform": "../x"}]}, "no platform"),
        ({"name": "A", "ours": "yes"}, "true or false"),
        ({"name": "A", "id": 7}, "must be an object of"),
        ({"name": "acme"}, "there already"),
    ],
)
def test_what_is_no_term_is_refused_in_words(choices: Choices, term: Any, said: str) -> None:
    before = add(choices, {"name": "Acme"})
    with pytest.raises(BadChoice, match=said):
        add(choices, term)
    assert choices.terms() == before


def test_there_is_no_changing_what_is_not_there(choices: Choices) -> None:
    with pytest.raises(NoSuchTerm):
        change(choices, 7, purpose="x")
    with pytest.raises(NoSuchTerm):
        choices.change_terms(lambda terms: watch_terms.without(terms, 7))


def test_an_id_is_never_given_again(choices: Choices) -> None:
    [term] = add(choices, {"name": "Acme"})
    choices.change_terms(lambda terms: watch_terms.without(terms, term["id"]))
    [other] = add(choices, {"name": "Acme"})
    assert other["id"] > term["id"]


def test_details_of_an_account_outlast_its_being_entered_again(choices: Choices) -> None:
    account = {"handle": "acme", "platform": "x", "brand": "Acme", "support": True}
    choices.change({"accounts": [account]})
    after = choices.change({"accounts": [{"handle": "ACME", "platform": "x"}, {"handle": "b"}]})
    assert after["accounts"] == [account | {"handle": "ACME"}, {"handle": "b"}]


def test_what_an_older_version_kept_in_the_choices_is_moved(log: Log) -> None:
    old = {"elsewhere": "about_us", "accounts": [{"handle": "acme"}], "terms": ["Acme", "آکمه"]}
    log.table("choices").insert(old)
    choices = Choices(log)
    assert choices.document()["terms"] == ["Acme", "آکمه"]
    assert choices.document()["accounts"] == [{"handle": "acme"}]
    assert [term["name"] for term in choices.terms()] == ["Acme", "آکمه"]
    assert "terms" not in log.table("choices").get(doc_id=1)
    assert Choices(log).document() == choices.document()
