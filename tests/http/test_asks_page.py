"""The panel of an ask: every gesture works as a plain form, and hostile text stays text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inbox_fixtures import made_up, running_inbox, soup, submit, texts

from earmark.web.i18n import UI_LANGUAGES

ASK = "What keeps you away: ads? too few posts? title not shown?"
PAGE = "/items/hackernews/1"
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
async def inbox(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        yield agent


def post(text: str = ASK) -> dict[str, Any]:
    return made_up("1", text, kind="post", author={"handle": "shop"}, ours=True)


def reply(id: str, text: str, **more: Any) -> dict[str, Any]:
    author = {"name": f"Person {id}", "handle": f"p{id}"}
    return made_up(id, text, **{"author": author, "parent_id": "1", "root_id": "1", **more})


def counts(page: Any) -> dict[str, str]:
    """What is counted, by the answers' keys."""
    rows = page.select(".ask tr[data-answer]")
    return {row["data-answer"]: row.select_one("a").get_text(strip=True) for row in rows}


def ticked(page: Any, id: str) -> list[str]:
    return [box["value"] for box in page.select(f'[data-reply="{id}"] .ticked [checked]')]


def words_of(page: Any, id: str) -> str:
    [why] = texts(page, f'[data-reply="{id}"] .ask-buttons .quiet')
    return why


async def test_the_counts_stand_beside_the_post_and_each_leads_to_its_replies(inbox: Any) -> None:
    inbox.save(
        post(), reply("2", "the ads"), reply("3", "ads, too few posts"), reply("4", "thanks")
    )
    page = await soup(inbox, PAGE)
    assert counts(page) == {"1": "2", "2": "1", "3": "0", "silent": "1"}
    assert "2 of 3 people answered." in page.select_one(".ask .quiet").get_text()
    assert ticked(page, "3") == ["1", "2"]
    assert words_of(page, "2") == "“ads”"
    only = await soup(inbox, page.select_one('[data-answer="2"] a')["href"].partition("#")[0])
    assert [li["data-reply"] for li in only.select("[data-reply]")] == ["3"]


async def test_a_reply_is_corrected_and_given_back_by_forms(inbox: Any) -> None:
    inbox.save(post(), reply("2", "the ads"))
    fields = {"reply": "2", "answer": ["2", "other"], "do": "save", "back": f"{PAGE}#ask"}
    answer = await submit(inbox, f"{PAGE}/ask/code", **fields)
    assert (answer.status, answer.header("Location")) == (303, f"{PAGE}#ask")
    page = await soup(inbox, PAGE)
    assert ticked(page, "2") == ["2", "other"]
    assert words_of(page, "2") == "by you"
    await submit(inbox, f"{PAGE}/ask/code", reply="2", do="forget", back=PAGE)
    assert ticked(await soup(inbox, PAGE), "2") == ["1"]


async def test_words_of_a_reply_become_an_option_for_all_replies(inbox: Any) -> None:
    inbox.save(post(), reply("2", "the slow website"), reply("3", "your website is so slow"))
    page = await soup(inbox, PAGE)
    assert ticked(page, "2") == ["other"]
    assert page.select_one('[data-reply="2"] [name=words]')["value"] == "the slow website"
    fields = {"reply": "2", "words": "slow website", "option": "", "do": "learn", "back": PAGE}
    assert (await submit(inbox, f"{PAGE}/ask/code", **fields)).status == 303
    page = await soup(inbox, PAGE)
    assert counts(page)["4"] == "2"
    assert (words_of(page, "2"), ticked(page, "3")) == ("by you", ["4"])
    fields |= {"reply": "3", "words": "sluggish", "option": "4"}
    await submit(inbox, f"{PAGE}/ask/code", **fields)
    lines = (await soup(inbox, PAGE)).select_one(".ask [name=lines]").get_text().strip()
    assert lines.splitlines()[-1] == "slow website | sluggish"


async def test_options_are_set_dropped_and_found_anew(inbox: Any) -> None:
    inbox.save(post("Tell us everything!"), reply("2", "it costs too much"))
    page = await soup(inbox, PAGE)
    assert page.select(".ask table") == []
    lines = "price | costs too much\r\n\r\nquality"
    form = f"{PAGE}/ask/options"
    assert (await submit(inbox, form, lines=lines, do="save", back=PAGE)).status == 303
    assert ticked(await soup(inbox, PAGE), "2") == ["1"]
    await submit(inbox, form, do="drop", back=PAGE)
    page = await soup(inbox, PAGE)
    assert page.select(".ask table") == []
    assert "You said that it asks nothing." in page.select_one(".ask").get_text()
    await submit(inbox, form, do="forget", back=PAGE)
    assert "No options were found here." in (await soup(inbox, PAGE)).select_one(".ask").get_text()


async def test_what_cannot_be_is_said_on_the_page(inbox: Any) -> None:
    inbox.save(post(), reply("2", "the ads"))
    answer = await submit(inbox, f"{PAGE}/ask/options", lines="only one", do="save", back=PAGE)
    assert answer.status == 400
    assert b"at least two options" in answer.body
    answer = await submit(
        inbox, f"{PAGE}/ask/code", reply="2", answer=["1", "none"], do="save", back=PAGE
    )
    assert answer.status == 400
    assert (await submit(inbox, f"{PAGE}/ask/code", reply="9", do="save", back=PAGE)).status == 404


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/sign-out"])
async def test_a_form_leads_back_to_an_item_only(inbox: Any, target: str) -> None:
    inbox.save(post(), reply("2", "the ads"))
    answer = await submit(inbox, f"{PAGE}/ask/code", reply="2", do="save", back=target)
    assert answer.header("Location") == "/"


async def test_a_script_stays_where_it_is(inbox: Any) -> None:
    inbox.save(post(), reply("2", "the ads"))
    fields = {"reply": "2", "answer": "2", "do": "save", "back": PAGE, "stay": "yes"}
    assert (await submit(inbox, f"{PAGE}/ask/code", **fields)).status == 204
    assert ticked(await soup(inbox, PAGE), "2") == ["2"]


async def test_a_comment_of_somebody_has_no_panel(inbox: Any) -> None:
    inbox.save(made_up("1", ASK), reply("2", "the ads"))
    assert (await soup(inbox, PAGE)).select(".ask") == []


@pytest.mark.parametrize("language", UI_LANGUAGES)
async def test_hostile_words_stay_text_in_every_language(inbox: Any, language: str) -> None:
    inbox.save(post(f"Which?\n1. {HOSTILE}\n2. \u202etxet"), reply("2", f"1 {HOSTILE}"))
    page = await soup(inbox, f"{PAGE}?ui={language}")
    assert "alert" not in "".join(str(script) for script in page.select("script"))
    assert counts(page)["1"] in ("1", "۱")


async def test_many_replies_are_shown_page_by_page(inbox: Any) -> None:
    inbox.save(post(), *[reply(str(n), "ads") for n in range(2, 62)])
    page = await soup(inbox, PAGE)
    seen = [li["data-reply"] for li in page.select("[data-reply]")]
    while further := [a["href"] for a in page.select("[data-ask-link]") if "from=" in a["href"]]:
        page = await soup(inbox, further[-1].partition("#")[0])
        seen += [li["data-reply"] for li in page.select("[data-reply]")]
    assert seen == [str(n) for n in range(2, 62)]
    assert counts(page)["1"] == "60"
