"""An agent in this process, and clients that reach it as browsers and programs do."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from new_logs import log_at
from raw_client import BROWSER, EXTENSION, Client
from saving import save_items
from uncorrected import nothing_corrected

from earmark.capture_health import CaptureHealth
from earmark.keeping.choices import Choices
from earmark.keeping.corrections import Corrections
from earmark.listening.correcting import Correcting
from earmark.policy import Policies
from earmark.settings import Home
from earmark.store.changes import last_change
from earmark.store.log import Log
from earmark.web import serve
from earmark.web.app import make_app
from earmark.web.credentials import Credentials

MOMENT = "2026-11-21T20:00:00Z"
Stored = Callable[..., Awaitable[int]]


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


class RecordingIntake:
    """Remembers what was let in, and answers as the real one does."""

    def __init__(self) -> None:
        self.batches: list[dict[str, Any]] = []

    async def capture(self, body: dict[str, Any]) -> dict[str, Any]:
        self.batches.append(body)
        ids = [fragment["id"] for fragment in body["fragments"]]
        return {"results": [{"fragment": id, "status": "stored", "items": []} for id in ids]}


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = log_at(tmp_path / "log.sqlite3")
    yield log
    log.close()


@pytest.fixture
async def agent(log: Log, clock: Clock) -> AsyncIterator[Any]:
    """All of an agent but its plugins, on a log of its own."""
    agent = SimpleNamespace(
        log=log,
        credentials=Credentials(log, clock),
        choices=Choices(log),
        corrections=Corrections(log),
        correcting=Correcting(log, nothing_corrected),
        home=Home(log.path.parent),
        policy=Policies(log, log.path.parent / "policy.json"),
        control_secret=secrets.token_urlsafe(32),
        plugins=SimpleNamespace(
            plan=lambda: {"plan": "p1", "api": 1, "platforms": []}, problems=[], entries=[]
        ),
        intake=RecordingIntake(),
        version="0",
        upgraded_to="",
    )
    agent.health = CaptureHealth(log, agent.plugins, agent.choices)
    runner, agent.port = await serve.start(make_app(agent), 0)
    agent.stop = runner.cleanup
    yield agent
    await runner.cleanup()


@pytest.fixture
def stored(log: Log) -> Stored:
    """Puts one made-up item into the log; answers the number of the change."""

    async def store(id: str, text: str, **more: Any) -> int:
        page = {"url": "https://forum.example/t/1", "captured_at": MOMENT, "visit": "v"}
        item = {"platform": "forum", "id": id, "kind": "comment", "text": text, **more}
        item |= {"_native": True, "_complete": True, "_source": "element"}
        fragment = {"id": f"f-{id}", "ref": f"r-{id}", "kind": "element", "captured_at": MOMENT}
        await log.awrite(lambda conn: save_items(conn, page, fragment, [item], MOMENT))
        with log.reading() as connection:
            return last_change(connection)

    return store


@pytest.fixture
def anyone(agent: Any) -> Client:
    """A program without a credential."""
    return Client(agent.port)


@pytest.fixture
def owner(agent: Any) -> Client:
    """A command of the agent's owner."""
    return Client(agent.port, Authorization=f"Bearer {agent.control_secret}")


@pytest.fixture
def token(agent: Any) -> str:
    code = agent.credentials.new_code(agent.port)
    return agent.credentials.pair(code, BROWSER, EXTENSION, "Test browser")


@pytest.fixture
def browser(agent: Any, token: str) -> Client:
    """A paired extension, as Chromium sends its GETs."""
    return Client(agent.port, Authorization=f"Bearer {token}").as_(Sec_Fetch_Site="none")


@pytest.fixture
def inbox(agent: Any) -> Client:
    """A signed-in inbox, as a browser sends its requests."""
    key = agent.credentials.sign_in(agent.credentials.new_link())
    host = f"earmark.localhost:{agent.port}"
    return Client(agent.port, Cookie=f"earmark_{agent.port}={key}").as_(
        Host=host, Sec_Fetch_Site="same-origin", Origin=f"http://{host}"
    )
