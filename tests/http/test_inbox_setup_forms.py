"""Choosing sites, what to keep and who we are: what is saved, refused, told and undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from inbox_fixtures import running_inbox, soup, submit, texts
from raw_client import Answer
from setup_fixtures import choose, organise, see

from earmark.service import ServiceStatus
from earmark.web import pages_setup_facts

NASTY = ['"><script>alert(1)</script>', "{{ 7 * 7 }}", "a\u202eb.example", "%(site)s", "ّ" * 300]


@pytest.fixture
async def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    monkeypatch.setattr(pages_setup_facts, "status", lambda home: ServiceStatus(""))
    async with running_inbox(tmp_path) as agent:
        yield agent


def sites(box: Any) -> dict[str, str]:
    return {each["site"]: each["keep"] for each in box.choices.document()["sites"]}


def page_of(answer: Answer) -> BeautifulSoup:
    return BeautifulSoup(answer.body.decode(), "html.parser")


def ticked(page: BeautifulSoup, name: str = "site") -> list[str]:
    return [box["value"] for box in page.select(f"input[name={name}][checked]")]


async def members(box: Any, name: str) -> list[str]:
    page = await soup(box, "/setup/sites")
    group = page.select_one(f"input[name=set][value={name}]").find_parent("fieldset")
    return [box["value"] for box in group.select("input[name=site]")]


# --- sites


async def test_the_three_sets_are_offered_and_say_how_each_site_is_read(box: Any) -> None:
    box.plugins.entries.append(
        {"name": "reddit", "label": "Reddit", "matches": ["https://www.reddit.com/r/*"]}
    )
    try:
        page = await soup(box, "/setup/sites")
    finally:
        box.plugins.entries.pop()
    assert [tag["value"] for tag in page.select("input[name=set]")] == ["social", "forums", "shops"]
    reddit = page.select_one("input[value='reddit.com']").find_parent("label")
    quora = page.select_one("input[value='quora.com']").find_parent("label")
    assert "read exactly" in reddit.get_text()
    assert "read roughly" in quora.get_text()


async def test_ticked_and_typed_sites_are_saved_and_lead_to_the_next_step(box: Any) -> None:
    typed = "https://www.Forum.example/t/1, بید.example"
    answer = await submit(box, "/setup/sites", site=["reddit.com", "x.com"], add=typed)
    assert (answer.status, answer.header("Location")) == (303, "/setup/us")
    assert list(sites(box)) == ["reddit.com", "x.com", "forum.example", "xn--ngbo48b.example"]
    page = await soup(box, "/setup/sites")
    assert ticked(page) == ["x.com", "reddit.com", "forum.example", "xn--ngbo48b.example"]
    assert "بید.example" in page.get_text()


async def test_a_set_newly_ticked_brings_all_of_its_sites(box: Any) -> None:
    forums = await members(box, "forums")
    await submit(box, "/setup/sites", set="forums")
    assert sorted(sites(box)) == sorted(forums)
    page = await soup(box, "/setup/sites")
    assert ticked(page, "set") == ["forums"]
    assert page.select_one("input[name=had]")["value"] == "forums"


async def test_a_set_newly_unticked_takes_them_and_one_left_alone_minds_each_tick(box: Any) -> None:
    forums = await members(box, "forums")
    await submit(box, "/setup/sites", set="forums")
    await submit(box, "/setup/sites", set="forums", had="forums", site=forums[1:])
    assert sorted(sites(box)) == sorted(forums[1:])
    await submit(box, "/setup/sites", set="forums")
    await submit(box, "/setup/sites", had="forums", site=[*forums, "x.com"])
    assert list(sites(box)) == ["x.com"]


async def test_a_new_site_is_kept_like_the_rest_and_a_known_one_as_before(box: Any) -> None:
    choose(box, "reddit.com", keep="everything", elsewhere="by_hand")
    await submit(box, "/setup/sites", site=["reddit.com", "x.com"])
    assert sites(box) == {"reddit.com": "everything", "x.com": "by_hand"}


@pytest.mark.parametrize(
    ("target", "form"),
    [
        ("/setup/sites", {"site": ["reddit.com", "x.com"]}),
        ("/setup/keep", {"elsewhere": "everything", "keep:reddit.com": "by_hand"}),
    ],
)
async def test_what_was_switched_on_for_a_site_stays_on(box: Any, target: str, form: Any) -> None:
    on = {"responses": True, "messages": True}
    box.choices.change({"sites": [{"site": "reddit.com", "keep": "everything"} | on]})
    assert (await submit(box, target, **form)).status == 303
    [reddit, *_] = box.choices.document()["sites"]
    assert reddit.items() >= on.items()


CHAT = "https://x.com/messages/1?a=<b>#c"


def switch_on(box: Any) -> None:
    on = {"responses": True, "messages": True}
    sites = [{"site": site, "keep": "everything"} | on for site in ("x.com", "reddit.com")]
    conversations = [{"site": "x.com", "url": url} for url in (CHAT, CHAT + "2")]
    box.choices.change({"sites": sites, "conversations": conversations})


async def test_what_was_switched_on_in_the_popup_is_shown_and_can_be_stopped(box: Any) -> None:
    switch_on(box)
    page = await soup(box, "/setup/keep")
    shown = [tag["value"] for tag in page.select(".switched input[checked]")]
    assert shown == ["x.com", "reddit.com", CHAT, CHAT + "2"]
    form = {"elsewhere": "everything", "switched": "1", "responses": "x.com", "conversation": CHAT}
    assert (await submit(box, "/setup/keep", **form)).status == 303
    now = box.choices.document()
    assert [site.get("responses", False) for site in now["sites"]] == [True, False]
    assert [each["url"] for each in now["conversations"]] == [CHAT]
    await submit(box, "/setup/keep", elsewhere="everything", switched="1")
    now = box.choices.document()
    assert (now["conversations"], [s.get("responses") for s in now["sites"]]) == ([], [None] * 2)


async def test_nothing_is_shown_where_nothing_was_switched_on(box: Any) -> None:
    assert (await soup(box, "/setup/keep")).select_one(".switched") is None


@pytest.mark.parametrize("typed", ["not a site!", "http://", "a..b", "forum.example  ht!tp"])
async def test_what_is_no_site_is_told_at_the_field_and_nothing_typed_is_lost(
    box: Any, typed: str
) -> None:
    choose(box, "x.com")
    answer = await submit(box, "/setup/sites", site="reddit.com", add=typed)
    page = page_of(answer)
    assert answer.status == 422
    assert sites(box) == {"x.com": "everything"}
    assert page.select_one("input[name=add]")["value"] == typed
    assert page.select_one("input[name=add]")["aria-describedby"] == "add-error"
    assert "not the name of a site" in page.select_one("#add-error").get_text()
    assert ticked(page) == ["reddit.com"]


@pytest.mark.parametrize("typed", NASTY)
async def test_hostile_words_in_the_field_stay_words(box: Any, typed: str) -> None:
    answer = await submit(box, "/setup/sites", add=typed, site=[typed])
    page = page_of(answer)
    assert answer.status == 422
    assert len(page.find_all("script")) == 1
    assert sites(box) == {}
    assert page.select_one("input[name=add]")["value"] == typed
    error = page.select_one("#add-error").get_text()
    assert "\u202e" not in error or "\u2068" in error


async def test_a_removed_site_is_told_and_comes_back_by_undo_as_it_was(box: Any) -> None:
    choose(box, "reddit.com", keep="by_hand")
    await submit(box, "/setup/sites", site="x.com")
    assert list(sites(box)) == ["x.com"]
    page = await soup(box, "/setup/us")
    assert "reddit.com" in page.select_one("#flash p").get_text()
    form = page.select_one("#flash form")
    fields = {tag["name"]: tag["value"] for tag in form.select("input, button")}
    answer = await submit(box, form["action"], **fields)
    assert (answer.status, answer.header("Location")) == (303, "/setup/us")
    assert sites(box) == {"reddit.com": "by_hand"}
    assert texts(await soup(box, "/setup/us"), "#flash p") == ["Undone."]


async def test_many_removed_sites_are_counted(box: Any) -> None:
    choose(box, "reddit.com", "x.com", "quora.com")
    box.client = box.client.as_(Accept_Language="ro")
    await submit(box, "/setup/sites", site="x.com")
    assert texts(await soup(box, "/setup"), "#flash p") == ["2 site-uri nu mai sunt ascultate."]


async def test_a_line_is_told_once_and_never_to_a_page_that_only_looks_again(box: Any) -> None:
    await submit(box, "/setup/sites", site="x.com")
    assert texts(await soup(box, "/setup?live=1"), "#flash p") == []
    assert texts(await soup(box, "/setup"), "#flash p") == ["Saved"]
    assert texts(await soup(box, "/setup"), "#flash p") == []


async def test_undo_never_overwrites_what_was_changed_since(box: Any) -> None:
    choose(box, "reddit.com")
    await submit(box, "/setup/sites", site="x.com")
    key = (await soup(box, "/setup")).select_one("#flash button")["value"]
    choose(box, "quora.com")
    answer = await submit(box, "/setup/undo", change=key, back="/setup")
    assert answer.status == 409
    assert "can no longer be undone" in answer.body.decode()
    assert list(sites(box)) == ["quora.com"]


@pytest.mark.parametrize("change", ["", "0" * 16, "é\u0000"])
async def test_undo_of_nothing_changes_nothing(box: Any, change: str) -> None:
    choose(box, "reddit.com")
    assert (await submit(box, "/setup/undo", change=change)).status == 409
    assert list(sites(box)) == ["reddit.com"]


async def test_undo_returns_to_the_setup_only(box: Any) -> None:
    await submit(box, "/setup/sites", site="x.com")
    key = (await soup(box, "/setup")).select_one("#flash button")["value"]
    answer = await submit(box, "/setup/undo", change=key, back="//evil.example/setup")
    assert answer.header("Location") == "/setup"


async def test_only_what_the_organisation_allows_is_offered_and_taken(box: Any) -> None:
    choose(box, "example.org")
    organise(box, '{"allowed_sites": ["reddit.com", "example.com"]}')
    page = await soup(box, "/setup/sites")
    assert [tag["value"] for tag in page.select("input[name=set]")] == ["forums"]
    offered = [tag for tag in page.select("input[name=site]") if not tag.has_attr("disabled")]
    assert [tag["value"] for tag in offered] == ["reddit.com"]
    assert "not allowed by your organisation" in page.get_text()
    answer = await submit(box, "/setup/sites", add="quora.com")
    assert answer.status == 422
    assert "organisation does not allow" in page_of(answer).select_one("#add-error").get_text()
    assert (await submit(box, "/setup/sites", add="shop.example.com")).status == 303


async def test_a_forged_tick_on_a_forbidden_site_is_not_taken(box: Any) -> None:
    organise(box, '{"allowed_sites": ["reddit.com"]}')
    await submit(box, "/setup/sites", site=["reddit.com", "quora.com"])
    assert list(sites(box)) == ["reddit.com"]


# --- what to keep


async def test_one_answer_for_all_sites_and_another_for_some(box: Any) -> None:
    choose(box, "reddit.com", "x.com")
    see(box, "hears", "us")
    own = {"keep:x.com": "everything", "keep:reddit.com": ""}
    answer = await submit(box, "/setup/keep", elsewhere="by_hand", **own)
    assert (answer.status, answer.header("Location")) == (303, "/setup/allow")
    assert sites(box) == {"reddit.com": "by_hand", "x.com": "everything"}
    assert box.choices.document()["elsewhere"] == "by_hand"
    page = await soup(box, "/setup/keep")
    assert page.select_one("input[name=elsewhere][checked]")["value"] == "by_hand"
    shown = {tag["name"]: tag.select("[selected]") for tag in page.select("select")}
    assert shown["keep:reddit.com"] == []
    assert shown["keep:x.com"][0]["value"] == "everything"


async def test_a_change_of_many_sites_at_once_can_be_undone(box: Any) -> None:
    choose(box, "reddit.com", "x.com")
    await submit(box, "/setup/keep", elsewhere="by_hand")
    assert set(sites(box).values()) == {"by_hand"}
    key = (await soup(box, "/setup/allow")).select_one("#flash button")["value"]
    await submit(box, "/setup/undo", change=key, back="/setup/keep")
    assert set(sites(box).values()) == {"everything"}
    assert box.choices.document()["elsewhere"] == "everything"


@pytest.mark.parametrize("form", [{"elsewhere": "about_us"}, {"keep:reddit.com": "about_us"}])
async def test_about_us_asks_who_we_are_and_keeps_the_answer_given(
    box: Any, form: dict[str, str]
) -> None:
    choose(box, "reddit.com")
    sent = {"elsewhere": "by_hand", **form}
    answer = await submit(box, "/setup/keep", **sent)
    page = page_of(answer)
    assert answer.status == 422
    assert page.select_one("#terms")["aria-describedby"] == "terms-hint terms-error"
    assert "what is about you" in page.select_one("#terms-error").get_text()
    assert page.select_one("input[name=elsewhere][checked]")["value"] == sent["elsewhere"]
    assert sites(box) == {"reddit.com": "everything"}
    answer = await submit(box, "/setup/keep", **sent, terms="Acme\nآکمه ، Acme")
    assert answer.status == 303
    assert sites(box) == {"reddit.com": "about_us"}
    assert box.choices.document()["terms"] == ["Acme", "آکمه"]


async def test_with_a_name_known_about_us_asks_nothing(box: Any) -> None:
    choose(box, "reddit.com", accounts=[{"handle": "acme"}])
    assert (await soup(box, "/setup/keep")).select("#terms") == []
    assert (await submit(box, "/setup/keep", elsewhere="about_us")).status == 303
    assert sites(box) == {"reddit.com": "about_us"}


@pytest.mark.parametrize("keep", ["", "all", "<b>", "everything\u0000"])
async def test_an_answer_that_was_not_offered_changes_nothing(box: Any, keep: str) -> None:
    choose(box, "reddit.com")
    answer = await submit(box, "/setup/keep", elsewhere=keep)
    assert answer.status == 422
    assert sites(box) == {"reddit.com": "everything"}
    assert page_of(answer).select(".field-error")


async def test_the_ceiling_of_the_organisation_is_told_where_it_matters(box: Any) -> None:
    organise(box, '{"retention_days": 1}')
    page = await soup(box, "/setup/keep")
    assert "Set by your organisation: nothing is kept longer than 1 day." in " ".join(
        page.get_text().split()
    )


# --- who we are


async def test_words_and_accounts_are_saved_as_typed(box: Any) -> None:
    answer = await submit(
        box,
        "/setup/us",
        terms="Acme Kettle\r\n\r\n  آکمه  \nacme, akme",
        platform=["hackernews", "", ""],
        handle=["@acme", "  Acme  Support ", ""],
    )
    assert (answer.status, answer.header("Location")) == (303, "/setup/keep")
    document = box.choices.document()
    assert document["terms"] == ["Acme Kettle", "آکمه", "acme", "akme"]
    assert document["accounts"] == [
        {"handle": "acme", "platform": "hackernews"},
        {"handle": "Acme Support"},
    ]
    page = await soup(box, "/setup/us")
    assert page.select_one("#terms").get_text().split("\n")[1:] == document["terms"]
    assert [tag.get("value") for tag in page.select("input[name=handle]")] == [
        "acme", "Acme Support", "", "", "",
    ]  # fmt: skip


async def test_nothing_entered_passes_the_step_over(box: Any) -> None:
    answer = await submit(box, "/setup/us", terms="  \n", handle=["", ""], platform=["", ""])
    assert answer.header("Location") == "/setup/keep"
    assert box.choices.document()["first_run"]["seen"] == ["us"]


async def test_the_last_name_stays_while_a_site_keeps_only_what_is_about_us(box: Any) -> None:
    choose(box, "reddit.com", keep="about_us", terms=["Acme"])
    answer = await submit(box, "/setup/us", terms="", handle="", platform="")
    assert answer.status == 422
    assert "at least one name" in page_of(answer).select_one("#us-error").get_text()
    assert box.choices.document()["terms"] == ["Acme"]


@pytest.mark.parametrize(
    "text", ["</textarea><script>alert(1)</script>", "{{ 7 * 7 }}", "W" * 5000]
)
async def test_hostile_names_stay_names_or_are_refused_without_being_lost(
    box: Any, text: str
) -> None:
    answer = await submit(box, "/setup/us", terms=text, handle=[text], platform=["nowhere"])
    page = page_of(answer) if answer.status == 422 else await soup(box, "/setup/us")
    assert page.select_one("#terms").get_text().strip() == text
    assert page.select_one("input[name=handle]")["value"] == text
    assert len(page.find_all("script")) == 1
