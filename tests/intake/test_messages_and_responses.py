"""Messages and responses are kept only where a person switched them on, and else leave no trace."""

from __future__ import annotations

import json
from typing import Any

import pytest
from intake_line import MOMENT, Line, batch

from earmark.store import raw

PLUGIN = """
from earmark import Item, Platform, hookimpl

class Chat(Platform):
    name, label = "chat", "A chat"
    matches = ["https://chat.example.org/*"]
    messages = ["https://chat.example.org/dm/*"]
    responses = ["https://api.example.org/comments?*", "https://chat.example.org/dm/api"]
    items = ["p"]

    def parse(self, fragment, page):
        if fragment.kind == "response":
            for each in fragment.json["comments"]:
                yield Item(id=each["id"], text=each["text"])
        for said in fragment.soup.find_all("p"):
            yield Item(id=said["id"], kind=said.get("data-kind", "comment"), text=said.get_text())

@hookimpl
def register_platforms(register):
    register(Chat)
"""
SITE = "chat.example.org"
PAGE = f"https://{SITE}/t/1"
INBOX = f"https://{SITE}/dm/#"
MIRA, BOGDAN = INBOX + "mira", INBOX + "bogdan"
API = "https://api.example.org/comments?page=1"
MESSAGE = '<p id="m" data-kind="message">between us</p>'


@pytest.fixture
def chat(line: Any, plugin: Any) -> Any:
    """Opens the path with the plugin above."""
    return lambda: line(plugin("chat", PLUGIN))


def choose(path: Line, *kept: str, keep: str = "everything", **switches: bool) -> None:
    conversations = [{"site": SITE, "url": url} for url in kept]
    site = {"site": SITE, "keep": keep, **switches}
    path.choices.change({"sites": [site], "conversations": conversations, "terms": ["x"]})


def response(url: str = API, page: str = PAGE, text: str = "Heard exactly") -> dict[str, Any]:
    sent = batch("", url=page)
    said = {"comments": [{"id": "9", "text": text}]}
    sent["fragments"][0] |= {"kind": "response", "url": url, "json": said}
    return sent


async def status(path: Line, sent: dict[str, Any]) -> str:
    [result] = (await path.intake.capture(sent))["results"]
    return str(result["status"])


def rows(path: Line) -> int:
    with path.log.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM fragments").scalar_one())


def forbid_messages(tmp_path: Any) -> None:
    (tmp_path / "policy.json").write_text(json.dumps({"messages": False}), encoding="utf-8")


# -- responses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("switches", [{}, {"messages": True}])
async def test_a_response_nobody_allowed_is_not_written_down(chat: Any, switches: Any) -> None:
    async with chat() as path:
        choose(path, **switches)
        assert await status(path, response()) == "not_kept"
        assert (rows(path), path.items()) == (0, [])


async def test_an_allowed_response_is_read(chat: Any) -> None:
    async with chat() as path:
        choose(path, responses=True)
        assert await status(path, response()) == "stored"
        assert [(item["id"], item["page_url"]) for item in path.items()] == [("9", PAGE)]


@pytest.mark.parametrize("url", ["https://api.example.org/me", "https://evil.example/", ""])
async def test_a_response_the_platform_never_asked_for_is_dropped(chat: Any, url: str) -> None:
    async with chat() as path:
        choose(path, responses=True)
        assert await status(path, response(url)) == "not_kept"
        assert rows(path) == 0


async def test_a_response_on_a_by_hand_site_is_dropped(chat: Any) -> None:
    async with chat() as path:
        choose(path, keep="by_hand", responses=True)
        assert await status(path, response()) == "not_kept"


# -- messages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "switches", "url"),
    [
        ([], {}, MIRA),
        ([], {"messages": True}, MIRA),
        ([MIRA], {}, MIRA),
        ([MIRA], {"messages": True}, BOGDAN),
        ([MIRA], {"messages": True}, INBOX),
        ([MIRA], {"messages": True, "responses": True}, BOGDAN),
    ],
)
@pytest.mark.parametrize("by_hand", [True, False])
async def test_a_conversation_that_is_not_switched_on_leaves_no_trace(
    chat: Any, kept: list[str], switches: Any, url: str, by_hand: bool
) -> None:
    async with chat() as path:
        choose(path, *kept, **switches)
        for sent in (
            batch(MESSAGE, url=url),
            batch('<p id="a">a name in the list</p>', url=url),
            response(f"https://{SITE}/dm/api", url),
        ):
            sent["page"]["by_hand"] = by_hand
            assert await status(path, sent) == "not_kept"
        assert (rows(path), path.items()) == (0, [])


@pytest.mark.parametrize("keep", ["everything", "about_us", "by_hand"])
async def test_a_conversation_that_is_switched_on_is_kept_whole(chat: Any, keep: str) -> None:
    async with chat() as path:
        choose(path, MIRA, keep=keep, messages=True)
        assert await status(path, batch(MESSAGE, url=MIRA)) == "stored"
        assert [(item["id"], item["kind"]) for item in path.items()] == [("m", "message")]


async def test_a_frame_with_messages_is_judged_by_its_own_address(chat: Any) -> None:
    async with chat() as path:
        choose(path, MIRA, messages=True)
        for frame, around in ((BOGDAN, MIRA), (PAGE, BOGDAN)):
            sent = batch(MESSAGE, url=frame)
            sent["page"]["top_url"] = around
            assert await status(path, sent) == "not_kept"
        assert rows(path) == 0


async def test_a_message_on_any_other_page_is_dropped_as_before(chat: Any) -> None:
    async with chat() as path:
        choose(path, MIRA, messages=True)
        assert await status(path, batch(MESSAGE, url=PAGE)) == "not_kept"
        assert rows(path) == 0


async def test_an_organisation_forbids_what_was_switched_on(chat: Any, tmp_path: Any) -> None:
    async with chat() as path:
        choose(path, MIRA, messages=True)
        forbid_messages(tmp_path)
        assert await status(path, batch(MESSAGE, url=MIRA)) == "not_kept"
        assert rows(path) == 0


async def test_what_was_kept_before_the_conversation_was_stopped_and_not_read_is_dropped(
    chat: Any,
) -> None:
    async with chat() as path:
        sent = batch(MESSAGE, url=MIRA)
        await path.log.awrite(
            lambda conn: raw.keep(conn, "b", sent["page"], sent["fragments"], "chat", MOMENT)
        )
    async with chat() as path:
        await path.intake.resume()
        await path.intake.settle()
        assert (rows(path), path.items()) == (0, [])
