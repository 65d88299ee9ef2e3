"""One item whole, and what a person may do with it, by forms alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inbox_fixtures import made_up, running_inbox, soup, submit, texts

from earmark.store import queries

ITEM = "/items/hackernews/2"


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        agent.save(
            made_up("1", "What a kettle"),
            made_up(
                "2",
                "It took two weeks",
                parent_id="1",
                root_id="1",
                url="https://news.ycombinator.com/item?id=2",
                likes=1234,
                tags=[{"name": "about:shipping", "by": "intents", "because": "“weeks”"}],
            ),
            made_up("3", "Same here", parent_id="2", root_id="1"),
        )
        yield agent


def stored(box: Any) -> dict[str, Any]:
    return queries.get(box.log, "hackernews", "2")


async def test_an_item_stands_whole_beside_the_list(box: Any) -> None:
    page = await soup(box, ITEM)
    assert texts(page, ".said p") == ["It took two weeks"]
    assert texts(page, ".facts dd")[0] == "1,234"
    assert len(page.select(".row")) == 3
    assert page.select_one(".row-open[aria-current]")["href"] == ITEM
    link = page.select_one(".item-where a")
    assert link["href"] == "https://news.ycombinator.com/item?id=2"
    assert set(link["rel"]) == {"noreferrer", "noopener"}


async def test_the_thread_stands_around_the_item(box: Any) -> None:
    thread = (await soup(box, ITEM)).select(".thread li")
    assert [(li["class"][0], li.get("aria-current")) for li in thread] == [
        ("depth-0", None),
        ("depth-1", "true"),
        ("depth-2", None),
    ]
    assert texts((await soup(box, ITEM)), ".thread .row-text") == [
        "What a kettle",
        "It took two weeks",
        "Same here",
    ]


def answered_at(earliest: str, latest: str) -> dict[str, Any]:
    published = {"earliest": f"2026-03-20T{earliest}Z", "latest": f"2026-03-20T{latest}Z"}
    more = {"parent_id": "2", "root_id": "1", "ours": True, "published": published}
    return made_up("4", "We are sorry", **more)


async def test_a_row_and_an_item_say_that_we_answered_and_when(box: Any) -> None:
    assert texts(await soup(box, ITEM), ".answered") == []
    box.save(answered_at("12:00:00", "12:00:00"))
    page = await soup(box, ITEM)
    assert texts(page, ".answered") == ["Answered 3 hr"] * 2  # the item, and what began the thread
    assert texts(page, ".facts dt")[1:3] == ["Answered", "Reply time"]
    link = page.select_one(".facts dd a")
    assert link["href"] == "/items/hackernews/4"
    assert link.time["datetime"] == "2026-03-20T12:00:00Z"
    assert texts(await soup(box, "/?text=is:unanswered"), ".row-text") == ["Same here"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Answered 30 min to 3 hr"),
        ("fa", "پاسخ داده شد ۳۰ دقیقه تا ۳ ساعت"),
        ("tr", "Yanıtlandı 30 dk. ile 3 sa. arası"),
        ("ro", "Cu răspuns între 30 min. și 3 ore"),
    ],
)
async def test_a_time_that_is_only_about_known_is_from_to(
    box: Any, language: str, said: str
) -> None:
    box.save(answered_at("09:30:00", "12:00:00"))
    assert texts(await soup(box, "/", Accept_Language=language), ".answered")[0] == said


async def test_every_tag_says_why(box: Any) -> None:
    assert texts(await soup(box, ITEM), ".tags li .why") == ["“weeks” · by intents"]


async def test_an_edit_shows_what_was_changed(box: Any) -> None:
    box.save(made_up("2", "It took three weeks"), seen_at="2026-03-22T12:00:00Z")
    page = await soup(box, ITEM)
    assert texts(page, ".versions del") == ["two"]
    assert texts(page, ".versions ins") == ["three"]
    assert texts(page, ".said p") == ["It took three weeks"]


async def test_the_pane_is_the_item_alone(box: Any) -> None:
    page = await soup(box, f"{ITEM}?part=item&state=new")
    assert page.find("html") is None
    assert page.select_one("article.item")["data-path"] == ITEM
    assert page.select_one("[data-back]")["href"] == "/?state=new"


async def test_an_unknown_item_is_not_found(box: Any) -> None:
    assert (await box.client.get("/items/hackernews/none")).status == 404
    assert (await box.client.get("/items/nowhere/2?part=item")).status == 404


async def test_a_state_changes_and_one_comes_back_to_the_same_view(box: Any) -> None:
    back = f"{ITEM}?state=new&cursor=x"
    answer = await submit(box, f"{ITEM}/state", state="done", back=back)
    assert (answer.status, answer.header("Location")) == (303, back)
    assert stored(box)["state"] == "done"


async def test_a_changed_state_can_be_undone(box: Any) -> None:
    answer = await submit(box, f"{ITEM}/state", state="done", back="/")
    flash = answer.header("Set-Cookie").split(";")[0]
    page = await soup(box, "/", Cookie=f"{box.client.headers['Cookie']}; {flash}")
    assert texts(page, "#flash p") == ["Now: Done"]
    form = page.select_one("#flash form")
    await submit(box, form["action"], state=form.button["value"], back="/")
    assert stored(box)["state"] == "new"
    assert (await soup(box, "/")).select("#flash form") == []


async def test_a_state_that_does_not_exist_is_refused(box: Any) -> None:
    answer = await submit(box, f"{ITEM}/state", state="deleted", back="/")
    assert answer.status == 422
    assert stored(box)["state"] == "new"


async def test_tags_are_added_and_removed(box: Any) -> None:
    await submit(box, f"{ITEM}/tags", add="  my  tag ", back=ITEM)
    await submit(box, f"{ITEM}/tags", remove="about:shipping", back=ITEM)
    page = await soup(box, ITEM)
    assert texts(page, ".tags li .tag") == ["my tag"]
    assert texts(page, ".tags li .why") == ["by you"]


async def test_an_empty_tag_changes_nothing(box: Any) -> None:
    answer = await submit(box, f"{ITEM}/tags", add="   ", back=ITEM)
    assert answer.status == 303
    assert [tag["name"] for tag in stored(box)["tags"]] == ["about:shipping"]


async def test_a_note_is_kept_as_typed(box: Any) -> None:
    revision = str(stored(box)["revision"])
    await submit(
        box, f"{ITEM}/note", note="ask Mira\r\n\r\n<b>soon</b>", revision=revision, back=ITEM
    )
    assert stored(box)["note"] == "ask Mira\n\n<b>soon</b>"
    area = (await soup(box, ITEM)).select_one("textarea")
    assert area.get_text().lstrip("\n") == "ask Mira\n\n<b>soon</b>"


async def test_a_note_changed_elsewhere_is_not_overwritten_and_nothing_typed_is_lost(
    box: Any,
) -> None:
    revision = str(stored(box)["revision"])
    await submit(box, f"{ITEM}/note", note="from the other window", revision=revision, back=ITEM)
    answer = await submit(box, f"{ITEM}/note", note="mine", revision=revision, back=ITEM)
    assert answer.status == 412
    assert stored(box)["note"] == "from the other window"
    assert ">\nmine</textarea>" in answer.body.decode()
    assert f'name="revision" value="{stored(box)["revision"]}"' in answer.body.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil", "", "x"])
async def test_a_form_leads_nowhere_but_into_the_inbox(box: Any, back: str) -> None:
    answer = await submit(box, f"{ITEM}/tags", add="t", back=back)
    assert answer.header("Location") == "/"


async def test_a_form_from_elsewhere_changes_nothing(box: Any) -> None:
    for headers in ({"Origin": "null"}, {"Origin": None}, {"Sec_Fetch_Site": "cross-site"}):
        answer = await box.client.send(
            "POST",
            f"{ITEM}/state",
            body=b"state=done&back=/",
            Content_Type="application/x-www-form-urlencoded",
            **headers,
        )
        assert answer.status == 403
    assert stored(box)["state"] == "new"


async def test_a_key_that_was_replaced_leads_to_the_item(box: Any) -> None:
    box.save(made_up("9", "Known by two names", aliases=["old-9"]))
    answer = await box.client.get("/items/hackernews/old-9?state=new")
    assert (answer.status, answer.header("Location")) == (303, "/items/hackernews/9?state=new")


async def test_ratings_and_polls_are_shown(box: Any) -> None:
    poll = {"options": [{"label": "Tea", "share": 0.75, "votes": 3}, {"label": "Mate"}], "votes": 4}
    box.save(made_up("7", "Vote!", kind="poll", poll=poll, rating={"value": 4.5, "best": 5}))
    page = await soup(box, "/items/hackernews/7")
    assert texts(page, ".poll th") == ["Tea", "Mate"]
    assert texts(page, ".poll td")[:2] == ["75%", "3"]
    assert texts(page, ".rating") == ["Rating: 4.5 of 5"]
