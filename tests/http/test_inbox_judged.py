"""How an item was understood: each judgement with its reason, and corrected by one form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from inbox_fixtures import made_up, running_inbox, soup, submit, texts

from earmark.enrich.corrections import SAME_TEXT
from earmark.listening.correcting import Correcting
from earmark.store import queries

ITEM = "/items/hackernews/2"
LATE = {"name": "intent:complaint", "by": "intents", "because": "“so late”", "words": ["so late"]}
FEELING = {
    "label": "mixed",
    "score": -0.2,
    "because": "“so late”, “good” after “but”",
    "words": {"so late": -1.6, "good": 1.1},
    "emotions": [{"name": "disappointment", "because": "“so late”"}],
}
LANGUAGE = {"tag": "en", "confidence": 0.97, "source": "langdetect"}
OTHER = {"second": {"tag": "tr", "share": 0.25}}
NASTY = ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "%(name)s", "a\u202eb”, “c"]


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        agent.save(
            made_up(
                "2",
                "It came so late, but it is a good kettle",
                language=LANGUAGE | OTHER,
                sentiment=FEELING,
                tags=[LATE, {"name": "about:brand:Kettle", "by": "terms", "because": "“kettle”"}],
            ),
            made_up("3", "hm", language={"tag": "und", "confidence": 0.3, "source": "langdetect"}),
        )
        yield agent


def stored(box: Any, id: str = "2") -> dict[str, Any]:
    return queries.get(box.log, "hackernews", id)


async def page_after(box: Any, answer: Any) -> BeautifulSoup:
    """The page that a form leads to, with what it says was done."""
    flash = answer.header("Set-Cookie").split(";")[0]
    cookie = f"{box.client.headers['Cookie']}; {flash}"
    return await soup(box, answer.header("Location"), Cookie=cookie)


async def do_undo(box: Any, page: BeautifulSoup) -> None:
    form = page.select_one("#flash form")
    await submit(box, form["action"], **{form.button["name"]: form.button["value"]}, back=ITEM)


async def test_the_language_stands_with_its_reason_and_the_second_one(box: Any) -> None:
    page = await soup(box, ITEM)
    assert page.select_one("#language option[selected]")["value"] == "en"
    assert texts(page, "[data-act=language] .reason") == [
        "97% sure, by langdetect",
        "partly in another language: Turkish (25%)",
    ]
    page = await soup(box, "/items/hackernews/3")
    assert page.select_one("#language option[selected]")["value"] == "und"
    assert texts(page, "[data-act=language] .reason") == ["not sure enough: 30%, by langdetect"]


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ({"tag": "fa", "confidence": 1.0, "source": "letters"}, "told by its letters, which"),
        ({"tag": "und", "confidence": 0.0, "source": "none"}, "there are too few words to tell"),
        ({"tag": "fa", "confidence": 0.8}, "80% sure"),
        (LANGUAGE | {"because": SAME_TEXT, "source": "corrections"}, SAME_TEXT),
    ],
)
async def test_a_language_says_what_it_was_told_by(box: Any, language: Any, reason: str) -> None:
    box.save(made_up("5", "x", language=language))
    page = await soup(box, "/items/hackernews/5")
    assert texts(page, "[data-act=language] .reason")[0].startswith(reason)


async def test_the_language_is_corrected_undone_and_taken_back(box: Any) -> None:
    answer = await submit(box, f"{ITEM}/language", language="fa", back=ITEM)
    assert (answer.status, answer.header("Location")) == (303, ITEM)
    assert stored(box)["language"]["tag"] == "fa"
    page = await page_after(box, answer)
    assert texts(page, "#flash p") == ["Language: Persian"]
    assert texts(page, "[data-act=language] .reason")[0].startswith("by you Take back")
    await do_undo(box, page)
    assert stored(box)["language"] == LANGUAGE | OTHER


async def test_undoing_a_second_correction_leads_back_to_the_first(box: Any) -> None:
    await submit(box, f"{ITEM}/language", language="fa", back=ITEM)
    answer = await submit(box, f"{ITEM}/language", language="tr", back=ITEM)
    await do_undo(box, await page_after(box, answer))
    assert stored(box)["language"]["tag"] == "fa"
    answer = await submit(box, f"{ITEM}/feeling", feeling="none", back=ITEM)
    answer = await submit(box, f"{ITEM}/feeling", feeling="negative", back=ITEM)
    await do_undo(box, await page_after(box, answer))
    assert stored(box)["sentiment"]["label"] == "none"


async def test_a_language_that_does_not_exist_is_refused(box: Any) -> None:
    assert (await submit(box, f"{ITEM}/language", language="xx", back=ITEM)).status == 422
    assert (await submit(box, f"{ITEM}/feeling", feeling="hungry", back=ITEM)).status == 422
    assert stored(box)["language"]["tag"] == "en"


async def test_the_feeling_stands_with_the_words_that_decided(box: Any) -> None:
    page = await soup(box, ITEM)
    assert texts(page, "#feeling [aria-pressed=true]") == ["Mixed"]
    assert texts(page, "[data-act=feeling] .reason") == [
        "“so late” · “good” after “but”",
        "Disappointment: “so late”",
    ]
    assert texts(page, ".said .felt.blame") == ["so late"]
    assert texts(page, ".said .felt.praise") == ["good"]
    assert texts(await soup(box, f"{ITEM}?text=late"), ".said mark") == ["late"]


async def test_a_feeling_that_nothing_tells_says_so(box: Any) -> None:
    box.save(made_up("4", "the door", sentiment={"label": "none", "score": 0, "because": ""}))
    page = await soup(box, "/items/hackernews/4")
    assert texts(page, "[data-act=feeling] .reason") == ["no word tells one"]
    page = await soup(box, "/items/hackernews/3")
    assert texts(page, "[data-act=feeling] .reason") == [
        "not known: no list of words could read it"
    ]


async def test_the_feeling_is_corrected_undone_and_taken_back(box: Any) -> None:
    answer = await submit(box, f"{ITEM}/feeling", feeling="negative", back=ITEM)
    page = await page_after(box, answer)
    assert texts(page, "#flash p") == ["Feeling: Negative"]
    assert texts(page, "#feeling [aria-pressed=true]") == ["Negative"]
    await do_undo(box, page)
    assert stored(box)["sentiment"] == FEELING
    await submit(box, f"{ITEM}/feeling", feeling="none", back=ITEM)
    answer = await submit(box, f"{ITEM}/feeling", feeling="", back=ITEM)
    assert stored(box)["sentiment"] == FEELING
    assert texts(await page_after(box, answer), "#flash p") == ["Taken back"]


async def test_a_tag_tells_its_reason_when_asked(box: Any) -> None:
    tags = (await soup(box, ITEM)).select(".tags li details")
    assert [texts(tag, ".tag") for tag in tags] == [["Complaint"], ["Brand: ⁨Kettle⁩"]]
    assert [texts(tag, "summary + .why") for tag in tags] == [
        ["“so late” · by intents"],
        ["“kettle” · a name you listen for"],
    ]
    assert not any(tag.has_attr("open") for tag in tags)


async def test_a_tag_taken_off_can_be_had_back_as_it_was(box: Any) -> None:
    answer = await submit(box, f"{ITEM}/tags", remove="intent:complaint", back=ITEM)
    page = await page_after(box, answer)
    assert texts(page, "#flash p") == ["Taken off: ⁨Complaint⁩"]
    await do_undo(box, page)
    assert LATE in stored(box)["tags"]


async def test_a_tag_put_on_is_gone_without_a_trace_when_undone(box: Any) -> None:
    answer = await submit(box, f"{ITEM}/tags", add="call back", back=ITEM)
    page = await page_after(box, answer)
    assert texts(page, "#flash p") == ["Tagged: ⁨call back⁩"]
    await do_undo(box, page)
    assert [tag["name"] for tag in stored(box)["tags"]] == [
        "intent:complaint",
        "about:brand:Kettle",
    ]


async def test_known_tags_are_suggested_and_may_be_typed_as_they_are_called(box: Any) -> None:
    await submit(box, f"{ITEM}/tags", add="call back", back=ITEM)
    page = await soup(box, "/items/hackernews/3?ui=fa")
    known = {option["value"]: option.get_text() for option in page.select("#tag-names option")}
    assert known["call back"] == "call back"
    assert known["intent:complaint"] == "شکایت"
    await submit(box, "/items/hackernews/3/tags?ui=fa", add="شکایت", back="/")
    assert [tag["name"] for tag in stored(box, "3")["tags"]] == ["intent:complaint"]


async def test_a_tag_taken_off_offers_its_words_from_now_on(box: Any) -> None:
    assert (await soup(box, ITEM)).select(".from-now-on") == []
    answer = await submit(box, f"{ITEM}/tags", remove="intent:complaint", back=ITEM)
    page = await page_after(box, answer)
    assert page.select_one(".from-now-on").has_attr("open")
    form = page.select_one(".from-now-on form")
    assert texts(form, "button") == ["“so late” does not mean Complaint"]
    fields = {field["name"]: field["value"] for field in form.select("input")}
    assert fields["language"] == "en"
    learned = await submit(box, form["action"], **fields, phrase=form.button["value"])
    page = await page_after(box, learned)
    assert texts(page, "#flash p") == ["Learned. It counts from now on."]
    assert page.select(".from-now-on") == []
    [word] = [one for one in box.corrections.all() if one["kind"] == "tag"]
    assert (word["phrase"], word["holds"], word["tag"]) == ("so late", False, "intent:complaint")
    await do_undo(box, page)
    assert [one["kind"] for one in box.corrections.all()] == ["item"]
    later = await soup(box, ITEM)
    assert len(later.select(".from-now-on:not([open]) form")) == 1


async def test_a_tag_put_on_asks_which_words_mean_it(box: Any) -> None:
    await submit(box, f"{ITEM}/tags", add="signal:urgent", back=ITEM)
    form = (await soup(box, ITEM)).select_one(".from-now-on form")
    assert texts(form, "label") == ["Which words mean Urgent?"]
    fields = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    await submit(box, form["action"], **fields, phrase="so late")
    assert (await soup(box, ITEM)).select(".from-now-on") == []


async def test_each_word_that_decided_can_be_corrected(box: Any) -> None:
    words = (await soup(box, ITEM)).select(".felt-words li")
    assert [texts(word, ".word") for word in words] == [["so late"], ["good"]]
    assert texts(words[0], "button") == ["is praise", "is blame", "tells nothing"]
    assert texts(words[0], "[aria-pressed=true]") == ["is blame"]
    fields = {field["name"]: field["value"] for field in words[0].select("input")}
    await submit(box, words[0].form["action"], **fields, strength="0")
    [kept] = box.corrections.all()
    assert (kept["phrase"], kept["strength"], kept["language"]) == ("so late", 0, "en")
    again = (await soup(box, ITEM)).select(".felt-words li")[0]
    assert texts(again, "[aria-pressed=true]") == ["tells nothing"]


@pytest.mark.parametrize("nasty", NASTY)
async def test_reasons_and_words_of_a_page_stay_text(box: Any, nasty: str) -> None:
    tag = {"name": "intent:bug", "by": f"rule:{nasty}", "because": f"“{nasty}” is in the text"}
    feeling = FEELING | {"because": f"“{nasty}”", "words": {nasty: -1.0}}
    feeling |= {"emotions": [{"name": "anger", "because": nasty}]}
    language = {"tag": "en", "confidence": 0.9, "source": nasty}
    tags = [tag | {"words": [nasty]}]
    box.save(made_up("9", nasty, tags=tags, sentiment=feeling, language=language))
    await submit(box, "/items/hackernews/9/tags", remove="intent:bug", back="/")
    for address in ("/items/hackernews/9", "/items/hackernews/9?ui=fa"):
        page = await soup(box, address)
        assert page.find_all("img", src="x") == []
        assert all(script["src"].startswith("/static/") for script in page.find_all("script"))
        shown = " ".join(nasty.replace("\u202e", "").split())
        offer = page.select_one(".from-now-on button").get_text()
        assert shown in " ".join(offer.replace("\u202e", "").split())
        for found in page.select(".judged")[0].find_all(string=lambda string: "\u202e" in string):
            assert any(parent.name == "bdi" for parent in found.parents)


async def test_a_word_that_is_corrected_counts_for_its_item_at_once(box: Any) -> None:
    async def judge(documents: Any) -> list[Any]:
        label = "positive" if box.corrections.all() else "mixed"
        feeling = {"label": label, "score": 0.3}
        return [
            {"language": one["language"], "tags": one["tags"], "sentiment": feeling}
            for one in documents
        ]

    box.correcting = Correcting(box.log, judge)
    form = (await soup(box, ITEM)).select_one(".felt-words form")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    page = await page_after(box, await submit(box, form["action"], **fields, strength="2"))
    assert texts(page, "#feeling [aria-pressed=true]") == ["Positive"]
    undo = page.select_one("#flash form")
    fields = {field["name"]: field["value"] for field in undo.select("input")}
    answer = await submit(box, undo["action"], **fields, correction=undo.button["value"])
    assert texts(await page_after(box, answer), "#feeling [aria-pressed=true]") == ["Mixed"]
