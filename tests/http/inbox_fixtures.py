"""A signed-in inbox over a real log, with a handful of made-up items in it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from raw_client import Answer, Client

from earmark.store.log import Log, open_log
from earmark.store.save import save_items
from earmark.web import serve
from earmark.web.app import make_app
from earmark.web.credentials import Credentials

PLATFORMS = [
    {"name": "hackernews", "label": "Hacker News"},
    {"name": "discourse", "label": "Discourse"},
]
SEEN = "2026-03-21T12:00:00Z"
HOST = {"hackernews": "news.ycombinator.com", "discourse": "forum.example.org"}


def made_up(id: str, text: str, platform: str = "hackernews", **more: Any) -> dict[str, Any]:
    """An item as it leaves the plugins."""
    page = f"https://{HOST[platform]}/item?id=1"
    return {
        "platform": platform,
        "id": id,
        "id_source": "native",
        "kind": "comment",
        "page_url": page,
        "page_title": "A kettle that remembers",
        "author": {"name": "Mira", "handle": "mira"},
        "text": text,
        "published": {
            "earliest": "2026-03-20T09:00:00Z",
            "latest": "2026-03-20T09:00:00Z",
            "shown": "yesterday",
        },
        "language": {"tag": "en", "confidence": 0.97, "source": "langdetect"},
        "tags": [],
        "_source": "element",
        "_complete": True,
        "_native": True,
        **more,
    }


def save(log: Log, *items: dict[str, Any], seen_at: str = SEEN) -> None:
    """Store items as if one page had shown them, each in a fragment of its own."""
    visit = str(uuid.uuid4())
    for item in items:
        page = {"url": item["page_url"], "visit": visit, "title": item["page_title"]}
        fragment = {"id": str(uuid.uuid4()), "ref": item["id"], "kind": "element"}
        fragment |= {"url": item["page_url"], "captured_at": seen_at, "complete": True}
        log.write(lambda c, p=page, f=fragment, i=item: save_items(c, p, f, [i], seen_at)).result()


@asynccontextmanager
async def running_inbox(folder: Path) -> AsyncIterator[Any]:
    """What the pages need of an agent, served; `client` is signed in and `save` stores items."""
    log = open_log(folder / "log.sqlite3")
    plugins = SimpleNamespace(entries=PLATFORMS, problems=[], plan=dict)
    agent = SimpleNamespace(
        log=log,
        credentials=Credentials(log),
        control_secret="s" * 43,
        plugins=plugins,
        version="0",
        save=lambda *items, **more: save(log, *items, **more),
    )
    runner, agent.port = await serve.start(make_app(agent), 0)
    key = agent.credentials.sign_in(agent.credentials.new_link())
    host = f"earmark.localhost:{agent.port}"
    agent.origin = f"http://{host}"
    agent.client = Client(agent.port, Cookie=f"earmark_{agent.port}={key}").as_(
        Host=host, Sec_Fetch_Site="same-origin", Origin=agent.origin
    )
    try:
        yield agent
    finally:
        await runner.cleanup()
        log.close()


async def soup(agent: Any, target: str, **headers: str | None) -> BeautifulSoup:
    """A page of the inbox, parsed; fails unless it was found."""
    answer = await agent.client.get(target, **headers)
    assert answer.status == 200, answer.body.decode()
    return BeautifulSoup(answer.body.decode(), "html.parser")


async def submit(agent: Any, target: str, **form: str) -> Answer:
    """Send a form as a browser does."""
    kind = "application/x-www-form-urlencoded"
    return await agent.client.send("POST", target, body=urlencode(form).encode(), Content_Type=kind)


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    """The text of each match, with spaces as one sees them."""
    return [" ".join(tag.get_text().split()) for tag in soup.select(selector)]
