"""An inbox over a real log, with a handful of made-up items in it."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from new_logs import log_at
from saving import save_items
from uncorrected import nothing_corrected

from earmark.keeping.choices import Choices
from earmark.keeping.corrections import Corrections
from earmark.keeping.tag_rules import TagRules
from earmark.listening.correcting import Correcting
from earmark.policy import Policies
from earmark.settings import Home
from earmark.store.log import Log
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
async def served_inbox(folder: Path) -> AsyncIterator[Any]:
    """What the pages need of an agent, served.

    `origin` is the inbox's address, `cookie` the name and value that sign in, `save` stores items;
    `leave` and `come_back` stop the server and start it again on the same port.
    """
    log = log_at(folder / "log.sqlite3")
    plugins = SimpleNamespace(entries=PLATFORMS, problems=[], plan=dict)
    agent = SimpleNamespace(
        log=log,
        credentials=Credentials(log),
        choices=Choices(log),
        corrections=Corrections(log),
        correcting=Correcting(log, nothing_corrected),
        rules=TagRules(log),
        home=Home(folder),
        policy=Policies(log, folder / "policy.json"),
        control_secret="s" * 43,
        plugins=plugins,
        version="0",
        upgraded_to="",
        save=lambda *items, **more: save(log, *items, **more),
    )
    agent.port = 0

    async def come_back() -> None:
        agent.runner, _ = await serve.start(make_app(agent), agent.port)

    async def leave() -> None:
        await agent.runner.cleanup()

    agent.come_back, agent.leave = come_back, leave
    await come_back()
    agent.origin = f"http://earmark.localhost:{agent.port}"
    key = agent.credentials.sign_in(agent.credentials.new_link())
    agent.cookie = (f"earmark_{agent.port}", key)
    try:
        yield agent
    finally:
        await leave()
        log.close()


@contextmanager
def inbox_in_a_thread(folder: Path) -> Iterator[Any]:
    """The same for tests that are not asynchronous; `run` waits for a coroutine of the server."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    serving = served_inbox(folder)

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(30)

    try:
        agent = run(serving.__aenter__())
        agent.run = run
        yield agent
    finally:
        run(serving.__aexit__(None, None, None))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
