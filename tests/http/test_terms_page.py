"""“Who is meant”: every gesture works as a plain form, and hostile names stay text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from inbox_fixtures import made_up, running_inbox, soup, submit, texts

from earmark.store import runs
from earmark.web.i18n import UI_LANGUAGES

TAG = {"name": "about:brand:Acme", "by": "terms", "because": "“acme”"}
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
async def inbox(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        yield agent


async def test_a_term_is_entered_and_changed_by_forms(inbox: Any) -> None:
    answer = await submit(
        inbox,
        "/terms/new",
        name="Acme",
        kind="brand",
        ours="yes",
        can_act="yes",
        aliases="acm\r\n\r\nآکمه ",
        handles="x: acme\r\n@acmeglobal",
        exclusions="acme pie",
    )
    assert answer.status == 303
    [term] = inbox.choices.terms()
    assert term["aliases"] == ["acm", "آکمه"]
    assert term["handles"] == [{"platform": "x", "handle": "acme"}, {"handle": "acmeglobal"}]
    page = await soup(inbox, f"/terms/{term['id']}")
    assert page.select_one("[name=handles]").text.strip() == "x: acme\nacmeglobal"
    assert page.select_one("[name=ours]").has_attr("checked")
    assert not page.select_one("[name=common]").has_attr("checked")
    fields = {"name": "Acme", "kind": "competitor", "retired": "yes"}
    assert (await submit(inbox, f"/terms/{term['id']}", **fields)).status == 303
    [after] = inbox.choices.terms()
    assert (after["kind"], after["ours"], after["retired"]) == ("competitor", False, True)
    assert "aliases" not in after
    assert (await submit(inbox, f"/terms/{term['id']}", do="delete")).status == 303
    assert inbox.choices.terms() == []


async def test_what_cannot_be_saved_stays_typed(inbox: Any) -> None:
    answer = await submit(inbox, "/terms/new", name="!!!", kind="brand", purpose="why not")
    assert answer.status == 400
    assert b"no letter or digit" in answer.body
    assert b'value="why not"' in answer.body


async def test_trying_saves_nothing_and_marks_what_was_found(inbox: Any) -> None:
    inbox.save(made_up("1", "they say acme is down"), made_up("2", "nothing here"))
    answer = await submit(inbox, "/terms/new", name="Acme", kind="brand", do="try")
    assert answer.status == 200
    assert inbox.choices.terms() == []
    body = answer.body.decode()
    assert "they say <mark>acme</mark> is down" in body
    assert "nothing here" not in body


async def test_suggestions_are_accepted_with_one_button(inbox: Any) -> None:
    await submit(inbox, "/terms/new", name="Acme", kind="brand", ours="yes", can_act="yes")
    for number in range(3):
        author = {"handle": f"person{number}"}
        inbox.save(made_up(f"a{number}", "the acmme again", author=author))
    inbox.save(made_up("b", "we hear you", author={"handle": "acmehelp", "name": "Acme"}))
    page = await soup(inbox, "/terms")
    assert [li["data-alias"] for li in page.select("[data-alias]")] == []
    await submit(inbox, "/terms/new", name="Roadrunner", kind="brand", ours="yes")
    for number in range(3):
        author = {"handle": f"person{number}"}
        inbox.save(made_up(f"c{number}", "the raodrunner again", author=author))
    page = await soup(inbox, "/terms")
    [alias] = page.select("[data-alias]")
    assert texts(alias, ".quiet") == [
        "written 3 times by 3 people · found as a misspelling already"
    ]
    fields = {field["name"]: field["value"] for field in alias.select("[name]")}
    assert (await submit(inbox, "/terms/alias", **fields)).status == 303
    assert inbox.choices.terms()[1]["aliases"] == ["raodrunner"]
    [account] = page.select("[data-account]")
    fields = {field["name"]: field["value"] for field in account.select("[name]")}
    assert (await submit(inbox, "/terms/accounts", **fields)).status == 303
    [kept] = inbox.choices.accounts()
    assert (kept["handle"], kept["brand"]) == ("acmehelp", "Acme")
    page = await soup(inbox, "/terms")
    assert page.select("[data-alias], [data-account]") == []


async def test_accounts_are_added_and_removed(inbox: Any) -> None:
    fields = {"handle": "@acme", "platform": "hackernews", "support": "yes", "brand": ""}
    assert (await submit(inbox, "/terms/accounts", **fields)).status == 303
    [kept] = inbox.choices.accounts()
    assert kept == {"id": 1, "handle": "acme", "platform": "hackernews", "support": True}
    assert (await submit(inbox, "/terms/accounts/remove", account="1")).status == 303
    assert inbox.choices.accounts() == []
    assert (await submit(inbox, "/terms/accounts/remove", account="x")).status == 404
    refused = await submit(inbox, "/terms/accounts", handle="!!!")
    assert refused.status == 400


async def test_many_come_at_once_and_a_bad_line_is_named(inbox: Any) -> None:
    refused = await submit(inbox, "/terms/many", lines="Acme\n!!!", kind="brand")
    assert refused.status == 400
    assert b"Line 2" in refused.body
    assert b"Acme\n!!!" in refused.body
    assert (
        await submit(inbox, "/terms/many", lines="Acme, acm\nB-12", kind="product")
    ).status == 303
    assert [(t["name"], t["kind"]) for t in inbox.choices.terms()] == [
        ("Acme", "product"),
        ("B-12", "product"),
    ]


async def test_a_bad_line_is_named_in_the_readers_language(inbox: Any) -> None:
    refused = await submit(inbox, "/terms/many?ui=tr", lines="Acme\n!!!", kind="brand")
    said = BeautifulSoup(refused.body, "html.parser").select_one("[role=alert]").text
    assert said == (
        "2. satır: “!!!” içinde harf ya da rakam yok. Ad sözcükleriyle bulunur: bir sözcük yazın."
    )


async def test_the_last_run_shows_how_far_it_is_and_the_way_back(inbox: Any) -> None:
    undone: list[int] = []

    class Runs:
        async def apply_terms(self) -> int:
            return await inbox.log.awrite(lambda conn: runs.begin(conn, "terms", {}))

        async def state(self, number: int) -> dict[str, Any]:
            with inbox.log.reading() as connection:
                return runs.one(connection, number) | {"progress": {"done": 2, "total": 5}}

        async def undo(self, number: int) -> None:
            undone.append(number)

    inbox.runs = Runs()
    assert (await submit(inbox, "/terms/apply")).status == 303
    page = await soup(inbox, "/terms")
    assert (page.select_one("progress")["value"], page.select_one("progress")["max"]) == ("2", "5")
    row = "INSERT INTO run_rows(run, tbl, key, item) VALUES (1, 'items', '[1]', 1)"
    await inbox.log.awrite(lambda conn: conn.exec_driver_sql(row))
    await inbox.log.awrite(lambda conn: runs.mark(conn, 1, runs.DONE, {"changed": 3}))
    page = await soup(inbox, "/terms")
    assert "3 items changed" in page.select_one("#applied").get_text()
    assert (await submit(inbox, "/terms/undo", run="1")).status == 303
    assert undone == [1]
    assert "Names and accounts applied" in (await soup(inbox, "/data")).get_text()


async def test_what_people_made_of_a_term_stands_beside_it(inbox: Any) -> None:
    await submit(inbox, "/terms/new", name="Acme", kind="brand", ours="yes", owner="Mira")
    inbox.save(*(made_up(str(n), "acme", tags=[TAG]) for n in range(2)))
    row = (await soup(inbox, "/terms")).select_one("tr[data-term]")
    assert texts(row, "td") == ["Brand", "2", "not known yet", "Mira"]
    await submit(inbox, "/items/hackernews/1/state", state="ignored")
    row = (await soup(inbox, "/terms")).select_one("tr[data-term]")
    assert texts(row, "td") == ["Brand", "2", "100%", "Mira"]


@pytest.mark.parametrize("language", UI_LANGUAGES)
async def test_hostile_names_are_text_in_every_language(inbox: Any, language: str) -> None:
    fields = {"name": f"Acme {HOSTILE}", "kind": "brand", "ours": "yes", "aliases": HOSTILE}
    await submit(inbox, "/terms/new", **fields)
    author = {"handle": f"acme{HOSTILE}"}
    inbox.save(made_up("1", f"acme {HOSTILE}", author=author, tags=[TAG]))
    for target in ("/terms", "/terms/1", "/terms/new"):
        page = await soup(inbox, f"{target}?ui={language}")
        assert all(script.has_attr("src") for script in page.select("script"))
        assert page.html["lang"] == language
    answer = await submit(inbox, "/terms/1", do="try", **fields)
    assert HOSTILE not in answer.body.decode()


async def test_a_tag_of_a_term_is_called_by_its_kind(inbox: Any) -> None:
    inbox.save(made_up("1", "acme", tags=[TAG]))
    page = await soup(inbox, "/items/hackernews/1?ui=fa")
    assert texts(page, ".tags .tag") == ["برند: \u2068Acme\u2069"]
